"""The register as a table that leaves the service: an Excel file, or CSV as it is read."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from firesafe.factories.entry import TABLE_COLUMNS
from firesafe.web.filters import masked_phone

PHONES = frozenset({"responsible_phone", "fire_manager_phone"})
ROWS_AT_ONCE = 500
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the machine's own encoding
_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = {"name": 28, "address": 20, "note": 30, "credit_code": 21}

Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Wording:
    """How a table speaks: its headings, and what choices, ticks and places are called."""

    headings: Mapping[str, str]
    names: Mapping[str, Mapping[Any, str]]
    yes: str
    no: str


def reader_of(wording: Wording, *, is_masked: bool) -> Callable[[Sequence[Any]], list[Any]]:
    """Return what turns a row of `Factories.as_table` into the cells of the table."""
    reads = [_read_of(column, wording, is_masked=is_masked) for column in TABLE_COLUMNS]

    def cells(row: Sequence[Any]) -> list[Any]:
        return [read(value) for read, value in zip(reads, row, strict=True)]

    return cells


def csv_parts(
    headings: Iterable[str], rows: Iterable[Sequence[Any]], cells: Callable[[Any], list[Any]]
) -> Iterator[str]:
    """Yield the table as CSV (RFC 4180, UTF-8 with its mark), some hundred rows at a time."""
    text = StringIO()
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(headings)
    for number, row in enumerate(rows, start=1):
        writer.writerow(cells(row))
        if number % ROWS_AT_ONCE == 0:
            yield _emptied(text)
    yield _emptied(text)


def xlsx(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    cells: Callable[[Any], list[Any]],
) -> BytesIO:
    """Return the table as an Excel file whose sheet is called ``title``; no cell is a formula."""
    file = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "bg_color": "#EEEBE4", "border": 1})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(TABLE_COLUMNS):
            sheet.set_column(place, place, _WIDTHS.get(column, 12))
        sheet.write_row(0, 0, headings, bold)
        for line, row in enumerate(rows, start=1):
            sheet.write_row(line, 0, cells(row))
    file.seek(0)
    return file


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: one that might be gets a quote first."""
    return f"'{text}" if text.startswith(_BEGIN_A_FORMULA) else text


def _read_of(column: str, wording: Wording, *, is_masked: bool) -> Read:
    names = wording.names.get(column)
    if names is not None:
        return lambda value: names.get(value, value)
    if column in PHONES and is_masked:
        return masked_phone
    if column.startswith(("is_", "has_")):
        return lambda value: wording.yes if value else wording.no
    return lambda value: guarded(value) if isinstance(value, str) else value


def _emptied(text: StringIO) -> str:
    part = text.getvalue()
    text.seek(0)
    text.truncate()
    return part
