"""Snapshots come back from their text exactly, and refuse what they must not hold."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firesafe.notices.canonical import from_json, ink_names, photo_names, printed_text, to_json
from firesafe.notices.kinds import PaperKind
from firesafe.notices.snapshot import FORMS, Photo
from tests.notices.answers import make_extension_reply, make_supervision_letter
from tests.notices.opinions import make_opinion
from tests.notices.orders import make_dated_order, make_immediate_order
from tests.notices.samples import (
    MORNING,
    make_head,
    make_notice,
    make_receipt,
    make_record,
    make_withdrawal,
    signed_on_the_screen,
)

PHOTOS = (Photo("照片1-1", "0" * 64, "裁剪间东墙", 800, 600),)
PAPERS = (
    replace(make_notice(photos=0)[0], photos=PHOTOS),
    replace(make_record(photos=0)[0], photos=PHOTOS),
    make_receipt(served_at=MORNING),
    make_withdrawal(),
    make_opinion()[0],
    make_extension_reply(),
    make_supervision_letter(),
    make_immediate_order(),
    make_dated_order(),
)

moments = st.datetimes(
    timezones=st.sampled_from([ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC")]),
    allow_imaginary=False,  # the hours that summer time left out, before 1992
)
st.register_type_strategy(datetime, moments)
papers = st.one_of([st.builds(form) for form in FORMS.values()])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.kind.value)
def test_a_paper_comes_back_from_its_text(paper):
    assert from_json(to_json(paper)) == paper
    assert to_json(from_json(to_json(paper))) == to_json(paper)


@given(papers)
@settings(max_examples=60, deadline=None)
def test_any_paper_comes_back_from_its_text(paper):
    text = to_json(paper)

    assert from_json(text) == paper
    assert to_json(from_json(text)) == text


def test_every_kind_of_paper_has_a_form():
    assert set(FORMS) == set(PaperKind)


def test_the_text_has_sorted_keys_no_blanks_and_readable_chinese():
    text = to_json(make_withdrawal())

    facts = json.loads(text)
    assert list(facts) == sorted(facts)
    assert list(facts["head"]) == sorted(facts["head"])
    assert "示例县示例玩具一厂" in text
    assert text == json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_the_form_of_papers_already_issued_never_changes():
    digests = {
        paper.kind: hashlib.sha256(to_json(paper).encode()).hexdigest()[:12] for paper in PAPERS
    }

    assert digests == {
        PaperKind.INSPECTION_RECORD: "4436d1ef6607",
        PaperKind.RECTIFICATION_NOTICE: "ec26386e0b4c",
        PaperKind.SERVICE_RECEIPT: "e26d162f8fb0",
        PaperKind.WITHDRAWAL: "7fd1f72822b3",
        PaperKind.RECHECK_OPINION: "8a31f9f77ac3",
        PaperKind.EXTENSION_REPLY: "0f7b77408c01",
        PaperKind.SUPERVISION_LETTER: "648eef00f7f6",
        PaperKind.IMMEDIATE_ORDER: "34d373159ed6",
        PaperKind.DATED_ORDER: "20c93e04856c",
    }, "a changed field needs a new FORM, and the old one must still be read"


def test_the_same_moment_in_another_zone_gives_the_same_text():
    there = MORNING.astimezone(ZoneInfo("Asia/Shanghai"))

    assert to_json(make_receipt(served_at=there)) == to_json(make_receipt(served_at=MORNING))


@pytest.mark.parametrize(
    "paper",
    [
        make_receipt(served_at=datetime(2026, 11, 23, 9, 0)),  # noqa: DTZ001 — the refused case
        make_withdrawal(reason=0.5),
        make_withdrawal(copied_to=["示例镇人民政府"]),
        make_withdrawal(reason=True),
    ],
)
def test_a_snapshot_refuses_what_it_may_not_hold(paper):
    with pytest.raises(TypeError, match="a snapshot keeps no"):
        to_json(paper)


def changed(**changes):
    return json.dumps({**json.loads(to_json(make_withdrawal())), **changes})


def without(name):
    facts = json.loads(to_json(make_withdrawal()))
    del facts[name]
    return json.dumps(facts)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        "not json",
        changed(form=2),
        changed(kind="letter"),
        changed(kind="rectification-notice"),
        changed(extra="field"),
        changed(reason=7),
        changed(reason=0.5),
        changed(reason=None),
        changed(head=[]),
        changed(copied_to="示例镇人民政府"),
        changed(withdrawn_on="soon"),
        without("reason"),
        without("head"),
    ],
)
def test_a_text_of_another_form_is_refused(text):
    with pytest.raises(ValueError, match=r"\bno|Expecting|Invalid"):
        from_json(text)


def test_a_paper_names_the_pictures_it_prints():
    record, pictures = signed_on_the_screen()

    assert set(photo_names(record)) == set(pictures)
    assert ink_names(record) == photo_names(record)[-3:]
    assert photo_names(make_receipt()) == ()


def test_the_printed_text_has_every_word_of_the_paper():
    notice = make_notice(findings=1)[0]
    notice = replace(notice, head=make_head(number="示例〔2026〕第0001号"))

    text = printed_text(notice)

    for word in ("示例〔2026〕第0001号", notice.findings[0].fact, notice.photos[-1].caption):
        assert word in text
