"""How papers end and break: nobody signs on a page that does not say what for."""

from itertools import groupby, pairwise

import pytest

from tests.notices.opinions import make_opinion
from tests.notices.printed import PITCH, TEXT_BOTTOM, Printed
from tests.notices.samples import (
    make_finding,
    make_head,
    make_issuer,
    make_notice,
    make_receipt,
    make_record,
    make_signature,
    make_withdrawal,
    signed_on_the_screen,
)

OFFICE = "示例县经济贸易局"


def page_with(printed, words):
    [page] = [page for page in printed.pages if words in page.text]
    return page


def assert_signed_below_its_text(printed, day):
    """The addressee signs below the office, and that below two lines of text or more."""
    page = page_with(printed, "被通知单位签收")
    lines = page.lines()
    texts = ["".join(glyph.text for glyph in line) for line in lines]
    above = [text for text in texts[: texts.index(day) - 1] if not text.startswith("附件")]

    assert texts[texts.index(day) - 1] == OFFICE
    assert len(above) >= 2
    assert "各一份。" in page.text
    assert max(glyph.baseline for glyph in page.body) < TEXT_BOTTOM


@pytest.mark.parametrize("findings", range(1, 13))
def test_a_notice_is_signed_for_below_its_text(press, findings):
    printed = Printed(press.paper_pdf(*make_notice(findings=findings, photos=1)))

    assert_signed_below_its_text(printed, "2026年11月24日")


@pytest.mark.parametrize("lines", range(1, 23))
def test_a_withdrawal_of_any_length_is_signed_for_below_its_text(press, lines):
    withdrawal = make_withdrawal(reason="消" * 28 * lines, replaced_by="")

    printed = Printed(press.paper_pdf(withdrawal, {}))

    assert_signed_below_its_text(printed, "2026年12月3日")


@pytest.mark.parametrize("findings", range(9))
@pytest.mark.parametrize("statement", ["无异议。", "对检查情况无异议，将按要求整改。" * 12])
def test_a_record_is_signed_on_the_page_that_says_what_was_decided(press, findings, statement):
    record = make_record(findings=findings, photos=0, statement=statement)

    page = page_with(Printed(press.paper_pdf(*record)), "检查人员签名")

    for words in ("处理意见", "负责人阅签", "扫码核对本文书", "备注"):
        assert words in page.text


@pytest.mark.parametrize("findings", range(1, 8))
def test_an_opinion_is_signed_on_the_page_that_says_what_it_is(press, findings):
    opinion, _ = make_opinion(findings=findings, statement="无异议。" * 12, photos=())

    page = page_with(Printed(press.paper_pdf(opinion, {})), "复查人员签名")

    for words in ("复查意见", "被复查单位意见", "2026年12月2日"):
        assert words in page.text


def lines_of_labels(printed):
    """Each line of a label or heading in the tables, as it is broken."""
    for page in printed.pages:
        labels = [g for g in page.body if g.font.endswith("FandolHei-Regular") and g.points < 12.5]
        labels.sort(key=lambda glyph: (round(glyph.baseline, 1), glyph.left))
        for _, row in groupby(labels, key=lambda glyph: round(glyph.baseline, 1)):
            yield from side_by_side(list(row))


def side_by_side(row):
    """The texts of one height, parted where the next column begins."""
    text = row[0].text
    for before, glyph in pairwise(row):
        if glyph.left - before.right > 1:
            yield text
            text = ""
        text += glyph.text
    yield text


@pytest.mark.parametrize(
    "make", [make_record, make_notice, lambda: (make_receipt(), {}), signed_on_the_screen]
)
def test_no_label_leaves_a_character_alone_on_a_line(press, make):
    printed = Printed(press.paper_pdf(*make()))

    alone = {line for line in lines_of_labels(printed) if len(line) == 1}

    assert alone - {"序", "号"} == set()  # this one is written downwards


def test_no_line_below_a_paper_is_a_character_alone(press):
    page = page_with(Printed(press.paper_pdf(*make_notice(photos=0))), "被通知单位签收")
    top = next(glyph.baseline for glyph in page.body if glyph.text == "联")

    lines = [line for line in page.lines(points=10.5) if line[0].baseline >= top]
    lengths = [len(line) for line in lines]

    assert len(lengths) == 4
    assert min(lengths) > 5


def test_days_and_codes_in_the_table_stand_on_lines_of_their_own(press):
    head = make_head(issuer=make_issuer())
    findings = tuple(
        make_finding(n, photo_codes=(f"照片{n}-1", f"照片{n}-2")) for n in range(9, 12)
    )
    notice, _ = make_notice(findings=findings, photos=0, head=head)

    glyphs = [g for page in Printed(press.paper_pdf(notice, {})).pages for g in page.body]
    rows = ["".join(g.text for g in row) for _, row in groupby(glyphs, lambda g: g.baseline)]

    assert any(row.endswith("12月1日前") for row in rows)
    for code in ("照片9-1", "照片10-2", "照片11-1"):
        assert any(row.endswith(code) for row in rows)


def test_what_was_signed_on_the_screen_stands_beside_the_names(press):
    record, pictures = signed_on_the_screen()

    page = page_with(Printed(press.paper_pdf(record, pictures)), "检查人员签名")
    inks = sorted((m for m in page.marks if m.kind == "image"), key=lambda m: (m.top, m.left))

    def beside(words):
        place = page.text.index(words) + len(words) - 1
        return page.glyphs[place]

    for ink, words in zip(inks, ("签名：", "王某某：", "李某某："), strict=True):
        colon = (
            beside(words)
            if words != "签名："
            else next(
                g for g in page.glyphs if g.text == "：" and ink.top < g.baseline < ink.bottom
            )
        )
        assert 0 <= ink.left - colon.right < PITCH
        assert ink.top < colon.baseline < ink.bottom


def test_six_photographs_fit_below_the_title_of_the_annex(press):
    printed = Printed(press.paper_pdf(*make_notice(findings=3, photos=6)))

    images = [sum(mark.kind == "image" for mark in page.marks) for page in printed.pages]

    assert images[-1] == sum(images) == 6


def test_a_name_typed_by_who_signed_stands_on_the_line(press):
    record, _ = make_record(photos=0, signature=make_signature())

    assert "签名：　吴某某　职务：　厂长　" in Printed(press.paper_pdf(record, {})).text
