"""Tables that leave the service: an Excel file, or CSV as it is read."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice
from typing import Any, NamedTuple

import xlsxwriter

from firesafe.factories.entry import TABLE_COLUMNS

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_AT_ONCE = 500
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the machine's own encoding
_WIDTHS = {"name": 28, "address": 20, "note": 30, "credit_code": 21}
FACTORY_WIDTHS = tuple(_WIDTHS.get(column, 12) for column in TABLE_COLUMNS)

Cells = Sequence[Any]


def csv_parts(headings: Iterable[str], rows: Iterable[Cells]) -> Iterator[str]:
    """Yield the table as CSV (RFC 4180, UTF-8 with its mark), some hundred rows at a time."""
    text = StringIO()
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(headings)
    left = iter(rows)
    while part := list(islice(left, ROWS_AT_ONCE)):
        writer.writerows(part)
        yield _emptied(text)
    yield _emptied(text)


class Sheet(NamedTuple):
    """One sheet of an Excel file; ``widths`` are those of the columns, in characters."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Cells]
    widths: Sequence[int]


def xlsx(sheets: Iterable[Sheet]) -> BytesIO:
    """Return an Excel file with these sheets, at least one; no cell is a formula."""
    file = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#EEEBE4", "border": 1})
        for each in sheets:
            sheet = book.add_worksheet(each.title)
            sheet.freeze_panes(1, 0)
            for place, width in enumerate(each.widths):
                sheet.set_column(place, place, width)
            sheet.write_row(0, 0, each.headings, bold)
            for line, row in enumerate(each.rows, start=1):
                sheet.write_row(line, 0, row)
    file.seek(0)
    return file


def _emptied(text: StringIO) -> str:
    part = text.getvalue()
    text.seek(0)
    text.truncate()
    return part
