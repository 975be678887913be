"""Keeping the towns and communities of a county."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.core.permissions import Holder
from firesafe.districts.models import Community, Town
from firesafe.districts.policy import may_edit_places
from firesafe.districts.rules import place_name


def add_town(session: Session, county_code: str, name: str, *, by: Holder, at: datetime) -> Town:
    """Enter a town or street office of the county.

    Raises:
        Refused: ``by`` does not keep the places of this county.
        RuleBroken: the name cannot be used, or there is such a town.
    """
    _check_keeper(by, county_code)
    town = Town(county_code=county_code, name=_free_town_name(session, county_code, name))
    session.add(town)
    session.flush()
    _record_town(session, Event.TOWN_ADDED, town, by, at)
    return town


def rename_town(
    session: Session, town: Town, name: str, *, was: str, by: Holder, at: datetime
) -> None:
    """Give a town another name; ``was`` is the name that the officer saw when he began.

    Raises:
        Refused: ``by`` does not keep the places of this county.
        RuleBroken: the name cannot be used, or another town has it.
        Stale: somebody has renamed it since.
    """
    _check_keeper(by, town.county_code)
    _check_seen(session, town, was)
    town.name = _free_town_name(session, town.county_code, name)
    _record_town(session, Event.TOWN_RENAMED, town, by, at, was=was)


def remove_town(session: Session, town: Town, *, by: Holder, at: datetime) -> None:
    """Remove a town that nothing stands in.

    Raises:
        Refused: ``by`` does not keep the places of this county.
        RuleBroken: it has communities, factories or officers.
    """
    _check_keeper(by, town.county_code)
    _remove(session, town)
    _record_town(session, Event.TOWN_REMOVED, town, by, at)


def add_community(
    session: Session, town: Town, name: str, *, by: Holder, at: datetime
) -> Community:
    """Enter a community of the town.

    Raises:
        Refused: ``by`` does not keep the places of this county.
        RuleBroken: the name cannot be used, or the town has such a community.
    """
    _check_keeper(by, town.county_code)
    community = Community(town=town, name=_free_community_name(session, town, name))
    session.add(community)
    session.flush()
    _record_community(session, Event.COMMUNITY_ADDED, community, by, at)
    return community


def rename_community(
    session: Session, community: Community, name: str, *, was: str, by: Holder, at: datetime
) -> None:
    """Give a community another name; ``was`` is the name that the officer saw when he began.

    Raises:
        Refused: ``by`` does not keep the places of this county.
        RuleBroken: the name cannot be used, or another community of the town has it.
        Stale: somebody has renamed it since.
    """
    _check_keeper(by, community.town.county_code)
    _check_seen(session, community, was)
    community.name = _free_community_name(session, community.town, name)
    _record_community(session, Event.COMMUNITY_RENAMED, community, by, at, was=was)


def remove_community(session: Session, community: Community, *, by: Holder, at: datetime) -> None:
    """Remove a community that no factory stands in.

    Raises:
        Refused: ``by`` does not keep the places of this county.
        RuleBroken: it has factories.
    """
    _check_keeper(by, community.town.county_code)
    _remove(session, community)
    _record_community(session, Event.COMMUNITY_REMOVED, community, by, at)


def _check_keeper(by: Holder, county_code: str) -> None:
    require(may_edit_places(by, county_code), "You do not keep the places of this county.")


def _check_seen(session: Session, place: Town | Community, was: str) -> None:
    session.refresh(place, with_for_update=True)
    if place.name != was:
        raise Stale(
            "Somebody has renamed %(was)s to %(name)s in the meantime.", was=was, name=place.name
        )


def _free_town_name(session: Session, county_code: str, text: str) -> str:
    name = place_name(text)
    same = select(Town.id).where(Town.county_code == county_code, Town.name == name)
    if session.scalar(same) is not None:
        raise RuleBroken("The county has a town %(name)s already.", name=name)
    return name


def _free_community_name(session: Session, town: Town, text: str) -> str:
    name = place_name(text)
    same = select(Community.id).where(Community.town_id == town.id, Community.name == name)
    if session.scalar(same) is not None:
        raise RuleBroken("%(town)s has a community %(name)s already.", town=town.name, name=name)
    return name


def _remove(session: Session, place: Town | Community) -> None:
    """Let the database say whether anything in a room above still refers to the place."""
    name = place.name
    try:
        with session.begin_nested():
            session.delete(place)
    except IntegrityError as fault:
        raise RuleBroken(
            "%(name)s is still in use: communities, factories or people belong to it. Move"
            " them first.",
            name=name,
        ) from fault


def _record_town(
    session: Session, event: Event, town: Town, by: Holder, at: datetime, **facts: str
) -> None:
    record(
        session,
        event,
        by=by.id,
        subject=f"town:{town.id}",
        at=at,
        county=town.county_code,
        name=town.name,
        **facts,
    )


def _record_community(
    session: Session, event: Event, community: Community, by: Holder, at: datetime, **facts: str
) -> None:
    record(
        session,
        event,
        by=by.id,
        subject=f"community:{community.id}",
        at=at,
        county=community.town.county_code,
        name=community.name,
        town=community.town.name,
        **facts,
    )
