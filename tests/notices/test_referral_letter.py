"""The referral letter as printed: every field of form F7, in the layout of a letter."""

import pytest

from firesafe.notices.canonical import from_json
from firesafe.notices.printing import pictures_of
from firesafe.photos.store import Store
from tests.notices.cases import make_case
from tests.notices.printed import TEXT_RIGHT, Printed
from tests.notices.referrals import HAZARD, refer

RED = (230 / 255, 0, 18 / 255)
ENDS = 0.6  # millimetres that the ink of a character may lie inside its box


@pytest.fixture
def paper(session, services):
    case = make_case(session, services.get(Store), failed=(HAZARD, "P2-01"))
    return from_json(refer(session, case).as_issued)


@pytest.fixture
def printed(paper, services, press):
    return Printed(press.paper_pdf(paper, pictures_of(paper, services.get(Store))))


def test_every_field_of_the_form_is_printed(paper, printed):
    text = printed.text.replace("\n", "").replace(" ", "")

    for field in (
        paper.head.issuer.name,
        "示例26消移〔2026〕1号",
        f"关于移送{paper.premises.name}疑似重大火灾隐患的函",
        "平利县消防救援大队：",
        "一、事由",
        "《中华人民共和国消防法》第五十二条第二款",
        f"地址：{paper.premises.address}",
        paper.premises.principal.phone,
        "三、检查经过",
        "2026年11月23日",
        paper.inspectors[0].name,
        paper.findings[0].fact,
        "四、事实证据清单",
        "示例26消检〔2026〕第0001号",
        "示例26消改〔2026〕第0001号",
        paper.photos[0].code,
        f"{len(paper.photos)}张",
        "五、已采取的措施已要求停止使用住人的房间。",
        "六、初步意见上述情形疑似构成重大火灾隐患。",
        "我单位不作判定。",
        f"{paper.head.issuer.contact}，电话{paper.head.issuer.phone}",
        f"附件：1.移送回执2.现场照片（{len(paper.photos)}张）",
        "2026年11月23日",
        "移送回执",
        "接收单位（盖章）",
        "接收人（签名）",
        "接收时间",
        "处理结果回告",
        "附件2现场照片",
        "抄送：平利县人民政府。",
    ):
        assert field in text, field
    assert "P2-01" not in text
    assert "处罚" not in text


def test_the_head_is_that_of_a_letter(paper, printed):
    first = printed.pages[0]
    office = [glyph for glyph in first.glyphs if abs(glyph.points - 26) < 0.05]
    number = first.lines()[0]

    assert "".join(glyph.text for glyph in office) == paper.head.issuer.name
    assert min(glyph.top for glyph in office) == pytest.approx(30, abs=ENDS)
    assert (office[0].left + office[-1].right) / 2 == pytest.approx(105, abs=0.2)
    assert "".join(glyph.text for glyph in number) == paper.head.number
    assert number[-1].right == pytest.approx(TEXT_RIGHT, abs=0.3)
    assert any(max(abs(a - b) for a, b in zip(c, RED, strict=True)) < 0.01 for c in printed.colours)


def test_two_red_double_rules_stand_at_head_and_foot_of_the_first_page(printed):
    rules = [mark for mark in printed.pages[0].marks if mark.right - mark.left > 160]

    assert {(round(mark.left), round(mark.right)) for mark in rules} == {(20, 190)}
    assert min(mark.top for mark in rules) == pytest.approx(43.2, abs=0.2)
    assert max(mark.bottom for mark in rules) == pytest.approx(277, abs=0.2)


def test_the_first_page_has_no_number_and_the_others_have(printed):
    assert printed.pages[0].page_number == []
    assert all(page.page_number for page in printed.pages[1:])


def test_the_copies_stand_at_the_foot_of_the_last_page(printed):
    line = printed.pages[-1].lines(14)[-1]

    assert "".join(glyph.text for glyph in line).startswith("抄送：")
    assert line[0].baseline == pytest.approx(259, abs=2)
