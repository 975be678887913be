"""Taking photographs in from requests, for every door that does: bare bodies and files of forms.

The body is read before any transaction is opened, for it may take its time.
"""

from collections.abc import Iterable

from flask import Response, g, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from firesafe.accounts.models import Officer
from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.errors import NotFound
from firesafe.core.settings import Settings
from firesafe.photos.actions import NOTHING_SAID, Said, develop_photo, enter_photo
from firesafe.photos.described import Kept, Standing, Unreadable
from firesafe.photos.intake import MEGABYTE, Arrived, take_in
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.queries import find_photo, standings_of
from firesafe.photos.rules import (
    ORIGINAL,
    BadPhotograph,
    Fault,
    is_sha256,
    photo_key,
    unreadable,
)
from firesafe.photos.store import Store
from firesafe.web.doors import close_reading, reading, service, write_together
from firesafe.web.errors import sentence_of
from firesafe.web.problems import problem


def wanted_no_more(sha256: str) -> Photo | None:
    """Return the photograph if it need not be sent, or None if it is to be taken in.

    It is wanted as long as its file is not here: because it never came, could not be read, or
    was lost in a restore. Most are new, and asking the store costs less than the database. The
    connection to that is let go, for the body may take its time.

    Raises:
        NotFound: this is no SHA-256.
    """
    if not is_sha256(sha256):
        raise NotFound("There is no such photograph.")
    photo = None
    if service(Store).exists(photo_key(sha256, ORIGINAL)):
        photo = find_photo(reading(), sha256)
    close_reading()
    is_unreadable = photo is not None and photo.state is PhotoState.UNREADABLE
    return None if is_unreadable else photo


def body_of(sha256: str) -> Arrived:
    """Take in the body of the request, which must add up to ``sha256``.

    Raises:
        BadPhotograph: see `take_in`; or its length was not announced.
    """
    if request.content_length is None:
        raise BadPhotograph(Fault.LENGTH_MISSING)
    return take_in(
        service(Store),
        request.stream,
        byte_count=request.content_length,
        sha256=sha256,
        max_bytes=max_bytes(),
    )


def entered(arrived: Arrived, said: Said = NOTHING_SAID) -> Photo:
    """Enter what was taken in, with what was said of it."""
    by: Officer = g.officer  # asked here: another request's thread may do the work

    def enter(session: Session) -> Photo:
        return enter_photo(session, arrived, by=by, at=now(), said=said)

    return write_together(enter)


def developed(photo: Photo) -> Photo:
    """Develop a photograph at once, for somebody who waits for the sentence if it is unreadable.

    The job that was asked for finds it done.
    """
    develop_photo(service(Database), service(Store), photo.sha256, at=now())
    return find_photo(reading(), photo.sha256) or photo


def files_of(files: Iterable[FileStorage]) -> list[str]:
    """Take in and develop the files of a form that were chosen, and return their SHA-256.

    Raises:
        BadPhotograph: one of them is not taken, or cannot be read.
    """
    store, most = service(Store), max_bytes()
    photos = [
        developed(entered(take_in(store, file.stream, byte_count=None, max_bytes=most)))
        for file in files
        if file.filename
    ]
    for standing in standings_of(reading(), [photo.sha256 for photo in photos]).values():
        if standing.refusal is not None:
            raise standing.refusal
    return [photo.sha256 for photo in photos]


def max_bytes() -> int:
    """Return how long a photograph may be, in bytes."""
    return service(Settings).upload_limit_mb * MEGABYTE


def standing_of(photo: Photo) -> Standing:
    """Return where a photograph stands, as phones are told."""
    if photo.fault is not None:
        sentence = sentence_of(unreadable(photo.fault))
        return Unreadable(
            sha256=photo.sha256, state="unreadable", fault=photo.fault, sentence=sentence
        )
    is_readable = photo.state is PhotoState.READABLE
    return Kept(sha256=photo.sha256, state="readable" if is_readable else "received")


def tell_fault(bad: BadPhotograph) -> Response:
    """Name the fault to the phone, which decides by it whether to send again."""
    return problem(bad.status, sentence_of(bad), fault=bad.fault.value)
