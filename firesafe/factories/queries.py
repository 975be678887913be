"""Reading the register, starting from what the officer may see."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    Float,
    Numeric,
    Select,
    String,
    false,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from firesafe.accounts.invitations import open_invitations_for
from firesafe.accounts.models import Invitation, Officer
from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.columns import Choice
from firesafe.core.errors import NotFound, RuleBroken
from firesafe.core.permissions import Permission
from firesafe.districts.counties import zones_of
from firesafe.districts.models import Community, Town
from firesafe.districts.queries import towns_of
from firesafe.factories.entry import TABLE_COLUMNS, RegisterEntry
from firesafe.factories.models import BuildingUse, Factory, FactoryManager, FactoryState
from firesafe.factories.search import found_by


class Factories:
    """A narrowing list of factories, run only when asked for rows."""

    def __init__(self, rows: Select[Any]) -> None:
        self._rows = rows

    @classmethod
    def visible_to(cls, officer: Officer) -> Self:
        """Start from those of the officer's county or town, the whole city's, or his own."""
        rows = select(Factory)
        if officer.post is Post.FACTORY_MANAGER:
            managed = select(FactoryManager.factory_id)
            managed = managed.where(FactoryManager.officer_id == officer.id)
            return cls(rows.where(Factory.id.in_(managed)))
        if not officer.holds(Permission.FACTORY_READ):
            return cls(rows.where(false()))
        if not officer.is_city_wide:
            rows = rows.where(Factory.county_code == officer.county_code)
        if officer.town_id is not None:
            rows = rows.where(Factory.town_id == officer.town_id)
        return cls(rows)

    def in_county(self, county_code: str | None) -> Self:
        """Keep one county, or all."""
        return self._keep(county_code, Factory.county_code == county_code)

    def in_town(self, town_id: int | None) -> Self:
        """Keep one town, or all."""
        return self._keep(town_id, Factory.town_id == town_id)

    def in_community(self, community_id: int | None) -> Self:
        """Keep one community, or all."""
        return self._keep(community_id, Factory.community_id == community_id)

    def used_as(self, use: BuildingUse | None) -> Self:
        """Keep one kind of building, or all."""
        return self._keep(use, Factory.building_use == use)

    def in_state(self, state: FactoryState | None) -> Self:
        """Keep one state; without one, all that have not closed down."""
        chosen = Factory.state == state if state else Factory.state != FactoryState.CLOSED
        return type(self)(self._rows.where(chosen))

    def of_any_state(self, state: FactoryState | None = None) -> Self:
        """Keep one state, or all, those closed down included."""
        return self._keep(state, Factory.state == state)

    def key_units(self, *, only: bool = True) -> Self:
        """Keep key units for fire safety, or all."""
        return self._keep(only or None, Factory.is_key_unit.is_(True))

    def below_housing(self, *, only: bool = True) -> Self:
        """Keep those above which people live, or all."""
        return self._keep(only or None, Factory.is_below_housing.is_(True))

    def matching(self, text: str) -> Self:
        """Keep those in which every word occurs: name, place, people, phones, numbers."""
        return self._keep(text.strip() or None, found_by(text))

    def by_name(self) -> Select[Any]:
        """Return the list in the order of county and name."""
        return self._rows.order_by(Factory.county_code, Factory.name, Factory.id)

    def as_table(self) -> Select[Any]:
        """Return the list as plain values in the order of `TABLE_COLUMNS`, places by name."""
        rows = self.by_name().with_only_columns(*map(_plain_column, TABLE_COLUMNS))
        rows = rows.join(Town, Factory.town_id == Town.id)
        return rows.outerjoin(Community, Factory.community_id == Community.id)

    def one(self, session: Session, factory_id: int) -> Factory:
        """Return the factory.

        Raises:
            NotFound: there is none, or not within the officer's sight.
        """
        return self._one(session, Factory.id == factory_id)

    def behind_door(self, session: Session, door_code: str) -> Factory:
        """Return the factory whose door bears the code.

        Raises:
            NotFound: there is none, or not within the officer's sight.
        """
        return self._one(session, Factory.door_code == door_code)

    def _keep(self, wanted: object, condition: Any) -> Self:
        return self if wanted is None else type(self)(self._rows.where(condition))

    def _one(self, session: Session, condition: Any) -> Factory:
        found: Factory | None = session.scalar(self._rows.where(condition))
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


_NAMED_BY = {
    "town_id": (Town.__table__, "name"),
    "community_id": (Community.__table__, "name"),
}


def _plain_column(name: str) -> ColumnElement[Any]:
    """Return a column as the driver gives it; ten thousand enum members are not free."""
    table, key = _NAMED_BY.get(name, (Factory.__table__, name))
    column: ColumnElement[Any] = table.c[key]
    if isinstance(column.type, Choice):
        return type_coerce(column, String)
    return type_coerce(column, Float) if isinstance(column.type, Numeric) else column


def _is_after(entry: AuditEntry, version: int) -> bool:
    return entry.event is Event.FACTORY_EDITED and entry.facts.get("version", 0) > version
