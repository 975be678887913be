"""Tables as counties make them, for the tests of the import."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from firesafe.imports.tables import Row

HEADER = [
    "企业名称",
    "镇办",
    "社区",
    "地址",
    "建筑用途",
    "统一社会信用代码",
    "联系电话",
    "当班人数",
]
GOOD = ["示例新厂", "老县镇", "示例社区", "6号楼", "独立厂房", "", "13900001111", "46"]


def table_row(**cells: str) -> list[str]:
    """A row that would be a new factory, with some cells told otherwise by their headings."""
    return [cells.get(heading, cell) for heading, cell in zip(HEADER, GOOD, strict=True)]


def rows_of(*rows: Sequence[str], header: Sequence[str] = HEADER) -> list[Row]:
    """The header in line 1 and the rows below it, as the file would be read."""
    return [Row(line, list(cells)) for line, cells in enumerate([header, *rows], start=1)]


def workbook(rows: Iterable[Sequence[Any]], *, merged: Sequence[tuple[int, ...]] = ()) -> bytes:
    """An Excel file; ``merged`` holds (first row, column, last row, column, text)."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
        for top, left, bottom, right, text in merged:
            sheet.merge_range(top, left, bottom, right, text)
    return file.getvalue()


def csv_bytes(*rows: Sequence[str], encoding: str = "utf-8", sign: str = ",") -> bytes:
    """A CSV file."""
    return "\r\n".join(sign.join(row) for row in rows).encode(encoding)
