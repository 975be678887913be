"""What is done with findings between the visit and the notice."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.findings.calendar import last_day
from firesafe.findings.models import ExtensionState, Finding, FindingState
from firesafe.findings.policy import may_reword
from firesafe.findings.queries import extension_of, findings_of
from firesafe.findings.referring import flag_suspected
from firesafe.findings.trail import record_of
from firesafe.inspections.models import Answer, Inspection
from firesafe.inspections.rules import days_of, grade_of, requirement_of, wording_of
from firesafe.standard.edition import edition
from firesafe.standard.rules import printed_bases
from firesafe.standard.terms import Grade


@dataclass(frozen=True, slots=True)
class Wording:
    """What a chief may change of a finding before its notice; days are calendar days."""

    wording: str
    grade: str
    bases: list[str]
    requirement: str
    grace_days: int


def record_findings(
    session: Session, inspection: Inspection, failed: list[Answer], *, at: datetime
) -> list[Finding]:
    """Make a finding of each failed answer of a visit that is just being closed.

    What was put right on the spot is closed with the visit. A suspected major hazard never
    is: only the fire service's conclusion ends it, and it is to be referred the same day.
    """
    findings = [_finding(inspection, answer, at) for answer in failed]
    session.add_all(findings)
    flag_suspected(session, inspection, findings, at=at)
    session.flush()
    return findings


def _finding(inspection: Inspection, answer: Answer, at: datetime) -> Finding:
    standard, factory = edition(inspection.edition_code), inspection.factory
    checkpoint, entry = standard.checkpoint(answer.checkpoint_code), answer.entry
    grade = grade_of(checkpoint, entry)
    is_major = grade is Grade.MAJOR_SUSPECTED
    is_closed = answer.put_right_on_the_spot and not is_major
    bases = printed_bases(
        standard, checkpoint, key_unit=factory.is_key_unit, high_rise=factory.is_high_rise
    )
    return Finding(
        inspection=inspection,
        factory=factory,
        county_code=inspection.county_code,
        edition_code=standard.code,
        checkpoint_code=checkpoint.code,
        wording=wording_of(entry),
        grade=grade.value,
        bases=list(bases),
        requirement=requirement_of(checkpoint, entry),
        grace_days=days_of(checkpoint, entry),
        photos=[{"sha256": p.sha256, "moment": p.moment.value} for p in answer.photos],
        state=FindingState.CLOSED if is_closed else FindingState.OPEN,
        put_right_on_the_spot=answer.put_right_on_the_spot,
        is_suspected_major=is_major,
        found_at=at,
        closed_at=at if is_closed else None,
    )


def reword_finding(
    session: Session,
    finding: Finding,
    wording: Wording,
    *,
    version: int,
    by: Officer,
    at: datetime,
) -> None:
    """Change how a finding will stand in the notice; what it was goes into the trail.

    A wording equal to the one that stands changes nothing and leaves no entry.

    Raises:
        Refused: ``by`` may not.
        Stale: somebody changed it since ``version`` was shown.
        RuleBroken: a notice has been issued for it, or a suspected major hazard would be
            played down.
    """
    if not may_reword(by, finding):
        raise Refused("You may not change the wording of this finding.")
    changes = _changes(finding, wording)
    if not changes:
        return
    if finding.version != version:
        raise Stale(
            "Somebody else changed finding %(code)s in the meantime. Look again, then save.",
            code=finding.checkpoint_code,
        )
    if finding.due_on is not None or finding.state is FindingState.CLOSED:
        raise RuleBroken("This finding stands in a notice already. Withdraw that one first.")
    if finding.is_suspected_major and wording.grade != Grade.MAJOR_SUSPECTED:
        raise RuleBroken("Only the fire service may say that this is no major hazard.")
    for name, value in asdict(wording).items():
        setattr(finding, name, value)
    finding.is_suspected_major = wording.grade == Grade.MAJOR_SUSPECTED
    finding.version += 1
    flag_suspected(session, finding.inspection, [finding], at=at)
    record_of(
        session,
        Event.FINDING_REWORDED,
        finding,
        by=by,
        at=at,
        changes=changes,
    )


def _changes(finding: Finding, wording: Wording) -> dict[str, dict[str, object]]:
    """Return what would be another than it is, as the trail keeps it."""
    return {
        name: {"was": getattr(finding, name), "is": value}
        for name, value in asdict(wording).items()
        if getattr(finding, name) != value
    }


def set_deadlines(session: Session, findings: list[Finding], *, received_on: date) -> None:
    """Set the last day of each finding from the day its notice counts as received."""
    for finding in findings:
        finding.due_on = last_day(received_on, finding.grace_days)
        finding.version += 1
    session.flush()  # the notice is frozen from these rows next


def clear_deadlines(session: Session, inspection: Inspection) -> None:
    """Take back the last days a withdrawn notice had set; what is closed stays closed."""
    for finding in findings_of(session, inspection):
        if finding.state is not FindingState.CLOSED:
            finding.due_on = None
            finding.version += 1


def count_from_receipt(
    session: Session,
    inspection: Inspection,
    *,
    issued_on: date,
    received_on: date,
    by: Officer,
    at: datetime,
) -> date | None:
    """Count the last days anew from the day of receipt; return the latest of the visit.

    At issue they were counted as if the notice had been received that day. What is closed
    stays, and so does a last day that was put off since. Whoever has asked for more time and
    waits for the answer asks for it from the new last day on.
    """
    findings = [each for each in findings_of(session, inspection) if each.due_on is not None]
    for finding in findings:
        is_provisional = finding.due_on == last_day(issued_on, finding.grace_days)
        due_on = last_day(received_on, finding.grace_days)
        if finding.state is FindingState.CLOSED or not is_provisional or finding.due_on == due_on:
            continue
        finding.due_on = due_on
        finding.version += 1
        extension = extension_of(session, finding)
        if extension is not None and extension.state is ExtensionState.ASKED:
            extension.was_due_on = due_on
        record_of(
            session,
            Event.FINDING_DUE_SET,
            finding,
            by=by,
            at=at,
            due_on=due_on.isoformat(),
            received_on=received_on.isoformat(),
        )
    return max((each.due_on for each in findings if each.due_on), default=None)
