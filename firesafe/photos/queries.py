"""Looking photographs up.

A photograph has no county: whoever knows its SHA-256 has the picture already. Who may see it
is decided by the finding or the visit it belongs to, in the rooms above.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import Select, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import MAX_DISTANCE, bands, distance, nearby_bands

MOST_CANDIDATES = 2000  # with a band like the one sought: of more, the newest


class Likeness(NamedTuple):
    """A photograph that looks like another, and in how many of 64 bits they differ."""

    photo: Photo
    distance: int


def find_photo(session: Session, sha256: str) -> Photo | None:
    """Return the photograph of this content, if it has arrived."""
    return session.scalar(select(Photo).where(Photo.sha256 == sha256))


def photos_by_sha(session: Session, sha256s: Collection[str]) -> dict[str, Photo]:
    """Return those of the photographs that have arrived, by their SHA-256."""
    rows = session.scalars(select(Photo).where(Photo.sha256.in_(sha256s)))
    return {photo.sha256: photo for photo in rows}


def unreadable_among(session: Session, sha256s: Collection[str]) -> set[str]:
    """Return those of the photographs that arrived and could not be read."""
    return _in_state(session, sha256s, PhotoState.UNREADABLE)


def readable_among(session: Session, sha256s: Collection[str]) -> set[str]:
    """Return those of the photographs that a phone may forget: received and readable."""
    return _in_state(session, sha256s, PhotoState.READABLE)


def similar_photos(session: Session, photo: Photo, *, within: int) -> list[Likeness]:
    """Return other photographs that differ in at most ``within`` bits, the likest first.

    None is missed while no band has more than `MOST_CANDIDATES` neighbours. A photograph
    that is not readable, or too even to be told apart, is like no other.

    Raises:
        ValueError: ``within`` is more than `MAX_DISTANCE`, where the bands would miss some.
    """
    if within > MAX_DISTANCE:
        raise ValueError(f"Likeness is looked up within {MAX_DISTANCE} bits at most.")
    if photo.fingerprint is None:
        return []
    others = select(Photo).where(Photo.id.in_(ids_alike([photo.fingerprint])), Photo.id != photo.id)
    likenesses = [
        Likeness(other, distance(photo.fingerprint, other.fingerprint))
        for other in session.scalars(others)
        if other.fingerprint is not None
    ]
    near = [likeness for likeness in likenesses if likeness.distance <= within]
    return sorted(near, key=lambda likeness: (likeness.distance, likeness.photo.id))


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


def _in_state(session: Session, sha256s: Collection[str], state: PhotoState) -> set[str]:
    query = select(Photo.sha256).where(Photo.sha256.in_(sha256s), Photo.state == state)
    return set(session.scalars(query))


def _newest_with(column: InstrumentedAttribute[int | None], values: set[int]) -> Select[int]:
    having = select(Photo.id).where(column.in_(sorted(values)))
    newest = having.order_by(Photo.id.desc()).limit(MOST_CANDIDATES).subquery()
    return select(newest.c.id)
