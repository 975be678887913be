r"""The file that a phone saves when it cannot send: opened with care, for it may be anybody's.

It is one ZIP, its entries stored or deflated, at most `MOST_BYTES` long. A phone that has
more unsent saves several, each whole in itself::

    manifest.json                             what is in the file, see `Manifest`
    parcels/00000012-<key>.json               the very bytes of a parcel, its key in lower case
    rechecks/<key>.json                       a re-check that is not handed in, see `Undecided`
    photos/<sha256>.jpg (png, webp, heic)     the very bytes of a photograph

Names decide nothing but which entry is meant: nothing is ever written under them. Every
entry is read up to the length it was announced with and no further, and these are bounded
before anything is read, so a small file cannot unfold into a large one.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import IO, Annotated, BinaryIO, Literal
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, ValidationError

from firesafe.core.errors import NotFound, RuleBroken
from firesafe.core.sealed import Sealed
from firesafe.core.words import N_
from firesafe.findings.models import Manner, Occasion, Result
from firesafe.findings.rechecking import LONGEST_REASON, LONGEST_STATEMENT, MOST_PHOTOS
from firesafe.notices.opinion import Step
from firesafe.photos.described import Sha256
from firesafe.sync.described import MOST_JUDGED, NO_NUL, Clock, Code, RecordId
from firesafe.web.typed import BODY_BYTES

MOST_BYTES = 16 * 1024 * 1024
MOST_ENTRIES = 500
MOST_UNPACKED = 64 * 1024 * 1024

MANIFEST = "manifest.json"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PARCEL = rf"parcels/[0-9]{{8}}-({_UUID})\.json"
_RECHECK = rf"rechecks/({_UUID})\.json"
_PHOTO = r"photos/([0-9a-f]{64})\.(?:jpg|png|webp|heic)"
_NAME = re.compile(rf"{re.escape(MANIFEST)}|{_PARCEL}|{_RECHECK}|{_PHOTO}")

_END = struct.Struct("<4s4H2LH")  # the record at the end of a ZIP
_END_MARK, _END_64_MARK = b"PK\x05\x06", b"PK\x06\x07"
_END_64_BYTES = 20
_LONGEST_ENTRY = 46 + 200  # a line of the table of contents, with a name of ours
_LONGEST_COMMENT = 0xFFFF

NOT_OURS = N_("This is not a file that a phone has saved. Choose the one from the phone's outbox.")
DAMAGED = N_("This part of the file is damaged. Save it on the phone once more.")


class SavedParcel(BaseModel):
    """Where a parcel lies in the file."""

    key: Annotated[str, Field(pattern=f"^{_UUID}$")]
    file: Annotated[str, Field(pattern=f"^{_PARCEL}$")]


class SavedRecheck(BaseModel):
    """Where a re-check lies in the file of which the service knows nothing yet."""

    key: Annotated[str, Field(pattern=f"^{_UUID}$")]
    file: Annotated[str, Field(pattern=f"^{_RECHECK}$")]


class SavedPhoto(BaseModel):
    """Where a photograph lies in the file, and what its own request would have said of it."""

    sha256: Sha256
    file: Annotated[str, Field(pattern=f"^{_PHOTO}$")]
    headers: dict[str, Annotated[str, Field(max_length=500)]] = {}


class Owner(BaseModel):
    """Whose phone saved the file; it is the phone's own word."""

    id: int
    name: Annotated[str, Field(max_length=80)]


class Manifest(BaseModel):
    """What is in the file; parcels stand in the order in which they are to be taken.

    ``saved_at`` is by the phone's own clock. Version 2 may hold re-checks; a phone that has none
    writes version 1.
    """

    format: Literal["firesafe-rescue"]
    version: Literal[1, 2]
    phone: str
    officer: Owner
    saved_at: AwareDatetime
    part: int = 1
    parts: int = 1
    parcels: Annotated[list[SavedParcel], Field(max_length=MOST_ENTRIES)]
    photos: Annotated[list[SavedPhoto], Field(max_length=MOST_ENTRIES)]
    rechecks: Annotated[list[SavedRecheck], Field(max_length=MOST_ENTRIES)] = []


class JudgedSoFar(Sealed):
    """What stood at one finding; ``result`` is None while it was not judged."""

    finding_id: RecordId
    code: Code
    version: Clock
    result: Result | None
    reason: Annotated[str, StringConstraints(max_length=LONGEST_REASON, pattern=NO_NUL)]
    photos: Annotated[list[Sha256], Field(max_length=MOST_PHOTOS)]


