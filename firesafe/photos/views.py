"""The way in for photographs: the body is the bare file or a piece of it, its name the SHA-256.

A phone may send the same photograph as often as it likes and gets the same answer. It may
forget its own copy once the state is ``readable``. Described at ``/sync/openapi.json``.
"""

from flask import Blueprint, Response, g, request

from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.photos.described import (
    NotTaken,
    PartlyCome,
    PhotoHeaders,
    PieceElsewhere,
    PieceHeaders,
    Sha256,
    Standing,
)
from firesafe.photos.pieces import Piece, WrongOffset, bytes_come, take_in_piece
from firesafe.photos.queries import find_photo
from firesafe.photos.receiving import (
    body_of,
    entered,
    max_bytes,
    standing_of,
    tell_fault,
    wanted_no_more,
)
from firesafe.photos.rules import BadPhotograph, MediaType
from firesafe.photos.said import said_in
from firesafe.photos.store import Store
from firesafe.web.doors import allow, reading, service
from firesafe.web.errors import sentence_of
from firesafe.web.problems import problem
from firesafe.web.typed import typed

bp = Blueprint("photos", __name__)
bp.register_error_handler(BadPhotograph, tell_fault)

ADDRESS = "/photos/<string:sha256>"


@bp.put(ADDRESS)
@allow(Permission.PARCEL_SEND, takes_tokens=True)
@typed(media=MediaType, told={422: NotTaken})
def send(sha256: Sha256, said: PhotoHeaders) -> Standing:
    """Take a photograph in, and say where it stands; a repeated one is not read again.

    The SHA-256 of the body must be the one in the address; its kind is told by its first bytes.
    """
    return standing_of(wanted_no_more(sha256) or entered(body_of(sha256), said_in(said)))


@bp.patch(ADDRESS)
@allow(Permission.PARCEL_SEND, takes_tokens=True)
@typed(media=["application/octet-stream"], told={409: PieceElsewhere, 422: NotTaken})
def send_piece(sha256: Sha256, said: PieceHeaders) -> Standing | PartlyCome:
    """Take a piece in, and say how much has come; with the last piece, where it stands.

    Of what is said of the picture, the last piece's words count.
    """
    photo = wanted_no_more(sha256)
    if photo is None:
        come = take_in_piece(
            service(Store),
            request.stream,
            Piece(sha256, g.officer.id, said.offset, said.total),
            byte_count=request.content_length,
            max_bytes=max_bytes(),
        )
        if isinstance(come, int):
            return PartlyCome(sha256=sha256, state="partial", offset=come)
        photo = entered(come, said_in(said))
    return standing_of(photo)


@bp.get(ADDRESS)
@allow(Permission.PARCEL_SEND, takes_tokens=True)
@typed()
def show(sha256: Sha256) -> Standing | PartlyCome:
    """Say where a photograph stands: readable, received, unreadable and why, or partly come."""
    photo = find_photo(reading(), sha256)
    if photo is not None:
        return standing_of(photo)
    come = bytes_come(service(Store), sha256, g.officer.id)
    if come is None:
        raise NotFound("This photograph has not arrived yet. Send it again.")
    return PartlyCome(sha256=sha256, state="partial", offset=come)


@bp.errorhandler(WrongOffset)
def redirect_piece(wrong: WrongOffset) -> Response:
    """Tell the phone from where to go on."""
    return problem(wrong.status, sentence_of(wrong), offset=wrong.offset)
