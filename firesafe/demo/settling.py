"""The beginning of the story: accounts, places, issuers, factories and their managers."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from firesafe.accounts.actions import (
    NewOfficer,
    add_first_administrator,
    add_officer,
    change_password,
)
from firesafe.accounts.invitations import accept_for_known, accept_invitation, invite_manager
from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.demo.days import moment
from firesafe.demo.story import BEGINNING, County, Manager, Person, Story
from firesafe.districts.actions import add_community, add_town
from firesafe.districts.models import Community, Town
from firesafe.factories.actions import add_factories, link_manager
from firesafe.factories.entry import RegisterEntry
from firesafe.factories.models import BuildingUse, Factory, FactoryState
from firesafe.notices.actions import edit_issuer

_NINE = time(9, 0)


def settle(session: Session, story: Story, *, at: datetime) -> None:
    """Make everything that stands before the first visit; ``at`` is the day of loading."""
    began = moment(at, BEGINNING, _NINE)
    first, *others = story.city_officers
    administrator = add_first_administrator(
        session,
        name=first.name,
        phone=first.phone,
        county_code=None,
        password=story.password,
        at=began,
    )
    for person in others:
        _add(session, person, None, None, story.password, by=administrator, at=began)
    for county in story.counties:
        _settle_county(session, county, story.password, by=administrator, at=began)


def _settle_county(
    session: Session, county: County, password: str, *, by: Officer, at: datetime
) -> None:
    """Let the administrator make the county's people, and these make everything else."""
    leaders = [person for person in county.officers if not person.town]
    people = {
        person.post: _add(session, person, county.code, None, password, by=by, at=at)
        for person in reversed(leaders)
    }
    chief, clerk = people[Post.SECTION_CHIEF], people[Post.COUNTY_CLERK]
    later = at + timedelta(hours=2)
    edit_issuer(session, county.code, county.issuer, version=0, by=chief, at=later)
    if county.ordering_issuer:
        brigade, officer = county.ordering_issuer, people[Post.FIRE_OFFICER]
        edit_issuer(session, county.code, brigade, version=0, by=officer, at=later)
    towns = {
        name: add_town(session, county.code, name, by=clerk, at=later) for name in county.towns
    }
    communities = {
        (town, name): add_community(session, towns[town], name, by=clerk, at=later)
        for town, names in county.towns.items()
        for name in names
    }
    for person in county.officers:
        if person.town:
            town = towns[person.town]
            _add(session, person, county.code, town, password, by=by, at=later)
    entries = [_entry(row, towns, communities) for row in county.factories]
    factories = add_factories(session, entries, county_code=county.code, by=clerk, at=later)
    by_name = {factory.name: factory for factory in factories}
    for manager in county.managers:
        _bring_in(session, manager, by_name, password, by=clerk, at=later + timedelta(days=1))


def _add(
    session: Session,
    person: Person,
    county_code: str | None,
    town: Town | None,
    password: str,
    *,
    by: Officer,
    at: datetime,
) -> Officer:
    """Make an account, and let its owner choose his password at the first sign-in."""
    new = NewOfficer(
        name=person.name,
        post=Post(person.post),
        county_code=county_code,
        town_id=town.id if town else None,
        phone=person.phone,
        staff_number=person.staff_number,
        card_number=person.card_number,
    )
    officer, once = add_officer(session, new, by=by, at=at)
    change_password(session, officer, old=once, new=password, token="", at=at)
    return officer


def _entry(
    row: dict[str, Any], towns: dict[str, Town], communities: dict[tuple[str, str], Community]
) -> RegisterEntry:
    places = {
        "town_id": towns[row["town"]].id,
        "community_id": communities[row["town"], row["community"]].id,
    }
    plain = {name: value for name, value in row.items() if name not in ("town", "community")}
    for name in ("latitude", "longitude"):
        plain[name] = Decimal(row[name]) if name in row else None
    kinds = {
        "building_use": BuildingUse(row["building_use"]),
        "state": FactoryState(row.get("state", FactoryState.WORKING)),
    }
    return RegisterEntry(**{**plain, **kinds, **places})


def _bring_in(
    session: Session,
    manager: Manager,
    factories: dict[str, Factory],
    password: str,
    *,
    by: Officer,
    at: datetime,
) -> None:
    """Invite a manager to each of his factories, and let him accept: first with a new account."""
    officer: Officer | None = None
    for name in manager.factories:
        factory = factories[name]
        _invitation, token = invite_manager(
            session,
            factory_id=factory.id,
            county_code=factory.county_code,
            name=manager.name,
            phone=manager.phone,
            by=by,
            at=at,
        )
        if officer is None:
            officer, _factory_id = accept_invitation(
                session, token, name=manager.name, password=password, at=at
            )
        else:
            accept_for_known(session, token, by=officer, at=at)
        link_manager(session, factory, officer, by=officer, at=at)
