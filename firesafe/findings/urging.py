"""What is overdue is urged once more (督办): once for each last day that has passed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.findings.models import Finding, UrgedFinding, Urging
from firesafe.findings.policy import may_urge
from firesafe.findings.queries import Findings
from firesafe.findings.trail import record_of
from firesafe.inspections.models import Inspection


def urge(
    session: Session,
    inspection: Inspection,
    finding_ids: Collection[int],
    *,
    by: Officer,
    at: datetime,
) -> tuple[Urging, list[Finding]]:
    """Note that the factory is urged to put right what is overdue of a visit; no last day changes.

    ``finding_ids`` are those that the chief was shown. Returns the findings in the order of
    the standard. The visit must be held.

    Raises:
        Refused: ``by`` may not.
        Stale: something else is to be urged by now.
        RuleBroken: nothing is to be urged.
    """
    require(may_urge(by, inspection), "You may not urge this factory.")
    late = Findings.visible_to(by).to_urge(county_day(at))
    findings = late.of_visits(session, [inspection.id])[inspection.id]
    if {each.id for each in findings} != set(finding_ids):
        raise Stale("What is overdue has changed in the meantime. Look again.")
    if not findings:
        raise RuleBroken("Nothing of this visit is to be urged now.")
    urging = Urging(inspection=inspection, urged_at=at, urged_by_id=by.id)
    urging.findings = [UrgedFinding(finding=each, due_on=each.due_on) for each in findings]
    session.add(urging)
    session.flush()  # once for each last day: the database refuses a second at once
    for each in urging.findings:
        each.finding.version += 1
        record_of(
            session,
            Event.FINDING_URGED,
            each.finding,
            by=by,
            at=at,
            due_on=each.due_on.isoformat(),
        )
    return urging, findings
