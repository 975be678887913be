"""What is done with photographs: sending one in, developing it, and telling who waits for it.

The file comes first and the row second, see `photos.store`. Taking in happens before the
unit of work where that can be had (`take_in`, then `enter_photo`), so that nobody waits for
another one's upload; `receive_photo` does both for forms whose files have arrived already.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.db import Database, table_of, take_turns
from firesafe.core.errors import require
from firesafe.core.straight import straight_insert
from firesafe.jobs.actions import MOST_ATTEMPTS, ask_anew, ask_for
from firesafe.jobs.worker import Work, job
from firesafe.photos.develop import Developed, develop
from firesafe.photos.intake import MAX_BYTES, Arrived, Body, take_in
from firesafe.photos.metadata import Place
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.policy import may_send_photo
from firesafe.photos.prints import keep_prints
from firesafe.photos.queries import find_photo, is_known
from firesafe.photos.rules import ORIGINAL, BadPhotograph, Fault, Source, bands, photo_key
from firesafe.photos.store import Store, sweep_spool

DEVELOP = "photos.develop"
SWEEP = "photos.sweep"

_ENTER = straight_insert(
    table_of(Photo),
    *("sha256", "state", "media_type", "byte_count", "received_at", "received_from_id"),
    *("source", "taken_at", "is_zone_assumed", "latitude", "longitude", "accuracy_m"),
    *("original_sha256", "drawn_over_sha256"),
)
_NO_PLACE = dict.fromkeys(("latitude", "longitude", "accuracy_m"))
_followers: list[str] = []


@dataclass(frozen=True, slots=True)
class Said:
    """What the phone says of a photograph, whose own notes are lost when a browser shrinks it."""

    source: Source = Source.UNKNOWN
    taken_at: datetime | None = None
    place: Place | None = None
    original_sha256: str | None = None
    drawn_over_sha256: str | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of `Photo` that this fills in; without a place none is overwritten."""
        place = asdict(self.place) if self.place else {}
        return {
            "source": self.source,
            "taken_at": self.taken_at,
            "original_sha256": self.original_sha256,
            "drawn_over_sha256": self.drawn_over_sha256,
            **place,
        }


NOTHING_SAID = Said()


def receive_photo(
    session: Session,
    store: Store,
    body: Body,
    *,
    by: Officer,
    at: datetime,
    said: Said = NOTHING_SAID,
    max_bytes: int = MAX_BYTES,
) -> Photo:
    """Take in a photograph that came with a form, and enter it.

    Raises:
        Refused: ``by`` may not send photographs.
        BadPhotograph: it is empty, too large or no picture.
    """
    require(may_send_photo(by), "Your post does not send photographs.")
    arrived = take_in(store, body, byte_count=None, max_bytes=max_bytes)
    return enter_photo(session, arrived, by=by, at=at, said=said)


def enter_photo(
    session: Session, arrived: Arrived, *, by: Officer, at: datetime, said: Said = NOTHING_SAID
) -> Photo:
    """Enter a photograph whose file is safe, and ask for its development.

    The same photograph again changes nothing, whoever sends it: the first sender stands.
    Of senders at the same moment one makes the row, and the others find it. One that could
    not be read has no file any more, so it is received anew, and developed anew. What is
    returned says how it stands; it is not kept in the session.

    Raises:
        Refused: ``by`` may not send photographs.
    """
    require(may_send_photo(by), "Your post does not send photographs.")
    take_turns(session, _subject(arrived.sha256))
    if not is_known(session, arrived.sha256):
        return _entered(session, arrived, by, at, said)
    photo = _held(session, arrived.sha256)
    if photo.state is PhotoState.UNREADABLE:
        _enter_anew(session, photo, by, at, said)
    elif photo.state is PhotoState.RECEIVED:
        ask_for(session, *_job_about(DEVELOP, photo), at=at)
    return photo


def follow_developed(kind: str) -> None:
    """Let a job of this kind follow each photograph, with ``{"sha256"}`` to work on.

    It is asked for in the transaction in which the photograph becomes readable or
    unreadable, so the rooms above hear of it without being known here.
    """
    if kind not in _followers:
        _followers.append(kind)


@job(SWEEP, daily=True)
def sweep(work: Work) -> None:
    """Remove what has lain in the spool too long."""
    sweep_spool(work.services.get(Store).spool_folder, at=work.at.timestamp())


@job(DEVELOP)
def develop_asked(work: Work) -> None:
    """Develop the photograph that a job names.

    One whose file is gone, as after a restore, is looked for five times and then forgotten:
    its phone, which keeps it until it is readable, is told that it has not arrived.
    """
    store, sha256 = work.services.get(Store), work.payload["sha256"]
    try:
        develop_photo(work.database, store, sha256, at=work.at)
    except FileNotFoundError:
        if work.attempt < MOST_ATTEMPTS:
            raise
        with work.database.writing() as session:
            _forget(session, sha256, work.at)


