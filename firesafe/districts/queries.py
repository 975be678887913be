"""Finding the towns and communities of a county."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from firesafe.core.errors import NotFound
from firesafe.districts.models import Community, Town


def towns_of(session: Session, county_code: str) -> list[Town]:
    """Return the towns of a county with their communities, by name."""
    rows = select(Town).where(Town.county_code == county_code).order_by(Town.name)
    return list(session.scalars(rows.options(selectinload(Town.communities))))


def towns_in(session: Session, county_codes: Iterable[str]) -> list[Town]:
    """Return the towns of several counties, by county and name, without their communities."""
    rows = select(Town).where(Town.county_code.in_(list(county_codes)))
    return list(session.scalars(rows.order_by(Town.county_code, Town.name)))


def communities_of(session: Session, town_id: int) -> list[Community]:
    """Return the communities of a town, by name."""
    rows = select(Community).where(Community.town_id == town_id).order_by(Community.name)
    return list(session.scalars(rows))


def town_of(session: Session, county_code: str, town_id: int) -> Town:
    """Return one town of a county.

    Raises:
        NotFound: there is none, or it is another county's.
    """
    row = select(Town).where(Town.id == town_id, Town.county_code == county_code)
    found = session.scalar(row)
    if found is None:
        raise NotFound("There is no such town in your county.")
    return found


def community_of(session: Session, county_code: str, community_id: int) -> Community:
    """Return one community of a county.

    Raises:
        NotFound: there is none, or it is another county's.
    """
    row = select(Community).join(Town)
    row = row.where(Community.id == community_id, Town.county_code == county_code)
    found = session.scalar(row)
    if found is None:
        raise NotFound("There is no such community in your county.")
    return found
