"""The way in for photographs: the body is the bare file or a piece of it, its name the SHA-256.

A phone may send the same photograph as often as it likes and gets the same answer. It may
forget its own copy once the state is ``readable``. Every answer is JSON, every refusal a
problem that names its ``fault``. What the phone knows of the picture, and where a piece
belongs, stands in headers, see `photos.forms`.
"""

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from firesafe.core.clock import now
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.photos.actions import enter_photo
from firesafe.photos.forms import piece_in, said_in
from firesafe.photos.intake import MEGABYTE, Arrived, take_in
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.pieces import WrongOffset, bytes_come, take_in_piece
from firesafe.photos.queries import find_photo
from firesafe.photos.rules import (
    ORIGINAL,
    BadPhotograph,
    Fault,
    is_sha256,
    photo_key,
    unreadable,
)
from firesafe.photos.store import Store
from firesafe.web.doors import allow, close_reading, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.problems import problem

bp = Blueprint("photos", __name__)

ADDRESS = "/photos/<string(length=64):sha256>"


@bp.put(ADDRESS)
@allow(Permission.PARCEL_SEND, takes_tokens=True)
def send(sha256: str) -> ResponseReturnValue:
    """Take a photograph in, and say where it stands; a repeated one is not read again."""
    return _standing(_wanted_no_more(sha256) or _entered(_taken_in(sha256)))


@bp.patch(ADDRESS)
@allow(Permission.PARCEL_SEND, takes_tokens=True)
def send_piece(sha256: str) -> ResponseReturnValue:
    """Take a piece in, and say how much has come; with the last piece, where it stands."""
    photo = _wanted_no_more(sha256)
    if photo is None:
        come = take_in_piece(
            service(Store),
            request.stream,
            piece_in(request.headers, sha256, g.officer.id),
            byte_count=request.content_length,
            max_bytes=_max_bytes(),
        )
        if isinstance(come, int):
            return _partial(sha256, come)
        photo = _entered(come)
    return _standing(photo)


@bp.get(ADDRESS)
@allow(Permission.PARCEL_SEND, takes_tokens=True)
def show(sha256: str) -> ResponseReturnValue:
    """Say where a photograph stands: readable, received, unreadable and why, or partly come."""
    photo = find_photo(reading(), sha256)
    if photo is not None:
        return _standing(photo)
    come = bytes_come(service(Store), sha256, g.officer.id) if is_sha256(sha256) else None
    if come is None:
        raise NotFound("This photograph has not arrived yet. Send it again.")
    return _partial(sha256, come)


@bp.errorhandler(BadPhotograph)
def refuse(bad: BadPhotograph) -> Response:
    """Name the fault to the phone, which decides by it whether to send again."""
    return problem(bad.status, sentence_of(bad), fault=bad.fault.value)


@bp.errorhandler(WrongOffset)
def redirect_piece(wrong: WrongOffset) -> Response:
    """Tell the phone from where to go on."""
    return problem(wrong.status, sentence_of(wrong), offset=wrong.offset)


def _wanted_no_more(sha256: str) -> Photo | None:
    """Return the photograph if it need not be sent, or None if it is to be taken in.

    It is wanted as long as its file is not here: because it never came, could not be read, or
    was lost in a restore. Most are new, and asking the store costs less than the database. The
    connection to that is let go, for the body may take its time.
    """
    if not is_sha256(sha256):
        raise NotFound("There is no such photograph.")
    photo = None
    if service(Store).exists(photo_key(sha256, ORIGINAL)):
        photo = find_photo(reading(), sha256)
    close_reading()
    is_unreadable = photo is not None and photo.state is PhotoState.UNREADABLE
    return None if is_unreadable else photo


def _taken_in(sha256: str) -> Arrived:
    if request.content_length is None:
        raise BadPhotograph(Fault.LENGTH_MISSING)
    return take_in(
        service(Store),
        request.stream,
        byte_count=request.content_length,
        sha256=sha256,
        max_bytes=_max_bytes(),
    )


def _entered(arrived: Arrived) -> Photo:
    with unit_of_work() as session:
        said = said_in(request.headers)
        return enter_photo(session, arrived, by=g.officer, at=now(), said=said)


def _max_bytes() -> int:
    return service(Settings).upload_limit_mb * MEGABYTE


def _standing(photo: Photo) -> dict[str, str]:
    standing = {"sha256": photo.sha256, "state": photo.state.value}
    if photo.fault is None:
        return standing
    return standing | {"fault": photo.fault.value, "sentence": sentence_of(unreadable(photo.fault))}


def _partial(sha256: str, come: int) -> dict[str, str | int]:
    return {"sha256": sha256, "state": "partial", "offset": come}
