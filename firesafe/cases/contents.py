"""What a case holds: the files that lie in the store, what is missing of them, and the data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.cases.queries import Rows, Scope, people_rows, photo_rows, tables_of
from firesafe.cases.rules import Names, dated_name, safe_name
from firesafe.cases.wording import wording
from firesafe.core.clock import county_day
from firesafe.inspections.ink import ink_key
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import NoticeState
from firesafe.photos.models import PhotoState
from firesafe.photos.rules import ORIGINAL, photo_key

_PARENTS = (
    ("answer_id", "answers"),
    ("consent_id", "service_consents"),
    ("extension_id", "extensions"),
    ("finding_id", "findings"),
    ("notice_id", "notices"),
    ("recheck_id", "rechecks"),
)
_SHORT = 8  # digits of a SHA-256 that tell one photograph of a case from another


class Lacking(StrEnum):
    """Why a file that belongs to a case is not in it."""

    NOT_PRINTED = "not-printed"
    NOT_ARRIVED = "not-arrived"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the store: its path in the case, its key, its checksum, and when it was made."""

    path: str
    key: str
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Lack:
    """A file that belongs to a case and is not in it."""

    path: str
    why: Lacking


@dataclass(slots=True)
class Case:
    """Everything of a case but the bytes: rows by table, files, and files that are missing."""

    tables: dict[str, Rows]
    pieces: list[Piece] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)

    @property
    def photo_bytes(self) -> int:
        """How many bytes its photographs have."""
        return sum(row["byte_count"] for row in self.tables["photos"])

    @property
    def folders(self) -> dict[str, int]:
        """How many files there are in each folder, in their order."""
        counts: dict[str, int] = {}
        for piece in sorted(self.pieces, key=lambda each: each.path):
            folder = piece.path.partition("/")[0]
            counts[folder] = counts.get(folder, 0) + 1
        return counts


def read_case(
    session: Session, officer: Officer, scope: Scope, paper_names: Mapping[PaperKind, str]
) -> Case:
    """Return what belongs to a case, in a number of queries that does not grow with it.

    ``paper_names`` are what the kinds of paper are called; each has a folder.

    Raises:
        NotFound: see `tables_of`.
    """
    tables = tables_of(session, officer, scope)
    photos = photo_rows(session, _photographs(tables))
    tables |= {"photos": list(photos.values()), "officers": people_rows(session, tables)}
    filing = _Filing(tables, photos, paper_names)
    filing.file_papers()
    for name in _in_story_order(tables):
        filing.file_photographs(name)
    filing.file_scans()
    filing.file_signatures()
    return filing.case


