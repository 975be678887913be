"""What is done with the register, one factory at a time or many at once."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from firesafe.accounts.invitations import accept_for_known, accept_invitation
from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.core.words import N_
from firesafe.districts.counties import county
from firesafe.factories.entry import (
    FIELDS,
    Change,
    RegisterEntry,
    changes_between,
    check_entry,
    entry_of,
    settled,
)
from firesafe.factories.models import Factory, FactoryManager, FactoryState
from firesafe.factories.policy import may_edit, may_export_clear, may_keep, may_link
from firesafe.factories.queries import (
    Gazetteer,
    edits_since,
    highest_number,
    subject_of,
    taken_numbers,
)
from firesafe.factories.search import search_text_of

_NOT_YOURS = "Only a chief or clerk of its county keeps the entry of a factory."
_PLACES = {"town_id": "town", "community_id": "community"}


class FactoryChanged(Stale):
    """Somebody else has changed the entry since it was opened; ``changes`` says what."""

    def __init__(self, by: str | None, changes: tuple[Change, ...]) -> None:
        super().__init__(
            N_(
                "%(name)s has changed this factory in the meantime. Look at what changed, then"
                " save again."
            ),
            name=by or "—",
        )
        self.changes = changes


def add_factory(
    session: Session, entry: RegisterEntry, *, county_code: str, by: Officer, at: datetime
) -> Factory:
    """Enter one factory into the register of a county; see `add_factories`."""
    return add_factories(session, [entry], county_code=county_code, by=by, at=at)[0]


def add_factories(
    session: Session,
    entries: Sequence[RegisterEntry],
    *,
    county_code: str,
    by: Officer,
    at: datetime,
) -> list[Factory]:
    """Enter factories into the register of one county, each with a door code of its own.

    Raises:
        Refused: ``by`` does not keep the register of these places.
        RuleBroken: an entry contradicts itself, lies in another county, or has a point number
            that is taken.
    """
    lock_register(session, county_code)
    places = Gazetteer(session, county_code)
    for entry in entries:
        require(may_keep(by, county_code, entry.town_id), _NOT_YOURS)
        check_entry(entry)
        places.check(entry)
    numbered = _with_numbers(session, county_code, entries)
    factories = [_new_factory(entry, places, at) for entry in numbered]
    session.add_all(factories)
    session.flush()  # the trail names the new factories by their ids
    for factory in factories:
        _enter(
            session, Event.FACTORY_ADDED, factory, by=by, at=at,
            name=factory.name, number=factory.point_number,
        )  # fmt: skip
    return factories


def edit_factory(
    session: Session,
    factory: Factory,
    entry: RegisterEntry,
    *,
    version: int,
    by: Officer,
    at: datetime,
) -> tuple[Change, ...]:
    """Bring the entry of a factory up to date, and return what changed.

    ``version`` is that of the entry when it was opened for editing.

    Raises:
        Refused: ``by`` keeps neither the register of its place nor of the new one.
        FactoryChanged: somebody else has changed it since.
        RuleBroken: as for `add_factories`.
    """
    session.flush()  # what is not written yet would be lost by looking anew
    session.refresh(factory, with_for_update={"of": Factory})
    require(may_edit(by, factory), _NOT_YOURS)
    require(may_keep(by, factory.county_code, entry.town_id), _NOT_YOURS)
    _check_version(session, factory, version)
    places = Gazetteer(session, factory.county_code)
    return write_entry(session, factory, entry, places, by=by, at=at)


def write_entry(
    session: Session,
    factory: Factory,
    entry: RegisterEntry,
    places: Gazetteer,
    *,
    by: Officer,
    at: datetime,
) -> tuple[Change, ...]:
    """Write an entry that its caller may write; without a difference nothing happens.

    ``places`` are those of the factory's county.

    Raises:
        RuleBroken: as for `add_factories`.
    """
    check_entry(entry)
    places.check(entry)
    old = entry_of(factory)
    entry = settled(replace(entry, point_number=entry.point_number or factory.point_number))
    changes = changes_between(old, entry)
    if not changes:
        return ()
    if entry.point_number != old.point_number:
        _check_numbers(session, factory.county_code, [entry.point_number])
    told = _told(changes, factory, places)
    _fill(factory, entry, places)
    factory.version += 1
    factory.changed_at = at
    facts = {change.field: [change.old, change.new] for change in told}
    _enter(session, Event.FACTORY_EDITED, factory, by=by, at=at,
           version=factory.version, changes=facts)  # fmt: skip
    return changes


def change_state(
    session: Session, factory: Factory, state: FactoryState, *, by: Officer, at: datetime
) -> None:
    """Note that a factory works, stands still or has closed down.

    Raises:
        Refused: ``by`` does not keep its entry.
    """
    require(may_edit(by, factory), _NOT_YOURS)
    places = Gazetteer(session, factory.county_code)
    write_entry(session, factory, replace(entry_of(factory), state=state), places, by=by, at=at)


def link_manager(
    session: Session, factory: Factory, manager: Officer, *, by: Officer, at: datetime
) -> FactoryManager:
    """Put a factory into a manager's hands; if it is there already, nothing happens.

    Raises:
        Refused: ``by`` is neither the manager himself nor keeps the entry of the factory.
        RuleBroken: the officer has another post.
    """
    require(may_link(by, manager, factory), _NOT_YOURS)
    if manager.post is not Post.FACTORY_MANAGER:
        raise RuleBroken("%(name)s is no factory manager.", name=manager.name)
    link = session.get(FactoryManager, (factory.id, manager.id))
    if link is None:
        link = FactoryManager(factory_id=factory.id, officer=manager, since=at)
        session.add(link)
        _enter(session, Event.MANAGER_LINKED, factory, by=by, at=at, name=manager.name)
    return link


def join_factory(
    session: Session, token: str, *, name: str, password: str, at: datetime
) -> Officer:
    """Accept an invitation with a new account, and take the factory into one's hands.

    Raises:
        NotFound: the invitation cannot be used (any more).
        RuleBroken: the password is not good, or the phone number has an account already.
    """
    manager, factory_id = accept_invitation(session, token, name=name, password=password, at=at)
    link_manager(session, session.get_one(Factory, factory_id), manager, by=manager, at=at)
    return manager


def join_another_factory(session: Session, token: str, *, by: Officer, at: datetime) -> None:
    """Accept an invitation with the account one has, and take the factory into one's hands.

    Raises:
        NotFound: the invitation cannot be used (any more).
        Refused: it is meant for somebody else.
    """
    factory_id = accept_for_known(session, token, by=by, at=at)
    manager, factory = session.get_one(Officer, by.id), session.get_one(Factory, factory_id)
    link_manager(session, factory, manager, by=manager, at=at)


def remove_manager(
    session: Session, factory: Factory, link: FactoryManager, *, by: Officer, at: datetime
) -> None:
    """Take a factory out of a manager's hands; his account stays.

    Raises:
        Refused: ``by`` does not keep the entry of the factory.
    """
    require(may_edit(by, factory), _NOT_YOURS)
    session.delete(link)
    _enter(session, Event.MANAGER_REMOVED, factory, by=by, at=at, name=link.officer.name)


def note_export(
    session: Session, *, by: Officer, at: datetime, form: str, reason: str | None, **filters: str
) -> None:
    """Note in the trail that the register leaves the service, before it does.

    ``reason`` is given when phones are to be shown in clear, and None when they are masked.

    Raises:
        Refused: ``by`` may not have the phones in clear.
        RuleBroken: the phones are wanted in clear without a reason.
    """
    if reason is not None:
        require(may_export_clear(by), "Only a chief or clerk may have the phone numbers in clear.")
        if not reason.strip():
            raise RuleBroken("Say why the phone numbers are needed in clear.")
    event = Event.REGISTER_EXPORTED if reason is None else Event.REGISTER_EXPORTED_CLEAR
    record(
        session, event, by=by.id, subject="register", at=at,
        county=by.county_code, form=form, reason=reason, filters=filters,
    )  # fmt: skip


def lock_register(session: Session, county_code: str) -> None:
    """Let nobody else enter factories of the county until this unit of work ends.

    On SQLite there is only one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(int(county_code))))


