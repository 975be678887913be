"""Entries for the tests of the register."""

from sqlalchemy.orm import Session

from firesafe.factories.entry import RegisterEntry
from firesafe.factories.models import BuildingUse
from tests.makers import PINGLI, make_community


def make_entry(
    session: Session, *, county: str = PINGLI, town: str = "老县镇", **more: object
) -> RegisterEntry:
    """An entry in a community of the county; what matters is told, the rest filled in."""
    community = make_community(session, county=county, town=town)
    values: dict[str, object] = {
        "name": "示例绒品三厂",
        "town_id": community.town_id,
        "community_id": community.id,
        "building_use": BuildingUse.INDUSTRIAL,
    }
    return RegisterEntry(**{**values, **more})
