"""Writes a case as one ZIP while it is sent: what is in memory is one file at a time.

The ZIP's own checksums and lengths come after each file, so nothing has to be known before
it is read. Photographs and papers are stored as they are, for they do not get smaller; the
rest is deflated. Beyond four gigabytes or 65,535 files it is a ZIP64.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from firesafe.cases.contents import Case, Lack, Lacking, Piece
from firesafe.cases.wording import wording
from firesafe.core.clock import county_time
from firesafe.photos.store import Store

FORMAT, VERSION = "firesafe-case", 1
LIST_PLACE = "%%case-list%%"
"""Stands in the checking page where the list of files is put in."""

_FILE_MODE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What goes into the ZIP besides the files of the store.

    ``head`` says what the case is about, ``made`` are files by path, ``check_page`` is the
    HTML that holds `LIST_PLACE`. ``when_written`` is told the SHA-256 of the list once the
    last part has been taken.
    """

    head: dict[str, Any]
    made: dict[str, bytes]
    check_page: str
    at: datetime
    when_written: Callable[[str], None]


def packed(case: Case, store: Store, wrapping: Wrapping) -> Iterator[bytes]:
    """Yield the ZIP in parts, each as it is written.

    What is missing from the store or no longer what it was is left out and named in the list.
    """
    outgoing = _Outgoing()
    listed: list[dict[str, Any]] = []
    lacks = list(case.lacks)
    with ZipFile(outgoing, "w") as packing:
        for piece in case.pieces:
            data = _read(store, piece)
            if isinstance(data, Lack):
                lacks.append(data)
                continue
            packing.writestr(_entry(piece.path, piece.at, ZIP_STORED), data)
            listed.append(_line(piece.path, data, piece.sha256))
            yield from outgoing.taken()
        for path, data in wrapping.made.items():
            packing.writestr(_entry(path, wrapping.at, ZIP_DEFLATED), data)
            listed.append(_line(path, data))
            yield from outgoing.taken()
        contents = _contents(wrapping.head, listed, lacks)
        manifest = json.dumps(contents, ensure_ascii=False, indent=1).encode()
        last = _line(wording().manifest, manifest)
        page = _check_page(wrapping.check_page, contents, last)
        for path, data in ((wording().manifest, manifest), (wording().check_page, page)):
            packing.writestr(_entry(path, wrapping.at, ZIP_DEFLATED), data)
    yield from outgoing.taken()
    wrapping.when_written(last["sha256"])


class _Outgoing(RawIOBase):
    """What `ZipFile` writes to; it cannot go back, so the ZIP is written in one go."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:  # type: ignore[override]  # a ZIP is written as bytes
        """Keep a part until it is taken."""
        self._parts.append(data)
        return len(data)

    def taken(self) -> list[bytes]:
        """Return what was written since the last time, and forget it."""
        parts, self._parts = self._parts, []
        return parts


def _read(store: Store, piece: Piece) -> bytes | Lack:
    try:
        data = store.get(piece.key)
    except OSError:  # not there, or the disk cannot read it
        return Lack(piece.path, Lacking.MISSING)
    if hashlib.sha256(data).hexdigest() != piece.sha256:
        return Lack(piece.path, Lacking.DAMAGED)
    return data


def _entry(path: str, at: datetime, compress_type: int) -> ZipInfo:
    moment = county_time(at)
    entry = ZipInfo(path, date_time=moment.timetuple()[:6])
    entry.compress_type = compress_type
    entry.external_attr = _FILE_MODE
    return entry


def _line(path: str, data: bytes, sha256: str = "") -> dict[str, Any]:
    return {
        "path": path,
        "bytes": len(data),
        "sha256": sha256 or hashlib.sha256(data).hexdigest(),
    }


def _contents(
    head: dict[str, Any], listed: list[dict[str, Any]], lacks: list[Lack]
) -> dict[str, Any]:
    missing = [{"path": lack.path, "why": lack.why.value} for lack in lacks]
    return {"format": FORMAT, "version": VERSION, **head, "files": listed, "missing": missing}


def _check_page(page: str, contents: dict[str, Any], manifest: dict[str, Any]) -> bytes:
    """Return the checking page with the list in it, and what the list's own file is to be."""
    names = {"page": wording().check_page, "list": wording().manifest}
    case = {**contents, **names, "files": [*contents["files"], manifest]}
    in_script = json.dumps(case, ensure_ascii=False).replace("<", "\\u003c")
    return page.replace(LIST_PLACE, in_script).encode()
