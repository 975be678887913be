"""Looking at what was loaded: who can sign in, and which notice to show."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import POST_NAMES
from firesafe.demo.story import read_story
from firesafe.districts.counties import find_county
from firesafe.factories.models import Factory, FactoryManager
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, NoticeState


@dataclass(frozen=True, slots=True)
class SignsIn:
    """Somebody of the demo: a name, what to sign in with, and the post with its place."""

    name: str
    number: str
    duty: str


def sign_ins(session: Session) -> list[SignsIn]:
    """Return the accounts of the story that are there and open, in the story's order."""
    story = read_story()
    phones = [person.phone for person in story.city_officers]
    for county in story.counties:
        phones += [person.phone for person in county.officers]
        phones += [manager.phone for manager in county.managers]
    rows = select(Officer).where(Officer.phone.in_(phones), Officer.disabled_at.is_(None))
    found = {officer.phone: officer for officer in session.scalars(rows)}
    managed = _managed(session, [officer.id for officer in found.values()])
    return [
        SignsIn(officer.name, officer.staff_number or phone, _duty(officer, managed))
        for phone in phones
        if (officer := found.get(phone)) is not None
    ]


def sample_notice_id(session: Session) -> int | None:
    """Return the printed notice with the most pages, the newest of several."""
    rows = select(Notice.id).where(
        Notice.kind == PaperKind.RECTIFICATION_NOTICE,
        Notice.state == NoticeState.ISSUED,
        Notice.pdf_key.is_not(None),
    )
    return session.scalar(rows.order_by(Notice.page_count.desc(), Notice.id.desc()).limit(1))


def _managed(session: Session, officer_ids: list[int]) -> dict[int, list[str]]:
    rows = (
        select(FactoryManager.officer_id, Factory.name)
        .join(Factory, Factory.id == FactoryManager.factory_id)
        .where(FactoryManager.officer_id.in_(officer_ids))
        .order_by(Factory.id)
    )
    managed: dict[int, list[str]] = {}
    for officer_id, name in session.execute(rows):
        managed.setdefault(officer_id, []).append(name)
    return managed


def _duty(officer: Officer, managed: dict[int, list[str]]) -> str:
    county = find_county(officer.county_code or "")
    places = managed.get(officer.id) or ([county.name_en] if county else [])
    return ", ".join([POST_NAMES[officer.post], *places])
