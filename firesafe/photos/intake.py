"""Taking a file in: streamed to the disk, checked on the way, and safe before it counts.

The body is never held in memory and never goes through a form parser. What is checked here
costs next to nothing: length, checksum, and the first bytes. Whether the picture can be
decoded is found out afterwards, by a job.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from firesafe.photos.rules import (
    ORIGINAL,
    BadPhotograph,
    Fault,
    MediaType,
    media_type_of,
    photo_key,
)
from firesafe.photos.store import Store

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
PIECE_BYTES = MEGABYTE  # smaller pieces make hashing dearer; most photographs are one


class Body(Protocol):
    """Whatever bytes can be read from in pieces: a request, an open file."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that lies safely in the store; not yet known to be readable."""

    sha256: str
    media_type: MediaType
    byte_count: int


def take_in(
    store: Store,
    body: Body,
    *,
    byte_count: int | None,
    sha256: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Arrived:
    """Stream ``body`` into the store under its SHA-256, and return once it outlives a power cut.

    ``byte_count`` is the announced length; ``sha256`` what the bytes must add up to, or None
    when the sender could not tell (a form without script). Nothing is left behind by a
    refusal. Call it outside any transaction: a slow sender must not keep others waiting.

    Raises:
        BadPhotograph: no length, empty, too large, cut off, changed on the way, no picture.
    """
    check_announced(byte_count, max_bytes)
    with store.spool() as spooled:
        arrived = _copy(body, spooled, byte_count, max_bytes)
        if byte_count not in (None, arrived.byte_count):
            raise BadPhotograph(Fault.INCOMPLETE)
        if sha256 not in (None, arrived.sha256):
            raise BadPhotograph(Fault.CHECKSUM)
        store.take_over(spooled, photo_key(arrived.sha256, ORIGINAL))
    return arrived


def check_announced(byte_count: int | None, max_bytes: int) -> None:
    """Go on if a photograph of this length can be taken.

    Raises:
        BadPhotograph: it is empty or too large.
    """
    if byte_count == 0:
        raise BadPhotograph(Fault.EMPTY)
    if byte_count is not None and byte_count > max_bytes:
        raise BadPhotograph(Fault.TOO_LARGE, megabytes=max_bytes // MEGABYTE)


def _copy(body: Body, spooled: BinaryIO, announced: int | None, max_bytes: int) -> Arrived:
    """Write the body to the disk while adding up its checksum; stop at the first fault."""
    digest, byte_count, media_type = hashlib.sha256(), 0, None
    for piece in pieces_of(body, announced):
        media_type = media_type or media_type_of(piece[:64])
        if media_type is None:
            raise BadPhotograph(Fault.NOT_A_PHOTOGRAPH)
        byte_count += len(piece)
        if byte_count > max_bytes:
            raise BadPhotograph(Fault.TOO_LARGE, megabytes=max_bytes // MEGABYTE)
        digest.update(piece)
        spooled.write(piece)
    if media_type is None:
        raise BadPhotograph(Fault.EMPTY)
    return Arrived(digest.hexdigest(), media_type, byte_count)


def pieces_of(body: Body, byte_count: int | None) -> Iterator[bytes]:
    """Yield pieces of `PIECE_BYTES`, the last one shorter, however little one read returns.

    No more is asked for than was announced, because every reader makes room for what it is
    asked for; one byte beyond it tells that there is more.
    """
    left = byte_count
    while True:
        size = PIECE_BYTES if left is None else max(1, min(PIECE_BYTES, left))
        piece = body.read(size)
        if not piece:
            return
        if len(piece) < size:
            piece = _filled_up(piece, body, size)
        if left is not None:
            left -= len(piece)
        yield piece


def _filled_up(piece: bytes, body: Body, size: int) -> bytes:
    gathered = bytearray(piece)
    while more := body.read(size - len(gathered)):
        gathered += more
    return bytes(gathered)
