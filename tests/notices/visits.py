"""Closed visits with photographs that are really there, ready for their papers."""

from io import BytesIO

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.inspections.ink import ink_key
from firesafe.inspections.models import Inspection
from firesafe.notices.models import Issuer
from firesafe.notices.queries import issuer_of
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import SIZES, photo_key
from firesafe.photos.store import Store
from tests.makers import PINGLI, make_closed_inspection, make_officer


def make_issuer(session: Session, *, county: str = PINGLI, **more: object) -> Issuer:
    found = issuer_of(session, county)
    issuer = found or Issuer(
        county_code=county,
        name="平利县示例部门",
        abbreviation=f"示例{county[-2:]}消",
        contact="赵测试",
        phone="0915-0000000",
        address="示例路1号",
        **more,
    )
    session.add(issuer)
    session.flush()
    return issuer


def make_chief(session: Session, *, county: str = PINGLI) -> Officer:
    return make_officer(session, post=Post.SECTION_CHIEF, county=county, name="孙测试")


def make_ready_visit(session: Session, store: Store, **more: object) -> Inspection:
    """Make a closed visit whose photographs and signatures lie in the store."""
    inspection = make_closed_inspection(session, **more)
    make_issuer(session, county=inspection.county_code)
    arrive_all(session, store)
    for signature in inspection.signatures:
        store.put(ink_key(signature.sha256), _picture("PNG"))
    return inspection


def arrive_all(session: Session, store: Store) -> None:
    """Let every photograph be received and readable."""
    for photo in session.scalars(select(Photo).where(Photo.state == PhotoState.RECEIVED)):
        photo.state = PhotoState.READABLE
        photo.width_px, photo.height_px = 1600, 1200
        for size in SIZES:
            store.put(photo_key(photo.sha256, size), _picture("JPEG"))
    session.flush()


def _picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (80, 60), (120, 140, 130)).save(out, kind)
    return out.getvalue()
