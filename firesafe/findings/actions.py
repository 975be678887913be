"""What is done with findings between the visit and the notice."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.findings.calendar import is_working_day
from firesafe.findings.models import Finding, FindingState
from firesafe.findings.policy import may_reword
from firesafe.findings.queries import findings_of
from firesafe.findings.rules import correction_due
from firesafe.inspections.models import Inspection


@dataclass(frozen=True, slots=True)
class Wording:
    """What a chief may change of a finding before its notice; days are calendar days."""

    wording: str
    grade: str
    bases: list[str]
    requirement: str
    grace_days: int


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
        RuleBroken: a notice has been issued for it.
    """
    if not may_reword(by, finding):
        raise Refused("You may not change the wording of this finding.")
    now_as_then = {name: getattr(finding, name) for name in asdict(wording)}
    changes = {
        name: {"was": now_as_then[name], "is": value}
        for name, value in asdict(wording).items()
        if now_as_then[name] != value
    }
    if not changes:
        return
    if finding.version != version:
        raise Stale(
            "Somebody else changed finding %(code)s in the meantime. Look again, then save.",
            code=finding.checkpoint_code,
        )
    if finding.due_on is not None or finding.state is FindingState.CLOSED:
        raise RuleBroken("This finding stands in a notice already. Withdraw that one first.")
    for name, value in asdict(wording).items():
        setattr(finding, name, value)
    finding.version += 1
    record(
        session,
        Event.FINDING_REWORDED,
        by=by.id,
        county=finding.county_code,
        subject=f"finding:{finding.id}",
        at=at,
        code=finding.checkpoint_code,
        changes=changes,
    )


def set_deadlines(session: Session, findings: list[Finding], *, received_on: date) -> None:
    """Set the last day of each finding from the day its notice counts as received."""
    for finding in findings:
        finding.due_on = correction_due(received_on, finding.grace_days, is_working_day)
        finding.version += 1
    session.flush()  # the notice is frozen from these rows next


def clear_deadlines(session: Session, inspection: Inspection) -> None:
    """Take back the last days a withdrawn notice had set; what is closed stays closed."""
    for finding in findings_of(session, inspection):
        if finding.state is not FindingState.CLOSED:
            finding.due_on = None
            finding.version += 1
