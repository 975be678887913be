"""The way in for photographs: one request each, its body the bare file, its name the SHA-256.

A phone may send the same photograph as often as it likes and gets the same answer. It may
forget its own copy once the state is ``readable``. Every answer is JSON. Requests carry the
token of the page in ``X-CSRFToken``, and what the phone knows of the picture in headers, see
`photos.forms`.
"""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from firesafe.core.clock import now
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.photos.actions import enter_photo
from firesafe.photos.forms import said_in
from firesafe.photos.intake import MEGABYTE, Arrived, take_in
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.queries import find_photo, is_known
from firesafe.photos.rules import (
    MAX_MEGAPIXELS,
    ORIGINAL,
    BadPhotograph,
    Fault,
    is_sha256,
    photo_key,
)
from firesafe.photos.store import Store
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of

bp = Blueprint("photos", __name__)


@bp.put("/photos/<string(length=64):sha256>")
@allow(Permission.PHOTO_UPLOAD)
def send(sha256: str) -> ResponseReturnValue:
    """Take a photograph in, and say where it stands; a repeated one is not read again."""
    photo = find_photo(reading(), sha256) if is_known(reading(), sha256) else None
    if photo is None or _is_lost(photo):
        arrived = _taken_in(sha256)
        with unit_of_work() as session:
            said = said_in(request.headers)
            photo = enter_photo(session, arrived, by=g.officer, at=now(), said=said)
    return _standing(photo)


@bp.get("/photos/<string(length=64):sha256>")
@allow(Permission.PHOTO_UPLOAD)
def show(sha256: str) -> ResponseReturnValue:
    """Say where a photograph stands: received, readable, or unreadable and why."""
    photo = find_photo(reading(), sha256)
    if photo is None:
        raise NotFound("This photograph has not arrived yet. Send it again.")
    return _standing(photo)


@bp.errorhandler(BadPhotograph)
def refuse(bad: BadPhotograph) -> ResponseReturnValue:
    """Name the fault to the phone, which decides by it whether to send again."""
    return {"state": "refused", **_named(bad)}, bad.status


def _taken_in(sha256: str) -> Arrived:
    if not is_sha256(sha256):
        raise NotFound("There is no such photograph.")
    if request.content_length is None:
        raise BadPhotograph(Fault.LENGTH_MISSING)
    return take_in(
        service(Store),
        request.stream,
        byte_count=request.content_length,
        sha256=sha256,
        max_bytes=service(Settings).upload_limit_mb * MEGABYTE,
    )


def _is_lost(photo: Photo) -> bool:
    """Tell whether the file of a photograph that should have one is gone, as after a restore."""
    original = photo_key(photo.sha256, ORIGINAL)
    return photo.state is not PhotoState.UNREADABLE and not service(Store).exists(original)


def _standing(photo: Photo) -> dict[str, str]:
    standing = {"sha256": photo.sha256, "state": photo.state.value}
    if photo.fault is None:
        return standing
    return standing | _named(BadPhotograph(photo.fault, megapixels=MAX_MEGAPIXELS))


def _named(bad: BadPhotograph) -> dict[str, str]:
    return {"fault": bad.fault.value, "sentence": sentence_of(bad)}
