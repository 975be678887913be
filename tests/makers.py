"""One maker per record: keyword arguments for what can matter, the rest filled in."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.districts.models import Community, Town
from firesafe.factories.models import BuildingUse, Factory
from firesafe.findings.actions import record_findings
from firesafe.inspections.actions import (
    Opening,
    answer_checkpoint,
    attach_photo,
    open_inspection,
    touch,
)
from firesafe.inspections.closing import (
    close_inspection,
    refuse_signature,
    sign_inspection,
)
from firesafe.inspections.models import (
    Answer,
    Inspection,
    InspectionKind,
    PhotoMoment,
    SignatureRole,
)
from firesafe.inspections.queries import Inspections
from firesafe.photos.actions import enter_photo
from firesafe.photos.intake import Arrived
from firesafe.photos.rules import MediaType
from firesafe.standard.edition import Checkpoint, Edition, edition
from firesafe.standard.rules import sample_for

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
    session: Session,
    *,
    county: str = PINGLI,
    town: str = "老县镇",
    name: str = "示例玩具一厂",
    **more: object,
) -> Factory:
    number = next(_numbers)
    community = make_community(session, county=county, town=town)
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
        "point_number": f"T{number:05d}",
        "door_code": f"door{number:08d}",
    }
    factory = Factory(
        county_code=county,
        town=community.town,
        community=community,
        name=name,
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


def make_photo(session: Session, *, by: Officer, at: datetime = MONDAY) -> str:
    """Enter a photograph that has arrived, without a file, and return its SHA-256."""
    sha256 = hashlib.sha256(str(next(_numbers)).encode()).hexdigest()
    enter_photo(session, Arrived(sha256, MediaType.JPEG, 1000), by=by, at=at)
    return sha256


def make_open_inspection(
    session: Session,
    *,
    factory: Factory | None = None,
    lead: Officer | None = None,
    second: Officer | None = None,
    at: datetime = MONDAY,
) -> Inspection:
    """Begin a visit as an inspector does: with its answers, some of them preset."""
    factory = factory or make_factory(session)
    lead = lead or make_officer(session, county=factory.county_code)
    second = second or make_officer(session, county=factory.county_code, name="李测试")
    opening = Opening(InspectionKind.PLANNED, second, workers_on_shift=46)
    key = f"00000000-0000-4000-8000-{next(_numbers):012d}"
    return open_inspection(session, factory, opening, client_key=key, by=lead, at=at)


def answer_all(
    session: Session, inspection: Inspection, *, failed: Mapping[str, Mapping[str, object]] = {}
) -> None:
    """Pass every checkpoint but the ``failed`` ones, whose further fields are given by code.

    The photographs of all answers are read at once, as a page does: whoever looks through them
    for what is missing would else ask the database seventy times.
    """
    Inspections.visible_to(inspection.lead).with_answers(session, inspection.id)
    standard, opened = edition(inspection.edition_code), inspection.opened_at
    for answer in inspection.answers:
        code = answer.checkpoint_code
        if answer.is_preset and code not in failed:
            continue
        workers, passes = inspection.workers_on_shift, code not in failed
        changes = figures_of(standard, standard.checkpoint(code), workers, passes=passes)
        changes |= {"verdict": "pass", **failed.get(code, {})}
        if passes:
            _answer(inspection, answer, changes)
        else:
            version, lead = answer.version, inspection.lead
            answer_checkpoint(
                session, inspection, code, changes, version=version, by=lead, at=opened
            )
    session.flush()


def _answer(inspection: Inspection, answer: Answer, changes: Mapping[str, object]) -> None:
    """Write what `answer_checkpoint` would, without reading the answer anew.

    For the sixty that pass that would take as long as all the rest of a case.
    """
    for name, value in changes.items():
        setattr(answer, name, value)
    answer.version += 1
    touch(inspection, answer, inspection.lead, inspection.opened_at)


def figures_of(
    standard: Edition, checkpoint: Checkpoint, workers: int, *, passes: bool
) -> dict[str, object]:
    """Return figures of questions and drills that pass, or that do not."""
    figures: dict[str, object] = {}
    if checkpoint.counting:
        asked = sample_for(standard, checkpoint.counting, workers).asked
        figures |= {"asked_count": asked, "correct_count": asked if passes else 0}
    if checkpoint.drill and checkpoint.drill.limit_seconds:
        figures["drill_seconds"] = checkpoint.drill.limit_seconds + (0 if passes else 5)
    return figures


def sign_all(session: Session, inspection: Inspection, *, at: datetime = MONDAY) -> None:
    for role in SignatureRole:
        sign_inspection(
            session, inspection, role, name="张测试", sha256="5" * 64, by=inspection.lead, at=at
        )


def make_closed_inspection(
    session: Session,
    *,
    factory: Factory | None = None,
    lead: Officer | None = None,
    second: Officer | None = None,
    failed: Mapping[str, Mapping[str, object]] | Iterable[str] = ("A3-02",),
    refused: bool = False,
    at: datetime = MONDAY,
) -> Inspection:
    """Make, sign and close a visit by the real actions; its findings are recorded.

    ``refused`` lets the factory refuse to sign. ``failed`` names the checkpoints that fail,
    with further fields of the answer if wanted.
    Each has a photograph, and one more after it was put right on the spot.
    """
    inspection = make_open_inspection(session, factory=factory, lead=lead, second=second, at=at)
    told = failed if isinstance(failed, Mapping) else {code: {} for code in failed}
    answers = {
        code: {"verdict": "fail", "seen": "门口堆放纸箱约12只。", **more}
        for code, more in told.items()
    }
    answer_all(session, inspection, failed=answers)
    for code, fields in answers.items():
        moments = list(PhotoMoment) if "put_right_on_the_spot" in fields else [PhotoMoment.FOUND]
        for moment in moments:
            sha256 = make_photo(session, by=inspection.lead, at=at)
            attach_photo(session, inspection, code, sha256, moment, by=inspection.lead, at=at)
    sign_all(session, inspection, at=at)
    if refused:
        told = {"reason": "负责人不在场", "witness": "刘某"}
        refuse_signature(session, inspection, **told, by=inspection.lead, at=at)
    closed = close_inspection(session, inspection, by=inspection.lead, at=at)
    record_findings(session, inspection, closed, at=at)
    return inspection
