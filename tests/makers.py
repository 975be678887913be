"""One maker per record: keyword arguments for what can matter, the rest filled in."""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.districts.models import Community, Town
from firesafe.factories.models import BuildingUse, Factory
from firesafe.inspections.models import Inspection, InspectionKind

PINGLI = "610926"
HANBIN = "610902"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning in Ankang
_numbers = count(1)


def make_officer(
    session: Session,
    *,
    post: Post = Post.INSPECTOR,
    county: str | None = PINGLI,
    name: str = "王测试",
    **more: object,
) -> Officer:
    number = next(_numbers)
    officer = Officer(
        name=name,
        post=post,
        county_code=county,
        phone=f"139{number:08d}",
        staff_number=f"S{number:05d}",
        must_change_password=False,
        created_at=MONDAY,
        **more,
    )
    session.add(officer)
    session.flush()
    return officer


def make_community(
    session: Session, *, county: str = PINGLI, town: str = "老县镇", name: str = "示例社区"
) -> Community:
    found = session.scalar(select(Town).where(Town.county_code == county, Town.name == town))
    place = found or Town(county_code=county, name=town)
    session.add(place)
    session.flush()
    query = select(Community).where(Community.town_id == place.id, Community.name == name)
    community = session.scalar(query) or Community(town=place, name=name)
    session.add(community)
    session.flush()
    return community


def make_factory(
    session: Session, *, county: str = PINGLI, name: str = "示例玩具一厂", **more: object
) -> Factory:
    number = next(_numbers)
    community = make_community(session, county=county)
    values: dict[str, object] = {
        "building_use": BuildingUse.INDUSTRIAL,
        "address": "5号楼1层",
        "responsible_name": "张测试",
        "responsible_phone": "13800000000",
        "workers_on_shift": 46,
        "most_on_shift": 60,
        "has_hydrant": True,
        "has_filling_machine": True,
        "search_text": " ".join(name),
    }
    factory = Factory(
        county_code=county,
        town=community.town,
        community=community,
        name=name,
        point_number=f"T{number:05d}",
        door_code=f"door{number:08d}",
        created_at=MONDAY,
        changed_at=MONDAY,
        **{**values, **more},
    )
    session.add(factory)
    session.flush()
    return factory


def make_inspection(
    session: Session,
    *,
    factory: Factory | None = None,
    lead: Officer | None = None,
    second: Officer | None = None,
    at: datetime = MONDAY,
    **more: object,
) -> Inspection:
    factory = factory or make_factory(session)
    lead = lead or make_officer(session, county=factory.county_code)
    inspection = Inspection(
        client_key=f"00000000-0000-4000-8000-{next(_numbers):012d}",
        factory=factory,
        county_code=factory.county_code,
        edition_code="2026",
        kind=InspectionKind.PLANNED,
        lead=lead,
        second=second,
        opened_at=at,
        changed_at=at,
        workers_on_shift=factory.workers_on_shift,
        **more,
    )
    session.add(inspection)
    session.flush()
    return inspection
