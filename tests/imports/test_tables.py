"""Files of every kind as rows of text, and hostile ones refused."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from firesafe.imports.tables import MOST_BYTES, Row, UnreadableTable, read_table
from firesafe.imports.workbook import MOST_COLUMNS, MOST_LENGTH, MOST_ROWS
from tests.imports.tables import csv_bytes, workbook

ROWS = [["企业名称", "镇办"], ["示例厂", "老县镇"]]


def cells(content):
    return [row.cells for row in read_table(content)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_csv_is_read_in_every_encoding_with_every_delimiter(encoding, sign):
    assert cells(csv_bytes(*ROWS, encoding=encoding, sign=sign)) == ROWS


def test_quotes_line_breaks_and_other_delimiters_stay_within_a_cell():
    content = '企业名称,备注\r\n"示例厂","甲,乙;丙\n丁"\r\n'.encode()

    assert read_table(content)[1] == Row(3, ["示例厂", "甲,乙;丙\n丁"])


def test_excel_is_read_as_text_numbers_without_a_point():
    content = workbook([["电话", "面积", "有无"], [13800000000.0, 532.5, True], ["", " 空格 ", ""]])

    assert cells(content) == [
        ["电话", "面积", "有无"],
        ["13800000000", "532.5", "true"],
        ["", "空格", ""],
    ]


def test_a_date_cell_is_told_as_a_date():
    assert cells(workbook([["地址"], [datetime(2026, 5, 1)]]))[1] == ["2026-05-01"]  # noqa: DTZ001


def test_blank_rows_are_left_out_and_lines_are_those_of_the_file():
    content = workbook([["企业名称"], [], ["甲厂"], ["", "  "], ["乙厂"]])

    assert [(row.line, row.cells[0]) for row in read_table(content)] == [
        (1, "企业名称"),
        (3, "甲厂"),
        (5, "乙厂"),
    ]


def test_every_row_of_a_merged_cell_says_what_the_first_says():
    content = workbook(
        [["镇办", "企业名称"], ["", "甲厂"], ["", "乙厂"], ["", "丙厂"]],
        merged=[(1, 0, 3, 0, "老县镇")],
    )

    assert cells(content)[1:] == [["老县镇", name] for name in ("甲厂", "乙厂", "丙厂")]


def test_the_first_visible_sheet_with_something_in_it_is_read():
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        hidden, _empty, full = (book.add_worksheet(name) for name in ("隐藏", "空表", "名册"))
        full.activate()
        full.set_first_sheet()
        hidden.hide()
        hidden.write(0, 0, "不该读")
        full.write(0, 0, "企业名称")

    assert cells(file.getvalue()) == [["企业名称"]]


def test_long_cells_and_wide_rows_are_cut():
    content = csv_bytes(["字" * 1000] * 100)

    (row,) = cells(content)
    assert (len(row), len(row[0])) == (MOST_COLUMNS, MOST_LENGTH)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "nothing in the table"),
        (b"\r\n , ,\r\n", "nothing in the table"),
        (b"\x00\x01\x02", "cannot be read as a table"),
        (b"\xff" * 40, "cannot be read as a table"),
        (b'name,"town\nA,B', "cannot be read as a table"),
        (b"<html><table><tr><td>A</td></tr></table>", "web page"),
        (b"PK\x03\x04 and then nothing", "cannot be read as a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cannot be read as a table"),
        (b"a" * (MOST_BYTES + 1), "larger than 10 MB"),
        (b"a\r\n" * (MOST_ROWS + 2), "more than 20,000 rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(UnreadableTable, match=sentence):
        read_table(content)


def test_a_table_of_20000_rows_is_still_taken():
    assert len(read_table(b"a\r\n" * (MOST_ROWS + 1))) == MOST_ROWS + 1


def zipped(parts):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def replaced(book, name, content):
    """The same workbook with another content in one of its parts."""
    with zipfile.ZipFile(BytesIO(book)) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    return zipped(parts | {name: content})


def test_a_part_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked():
    bomb = replaced(workbook(ROWS), "xl/sharedStrings.xml", b" " * (301 * 1024**2))

    assert len(bomb) < 1024**2
    with pytest.raises(UnreadableTable, match="unpacks to more"):
        read_table(bomb)


SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    b'main"><sheetData>%s</sheetData></worksheet>'
)


def test_two_cells_in_opposite_corners_cost_the_service_nothing():
    corners = SHEET % (
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )

    with pytest.raises(UnreadableTable, match="unpacks to more"):
        read_table(replaced(workbook(ROWS), "xl/worksheets/sheet1.xml", corners))


def test_a_workbook_that_lies_about_its_size_is_refused():
    honest = replaced(workbook(ROWS), "xl/worksheets/sheet1.xml", SHEET % (b" " * 100))
    lying = bytearray(honest)
    with zipfile.ZipFile(BytesIO(honest)) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    at = lying.rfind(size.to_bytes(4, "little"))
    lying[at : at + 4] = (1).to_bytes(4, "little")

    with pytest.raises(UnreadableTable):
        read_table(bytes(lying))


def test_a_workbook_of_more_than_20000_rows_is_refused():
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, MOST_ROWS + 3)
    )

    with pytest.raises(UnreadableTable, match="more than 20,000 rows"):
        read_table(replaced(workbook(ROWS), "xl/worksheets/sheet1.xml", SHEET % rows))


@given(content=st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_it_fail_in_another_way_than_its_own(content):
    try:
        rows = read_table(content)
    except UnreadableTable as fault:
        assert fault.sentence
    else:
        assert all(any(row.cells) for row in rows)


@given(cut=st.integers(min_value=4, max_value=4000))
@settings(max_examples=10, deadline=None)
def test_a_truncated_workbook_is_refused(cut):
    book = workbook(ROWS)
    with pytest.raises(UnreadableTable):
        read_table(book[: min(cut, len(book) - 30)])
