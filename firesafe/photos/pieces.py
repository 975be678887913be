"""Photographs that come in pieces, over a line that breaks: what has come need not come again.

A piece counts once it is on the disk, whole; one that was cut off never came. The pieces lie
in the spool, in one file for each content, sender and announced length: nobody can spoil what
somebody else is sending. When all have come, the checksum decides, and the photograph goes
the way of one that came at once.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from firesafe.core.errors import Stale
from firesafe.core.words import N_
from firesafe.photos.intake import MAX_BYTES, Arrived, Body, check_announced, pieces_of
from firesafe.photos.rules import (
    ORIGINAL,
    BadPhotograph,
    Fault,
    MediaType,
    media_type_of,
    photo_key,
)
from firesafe.photos.store import PARTIAL, Store, settle_folder

HEAD_BYTES = 64  # by which the kind of picture is told


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a piece of ``total`` bytes belongs; ``sender`` is an officer."""

    sha256: str
    sender: int
    offset: int
    total: int


class WrongOffset(Stale):
    """Another piece is wanted next: the one that begins after ``offset`` bytes."""

    def __init__(self, offset: int) -> None:
        super().__init__(N_("Another part of this photograph is wanted next. Send that one."))
        self.offset = offset


def take_in_piece(
    store: Store,
    body: Body,
    piece: Piece,
    *,
    byte_count: int | None,
    max_bytes: int = MAX_BYTES,
) -> Arrived | int:
    """Append a piece, and return how many bytes have come, or what has arrived with the last.

    ``byte_count`` is the announced length of the piece. Returning means that it outlives a
    power cut. A photograph whose pieces are all there, because a process was killed before it
    could look at them, is finished by whatever piece comes next.

    Raises:
        WrongOffset: the piece begins elsewhere than what has come ends.
        BadPhotograph: no length, empty, too large, cut off, more than announced, changed on
            the way, no picture. Only the last two also drop what came before.
    """
    if byte_count is None:
        raise BadPhotograph(Fault.LENGTH_MISSING)
    check_announced(byte_count, max_bytes)
    check_announced(piece.total, max_bytes)
    path = store.spool_folder / f"{piece.sha256}-{piece.sender}-{piece.total}{PARTIAL}"
    with _opened(path, may_begin=piece.offset == 0) as partial:
        come = os.fstat(partial.fileno()).st_size
        if come < piece.total:
            if come != piece.offset:
                raise WrongOffset(_settled(partial))
            if come + byte_count > piece.total:
                raise BadPhotograph(Fault.BEYOND_LENGTH)
            _append(partial, body, byte_count)
            come = _settled(partial)
        if come < piece.total:
            return come
        return _finished(store, partial, piece.sha256)


def bytes_come(store: Store, sha256: str, sender: int) -> int | None:
    """Return how much of a photograph has come from this sender in pieces, or None if nothing."""
    come = []
    for path in store.spool_folder.glob(f"{sha256}-{sender}-*{PARTIAL}"):
        total = int(path.stem.rpartition("-")[2])
        try:
            with _opened(path, may_begin=False) as partial:
                size = _settled(partial)
        except WrongOffset:  # finished at this moment
            continue
        if 0 < size < total:  # a whole one waits to be finished: let it be sent from the start
            come.append(size)
    return max(come, default=None)


@contextmanager
def _opened(path: Path, *, may_begin: bool) -> Iterator[FileIO]:
    """Open the file of a photograph and let nobody else at it meanwhile; leave no empty one.

    Raises:
        WrongOffset: it is not there, and this is not the piece to begin with.
    """

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | (os.O_CREAT if may_begin else 0), 0o600)

    is_held = False
    while not is_held:
        try:
            partial = open(path, "r+b", buffering=0, opener=opener)  # noqa: SIM115 — closed below
        except FileNotFoundError as gone:
            raise WrongOffset(0) from gone
        with partial:
            fcntl.flock(partial, fcntl.LOCK_EX)
            is_held = _is_at(path, partial)  # whoever had it before may have moved it away
            if is_held:
                try:
                    yield partial
                finally:
                    if os.fstat(partial.fileno()).st_size == 0:
                        path.unlink(missing_ok=True)


def _is_at(path: Path, partial: FileIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(partial.fileno()))
    except FileNotFoundError:
        return False


def _append(partial: FileIO, body: Body, byte_count: int) -> None:
    """Write the body behind what has come, or leave things as they were."""
    start = partial.seek(0, os.SEEK_END)
    try:
        for part in pieces_of(body, byte_count):
            if partial.tell() == 0 and len(part) >= HEAD_BYTES:
                _kind_by(part)  # no need to wait for the rest of a video
            _write(partial, part)
        if partial.tell() != start + byte_count:
            raise BadPhotograph(Fault.INCOMPLETE)
    except BaseException:
        partial.truncate(start)
        raise


def _write(partial: FileIO, part: bytes) -> None:
    rest = memoryview(part)
    while rest:  # a disk that is nearly full takes some of it before it refuses
        rest = rest[partial.write(rest) :]


def _settled(partial: FileIO) -> int:
    """Return how many bytes are there, once they and the name of the file are on the disk."""
    os.fsync(partial.fileno())
    settle_folder(Path(partial.name).parent)
    return os.fstat(partial.fileno()).st_size


def _finished(store: Store, partial: FileIO, sha256: str) -> Arrived:
    """Check what has come whole, and keep it; what is not what it should be is dropped."""
    path = Path(partial.name)
    partial.seek(0)
    try:
        kind = _kind_by(partial.read(HEAD_BYTES))
        partial.seek(0)
        if hashlib.file_digest(partial, "sha256").hexdigest() != sha256:
            raise BadPhotograph(Fault.CHECKSUM)
    except BadPhotograph:
        path.unlink()
        raise
    byte_count = os.fstat(partial.fileno()).st_size
    store.take_over(partial, photo_key(sha256, ORIGINAL))
    path.unlink(missing_ok=True)  # a bucket has made a copy
    return Arrived(sha256, kind, byte_count)


def _kind_by(head: bytes) -> MediaType:
    kind = media_type_of(head[:HEAD_BYTES])
    if kind is None:
        raise BadPhotograph(Fault.NOT_A_PHOTOGRAPH)
    return kind
