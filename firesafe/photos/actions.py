"""What is done with photographs: sending one in, and the job that develops it.

The file comes first and the row second, see `photos.store`. Taking in happens before the
unit of work where that can be had (`take_in`, then `enter_photo`), so that nobody waits for
another one's upload; `receive_photo` does both for forms whose files have arrived already.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.db import Database, table_of, take_turns
from firesafe.core.errors import require
from firesafe.jobs.actions import ask_for
from firesafe.jobs.worker import Work, job
from firesafe.photos.develop import Developed, develop
from firesafe.photos.intake import MAX_BYTES, Arrived, Body, take_in
from firesafe.photos.metadata import Place
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.policy import may_send_photo
from firesafe.photos.prints import keep_prints
from firesafe.photos.queries import find_photo, is_known
from firesafe.photos.rules import ORIGINAL, BadPhotograph, Fault, Source, bands, photo_key
from firesafe.photos.store import Store

DEVELOP = "photos.develop"
_ENTER = insert(table_of(Photo))


@dataclass(frozen=True, slots=True)
class Said:
    """What the phone says of a photograph, whose own notes are lost when a browser shrinks it."""

    source: Source = Source.UNKNOWN
    taken_at: datetime | None = None
    place: Place | None = None


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
    Of senders at the same moment one makes the row, and the others find it. What is
    returned says how it stands; it is not kept in the session.

    Raises:
        Refused: ``by`` may not send photographs.
    """
    require(may_send_photo(by), "Your post does not send photographs.")
    take_turns(session, _subject(arrived.sha256))
    if is_known(session, arrived.sha256):
        photo = _held(session, arrived.sha256)
    else:
        photo = _entered(session, arrived, by, at, said)
    if photo.state is PhotoState.RECEIVED:
        payload = {"sha256": photo.sha256}
        ask_for(session, DEVELOP, f"{DEVELOP}:{photo.sha256}", payload, at=at)
    return photo


@job(DEVELOP)
def develop_asked(work: Work) -> None:
    """Develop the photograph that a job names."""
    store = work.services.get(Store)
    develop_photo(work.database, store, work.payload["sha256"], at=work.at)


def develop_photo(database: Database, store: Store, sha256: str, *, at: datetime) -> None:
    """Decode a received photograph, keep its sizes and note what it says; or why it cannot be read.

    Decoding takes a while, so it happens between two short transactions. Repeating it comes
    to the same end. An unreadable photograph leaves no file behind: the phone still has it.

    Raises:
        FileNotFoundError: the original is not in the store.
    """
    with database.reading() as session:
        photo = find_photo(session, sha256)
    if photo is None or photo.state is PhotoState.READABLE:
        return
    original = photo_key(sha256, ORIGINAL)
    if photo.state is PhotoState.RECEIVED:
        try:
            developed = develop(store.get(original))
        except BadPhotograph as bad:
            with database.writing() as session:
                _note_unreadable(session, sha256, bad.fault, at)
        else:
            keep_prints(store, sha256, developed)
            with database.writing() as session:
                _note_readable(session, sha256, developed)
            return
    store.delete(original)


def _note_readable(session: Session, sha256: str, developed: Developed) -> None:
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


def _note_unreadable(session: Session, sha256: str, fault: Fault, at: datetime) -> None:
    photo = _held(session, sha256)
    photo.state, photo.fault = PhotoState.UNREADABLE, fault
    subject = _subject(sha256)
    record(session, Event.PHOTO_UNREADABLE, by=None, subject=subject, at=at, fault=fault.value)


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
        "source": said.source,
        "taken_at": said.taken_at,
        "received_at": at,
        "received_from_id": by.id,
        **(asdict(said.place) if said.place else {}),
    }
    session.connection().execute(_ENTER, photo)
    record(
        session,
        Event.PHOTO_RECEIVED,
        by=by.id,
        subject=_subject(arrived.sha256),
        at=at,
        county=by.county_code,
        bytes=arrived.byte_count,
    )
    return Photo(**photo)
