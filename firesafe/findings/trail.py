"""What was done with a finding, as the trail keeps it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.findings.models import Finding


def record_of(
    session: Session, event: Event, finding: Finding, *, by: Officer, at: datetime, **facts: Any
) -> None:
    """Write down what was done with a finding; it stands on its timeline from then on."""
    record(
        session,
        event,
        by=by.id,
        county=finding.county_code,
        subject=f"finding:{finding.id}",
        at=at,
        code=finding.checkpoint_code,
        **facts,
    )
