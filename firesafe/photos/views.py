"""The way in for photographs: the body is the bare file or a piece of it, its name the SHA-256.

A phone may send the same photograph as often as it likes and gets the same answer. It may
forget its own copy once the state is ``readable``. Every answer is JSON, every refusal a
problem that names its ``fault``. What the phone knows of the picture, and where a piece
belongs, stands in headers, see `photos.forms`.
"""

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.photos.forms import piece_in
from firesafe.photos.pieces import WrongOffset, bytes_come, take_in_piece
from firesafe.photos.queries import find_photo
from firesafe.photos.receiving import (
    body_of,
    entered,
    max_bytes,
    partial,
    standing_of,
    tell_fault,
    wanted_no_more,
)
from firesafe.photos.rules import BadPhotograph, is_sha256
from firesafe.photos.store import Store
from firesafe.web.doors import allow, reading, service
from firesafe.web.errors import sentence_of
from firesafe.web.problems import problem

bp = Blueprint("photos", __name__)
bp.register_error_handler(BadPhotograph, tell_fault)

ADDRESS = "/photos/<string(length=64):sha256>"


@bp.put(ADDRESS)
@allow(Permission.PARCEL_SEND, takes_tokens=True)
def send(sha256: str) -> ResponseReturnValue:
    """Take a photograph in, and say where it stands; a repeated one is not read again."""
    return standing_of(wanted_no_more(sha256) or entered(body_of(sha256)))


@bp.patch(ADDRESS)
@allow(Permission.PARCEL_SEND, takes_tokens=True)
def send_piece(sha256: str) -> ResponseReturnValue:
    """Take a piece in, and say how much has come; with the last piece, where it stands."""
    photo = wanted_no_more(sha256)
    if photo is None:
        come = take_in_piece(
            service(Store),
            request.stream,
            piece_in(request.headers, sha256, g.officer.id),
            byte_count=request.content_length,
            max_bytes=max_bytes(),
        )
        if isinstance(come, int):
            return partial(sha256, come)
        photo = entered(come)
    return standing_of(photo)


@bp.get(ADDRESS)
@allow(Permission.PARCEL_SEND, takes_tokens=True)
def show(sha256: str) -> ResponseReturnValue:
    """Say where a photograph stands: readable, received, unreadable and why, or partly come."""
    photo = find_photo(reading(), sha256)
    if photo is not None:
        return standing_of(photo)
    come = bytes_come(service(Store), sha256, g.officer.id) if is_sha256(sha256) else None
    if come is None:
        raise NotFound("This photograph has not arrived yet. Send it again.")
    return partial(sha256, come)


@bp.errorhandler(WrongOffset)
def redirect_piece(wrong: WrongOffset) -> Response:
    """Tell the phone from where to go on."""
    return problem(wrong.status, sentence_of(wrong), offset=wrong.offset)
