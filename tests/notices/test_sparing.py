"""What stands in for functions of WeasyPrint makes the same papers."""

import pytest

from firesafe.notices import sparing
from tests.notices.samples import make_notice, make_receipt, make_withdrawal, signed_on_the_screen

PAPERS = {
    "notice": lambda: make_notice(findings=3, photos=2),
    "record": signed_on_the_screen,
    "receipt": lambda: (make_receipt(), {}),
    "withdrawal": lambda: (make_withdrawal(addressee="赵玥厂", reason="消防安全" * 200), {}),
}


@pytest.mark.parametrize("stand_in", sparing.STAND_INS, ids=lambda each: each[1])
def test_every_stand_in_is_in_its_place(stand_in):
    place, name, original, ours = stand_in

    assert getattr(place, name) is ours is not original


@pytest.mark.parametrize("name", PAPERS)
def test_papers_are_the_same_to_the_byte_without_the_stand_ins(press, monkeypatch, name):
    paper = PAPERS[name]()
    spared = press.paper_pdf(*paper)
    for place, function, original, _ in sparing.STAND_INS:
        monkeypatch.setattr(place, function, original)

    assert press.paper_pdf(*paper) == spared


def test_a_typeface_file_is_not_copied_until_all_of_it_is_wanted(press, monkeypatch):
    whole = []
    monkeypatch.setattr(sparing.FaceFile, "data", property(whole.append))

    press.paper_pdf(make_receipt(), {})

    assert whole == []
