"""What is overdue is urged by a numbered letter (督办函); the findings and it, in one act."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken
from firesafe.findings.models import Finding, RecheckResult
from firesafe.findings.queries import findings_of, results_of
from firesafe.findings.urging import urge
from firesafe.inspections.models import Inspection
from firesafe.notices import snapshot
from firesafe.notices.freezing import unnumbered_head
from firesafe.notices.issuing import (
    Occasion,
    hold_visit,
    keep_paper,
    notice_as_issued,
    require_characters,
    take_number,
)
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, Service
from firesafe.notices.opinion import ordinals_of
from firesafe.notices.queries import service_of, valid_paper_of
from firesafe.notices.snapshot import Head, OverdueFinding
from firesafe.notices.wording import wording
from firesafe.standard.edition import edition
from firesafe.standard.terms import Grade

NOT_SERVED = "Enter how the notice was served first: the days count from receipt."


def issue_supervision_letter(
    session: Session,
    inspection: Inspection,
    finding_ids: Collection[int],
    measures: str,
    *,
    by: Officer,
    at: datetime,
    public_address: str,
) -> Notice:
    """Urge a factory to put right what is overdue, and issue the letter; both, or neither.

    ``finding_ids`` are those that the chief was shown. Runs inside the caller's unit of work.

    Raises:
        Refused, Stale: see `urge`.
        RuleBroken: nothing is to be urged, no notice stands or its service is not on record,
            or nothing keeps people safe until then.
    """
    hold_visit(session, inspection)
    notice, proof = _notice_served(session, inspection, measures)
    urging, findings = urge(session, inspection, finding_ids, by=by, at=at)
    occasion = Occasion(session, inspection, notice.issuer, by, at, public_address)
    numbered = take_number(occasion, PaperKind.SUPERVISION_LETTER)
    rows = overdue_rows(session, notice, findings, county_day(at))
    letter = _letter(numbered.head, notice, proof, rows, measures)
    return keep_paper(occasion, numbered, letter, refers_to=notice, urging_id=urging.id)


def preview_supervision_letter(
    session: Session, inspection: Inspection, findings: list[Finding], measures: str, today: date
) -> snapshot.SupervisionLetter:
    """Return the letter that urging ``findings`` today would make, without a number.

    Nothing is kept of it.

    Raises:
        RuleBroken: see `issue_supervision_letter`; or a character of it is in no typeface.
    """
    notice, proof = _notice_served(session, inspection, measures)
    if not findings:
        raise RuleBroken("Nothing of this visit is to be urged now.")
    rows = overdue_rows(session, notice, findings, today)
    letter = _letter(unnumbered_head(notice.issuer, today), notice, proof, rows, measures)
    require_characters(letter)
    return letter


def _notice_served(
    session: Session, inspection: Inspection, measures: str
) -> tuple[Notice, Service]:
    """Return the visit's notice and how it was served.

    Raises:
        RuleBroken: no notice stands or its service is not on record, or nothing keeps people
            safe until then.
    """
    notice = valid_paper_of(session, inspection, PaperKind.RECTIFICATION_NOTICE)
    proof = service_of(session, notice) if notice else None
    if notice is None or proof is None:
        raise RuleBroken(NOT_SERVED)
    if not measures:
        raise RuleBroken("Write what keeps people safe until then.")
    return notice, proof


def usual_measures(notice: Notice) -> str:
    """Return what the notice asked for to keep people safe, which the letter usually repeats."""
    return notice_as_issued(notice).interim_measures


def overdue_rows(
    session: Session, notice: Notice, findings: list[Finding], today: date
) -> tuple[OverdueFinding, ...]:
    """Return the rows of what is overdue, as they would be printed today."""
    ordinals = ordinals_of(findings_of(session, notice.inspection), notice.issued_at)
    return tuple(
        _row(ordinals[each.id], each, results_of(session, each), today) for each in findings
    )


def _row(
    ordinal: int, finding: Finding, results: list[RecheckResult], today: date
) -> OverdueFinding:
    if finding.due_on is None:
        raise ValueError("What has no last day is never overdue.")
    return OverdueFinding(
        ordinal=ordinal,
        fact=finding.wording,
        grade=edition(finding.edition_code).printed.grades[Grade(finding.grade)],
        requirement=finding.requirement,
        due_on=finding.due_on,
        days_late=(today - finding.due_on).days,
        rechecked=_rechecked(results, finding.due_on),
    )


def _rechecked(results: list[RecheckResult], due_on: date) -> str:
    """Say what the last re-check after the last day found, or that there was none."""
    words = wording()
    later = [each for each in results if county_day(each.recheck.rechecked_at) > due_on]
    if not later:
        return words.supervision["never_rechecked"]
    last = later[-1]
    return words.supervision["rechecked_why" if last.reason else "rechecked"].format(
        day=county_day(last.recheck.rechecked_at),
        result=words.recheck.results[last.result.value],
        reason=last.reason.rstrip("。"),
    )


def _letter(
    paper_head: Head,
    notice: Notice,
    proof: Service,
    rows: tuple[OverdueFinding, ...],
    measures: str,
) -> snapshot.SupervisionLetter:
    paper = notice_as_issued(notice)
    return snapshot.SupervisionLetter(
        head=paper_head,
        addressee=paper.addressee,
        notice_title=wording().titles[paper.kind],
        notice_number=paper.head.number,
        notice_issued_on=paper.head.issued_on,
        notice_served_on=proof.received_on,
        authority=paper.authority,
        findings=rows,
        measures=measures,
        measures_basis=paper.interim_basis,
        copied_to=paper.copied_to,
    )
