"""Measures taking the case of a factory: as fast as bare storing, and how much memory it takes.

The bare contestant stores the same photographs in a ZIP without asking what they are, as in
the baseline; both write to nowhere, so that only the work counts. They take turns in one
process, and the least CPU time of each counts. Memory is what a process of its own takes
at most, with few photographs and with ten times as many.
"""

import hashlib
import io
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from zipfile import ZipFile

from bench._pressing import memory_mb
from bench.photos import Row
from bench.register import race
from firesafe.cases.contents import Case, Piece
from firesafe.cases.packing import LIST_PLACE, Wrapping, packed
from firesafe.photos.store import Store, open_store
from tests.makers import MONDAY

PHOTOS = 300
PHOTO_BYTES = 300 * 1024
FEW = PHOTOS // 10


def main(_arguments: list[str] | None = None) -> list[Row]:
    """Measure and return the rows; print nothing. There are no arguments."""
    with tempfile.TemporaryDirectory() as folder:
        pieces = photographs(Path(folder))
        return [a_speed(Path(folder), pieces), a_memory(Path(folder), pieces)]


def a_speed(folder: Path, pieces: list[Piece]) -> Row:
    """Compare the megabytes in a CPU second with those of bare storing."""
    store = open_store(folder.as_uri())
    ours, bare = race(lambda: pack(store, pieces), lambda: bare_storing(folder, pieces))
    megabytes = PHOTOS * PHOTO_BYTES / 1024 / 1024
    figure = f"{bare / ours:.2f} ({megabytes / ours:.0f} / {megabytes / bare:.0f} MB/s)"
    return ("case as a ZIP, MB a CPU second over bare", figure, ">= 0.20", bare >= 0.2 * ours)


def a_memory(folder: Path, pieces: list[Piece]) -> Row:
    """Compare the most memory of a process that packs few photographs, and of one with many."""
    few, many = (peak_of(folder, pieces[:count]) for count in (FEW, PHOTOS))
    figure = f"{many / few:.2f} ({many:.0f} / {few:.0f} MB)"
    return (f"memory with {PHOTOS} photographs over {FEW}", figure, "<= 1.10", many <= 1.1 * few)


def photographs(folder: Path) -> list[Piece]:
    """Put so many photographs into a store; noise, which is as hard to press as a JPEG."""
    store = open_store(folder.as_uri())
    pieces = []
    for number in range(PHOTOS):
        content = os.urandom(PHOTO_BYTES)
        sha256 = hashlib.sha256(content).hexdigest()
        store.put(f"photos/{sha256}.orig", content)
        pieces.append(Piece(f"1/{number:04d}.jpg", f"photos/{sha256}.orig", sha256, MONDAY))
    return pieces


def pack(store: Store, pieces: list[Piece]) -> None:
    """Write the case as its page does, and throw it away."""
    wrapping = Wrapping({}, {}, LIST_PLACE, MONDAY, lambda _sha256: None)
    for _part in packed(Case({}, pieces), store, wrapping):
        pass


def bare_storing(folder: Path, pieces: list[Piece]) -> None:
    """Write the same files into a ZIP by the standard library alone."""
    with ZipFile(_Nowhere(), "w") as archive:
        for piece in pieces:
            archive.write(folder / piece.key, piece.path)


def peak_of(folder: Path, pieces: list[Piece]) -> float:
    """Return the most memory, in MB, of a process of its own that packs these photographs."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own:
        return own.submit(_pack_alone, folder, pieces).result()


def _pack_alone(folder: Path, pieces: list[Piece]) -> float:
    pack(open_store(folder.as_uri()), pieces)
    return memory_mb()


class _Nowhere(io.RawIOBase):
    """A file that cannot go back and keeps nothing."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return len(data)
