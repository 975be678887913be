"""Loading the demo: every deed of the story done by the action that people use for it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken
from firesafe.core.services import Services
from firesafe.demo.ordering import order
from firesafe.demo.putting_right import ask_for_time, give_time, prove, recheck
from firesafe.demo.referring import hear, refer
from firesafe.demo.reporting import happen_at_doors
from firesafe.demo.serving import serve
from firesafe.demo.settling import settle
from firesafe.demo.stage import Stage, chief_of, inspection_of, notice_of
from firesafe.demo.story import Deed, Rewording, Step, deeds_of, read_story
from firesafe.demo.visiting import make_visit, photograph, written_name
from firesafe.factories.models import Factory
from firesafe.findings.actions import Wording, reword_finding
from firesafe.findings.models import Finding
from firesafe.findings.queries import Findings, findings_of
from firesafe.inspections.closing import Correcting, correct_inspection
from firesafe.jobs.worker import run_due_jobs
from firesafe.notices.actions import issue_papers, save_terms, withdraw_notice
from firesafe.notices.desk import terms_of
from firesafe.notices.freezing import Terms
from firesafe.notices.urging import issue_supervision_letter, usual_measures
from firesafe.photos.store import Store


def load_demo(services: Services, *, seed: int, at: datetime) -> None:
    """Play the whole story up to ``at``, with photographs developed and papers printed.

    The same seed and moment give the same rows, but for door codes, check codes and what
    guards the accounts. It is no single unit of work, because jobs open their own: what a
    killed loading leaves behind is half a story, to be thrown away with its folder.

    Raises:
        RuleBroken: somebody has an account, or a factory is in the register, already.
    """
    story = read_story()
    stage = Stage(services, story, seed)
    with stage.database.writing() as session:
        _check_empty(session)
        settle(session, story, at=at)
    for deed in deeds_of(story, at):
        _STEPS[deed.step](stage, deed)
        run_due_jobs(services, at=at)
    happen_at_doors(stage, at=at)


def _check_empty(session: Session) -> None:
    people = session.scalar(select(Officer.id).limit(1))
    factories = session.scalar(select(Factory.id).limit(1))
    if people is not None or factories is not None:
        raise RuleBroken("The demo is never loaded over real data, nor over itself.")


def _visit(stage: Stage, deed: Deed) -> None:
    visit, at = deed.visit, deed.at
    with stage.database.reading() as session:
        named = select(Factory.responsible_name).where(Factory.name == visit.factory)
        signer = session.scalars(named).one()
    store = stage.services.get(Store)
    photos = photograph(store, visit, stage.story.scenes, seed=stage.seed)
    for name in {*visit.inspectors, signer} - stage.inks.keys():
        stage.inks[name] = written_name(store, name, seed=stage.seed)
    with stage.database.writing() as session:
        inspection = make_visit(session, visit, photos, stage.inks, seed=stage.seed, at=at)
        stage.inspections[visit.key] = inspection.id


def _correct(stage: Stage, deed: Deed) -> None:
    visit, at = deed.visit, deed.at
    told = visit.correction
    if told is None:
        return
    correcting = Correcting(told.subject, told.was, told.should_be, told.reason)
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, visit)
        correct_inspection(session, inspection, correcting, by=inspection.lead, at=at)


def _prepare(stage: Stage, deed: Deed) -> None:
    """Let the chief word the findings and what holds until they are put right."""
    visit, at = deed.visit, deed.at
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, visit)
        chief = chief_of(session, inspection)
        findings = {each.checkpoint_code: each for each in findings_of(session, inspection)}
        for rewording in visit.reworded:
            finding = findings[rewording.code]
            worded = _worded(finding, rewording)
            reword_finding(session, finding, worded, version=finding.version, by=chief, at=at)
        if visit.interim_measures:
            usual = terms_of(session, inspection)
            terms = Terms(visit.interim_measures, usual.copied_to, usual.joined_by)
            save_terms(session, inspection, terms, by=chief)


def _worded(finding: Finding, rewording: Rewording) -> Wording:
    days = rewording.grace_days
    return Wording(
        wording=rewording.wording or finding.wording,
        grade=finding.grade,
        bases=finding.bases,
        requirement=finding.requirement,
        grace_days=finding.grace_days if days is None else days,
    )


def _issue(stage: Stage, deed: Deed) -> None:
    visit, at = deed.visit, deed.at
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, visit)
        issue_papers(
            session,
            inspection,
            terms_of(session, inspection),
            by=chief_of(session, inspection),
            at=at,
            public_address=stage.public_address,
        )


def _withdraw(stage: Stage, deed: Deed) -> None:
    visit, at = deed.visit, deed.at
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, visit)
        if visit.withdrawn is None:
            raise LookupError(f"{visit.key} has nothing to withdraw")
        withdraw_notice(
            session,
            notice_of(session, inspection),
            visit.withdrawn.reason,
            by=chief_of(session, inspection),
            at=at,
            public_address=stage.public_address,
        )


def _urge(stage: Stage, deed: Deed) -> None:
    visit, at = deed.visit, deed.at
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, visit)
        chief = chief_of(session, inspection)
        late = Findings.visible_to(chief).to_urge(county_day(at))
        issue_supervision_letter(
            session,
            inspection,
            [each.id for each in late.of_visits(session, [inspection.id])[inspection.id]],
            usual_measures(notice_of(session, inspection)),
            by=chief,
            at=at,
            public_address=stage.public_address,
        )


_STEPS: dict[Step, Callable[[Stage, Deed], None]] = {
    Step.VISIT: _visit,
    Step.CORRECT: _correct,
    Step.WITHDRAW: _withdraw,
    Step.PREPARE: _prepare,
    Step.ISSUE: _issue,
    Step.SERVE: serve,
    Step.PROVE: prove,
    Step.RECHECK: recheck,
    Step.ASK_FOR_TIME: ask_for_time,
    Step.GIVE_TIME: give_time,
    Step.REFER: refer,
    Step.HEAR: hear,
    Step.URGE: _urge,
    Step.ORDER: order,
}