def _check_version(session: Session, factory: Factory, version: int) -> None:
    if factory.version == version:
        return
    edits = edits_since(session, factory, version)
    merged: dict[str, Change] = {}
    for line in edits:
        for field, (old, new) in line.entry.facts["changes"].items():
            first = merged.get(field)
            merged[field] = Change(field, first.old if first else old, new)
    by = edits[-1].by if edits else None
    raise FactoryChanged(by, tuple(merged.values()))


def _with_numbers(
    session: Session, county_code: str, entries: Sequence[RegisterEntry]
) -> list[RegisterEntry]:
    given = {entry.point_number for entry in entries if entry.point_number}
    _check_numbers(session, county_code, given)
    letters = county(county_code).letters
    number = highest_number(session, county_code, letters)
    numbered = []
    for entry in entries:
        point_number = entry.point_number
        while not point_number:
            number += 1
            next_number = f"{letters}{number:05d}"
            point_number = "" if next_number in given else next_number
        numbered.append(settled(replace(entry, point_number=point_number)))
    return numbered


def _check_numbers(session: Session, county_code: str, numbers: Iterable[str]) -> None:
    for number, name in taken_numbers(session, county_code, numbers).items():
        raise RuleBroken(
            "The point number %(number)s belongs to “%(name)s”.", number=number, name=name
        )


def _new_factory(entry: RegisterEntry, places: Gazetteer, at: datetime) -> Factory:
    factory = Factory(
        county_code=places.towns[entry.town_id].county_code,
        door_code=secrets.token_urlsafe(12),
        created_at=at,
        changed_at=at,
    )
    _fill(factory, entry, places)
    return factory


def _fill(factory: Factory, entry: RegisterEntry, places: Gazetteer) -> None:
    for name in FIELDS:
        if name not in _PLACES:
            setattr(factory, name, getattr(entry, name))
    factory.town = places.towns[entry.town_id]
    factory.community = places.communities.get(entry.community_id or 0)
    factory.search_text = search_text_of(factory)


def _told(changes: tuple[Change, ...], factory: Factory, places: Gazetteer) -> tuple[Change, ...]:
    """Return the changes as the trail keeps them: places by their names, not their ids."""
    told = []
    for change in changes:
        if change.field in _PLACES:
            was = getattr(factory, _PLACES[change.field])
            change = Change(
                change.field, was.name if was else "", places.name(change.field, change.new)
            )
        told.append(change)
    return tuple(told)


def _enter(
    session: Session,
    event: Event,
    factory: Factory,
    *,
    by: Officer,
    at: datetime,
    **facts: object,
) -> None:
    record(
        session, event, by=by.id, subject=subject_of(factory), at=at,
        county=factory.county_code, **facts,
    )  # fmt: skip
