"""An uploaded table as rows of text, whatever program wrote it: xlsx, xls, ods or CSV."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from firesafe.core.errors import RuleBroken
from firesafe.core.words import N_
from firesafe.imports.workbook import MOST_COLUMNS, MOST_LENGTH, MOST_ROWS

MOST_BYTES = 10 * 1024**2
PATIENCE_SECONDS = 30
_WORKBOOK = str(Path(__file__).with_name("workbook.py"))
_BEGIN_A_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_DELIMITERS = ",;\t|"
_ROWS_TO_SNIFF = 20

FAULTS = {
    "large": N_("The file unpacks to more than the service takes. Save only the one sheet."),
    "long": N_("The table has more than 20,000 rows. Divide it."),
    "locked": N_("The file is locked by a password. Save it without one."),
    "broken": N_("The file cannot be read as a table. Open it, save it as .xlsx, and try again."),
    "empty": N_("There is nothing in the table."),
}


class UnreadableTable(RuleBroken):
    """The file cannot be taken for a table; the sentence says why and what to do."""


class Row(NamedTuple):
    """A row that is not empty: its line in the file, counted from one, and its cells."""

    line: int
    cells: list[str]


def read_table(content: bytes) -> list[Row]:
    """Return the rows of a table that are not empty, at most 20,000 and the header.

    Workbooks are told by their first bytes, all else is taken for CSV; what the file is
    called does not matter. Cells are cut at 500 characters and rows at 60 cells.

    Raises:
        UnreadableTable: it is too large, broken, locked, empty, or something else.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableTable("The file is larger than 10 MB. Save only the one sheet.")
    if content.startswith(_BEGIN_A_WORKBOOK):
        return _read_workbook(content)
    rows = [Row(line, cells) for line, cells in _csv_rows(_decoded(content)) if any(cells)]
    if not rows:
        raise _unreadable("empty")
    if len(rows) > MOST_ROWS + 1:
        raise _unreadable("long")
    return rows


def _read_workbook(content: bytes) -> list[Row]:
    """Have a child read it, which may die of what the workbook asks for."""
    try:
        child = subprocess.run(  # noqa: S603 — our own program, fed by standard input
            [sys.executable, "-I", _WORKBOOK],
            input=content,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as fault:
        raise _unreadable("large") from fault
    answer = json.loads(child.stdout)
    if "fault" in answer:
        raise _unreadable(answer["fault"])
    return [Row(line, cells) for line, cells in answer["rows"]]


def _unreadable(fault: str) -> UnreadableTable:
    return UnreadableTable(FAULTS[fault])


def _decoded(content: bytes) -> str:
    """Return the text of a CSV file: UTF-16 with a mark, else UTF-8, else what Excel writes.

    Raises:
        UnreadableTable: it is no text, or a web page under the name of a table.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if text.lstrip()[:1] == "<":
            raise UnreadableTable(
                "This is a web page under the name of a table. Open it, save it as .xlsx, and"
                " try again."
            )
        return text
    raise _unreadable("broken")


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter_of(text), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip()[:MOST_LENGTH] for cell in cells[:MOST_COLUMNS]]
    except csv.Error as fault:
        raise _unreadable("broken") from fault


def _delimiter_of(text: str) -> str:
    """Return the sign that cuts the first rows into the most columns, row by row alike."""
    lines = StringIO(text, newline="")
    first = [line for line, _ in zip(lines, range(_ROWS_TO_SNIFF), strict=False)]
    return max(_DELIMITERS, key=lambda sign: _evenness(csv.reader(first, delimiter=sign)))


def _evenness(rows: Iterable[list[str]]) -> int:
    try:
        widths = [len(row) for row in rows if row]
    except csv.Error:
        return 0
    return sum(width for width in widths if width > 1 and width == max(widths))
