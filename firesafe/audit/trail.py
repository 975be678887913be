"""Writing the trail, in the transaction of the deed itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.db import table_of
from firesafe.core.straight import straight_insert

_ENTER = straight_insert(  # not through the session: a row that nobody reads again
    table_of(AuditEntry), "at", "event", "by_id", "county_code", "subject", "facts"
)


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
    row = {
        "at": at,
        "event": event,
        "by_id": by,
        "county_code": county,
        "subject": subject,
        "facts": facts,
    }
    _ENTER.run(session.connection(), row)
