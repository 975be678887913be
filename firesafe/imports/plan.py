"""What an import will do, row by row; worked out from table and register, changing neither."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from firesafe.core.errors import RuleBroken
from firesafe.core.words import N_
from firesafe.districts.counties import find_county
from firesafe.factories.entry import (
    FIELDS,
    Change,
    RegisterEntry,
    as_fact,
    changes_between,
    check_entry,
    settled,
)
from firesafe.imports.places import Atlas, Place
from firesafe.imports.reading import Reading, Remark, read_row
from firesafe.imports.register import Doubt, Known, Register
from firesafe.imports.rules import column_of, is_total, words
from firesafe.imports.tables import Row


class RowKind(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    DOUBLE = "double"
    WRONG = "wrong"
    SKIPPED = "skipped"


ROW_KIND_NAMES = {
    RowKind.NEW: N_("Newly registered"),
    RowKind.UPDATE: N_("With changes"),
    RowKind.SAME: N_("Nothing new"),
    RowKind.DOUBLE: N_("Registered twice"),
    RowKind.WRONG: N_("To be corrected"),
    RowKind.SKIPPED: N_("Left out"),
}


class Judgement(StrEnum):
    """What the officer says of a row that may be a factory known already."""

    SAME = "same"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row, and why.

    ``entry`` is what would be written, for new and changed rows; ``known`` the factory that
    is changed. ``remarks`` say what is wrong or double, ``notes`` what was read with a
    grain of salt. ``is_doubtful`` asks the officer whether it is one factory or two, and
    ``is_judged`` tells that he has answered.
    """

    line: int
    kind: RowKind
    name: str
    entry: RegisterEntry | None = None
    known: Known | None = None
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    is_doubtful: bool = False
    is_judged: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What the officer has decided about a table.

    ``columns`` says which column holds which field, ``places`` which unknown towns and
    communities to make, ``judgements`` what doubtful rows are, by their lines.
    """

    columns: Mapping[str, int]
    places: Collection[str] = ()
    judgements: Mapping[int, Judgement] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will do: its rows in the order of the table, and the places it needs."""

    rows: tuple[PlannedRow, ...]
    missing: tuple[str, ...]
    to_make: tuple[Place, ...]
    atlas: Atlas

    @property
    def counts(self) -> Counter[RowKind]:
        """How many rows there are of each kind."""
        return Counter(row.kind for row in self.rows)

    def of_kind(self, kind: RowKind) -> list[PlannedRow]:
        """Return the rows of one kind, in the order of the table."""
        return [row for row in self.rows if row.kind is kind]

    @property
    def fingerprint(self) -> str:
        """What tells this plan from any other: rows, register and choices taken together."""
        told = [
            (
                row.line,
                row.kind,
                row.known and (row.known.id, row.known.version),
                row.entry and [as_fact(getattr(row.entry, name)) for name in FIELDS],
            )
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class Planner:
    """Plans row after row, and remembers the rows before."""

    def __init__(
        self, county_code: str, register: Register, atlas: Atlas, choices: Choices
    ) -> None:
        self._county_code = county_code
        self._register = register
        self._atlas = atlas
        self._columns = choices.columns
        self._judgements = choices.judgements or {}
        self._earlier = Register()

    def plan(self, rows: Iterable[Row]) -> Plan:
        """Return what becomes of the rows."""
        planned = tuple(self._plan_row(row) for row in rows)
        atlas = self._atlas
        return Plan(planned, tuple(atlas.missing), tuple(atlas.to_make), atlas)

    def _plan_row(self, row: Row) -> PlannedRow:
        if is_total(row.cells):
            return _skipped(row, N_("A sum of the rows above."))
        name = self._name_in(row)
        if column_of(name) == "name":
            return _skipped(row, N_("The header once more."))
        if name == words().example["name"]:
            return _skipped(row, N_("The example of the template."))
        reading = read_row(row, self._columns)
        self._take_county(reading)
        self._take_places(reading)
        if not reading.name and "point_number" not in reading.values:
            reading.faults.insert(0, _MISSING["name"])
        if reading.faults:
            return _row(reading, RowKind.WRONG, reading.faults)
        return replace(self._compare(reading), is_judged=row.line in self._judgements)

    def _name_in(self, row: Row) -> str:
        place = self._columns.get("name", len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""

    def _take_county(self, reading: Reading) -> None:
        code = reading.places.get("county")
        named = find_county(code or self._county_code)
        if named is None or named.code != self._county_code:
            reading.faults.append(
                Remark(
                    "county",
                    N_("This row belongs to %(county)s."),
                    {"county": named.name_zh if named else code},
                )
            )
        elif code and code != named.code:
            reading.values["former_county_code"] = code
            reading.notes.append(
                Remark(
                    "county",
                    N_("%(old)s is now %(new)s; the old code is kept."),
                    {"old": code, "new": named.code},
                )
            )

    def _take_places(self, reading: Reading) -> None:
        town = reading.places.get("town", "")
        if not town:
            return
        try:
            found, community = self._atlas.find(town, reading.places.get("community", ""))
        except RuleBroken as fault:
            reading.faults.append(Remark("town", fault.sentence, fault.words))
            return
        reading.values["town_id"] = found.id
        if community is not None:
            reading.values["community_id"] = community.id

    def _compare(self, reading: Reading) -> PlannedRow:
        values, judgement = reading.values, self._judgements.get(reading.line)
        try:
            earlier, known = self._earlier.sure(values), self._register.sure(values)
        except RuleBroken as fault:
            return _row(reading, RowKind.WRONG, [Remark("name", fault.sentence, fault.words)])
        if earlier is not None:
            return _double_of_row(reading, earlier, is_doubtful=False)
        if known is None and judgement is not Judgement.ANOTHER:
            doubt = self._register.doubtful(values)
            if doubt and judgement is None:
                return _double_of_factory(reading, doubt)
            known = doubt.known if doubt else None
            twin = self._earlier.doubtful(values) if known is None else None
            if twin:
                return _double_of_row(reading, twin.known, is_doubtful=judgement is None)
        return self._write(reading, known)

    def _write(self, reading: Reading, known: Known | None) -> PlannedRow:
        """Return the row as one that is written, unless what it says cannot be."""
        values = dict(reading.values)
        missing = [] if known else [_MISSING[name] for name in _MISSING if name not in values]
        if missing:
            return _row(reading, RowKind.WRONG, missing)
        if known and values.get("town_id", known.entry.town_id) != known.entry.town_id:
            values.setdefault("community_id", None)
        entry = settled(replace(known.entry, **values) if known else RegisterEntry(**values))
        try:
            check_entry(entry)
        except RuleBroken as fault:
            return _row(reading, RowKind.WRONG, [Remark("", fault.sentence, fault.words)])
        self._earlier.add(Known(reading.line, 0, entry))
        if known is None:
            return _row(reading, RowKind.NEW, entry=entry)
        changes = changes_between(known.entry, entry)
        kind = RowKind.UPDATE if changes else RowKind.SAME
        return _row(reading, kind, entry=entry, known=known, changes=changes)


_MISSING = {
    "name": Remark("name", N_("The name of the factory is missing.")),
    "town_id": Remark("town", N_("The town is missing.")),
    "building_use": Remark("building_use", N_("The building use is missing.")),
}


def _row(
    reading: Reading, kind: RowKind, remarks: Sequence[Remark] = (), **more: Any
) -> PlannedRow:
    return PlannedRow(
        reading.line,
        kind,
        reading.name,
        remarks=tuple(remarks),
        notes=tuple(reading.notes),
        **more,
    )


def _skipped(row: Row, sentence: str) -> PlannedRow:
    return PlannedRow(row.line, RowKind.SKIPPED, "", remarks=(Remark("", sentence),))


def _double_of_row(reading: Reading, earlier: Known, *, is_doubtful: bool) -> PlannedRow:
    sure = N_("The same factory as in row %(line)s.")
    doubtful = N_("May be that of row %(line)s: nearly the name, or address and phone, agree.")
    remark = Remark("", doubtful if is_doubtful else sure, {"line": earlier.id})
    return _row(reading, RowKind.DOUBLE, [remark], is_doubtful=is_doubtful)


def _double_of_factory(reading: Reading, doubt: Doubt) -> PlannedRow:
    remark = Remark("", doubt.sentence, {"name": doubt.known.entry.name})
    return _row(reading, RowKind.DOUBLE, [remark], known=doubt.known, is_doubtful=True)
