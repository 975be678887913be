"""The printed page, measured in the PDF against GB/T 9704-2012."""

import inspect
from itertools import pairwise

import pytest
import weasyprint
from weasyprint.layout import inline

from firesafe.notices import typesetting
from tests.notices.printed import (
    PITCH,
    TEXT_BOTTOM,
    TEXT_LEFT,
    TEXT_RIGHT,
    TEXT_TOP,
    Printed,
)
from tests.notices.samples import make_withdrawal

HANZI = "消防安全检查整改通知书示例县区工厂车间仓库楼梯出口通道电气线路"
MIXED = "经核对，《示例台账》（2026年第3期）记载的12处数据与现场不符；其中A3-02、B10两项，"


def withdrawal_of(press, reason):
    return Printed(press.paper_pdf(make_withdrawal(reason=reason), {}))


def test_a_full_page_has_22_lines_of_28_characters(press):
    page = withdrawal_of(press, HANZI * 60).pages[1]

    lines = page.lines()

    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}


def test_a_full_page_fills_the_type_area(press):
    lines = withdrawal_of(press, HANZI * 60).pages[1].lines()

    pitches = [below[0].baseline - line[0].baseline for line, below in pairwise(lines)]

    assert pitches == pytest.approx([PITCH] * 21, abs=0.02)
    assert lines[0][0].baseline == pytest.approx(44.26, abs=0.1)
    assert [line[0].left for line in lines] == pytest.approx([TEXT_LEFT] * 22, abs=0.05)
    assert [line[-1].right for line in lines] == pytest.approx([TEXT_RIGHT] * 22, abs=0.25)


def test_lines_with_digits_and_punctuation_end_flush(press):
    page = withdrawal_of(press, MIXED * 40).pages[1]

    ends = [line[-1].right for line in page.lines()]

    assert ends == pytest.approx([TEXT_RIGHT] * 22, abs=0.25)


def test_the_replaced_part_of_weasyprint_is_the_one_we_know():
    assert weasyprint.__version__ == "70.0"
    assert inline.justify_line is typesetting.spread_line
    assert list(inspect.signature(inline.text_align).parameters) == [
        "context",
        "line",
        "available_width",
        "last",
    ]


def test_nothing_leaves_the_type_area(printed_notice):
    for page in printed_notice.pages:
        boxes = [*page.body, *page.marks]
        assert min(box.left for box in boxes) > TEXT_LEFT - 0.3
        assert max(box.right for box in boxes) < TEXT_RIGHT + 0.3
        assert min(box.top for box in boxes) > TEXT_TOP - 0.3
        assert max(box.bottom for box in page.marks) < TEXT_BOTTOM + 0.3
        assert max(glyph.baseline for glyph in page.body) < TEXT_BOTTOM


def test_page_numbers_stand_outside_one_character_in(printed_notice):
    one_character = 14 * 25.4 / 72
    for number, page in enumerate(printed_notice.pages, start=1):
        glyphs = page.page_number
        assert "".join(glyph.text for glyph in glyphs) == f"—{number}—"
        assert {round(glyph.points) for glyph in glyphs} == {14}
        if number % 2:
            assert glyphs[-1].right == pytest.approx(TEXT_RIGHT - one_character, abs=0.5)
        else:
            assert glyphs[0].left == pytest.approx(TEXT_LEFT + one_character, abs=0.5)


def test_the_dash_of_the_page_number_is_7_mm_below_the_type_area(printed_notice):
    dash_height = 14 * 0.29 * 25.4 / 72  # FandolSong draws the dash 0.29 em above the baseline

    dash = printed_notice.pages[0].page_number[0]

    assert dash.baseline - dash_height == pytest.approx(TEXT_BOTTOM + 7, abs=0.3)


def test_the_title_is_22_point_and_the_paper_has_no_red_head(printed_notice):
    [title] = printed_notice.pages[0].lines(points=22)

    assert "".join(glyph.text for glyph in title) == "消防安全隐患整改通知书"
    assert (title[0].left + title[-1].right) / 2 == pytest.approx(106, abs=0.3)
