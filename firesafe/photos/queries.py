"""Looking photographs up.

A photograph has no county: whoever knows its SHA-256 has the picture already. Who may see it
is decided by the finding or the visit it belongs to, in the rooms above.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import BindParameter, Select, bindparam, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from firesafe.core.straight import Straight
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import BadPhotograph, bands, distance, nearby_bands, unreadable

MOST_CANDIDATES = 2000  # with a band like the one sought: of more, the newest

_KNOWN = Straight(select(Photo.id).where(Photo.sha256 == bindparam("sha256")), ["sha256"])

Word = Literal["absent", "received", "readable", "unreadable"]
_WORDS: dict[PhotoState | None, Word] = {
    None: "absent",
    PhotoState.RECEIVED: "received",
    PhotoState.READABLE: "readable",
    PhotoState.UNREADABLE: "unreadable",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a photograph stands; no ``state`` while it has not arrived.

    ``refusal`` holds the sentence why it cannot be read.
    """

    state: PhotoState | None = None
    refusal: BadPhotograph | None = None

    @property
    def word(self) -> Word:
        """What a phone is told."""
        return _WORDS[self.state]


def find_photo(session: Session, sha256: str) -> Photo | None:
    """Return the photograph of this content, if it has arrived."""
    return session.scalar(select(Photo).where(Photo.sha256 == sha256))


def is_known(session: Session, sha256: str) -> bool:
    """Tell whether a photograph of this content has arrived."""
    return _KNOWN.first(session.connection(), {"sha256": sha256}) is not None


def photos_by_sha(session: Session, sha256s: Collection[str]) -> dict[str, Photo]:
    """Return those of the photographs that have arrived, by their SHA-256."""
    rows = session.scalars(select(Photo).where(Photo.sha256.in_(sha256s)))
    return {photo.sha256: photo for photo in rows}


def standings_of(session: Session, sha256s: Collection[str]) -> dict[str, Standing]:
    """Return where each of the photographs stands, in one query."""
    wanted = set(sha256s)
    rows = session.execute(
        select(Photo.sha256, Photo.state, Photo.fault).where(Photo.sha256.in_(wanted))
    )
    known = {
        sha256: Standing(state, unreadable(fault) if fault else None)
        for sha256, state, fault in rows
    }
    return {sha256: known.get(sha256, Standing()) for sha256 in wanted}


def seen_before(session: Session, sha256s: Collection[str], *, within: int) -> set[str]:
    """Return those of the photographs that look like one that came before them.

    Alike are two that differ in at most ``within`` of 64 bits. Two queries, whatever their number.
    """
    own = [photo for photo in photos_by_sha(session, sha256s).values() if photo.fingerprint]
    if not own:
        return set()
    alike = ids_alike(photo.fingerprint or "" for photo in own)
    rows = session.execute(select(Photo.id, Photo.fingerprint).where(Photo.id.in_(alike)))
    others = [(photo_id, fingerprint or "") for photo_id, fingerprint in rows]
    return {
        photo.sha256
        for photo in own
        for photo_id, fingerprint in others
        if photo_id < photo.id and distance(photo.fingerprint or "", fingerprint) <= within
    }


def ids_alike(fingerprints: Iterable[str]) -> Select[int]:
    """Return the ids of photographs worth comparing with one of these, bit by bit.

    They share a band, or all of it but one bit, so none within `MAX_DISTANCE` is missing.
    Each band is looked up in its own index: joined by "or", the table would be read whole.
    """
    wanted: list[set[int]] = [set(), set(), set(), set()]
    for fingerprint in fingerprints:
        for near, band in zip(wanted, bands(fingerprint), strict=True):
            near.update(nearby_bands(band))
    columns = (Photo.band_1, Photo.band_2, Photo.band_3, Photo.band_4)
    alike = union(*(_newest_with(*pair) for pair in zip(columns, wanted, strict=True))).subquery()
    return select(alike.c.id)


def _newest_with(column: InstrumentedAttribute[int | None], values: set[int]) -> Select[int]:
    # Written out, because SQLite takes fewer variables than a visit of 500 photographs has.
    near: BindParameter[list[int]] = bindparam(
        None, sorted(values), unique=True, expanding=True, literal_execute=True
    )
    having = select(Photo.id).where(column.in_(near))
    newest = having.order_by(Photo.id.desc()).limit(MOST_CANDIDATES).subquery()
    return select(newest.c.id)
