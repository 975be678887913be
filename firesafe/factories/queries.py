"""Reading the register, starting from what the officer may see."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, func, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from firesafe.accounts.door_passes import bearer_factories
from firesafe.accounts.invitations import open_invitations_for
from firesafe.accounts.models import DoorPass, Invitation, Officer
from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import NotFound, RuleBroken
from firesafe.core.permissions import Permission
from firesafe.districts.counties import zones_of
from firesafe.districts.models import Community, Town
from firesafe.districts.queries import towns_of
from firesafe.factories.entry import RegisterEntry
from firesafe.factories.models import BuildingUse, Factory, FactoryManager, FactoryState
from firesafe.factories.search import Unindexed, found_by

Equality = tuple[InstrumentedAttribute[Any], Any]


class Factories:
    """A narrowing list of factories, run only when asked for rows."""

    def __init__(
        self,
        equal: tuple[Equality, ...] = (),
        other: tuple[ColumnElement[bool], ...] = (),
        words: str = "",
    ) -> None:
        self._equal, self._other, self._words = equal, other, words

    @classmethod
    def visible_to(cls, officer: Officer) -> Self:
        """Start from those of the officer's county or town, the whole city's, or his own."""
        if officer.post is Post.FACTORY_MANAGER:
            managed = select(FactoryManager.factory_id)
            managed = managed.where(FactoryManager.officer_id == officer.id)
            return cls(other=(Factory.id.in_(managed),))
        if not officer.holds(Permission.FACTORY_READ):
            return cls(other=(false(),))
        everything = cls()
        if not officer.is_city_wide:
            everything = everything._equal_to(Factory.county_code, officer.county_code)
        return everything.in_town(officer.town_id)

    def in_county(self, county_code: str | None) -> Self:
        """Keep one county, or all."""
        return self._equal_if_asked(Factory.county_code, county_code)

    def in_town(self, town_id: int | None) -> Self:
        """Keep one town, or all."""
        return self._equal_if_asked(Factory.town_id, town_id)

    def in_community(self, community_id: int | None) -> Self:
        """Keep one community, or all."""
        return self._equal_if_asked(Factory.community_id, community_id)

    def used_as(self, use: BuildingUse | None) -> Self:
        """Keep one kind of building, or all."""
        return self._equal_if_asked(Factory.building_use, use)

    def in_state(self, state: FactoryState | None) -> Self:
        """Keep one state; without one, all that have not closed down."""
        if state is not None:
            return self._equal_to(Factory.state, state)
        open_ones = (*self._other, Factory.state != FactoryState.CLOSED)
        return type(self)(self._equal, open_ones, self._words)

    def key_units(self, *, only: bool = True) -> Self:
        """Keep key units for fire safety, or all."""
        return self._equal_if_asked(Factory.is_key_unit, only or None)

    def below_housing(self, *, only: bool = True) -> Self:
        """Keep those above which people live, or all."""
        return self._equal_if_asked(Factory.is_below_housing, only or None)

    def matching(self, words: str) -> Self:
        """Keep those in which every word occurs: name, place, people, phones, numbers."""
        return type(self)(self._equal, self._other, words.strip())

    def by_name(self) -> Select[Any]:
        """Return the list in the order of county and name."""
        return self._rows().order_by(Factory.county_code, Factory.name, Factory.id)

    def one(self, session: Session, factory_id: int) -> Factory:
        """Return the factory.

        Raises:
            NotFound: there is none, or not within the officer's sight.
        """
        return self._one(session, Factory.id == factory_id)

    def named_at_door(self, session: Session, name: str) -> list[Factory]:
        """Return the factories that have this door code or point number, two at most.

        Whoever sees several counties may find one point number in more than one of them.
        """
        numbers = {name, name.upper()}
        named = (Factory.door_code == name) | Factory.point_number.in_(numbers)
        return list(session.scalars(self._rows().where(named).limit(2)))

    def includes(self, session: Session, factory: Factory) -> bool:
        """Tell whether a factory is among them."""
        return session.scalar(self._rows().where(Factory.id == factory.id)) is not None

    def _rows(self) -> Select[Any]:
        rows = select(Factory).where(*self._other)
        if not self._words:
            return rows.where(*(column == value for column, value in self._equal))
        apart = (Unindexed(column) == value for column, value in self._equal)
        return rows.where(*apart, found_by(self._words))

    def _equal_to(self, column: InstrumentedAttribute[Any], value: object) -> Self:
        return type(self)((*self._equal, (column, value)), self._other, self._words)

    def _equal_if_asked(self, column: InstrumentedAttribute[Any], value: object) -> Self:
        return self if value is None else self._equal_to(column, value)

    def _one(self, session: Session, condition: ColumnElement[bool]) -> Factory:
        found: Factory | None = session.scalar(self._rows().where(condition))
        if found is None:
            raise NotFound("There is no such factory within your sight.")
        return found


@dataclass(frozen=True, slots=True)
class Standing:
    """How a factory stands by its last closed visit and its open findings.

    ``squares`` are the sixteen items in order, each ``pass``, ``fail``, ``none`` or
    ``open``; ``days_left`` counts to the earliest day by which something is to be put
    right, and is negative when that day has passed.
    """

    squares: tuple[str, ...]
    visited_at: datetime | None = None
    score: int | None = None
    open_count: int = 0
    days_left: int | None = None


@dataclass(frozen=True, slots=True)
class Standings:
    """Tells how factories stand; a room above that knows visits hands it in."""

    of: Callable[[Session, Collection[int], date], Mapping[int, Standing]] | None = None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One deed on a factory, and the name of whoever did it."""

    entry: AuditEntry
    by: str | None