class Undecided(Sealed):
    """What stood in the form of a re-check that was not handed in; it decides nothing.

    ``visit`` is the key of the visit whose findings are looked at, ``rechecked_at`` None until
    somebody says when it was.
    """

    key: UUID
    visit: UUID
    inspection_id: RecordId
    manner: Manner
    occasion: Occasion | None
    second_id: RecordId | None
    statement: Annotated[str, StringConstraints(max_length=LONGEST_STATEMENT, pattern=NO_NUL)]
    rechecked_at: AwareDatetime | None
    steps: Annotated[list[Step], Field(max_length=len(Step))]
    judgements: Annotated[list[JudgedSoFar], Field(max_length=MOST_JUDGED)]
    begun_at: AwareDatetime
    changed_at: AwareDatetime


class SavedFile:
    """A file that was found to be one of ours; its parts are read one at a time."""

    def __init__(self, packed: ZipFile) -> None:
        self._packed = packed
        self._entries = {entry.filename: entry for entry in packed.infolist()}
        self.manifest = self._manifest()

    def part(self, saved: SavedParcel | SavedRecheck) -> bytes:
        """Return the bytes of a parcel, or of a re-check.

        Raises:
            NotFound: the file does not have it.
            RuleBroken: it is damaged.
        """
        return self._bytes(saved.file)

    @contextmanager
    def photo(self, saved: SavedPhoto) -> Iterator["Pieces"]:
        """Open a photograph, to be read in pieces.

        Raises:
            NotFound: the file does not have it.
            RuleBroken: it is damaged; reading it may find that out as well.
        """
        with _damage_told():
            entry = self._packed.open(self._entry(saved.file))
        with entry:
            yield Pieces(entry)

    def _entry(self, name: str) -> ZipInfo:
        if name not in self._entries:
            raise NotFound("This is announced, but it is not in the file.")
        return self._entries[name]

    def _bytes(self, name: str) -> bytes:
        entry = self._entry(name)
        with _damage_told(), self._packed.open(entry) as opened:
            content = opened.read(entry.file_size)  # never without a bound: see above
            opened.read(1)  # at the end the checksum is looked at
            return content

    def _manifest(self) -> Manifest:
        if MANIFEST not in self._entries:
            raise RuleBroken(NOT_OURS)
        try:
            manifest = Manifest.model_validate_json(self._bytes(MANIFEST), strict=True)
        except ValidationError as fault:
            raise RuleBroken(NOT_OURS) from fault
        announced: Iterable[SavedParcel | SavedRecheck | SavedPhoto] = chain(
            manifest.parcels, manifest.rechecks, manifest.photos
        )
        named = {each.file for each in announced}
        if self._entries.keys() - named != {MANIFEST}:
            raise RuleBroken("There is something in this file that no phone has put there.")
        return manifest


class Pieces:
    """An entry that is read in pieces; damage is told as such."""

    def __init__(self, entry: IO[bytes]) -> None:
        self._entry = entry

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; none at the end.

        Raises:
            RuleBroken: they are damaged.
        """
        with _damage_told():
            return self._entry.read(size)


@contextmanager
def opened(file: BinaryIO) -> Iterator[SavedFile]:
    """Open a saved file.

    Raises:
        RuleBroken: it is none, too large, or made to do harm.
    """
    _check_ends(file)
    try:
        packed = ZipFile(file)
    except (BadZipFile, NotImplementedError, ValueError, struct.error) as fault:
        raise RuleBroken(NOT_OURS) from fault
    with packed:
        _check_entries(packed.infolist())
        yield SavedFile(packed)


def _check_ends(file: BinaryIO) -> None:
    """Refuse what is too long, and a table of contents too long to be worth reading."""
    length = file.seek(0, 2)
    if length > MOST_BYTES:
        raise RuleBroken(
            "This file is larger than %(megabytes)s MB. The phone saves such files in parts.",
            megabytes=MOST_BYTES // 1024 // 1024,
        )
    file.seek(-min(length, _END.size + _LONGEST_COMMENT), 2)
    tail = file.read()
    place = tail.rfind(_END_MARK)
    if place < 0 or place + _END.size > len(tail):
        raise RuleBroken(NOT_OURS)
    contents_bytes = _END.unpack_from(tail, place)[5]
    is_large = tail[max(0, place - _END_64_BYTES) : place].startswith(_END_64_MARK)
    if is_large or contents_bytes > MOST_ENTRIES * _LONGEST_ENTRY:
        raise RuleBroken(NOT_OURS)


def _check_entries(entries: list[ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    is_ours = (
        len(names) <= MOST_ENTRIES
        and len(set(names)) == len(names)
        and all(_NAME.fullmatch(name) for name in names)
        and all(_is_plain(entry) for entry in entries)
    )
    if not is_ours or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise RuleBroken(NOT_OURS)


def _is_plain(entry: ZipInfo) -> bool:
    is_encrypted = bool(entry.flag_bits & 0x1)
    is_photo = entry.filename.startswith("photos/")
    return (
        not is_encrypted
        and entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        and entry.file_size <= (MOST_UNPACKED if is_photo else BODY_BYTES)
    )


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (BadZipFile, EOFError, OSError, zlib.error) as fault:
        raise RuleBroken(DAMAGED) from fault
