"""Where the seal goes: the office and the day in it, and nothing else near it."""

from dataclasses import dataclass
from datetime import date
from math import hypot

import pytest

from tests.notices.printed import PITCH, TEXT_RIGHT, Glyph, Mark, Page, Printed
from tests.notices.samples import make_head, make_issuer, make_notice, make_withdrawal

RADIUS = 22.5
ABOVE = 2.2
"""The middle of a seal stands this far above the middle of the two lines in it."""


@dataclass(frozen=True)
class Signature:
    """The last two lines of a paper: office and day."""

    page: Page
    office: list[Glyph]
    day: list[Glyph]

    @property
    def seal(self) -> tuple[float, float]:
        """The middle of the seal: over the day, a little above the middle of the lines."""
        office, day = self.office[0], self.day[0]
        return middle(self.day), (office.top + day.bottom) / 2 - ABOVE

    def intruders(self) -> list[Glyph | Mark]:
        """What reaches into the circle besides the office and the day."""
        own = [*self.office, *self.day]
        others = [*(g for g in self.page.glyphs if g not in own), *self.page.marks]
        return [box for box in others if distance(box, *self.seal) < RADIUS]


def signature_of(printed: Printed, day: str) -> Signature:
    for page in printed.pages:
        lines = page.lines()
        texts = ["".join(glyph.text for glyph in line) for line in lines]
        if day in texts:
            place = texts.index(day)
            return Signature(page, lines[place - 1], lines[place])
    raise AssertionError(f"no line reads {day}")


def middle(line: list[Glyph]) -> float:
    return (line[0].left + line[-1].right) / 2


def distance(box: Glyph | Mark, x: float, y: float) -> float:
    return hypot(max(box.left - x, 0, x - box.right), max(box.top - y, 0, y - box.bottom))


def signed_notice(press, **changes):
    return signature_of(Printed(press.paper_pdf(*make_notice(**changes))), "2026年11月24日")


def signed_withdrawal(press, **changes):
    printed = Printed(press.paper_pdf(make_withdrawal(**changes), {}))
    return signature_of(printed, "2026年12月3日")


def test_the_day_stands_four_characters_in_with_the_office_centred_above(press):
    signature = signed_withdrawal(press)

    four_characters = 4 * 16 * 25.4 / 72
    assert signature.day[-1].right == pytest.approx(TEXT_RIGHT - four_characters, abs=0.1)
    assert middle(signature.office) == pytest.approx(middle(signature.day), abs=0.1)
    assert signature.day[0].baseline - signature.office[0].baseline == pytest.approx(
        PITCH, abs=0.05
    )


@pytest.mark.parametrize("findings", [1, 2, 4, 7, 12])
def test_the_seal_touches_nothing_but_office_and_day(press, findings):
    assert signed_notice(press, findings=findings, photos=0).intruders() == []


def test_the_seal_touches_nothing_where_an_annex_is_named(press):
    assert signed_notice(press, findings=1, photos=1).intruders() == []


@pytest.mark.parametrize(
    "name",
    ["示例局", "示例县新社区工厂消防办公室", "示例县新社区工厂消防安全管理工作领导小组办公室"],
)
def test_a_name_of_any_length_stays_inside_the_text_and_leaves_the_seal_free(press, name):
    head = make_head(issuer=make_issuer(name=name), issued_on=date(2026, 12, 3))

    signature = signed_withdrawal(press, head=head)

    assert signature.intruders() == []
    assert max(glyph.right for glyph in signature.office) < TEXT_RIGHT + 0.1


def test_the_upper_edge_of_the_seal_is_less_than_a_line_below_the_text(press):
    signature = signed_withdrawal(press)
    above = [g.baseline for g in signature.page.body if g.baseline < signature.office[0].baseline]

    gap = signature.seal[1] - RADIUS - max(y for y in above if y < signature.office[0].baseline - 1)

    assert 0 < gap < PITCH


@pytest.mark.parametrize("lines", [9, 10, 11, 12, 13])
def test_a_signature_never_begins_a_page(press, lines):
    signature = signed_withdrawal(press, reason="消" * 28 * lines)

    office_height = signature.office[0].baseline
    assert any(line[0].baseline < office_height - 1 for line in signature.page.lines())
    assert signature.intruders() == []


@pytest.mark.parametrize("findings", [4, 5, 12])
def test_the_line_that_names_the_annex_is_not_text_enough(press, findings):
    signature = signed_notice(press, findings=findings, photos=7, addressee="示" * 40)

    office_height = signature.office[0].baseline
    above = [line for line in signature.page.lines() if line[0].baseline < office_height - 1]
    assert any(line[0].text != "附" for line in above)
    assert signature.intruders() == []


def test_no_seal_is_drawn_on_paper(printed_notice):
    colours = printed_notice.colours

    assert "用印处" not in printed_notice.text
    assert all(red == green == blue for red, green, blue in colours)
