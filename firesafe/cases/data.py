"""The rows of a case as JSON, for programs, and as an Excel file, for people."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from firesafe.cases.queries import Rows
from firesafe.cases.wording import wording
from firesafe.core.clock import county_time
from firesafe.factories.cells import masked
from firesafe.factories.sheets import Sheet, xlsx

LONGEST_CELL = 32_767  # characters; Excel takes no more
_WIDTH = 16
_PHONE = "phone"


def hidden_phones(tables: dict[str, Rows]) -> dict[str, Rows]:
    """Return the rows with the middle of every phone number hidden (standard 9.1, export)."""
    return {name: [_hidden(row) for row in rows] for name, rows in tables.items()}


def as_json(tables: dict[str, Rows], **head: Any) -> bytes:
    """Return the rows by table as UTF-8, moments in UTC; ``head`` stands before them."""
    case = {**head, "tables": tables}
    return json.dumps(case, ensure_ascii=False, indent=1, default=_plain).encode()


def as_xlsx(tables: dict[str, Rows]) -> bytes:
    """Return a sheet for each table that has rows, moments by the clock in Ankang."""
    return xlsx(_sheets(tables)).getvalue()


def _sheets(tables: dict[str, Rows]) -> Iterator[Sheet]:
    words = wording()
    for name, rows in tables.items():
        if rows:
            columns = list(rows[0])
            headings = [words.columns.get(column, column) for column in columns]
            cells = ([_cell(row[column]) for column in columns] for row in rows)
            yield Sheet(words.sheets.get(name, name), headings, cells, [_WIDTH] * len(columns))


def _hidden(value: Any) -> Any:
    if isinstance(value, list):
        return [_hidden(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: masked(each) if key.endswith(_PHONE) and isinstance(each, str) else _hidden(each)
        for key, each in value.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):  # a moment is one as well
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be written as JSON.")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return wording().yes if value else wording().no
    if isinstance(value, datetime):
        return f"{county_time(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)[:LONGEST_CELL]
    return _plain(value) if isinstance(value, date | Decimal) else value
