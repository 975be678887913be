"""What the trail keeps of a case that leaves the service."""

from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.cases.contents import Case
from firesafe.cases.policy import may_take
from firesafe.core.errors import RuleBroken, require
from firesafe.factories.models import Factory
from firesafe.factories.policy import may_edit


def note_taking(
    session: Session, factory: Factory, case: Case, *, by: Officer, at: datetime, reason: str | None
) -> None:
    """Note in the trail that a case leaves the service, before it does.

    ``reason`` is given when phones are to be shown in clear, and None when they are masked.

    Raises:
        Refused: ``by`` may not take it, or not with the phones in clear.
        RuleBroken: the phones are wanted in clear without a reason.
    """
    require(may_take(by, factory), "Only a chief or the city may take the case of a factory.")
    if reason is not None:
        require(may_edit(by, factory), "Only the factory's county may have phone numbers in clear.")
        if not reason.strip():
            raise RuleBroken("Say why the phone numbers are needed in clear.")
    record(
        session,
        Event.CASE_TAKEN if reason is None else Event.CASE_TAKEN_CLEAR,
        by=by.id,
        subject=f"factory:{factory.id}",
        at=at,
        county=factory.county_code,
        files=len(case.pieces),
        missing=len(case.lacks),
        reason=reason,
    )


def note_written(
    session: Session, factory: Factory, sha256: str, *, by: Officer, at: datetime
) -> None:
    """Note that the case was sent to its end, with the SHA-256 of its list of files."""
    record(
        session,
        Event.CASE_WRITTEN,
        by=by.id,
        subject=f"factory:{factory.id}",
        at=at,
        county=factory.county_code,
        sha256=sha256,
    )
