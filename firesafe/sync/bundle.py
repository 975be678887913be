"""The bundle for the day: what a phone needs to know where there is no signal.

Rules exist once, in Python. The phone is told what they come to, step by step, and only
looks it up: which checkpoints do not apply, how many are to be asked.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache

from flask import url_for
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
from firesafe.factories.models import Factory
from firesafe.findings.models import Finding
from firesafe.findings.queries import pressing_findings
from firesafe.inspections.bundle import state_of
from firesafe.inspections.queries import due_factories, second_inspectors
from firesafe.inspections.rules import MOST_WORKERS, REVISIT_DAYS, sample_of
from firesafe.standard.checklist import Applicability, Condition
from firesafe.standard.edition import Checkpoint, Edition, current_edition, edition
from firesafe.standard.rules import Sample, not_applicable
from firesafe.standard.terms import Grade
from firesafe.sync.described import (
    Band,
    Bundle,
    BundleFactory,
    Holder,
    OpenFinding,
    PastVisit,
    Person,
    Presets,
)
from firesafe.sync.kept_cases import KeptCase, kept_cases, pages_of, pictures_of
from firesafe.sync.queries import drafts_with_answers, histories_of, open_findings_of
from firesafe.sync.rules import steps

MOST_FACTORIES = 60
"""So many factories due for a visit go along: more than anybody visits in a week."""

WORKERS = "workers_on_shift"


def bundle_for(session: Session, officer: Officer, *, at: datetime) -> Bundle:
    """Put together what one officer needs for a day without signal.

    The number of queries does not grow with what is found.
    """
    standard = current_edition()
    drafts = drafts_with_answers(session, officer)
    due = [each.factory for each in due_factories(session, officer, at=at, limit=MOST_FACTORIES)]
    pressing = [each.factory for each in pressing_findings(session, officer, county_day(at))]
    begun = [each.factory for each in drafts]
    factories = {each.id: each for each in [*due, *pressing, *begun]}
    seconds = second_inspectors(session, officer)
    cases = kept_cases(session, officer, county_day(at))
    return Bundle(
        made_at=at,
        officer=Holder(id=officer.id, name=officer.name, county_code=officer.county_code or ""),
        edition=standard.code,
        sheet=f"/visit/{standard.code}",
        pages=list(_pages(standard, [draft.edition_code for draft in drafts], factories, cases)),
        pictures=pictures_of(cases),
        revisit_days=REVISIT_DAYS,
        factories=_factories(session, officer, standard, factories.values()),
        samples=samples_of(standard.code),
        second_inspectors=[Person(id=each.id, name=each.name) for each in seconds],
        drafts=[state_of(draft) for draft in drafts],
    )


def _pages(
    standard: Edition,
    draft_editions: Collection[str],
    factory_ids: Collection[int],
    cases: Collection[KeptCase],
) -> Iterator[str]:
    """Yield what the phone keeps; a draft of an older edition needs the sheet of that one."""
    yield url_for("inspections.today")
    for code in sorted({standard.code, *draft_editions}, reverse=True):
        yield f"/visit/{code}"
    yield url_for("outbox.show")
    yield url_for("doors.scan")
    for factory_id in factory_ids:
        yield url_for("inspections.factory", factory_id=factory_id)
    yield from pages_of(cases)


def _factories(
    session: Session, officer: Officer, standard: Edition, factories: Collection[Factory]
) -> list[BundleFactory]:
    ids = [each.id for each in factories]
    histories = histories_of(session, ids)
    findings = open_findings_of(session, officer, ids)
    return [_factory(standard, each, histories[each.id], findings[each.id]) for each in factories]


def _factory(
    standard: Edition, factory: Factory, history: list[PastVisit], findings: list[Finding]
) -> BundleFactory:
    return BundleFactory(
        id=factory.id,
        name=factory.name,
        place=factory.place,
        door_code=factory.door_code,
        point_number=factory.point_number,
        workers_on_shift=factory.workers_on_shift,
        latitude=None if factory.latitude is None else float(factory.latitude),
        longitude=None if factory.longitude is None else float(factory.longitude),
        last_closed_at=history[0].closed_at if history else None,
        open_findings=[_finding(each) for each in findings],
        history=history,
        not_applicable=presets_of(standard, factory),
    )


def _finding(finding: Finding) -> OpenFinding:
    return OpenFinding(
        code=finding.checkpoint_code,
        wording=finding.wording,
        grade=Grade(finding.grade),
        due_on=finding.due_on,
    )


def presets_of(standard: Edition, factory: Factory) -> list[Presets]:
    """Return which checkpoints do not apply to a factory, step by step with its workers."""

    def with_workers(count: int) -> dict[str, str]:
        reasons = not_applicable(standard, {**factory.facts, WORKERS: count})
        return {code: words.zh for code, words in reasons.items()}

    return [
        Presets(from_workers=count, codes=codes)
        for count, codes in steps(with_workers, _turning_points(standard))
    ]


def _turning_points(standard: Edition) -> list[int]:
    """Return the numbers of workers at which any condition on them can turn, 0 first."""
    numbers = {
        int(float(value))
        for checkpoint in standard.checkpoints
        for condition in _conditions(checkpoint.not_applicable)
        if condition.fact == WORKERS
        for value in (condition.value if isinstance(condition.value, tuple) else [condition.value])
    }
    return sorted({0, *numbers, *(number + 1 for number in numbers)})


def _conditions(rule: Applicability | None) -> tuple[Condition, ...]:
    return (*rule.all_of, *rule.any_of) if rule else ()


@cache
def samples_of(edition_code: str) -> dict[str, list[Band]]:
    """Return how many are asked at each checkpoint that is counted, step by step."""
    standard = edition(edition_code)
    counted = [each for each in standard.checkpoints if each.counting]
    return {checkpoint.code: _bands(standard, checkpoint) for checkpoint in counted}


def _bands(standard: Edition, checkpoint: Checkpoint) -> list[Band]:
    def sample(workers: int) -> Sample | None:
        return sample_of(standard, checkpoint, workers)

    return [
        Band(from_workers=workers, asked=each.asked, needed=each.needed)
        for workers, each in steps(sample, range(MOST_WORKERS + 1))
        if each
    ]
