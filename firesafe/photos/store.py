"""The store: where photographs and papers are kept, by key, in a folder or in a bucket.

Keys are made from the content, so putting the same thing twice is harmless, and nothing is
ever changed in place. Order matters: *first the file, durably, then the row that speaks of
it.* A crash in between leaves a file that no row knows; it costs its room on the disk, and
the next sending of the same photograph writes it anew. The other order would leave a row,
and a receipt on a phone, for a photograph that does not exist.

A folder is written with the system's own calls, because nothing else promises that a file
has reached the disk, and because a process that was forked (the press) may read from it.
A bucket is reached through obstore, whose threads do not survive a fork: there, read before.
"""

import os
import re
import secrets
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from obstore.store import MemoryStore, ObjectStore, from_url

SPOOL = "spool"
PARTIAL = ".part"
DAY_SECONDS = 24 * 60 * 60
SPOOL_SECONDS = DAY_SECONDS
ASKED_AT_ONCE = 16  # of a bucket
PARTIAL_SECONDS = 7 * DAY_SECONDS  # a phone may have no signal for days

_KEY = re.compile(r"[a-z0-9-]+(?:/[a-z0-9][a-z0-9._-]*)+")


class _Keeper(Protocol):
    """What a place must be able to do."""

    def take_over(self, file: Path, key: str) -> None:
        """Keep a finished file under ``key``."""

    def get(self, key: str) -> bytes:
        """Return the bytes, or raise `FileNotFoundError`."""

    def exists(self, key: str) -> bool:
        """Tell whether something is kept under ``key``."""

    def missing(self, keys: Collection[str]) -> set[str]:
        """Return those of the keys under which nothing is kept."""

    def delete(self, key: str) -> None:
        """Remove what is kept under ``key``, or raise `FileNotFoundError`."""


class Store:
    """Keeps bytes under keys such as ``photos/ab/abc….orig`` and ``papers/abc….pdf``.

    ``spool_folder`` is where files are written until they are whole. In a folder store it
    lies on the same file system as the rest, so that taking over is a single rename.
    """

    def __init__(self, keeper: _Keeper, spool_folder: Path) -> None:
        self._keeper = keeper
        self.spool_folder = spool_folder
        spool_folder.mkdir(parents=True, exist_ok=True)

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``; when this returns it outlives a power cut."""
        with self.spool() as spooled:
            spooled.write(data)
            self.take_over(spooled, key)

    @contextmanager
    def spool(self) -> Iterator[BinaryIO]:
        """Open a fresh file, to write and read. It is gone at the end, unless it was taken over."""
        place = self.spool_folder / secrets.token_hex(16)
        with open(place, "x+b", opener=_for_us_alone) as spooled:
            try:
                yield spooled
            finally:
                place.unlink(missing_ok=True)

    def take_over(self, spooled: BinaryIO, key: str) -> None:
        """Keep a spooled file, now whole, under ``key``; returning means it is on the disk.

        What is kept under ``key`` already is replaced in one step: after a crash its bytes
        are not to be trusted unless a row speaks of them.
        """
        spooled.flush()
        os.fsync(spooled.fileno())
        self._keeper.take_over(Path(spooled.name), _checked(key))

    def get(self, key: str) -> bytes:
        """Return what is kept under ``key``.

        Raises:
            FileNotFoundError: nothing is.
        """
        return self._keeper.get(_checked(key))

    def exists(self, key: str) -> bool:
        """Tell whether something is kept under ``key``."""
        return self._keeper.exists(_checked(key))

    def missing(self, keys: Iterable[str]) -> set[str]:
        """Return those of the keys under which nothing is kept; nothing is read."""
        return self._keeper.missing({_checked(key) for key in keys})

    def delete(self, key: str) -> None:
        """Remove what is kept under ``key``, if anything is."""
        with suppress(FileNotFoundError):
            self._keeper.delete(_checked(key))


class _Folder:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def take_over(self, file: Path, key: str) -> None:
        target = self._root / key
        if not target.parent.is_dir():
            self._make_folder(target.parent)
        file.replace(target)
        settle_folder(target.parent)

    def get(self, key: str) -> bytes:
        return (self._root / key).read_bytes()

    def exists(self, key: str) -> bool:
        return (self._root / key).is_file()

    def missing(self, keys: Collection[str]) -> set[str]:
        return {key for key in keys if not self.exists(key)}

    def delete(self, key: str) -> None:
        (self._root / key).unlink()

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it, and let each reach the disk with its name."""
        if folder == self._root or folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        settle_folder(folder.parent)


class _Bucket:
    """A bucket of an S3-compatible service, or memory; both answer only for whole objects."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects

    def take_over(self, file: Path, key: str) -> None:
        self._objects.put(key, file)

    def get(self, key: str) -> bytes:
        return self._objects.get(key).bytes().to_bytes()

    def exists(self, key: str) -> bool:
        try:
            self._objects.head(key)
        except FileNotFoundError:
            return False
        return True

    def missing(self, keys: Collection[str]) -> set[str]:
        with ThreadPoolExecutor(ASKED_AT_ONCE) as asking:  # each question is a journey
            there = asking.map(self.exists, keys)
        return {key for key, is_there in zip(keys, there, strict=True) if not is_there}

    def delete(self, key: str) -> None:
        self._objects.delete(key)


def open_store(url: str) -> Store:
    """Open the store at ``url``: ``file:///folder``, ``s3://bucket/prefix`` or ``memory:///``.

    The keys of a bucket and its address come from the usual ``AWS_…`` variables, which
    obstore reads. What was left in the spool long ago is removed, see `sweep_spool`.

    Raises:
        ValueError: the address is of another kind.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        root = Path(unquote(parts.path))
        store = Store(_Folder(root), root / SPOOL)
    elif parts.scheme in {"s3", "memory"}:
        objects = MemoryStore() if parts.scheme == "memory" else from_url(url)
        store = Store(_Bucket(objects), Path(tempfile.gettempdir()) / f"firesafe-{SPOOL}")
    else:
        raise ValueError(f"{url!r} is no address of a store: it begins with file, s3 or memory.")
    sweep_spool(store.spool_folder, at=time.time())
    return store


def sweep_spool(folder: Path, *, at: float) -> None:
    """Remove what was left in the spool: by a killed process a day ago, in pieces seven days ago.

    ``at`` is in seconds since 1970.
    """
    for file in folder.iterdir():
        term = PARTIAL_SECONDS if file.suffix == PARTIAL else SPOOL_SECONDS
        with suppress(FileNotFoundError):  # another process sweeps, or has just finished with it
            if file.stat().st_mtime < at - term:
                file.unlink()


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def settle_folder(folder: Path) -> None:
    """Return once the names in ``folder`` have reached the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key of the store.")
    return key
