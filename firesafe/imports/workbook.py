"""Reads a workbook, as a program of its own: with little memory, little time and no way out.

A workbook of some kilobytes can ask for any amount of memory: a sheet that unpacks to
gigabytes, two cells in opposite corners, a cell repeated a million times. So it is read by
a child that may die of it. Bytes come in by standard input, JSON goes out: ``rows``, or
``fault``, one of the names in `tables.FAULTS`.
"""

import json
import resource
import sys
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import python_calamine as calamine

MEMORY_BYTES = 1024**3
CPU_SECONDS = 20
MOST_UNPACKED_BYTES = 300 * 1024**2
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_LENGTH = 500
_VISIBLE = calamine.SheetVisibleEnum.Visible


class Unreadable(Exception):
    """The workbook cannot be read; the message is the name of the fault."""


def read_workbook(content: bytes) -> list[tuple[int, list[str]]]:
    """Return the filled rows of the first visible sheet that has any.

    Each row comes with its line in the sheet, counted from one, and its cells as text.

    Raises:
        Unreadable: it is too large, locked by a password, broken, or empty.
    """
    _check_size(content)
    try:
        book = calamine.load_workbook(BytesIO(content))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == _VISIBLE]
        for name in names:
            rows = _rows(book.get_sheet_by_name(name))
            if rows:
                return rows
    except calamine.PasswordError as fault:
        raise Unreadable("locked") from fault
    except (calamine.CalamineError, ValueError) as fault:
        raise Unreadable("broken") from fault
    raise Unreadable("empty")


def _check_size(content: bytes) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as fault:
        raise Unreadable("broken") from fault
    if unpacked > MOST_UNPACKED_BYTES:
        raise Unreadable("large")


def _rows(sheet: calamine.CalamineSheet) -> list[tuple[int, list[str]]]:
    cells = [
        [_text(cell) for cell in row[:MOST_COLUMNS]]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        _fill_down(cells, top, bottom, left)
    rows = [(line, row) for line, row in enumerate(cells, start=1) if any(row)]
    if len(rows) > MOST_ROWS + 1:  # and one for the header
        raise Unreadable("long")
    return rows


def _fill_down(cells: list[list[str]], top: int, bottom: int, column: int) -> None:
    """Give every row of a merged cell what the first of them says, as a reader sees it."""
    if top == bottom or top >= len(cells) or column >= len(cells[top]):
        return
    for row in cells[top + 1 : bottom + 1]:
        if any(row) and column < len(row):
            row[column] = cells[top][column]


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()[:MOST_LENGTH]


def main() -> None:
    """Read what comes in by standard input, under limits that a child cannot lift again."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: dict[str, Any] = {"rows": read_workbook(sys.stdin.buffer.read())}
    except Unreadable as fault:
        answer = {"fault": str(fault)}
    except MemoryError:
        answer = {"fault": "large"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
