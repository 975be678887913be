"""Writing the trail, in the transaction of the deed itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry


def record(
    session: Session,
    event: Event,
    *,
    by: int | None,
    subject: str,
    at: datetime,
    county: str | None = None,
    **facts: object,
) -> None:
    """Enter one deed. ``by`` is the officer's id, or None for a stranger or the service.

    ``subject`` names the thing as ``kind:id``; ``facts`` are plain values, never sentences.
    """
    session.add(
        AuditEntry(at=at, event=event, by_id=by, county_code=county, subject=subject, facts=facts)
    )
