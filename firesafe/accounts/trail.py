"""What was done with an account, as the trail keeps it."""

from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record


def record_of(
    session: Session,
    event: Event,
    officer: Officer,
    *,
    by: Officer | None,
    at: datetime,
    **facts: object,
) -> None:
    """Write down what was done with an officer's account; ``by`` is None for the service itself."""
    record(
        session,
        event,
        by=by.id if by else None,
        subject=f"officer:{officer.id}",
        at=at,
        county=officer.county_code,
        name=officer.name,
        **facts,
    )