class _Filing:
    """Puts the files of a case into folders, one kind after the other."""

    def __init__(
        self,
        tables: dict[str, Rows],
        photos: dict[str, dict[str, Any]],
        paper_names: Mapping[PaperKind, str],
    ) -> None:
        self.case = Case(tables)
        self._photos = photos
        self._rows = {name: {row["id"]: row for row in rows if "id" in row}
                      for name, rows in tables.items()}  # fmt: skip
        self._names, self._filed = Names(), set[str]()
        last = [wording().other_photos, wording().scans, wording().signatures]
        folders = [*paper_names.values(), *wording().photos.values(), *last]
        folders += wording().unnumbered.values()
        self._numbered = {
            name: f"{number:02d}-{safe_name(name)}" for number, name in enumerate(folders, start=1)
        }
        self._paper_names = paper_names

    def file_papers(self) -> None:
        """File the PDF of each paper, and of each proof of service once more as filled in."""
        for row in self.case.tables["notices"]:
            is_void = row["state"] is NoticeState.WITHDRAWN
            self._file_paper(row, row, wording().withdrawn if is_void else "")
        for row in self.case.tables["services"]:
            self._file_paper(self._rows["notices"][row["receipt_id"]], row, wording().filled)
        for table, title in wording().unnumbered.items():
            for row in self.case.tables[table]:
                self._file_unnumbered(title, row)

    def file_photographs(self, name: str) -> None:
        """File the photographs that the rows of a table name, unless they are filed already."""
        folder = self._numbered[wording().photos.get(name, wording().other_photos)]
        for row in self.case.tables[name]:
            moment = wording().words.get(row.get("moment", ""), "")
            stem = (self._subject(row), moment)
            for sha256 in _named_in(name, row):
                self._file_photograph(folder, sha256, self._made_at(row), *stem)

    def file_scans(self) -> None:
        """File the papers that others sent and of which a scan was kept, under its checksum."""
        folder = self._numbered[wording().scans]
        for row in (row for rows in self.case.tables.values() for row in rows):
            if key := row.get("scan_key"):
                sha256, _, ending = key.rpartition("/")[2].partition(".")
                at = self._made_at(row)
                name = dated_name(county_day(at), row.get("document_number", ""), sha256[:_SHORT])
                path = self._names.free(folder, name, ending)
                self.case.pieces.append(Piece(path, key, sha256, at))

    def file_signatures(self) -> None:
        """File the signatures given at visits and on receipt of papers."""
        folder = self._numbered[wording().signatures]
        for row in self.case.tables["signatures"]:
            role = wording().words.get(row["role"], "")
            self._file_ink(folder, row["sha256"], row["signed_at"], role, row["name"])
        for row in self.case.tables["services"]:
            if row["ink_sha256"]:
                stem = (self._subject(row), row["receiver"])
                self._file_ink(folder, row["ink_sha256"], row["recorded_at"], *stem)

    def _file_paper(self, paper: dict[str, Any], printed: dict[str, Any], suffix: str) -> None:
        name = f"{paper['number']}{suffix}"
        self._file_pdf(self._paper_names[paper["kind"]], name, paper["issued_at"], printed)

    def _file_unnumbered(self, title: str, row: dict[str, Any]) -> None:
        """File what a factory declared, under what it is about."""
        subject = next(filter(None, map(self._subject, self._parents(row))), "")
        self._file_pdf(title, f"{title} {subject}".strip(), self._made_at(row), row)

    def _file_pdf(self, kind: str, name: str, at: datetime, printed: dict[str, Any]) -> None:
        stem = dated_name(county_day(at), name)
        path = self._names.free(self._numbered[kind], stem, "pdf")
        if printed["pdf_key"] is None:
            self.case.lacks.append(Lack(path, Lacking.NOT_PRINTED))
        else:
            self.case.pieces.append(Piece(path, printed["pdf_key"], printed["pdf_sha256"], at))

    def _file_photograph(self, folder: str, sha256: str, at: datetime, *stem: str) -> None:
        """File a photograph, and what lies below it if it was drawn on."""
        if sha256 in self._filed:
            return
        self._filed.add(sha256)
        photo = self._photos.get(sha256)
        ending = "jpg" if photo is None else photo["media_type"].partition("/")[2]
        name = dated_name(county_day(at), *stem, sha256[:_SHORT])
        path = self._names.free(folder, name, ending.replace("jpeg", "jpg"))
        if photo is None:
            self.case.lacks.append(Lack(path, Lacking.NOT_ARRIVED))
        elif photo["state"] is PhotoState.UNREADABLE:
            self.case.lacks.append(Lack(path, Lacking.UNREADABLE))
        else:
            self.case.pieces.append(Piece(path, photo_key(sha256, ORIGINAL), sha256, at))
        if photo is not None and photo["drawn_over_sha256"]:
            below = wording().below_drawing
            self._file_photograph(folder, photo["drawn_over_sha256"], at, *stem, below)

    def _file_ink(self, folder: str, sha256: str, at: datetime, *stem: str) -> None:
        path = self._names.free(folder, dated_name(county_day(at), *stem), "png")
        self.case.pieces.append(Piece(path, ink_key(sha256), sha256, at))

    def _parents(self, row: dict[str, Any]) -> Iterable[dict[str, Any]]:
        for column, table in _PARENTS:
            if (parent := self._rows.get(table, {}).get(row.get(column))) is not None:
                yield parent

    def _subject(self, row: dict[str, Any]) -> str:
        """Return the checkpoint or the paper that a row is about."""
        for each in (row, *self._parents(row)):
            if subject := each.get("checkpoint_code") or each.get("number"):
                return str(subject)
        return ""

    def _made_at(self, row: dict[str, Any]) -> datetime:
        """Return the first moment that a row or what it hangs on names, else the factory's."""
        return next(
            value
            for each in (row, *self._parents(row), *self.case.tables["factories"])
            for key, value in each.items()
            if key.endswith("_at") and isinstance(value, datetime)
        )


def _in_story_order(tables: dict[str, Rows]) -> list[str]:
    """Return the tables whose rows may name photographs, the known ones first."""
    known = [name for name in wording().photos if name in tables]
    return known + [name for name in tables if name not in (*known, "photos", "officers")]


def _photographs(tables: dict[str, Rows]) -> set[str]:
    return {s for name in tables for row in tables[name] for s in _named_in(name, row)}


def _named_in(name: str, row: dict[str, Any]) -> list[str]:
    """Return the photographs that a row names: its own, or a list of them."""
    if name == "answer_photos":
        return [row["sha256"]]
    listed = row.get("photos") or []
    return [each["sha256"] if isinstance(each, dict) else each for each in listed]