def develop_photo(database: Database, store: Store, sha256: str, *, at: datetime) -> None:
    """Decode a received photograph, keep its sizes and note what it says; or why it cannot be read.

    Decoding takes a while, so it happens between two short transactions. Repeating it comes
    to the same end. An unreadable photograph leaves no file behind: the phone still has it.
    The file goes before the row says so, because after that it may be sent again.

    Raises:
        FileNotFoundError: the original is not in the store.
    """
    with database.reading() as session:
        photo = find_photo(session, sha256)
    if photo is None or photo.state is not PhotoState.RECEIVED:
        return
    original = photo_key(sha256, ORIGINAL)
    try:
        developed = develop(store.get(original))
    except BadPhotograph as bad:
        store.delete(original)
        with database.writing() as session:
            _note_unreadable(session, sha256, bad.fault, at)
    else:
        keep_prints(store, sha256, developed)
        with database.writing() as session:
            _note_readable(session, sha256, developed, at)


def _note_readable(session: Session, sha256: str, developed: Developed, at: datetime) -> None:
    """Note what the file says of itself; where it says nothing, what the phone said stays."""
    photo = _held(session, sha256)
    photo.state = PhotoState.READABLE
    photo.width_px, photo.height_px = developed.width_px, developed.height_px
    own = developed.metadata
    if own.taken_at is not None:
        photo.taken_at, photo.is_zone_assumed = own.taken_at, own.is_zone_assumed
    if own.place is not None:
        _set_place(photo, own.place)
    if developed.fingerprint is not None:
        photo.fingerprint = developed.fingerprint
        photo.band_1, photo.band_2, photo.band_3, photo.band_4 = bands(developed.fingerprint)
    _tell_followers(session, photo, at)


def _note_unreadable(session: Session, sha256: str, fault: Fault, at: datetime) -> None:
    photo = _held(session, sha256)
    photo.state, photo.fault = PhotoState.UNREADABLE, fault
    subject = _subject(sha256)
    record(session, Event.PHOTO_UNREADABLE, by=None, subject=subject, at=at, fault=fault.value)
    _tell_followers(session, photo, at)


def _tell_followers(session: Session, photo: Photo, at: datetime) -> None:
    for kind in _followers:
        ask_for(session, *_job_about(kind, photo), at=at)


def _job_about(kind: str, photo: Photo) -> tuple[str, str, dict[str, str]]:
    """Return kind, key and payload of a job that is done each time a photograph is received."""
    key = f"{kind}:{photo.sha256}:{photo.received_at.timestamp():.6f}"
    return kind, key, {"sha256": photo.sha256}


def _forget(session: Session, sha256: str, at: datetime) -> None:
    """Strike out a photograph that was received and whose file is gone."""
    photo = find_photo(session, sha256)
    if photo is not None and photo.state is PhotoState.RECEIVED:
        session.delete(photo)
        record(session, Event.PHOTO_LOST, by=None, subject=_subject(sha256), at=at)


def _held(session: Session, sha256: str) -> Photo:
    return session.scalars(select(Photo).where(Photo.sha256 == sha256)).one()


def _set_place(photo: Photo, place: Place) -> None:
    photo.latitude, photo.longitude = place.latitude, place.longitude
    photo.accuracy_m = place.accuracy_m


def _subject(sha256: str) -> str:
    return f"photo:{sha256}"


def _entered(session: Session, arrived: Arrived, by: Officer, at: datetime, said: Said) -> Photo:
    photo = {
        "sha256": arrived.sha256,
        "state": PhotoState.RECEIVED,
        "media_type": arrived.media_type,
        "byte_count": arrived.byte_count,
        "received_at": at,
        "received_from_id": by.id,
        "is_zone_assumed": False,
        **_NO_PLACE,
        **said.columns,
    }
    _ENTER.run(session.connection(), photo)
    entered = Photo(**photo)
    _have_developed(session, entered, by, at)
    return entered


def _enter_anew(session: Session, photo: Photo, by: Officer, at: datetime, said: Said) -> None:
    """Receive a photograph again that could not be read."""
    photo.state, photo.fault = PhotoState.RECEIVED, None
    photo.received_at, photo.received_from_id = at, by.id
    for name, value in said.columns.items():
        setattr(photo, name, value)
    _have_developed(session, photo, by, at)


def _have_developed(session: Session, photo: Photo, by: Officer, at: datetime) -> None:
    """Note that a photograph has just been received, and ask for its development."""
    ask_anew(session, *_job_about(DEVELOP, photo), at=at)
    record(
        session,
        Event.PHOTO_RECEIVED,
        by=by.id,
        subject=_subject(photo.sha256),
        at=at,
        county=by.county_code,
        bytes=photo.byte_count,
    )