def history_of(session: Session, factory: Factory, *, limit: int = 100) -> list[HistoryLine]:
    """Return what was done with the factory's entry, the latest first."""
    rows = (
        select(AuditEntry, Officer.name)
        .outerjoin(Officer, Officer.id == AuditEntry.by_id)
        .where(AuditEntry.subject == subject_of(factory))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    return [HistoryLine(entry, name) for entry, name in session.execute(rows)]


def edits_since(session: Session, factory: Factory, version: int) -> list[HistoryLine]:
    """Return the edits that came after a version of the entry, the first of them first."""
    edits = [line for line in history_of(session, factory) if _is_after(line.entry, version)]
    return edits[::-1]


def subject_of(factory: Factory) -> str:
    """Return what the trail calls the factory."""
    return f"factory:{factory.id}"


def in_hands_of(officer: Officer) -> CompoundSelect[int]:
    """Return the ids of the factories for which the officer sends proof.

    Those he manages, and the one whose code for the door has let him in.
    """
    managed = select(FactoryManager.factory_id).where(FactoryManager.officer_id == officer.id)
    return union(managed, select(DoorPass.factory_id).where(bearer_factories(officer)))


def check_in_hands(session: Session, factory: Factory, officer: Officer) -> None:
    """Go on if the officer sends proof for this factory.

    Raises:
        NotFound: he does not.
    """
    if factory.id not in session.scalars(in_hands_of(officer)).all():
        raise NotFound("This officer does not manage the factory.")


def managers_of(session: Session, factory: Factory) -> list[FactoryManager]:
    """Return who manages the factory, the longest-serving first."""
    rows = select(FactoryManager).where(FactoryManager.factory_id == factory.id)
    return list(session.scalars(rows.order_by(FactoryManager.since, FactoryManager.officer_id)))


def manager_of(session: Session, factory: Factory, officer_id: int) -> FactoryManager:
    """Return that an officer manages the factory.

    Raises:
        NotFound: he does not.
    """
    found = session.get(FactoryManager, (factory.id, officer_id))
    if found is None:
        raise NotFound("This officer does not manage the factory.")
    return found


def invited_factory(session: Session, invitation: Invitation) -> Factory:
    """Return the factory that an invitation is about."""
    return session.get_one(Factory, invitation.factory_id)


def invitation_of(
    session: Session, factory: Factory, invitation_id: int, at: datetime
) -> Invitation:
    """Return an invitation to manage the factory that may still be accepted.

    Raises:
        NotFound: there is none.
    """
    for invitation in open_invitations_for(session, factory.id, at):
        if invitation.id == invitation_id:
            return invitation
    raise NotFound("This invitation was accepted, withdrawn, or has run out.")


def find_door(session: Session, door_code: str) -> Factory:
    """Return the factory whose door bears the code, whoever asks.

    Raises:
        NotFound: there is none.
    """
    factory = session.scalar(select(Factory).where(Factory.door_code == door_code))
    if factory is None:
        raise NotFound("No door bears this code. Scan it once more, or ask the county.")
    return factory


class Gazetteer:
    """The towns and communities of one county, to check places and to name them."""

    def __init__(self, session: Session, county_code: str) -> None:
        self._county_code = county_code
        self.towns: Mapping[int, Town] = {t.id: t for t in towns_of(session, county_code)}
        self.communities: Mapping[int, Community] = {
            c.id: c for town in self.towns.values() for c in town.communities
        }

    def check(self, entry: RegisterEntry) -> None:
        """Let an entry pass that lies in this county, its community in its town.

        Raises:
            RuleBroken: it does not, or in a zone that the county does not have.
        """
        if entry.town_id not in self.towns:
            raise RuleBroken("Choose a town of the county.")
        community = self.communities.get(entry.community_id or 0)
        if entry.community_id and (community is None or community.town_id != entry.town_id):
            raise RuleBroken("Choose a community of the town.")
        if entry.zone_code and entry.zone_code not in {
            zone.code for zone in zones_of(self._county_code)
        }:
            raise RuleBroken("Choose a functional zone of the county.")

    def name(self, field: str, place_id: int | None) -> str:
        """Return what a place is called; ``field`` is ``town_id`` or ``community_id``."""
        places = self.towns if field == "town_id" else self.communities
        place = places.get(place_id or 0)
        return place.name if place else ""


def highest_number(session: Session, county_code: str, letters: str) -> int:
    """Return the highest of the county's own point numbers, letters and five digits; or 0."""
    pattern = f"{letters}{'_' * 5}"
    rows = select(func.max(Factory.point_number)).where(
        Factory.county_code == county_code, Factory.point_number.like(pattern)
    )
    highest = session.scalar(rows)
    digits = (highest or "").removeprefix(letters)
    return int(digits) if digits.isdecimal() else 0


def taken_numbers(session: Session, county_code: str, numbers: Iterable[str]) -> dict[str, str]:
    """Return which of these point numbers are taken in the county, with the factories' names."""
    rows = select(Factory.point_number, Factory.name).where(
        Factory.county_code == county_code, Factory.point_number.in_(list(numbers))
    )
    return dict(iter(session.execute(rows)))


def _is_after(entry: AuditEntry, version: int) -> bool:
    return entry.event is Event.FACTORY_EDITED and entry.facts.get("version", 0) > version
