"""What is known of a person besides the post: the name, what one signs in with, the town."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.policy import may_edit
from firesafe.accounts.rules import mobile_number, staff_number
from firesafe.accounts.trail import record_of
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.core.words import N_
from firesafe.districts.models import Town


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is told of a person; a number that there is none of is an empty text."""

    name: str
    phone: str = ""
    staff_number: str = ""
    card_number: str = ""
    town_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One field, with what it held and what it holds."""

    field: str
    old: str | int | None
    new: str | int | None


class OfficerChanged(Stale):
    """Somebody else has changed the account since it was looked at; ``changes`` says what."""

    def __init__(self, officer: Officer, changes: tuple[Change, ...]) -> None:
        super().__init__(
            N_(
                "Somebody has changed the account of %(name)s in the meantime. Look at what"
                " changed, then save again."
            ),
            name=officer.name,
        )
        self.changes = changes


def particulars_of(officer: Officer) -> Particulars:
    """Return what is known of somebody who has an account."""
    return Particulars(
        officer.name,
        officer.phone or "",
        officer.staff_number or "",
        officer.card_number or "",
        officer.town_id,
    )


def edit_officer(
    session: Session,
    officer: Officer,
    told: Particulars,
    *,
    seen: Particulars,
    by: Officer | None,
    at: datetime,
) -> tuple[Change, ...]:
    """Bring what is known of somebody up to date, and return what changed.

    One signs in with the new numbers from then on; where one is signed in one stays so. What
    stands in papers stays as it was. ``seen`` is what was known when the form was filled in.

    Raises:
        Refused: ``by`` does not look after this account, or it is his own.
        OfficerChanged: somebody else has changed it since.
        RuleBroken: no name, neither phone nor staff number, one of them malformed or taken,
            or a town of another county.
    """
    session.flush()  # what is not written yet would be lost by looking anew
    session.refresh(officer, with_for_update={"of": Officer})
    require(by is None or may_edit(by, officer), "You may not change this account.")
    new, old = checked(session, officer, told), particulars_of(officer)
    changes = _changes(old, new)
    if changes and old != seen:
        raise OfficerChanged(officer, _changes(seen, old))
    if changes:
        write_particulars(officer, new)
        told_changes = [[change.field, change.old, change.new] for change in changes]
        record_of(session, Event.OFFICER_EDITED, officer, by=by, at=at, changes=told_changes)
    return changes


def checked(session: Session, officer: Officer, told: Particulars) -> Particulars:
    """Return what was told of the officer as it is kept.

    Raises:
        RuleBroken: as for `edit_officer`.
    """
    if not told.name.strip():
        raise RuleBroken("Enter the name.")
    if not told.phone and not told.staff_number:
        raise RuleBroken("Give a phone number or a staff number to sign in with.")
    town = session.get(Town, told.town_id) if told.town_id is not None else None
    if told.town_id is not None and (town is None or town.county_code != officer.county_code):
        raise RuleBroken("This town is not in the chosen county.")
    phone = mobile_number(told.phone) if told.phone else ""
    number = staff_number(told.staff_number) if told.staff_number else ""
    others = select(Officer.id).where(Officer.id.is_distinct_from(officer.id))
    if phone and session.scalar(others.where(Officer.phone == phone)):
        raise RuleBroken("This phone number belongs to another account.")
    if number and session.scalar(others.where(Officer.staff_number == number)):
        raise RuleBroken("This staff number belongs to another account.")
    return Particulars(told.name.strip(), phone, number, told.card_number.strip(), told.town_id)


def write_particulars(officer: Officer, new: Particulars) -> None:
    """Write what has been checked."""
    officer.name, officer.town_id = new.name, new.town_id
    officer.phone = new.phone or None
    officer.staff_number = new.staff_number or None
    officer.card_number = new.card_number or None


def changes_of(session: Session, officer: Officer) -> list[tuple[AuditEntry, list[Change]]]:
    """Return when an account was changed, by whom and how, the latest first; fifty at most."""
    rows = select(AuditEntry).where(
        AuditEntry.subject == f"officer:{officer.id}", AuditEntry.event == Event.OFFICER_EDITED
    )
    latest = rows.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(50)
    return [
        (entry, [Change(*change) for change in entry.facts["changes"]])
        for entry in session.scalars(latest)
    ]


def _changes(old: Particulars, new: Particulars) -> tuple[Change, ...]:
    pairs = ((each.name, getattr(old, each.name), getattr(new, each.name)) for each in fields(old))
    return tuple(Change(field, was, now) for field, was, now in pairs if was != now)
