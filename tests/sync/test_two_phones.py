"""Two phones, one draft: the later answer stands, both are in the trail, signing ends it."""

import pytest
from sqlalchemy import select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from tests.sync.sent import (
    OTHER_PHONE,
    a_key,
    a_parcel,
    all_answers,
    all_signatures,
    answer,
    handing_in,
    opening,
    put,
    signing,
)


@pytest.fixture
def draft(team, phone):
    """A draft that both inspectors have on their phones, by its key."""
    key = a_key()
    put(phone, a_parcel(key, opening(team.factory, team.second)))
    return key


@pytest.fixture
def first(phone, draft):
    """Send answers from the first inspector's phone."""
    return lambda *deeds: put(phone, a_parcel(draft, *deeds))


@pytest.fixture
def second(second_phone, draft):
    """Send answers from the second inspector's phone."""
    return lambda *deeds: put(second_phone, a_parcel(draft, *deeds, phone=OTHER_PHONE))


@pytest.fixture
def stands(visit_of, draft):
    return lambda code="A3-02": next(
        each for each in visit_of(draft).answers if each.checkpoint_code == code
    )


@pytest.fixture
def overtaken(database):
    """Return what the trail says of answers that met."""

    def read():
        rows = select(AuditEntry).where(AuditEntry.event == Event.ANSWER_OVERTAKEN)
        with database.reading() as session:
            return [entry.facts for entry in session.scalars(rows.order_by(AuditEntry.id))]

    return read


def test_each_answers_other_checkpoints_and_all_stand(first, second, stands, overtaken):
    first(answer("A3-02", verdict="pass"))
    second(answer("A3-03", verdict="fail", seen="堵塞"))

    assert (stands("A3-02").verdict, stands("A3-03").verdict) == ("pass", "fail")
    assert overtaken() == []


def test_the_later_of_two_answers_stands_and_both_are_kept(first, second, stands, overtaken):
    first(answer("A3-02", clock=2, knew=1, verdict="pass", remark="先"))
    told = second(answer("A3-02", clock=3, knew=1, verdict="fail", seen="后"))

    assert told.json["outcome"]["answers"]["A3-02"]["overtaken"] is False
    assert (stands().verdict, stands().version) == ("fail", 3)
    (facts,) = overtaken()
    assert facts["values"]["verdict"] == {"was": "pass", "is": "fail"}


def test_an_answer_that_comes_too_late_is_told_what_stands(first, second, stands, overtaken):
    second(answer("A3-02", clock=5, knew=1, verdict="fail", seen="后"))
    told = first(answer("A3-02", clock=2, knew=1, verdict="pass"))

    standing = told.json["outcome"]["answers"]["A3-02"]
    assert (standing["overtaken"], standing["version"]) == (True, 5)
    assert standing["entry"]["seen"] == "后"
    assert stands().verdict == "fail"
    assert overtaken()[0]["values"]["verdict"] == {"was": "fail", "is": "pass"}


def test_whoever_was_overtaken_and_answers_again_wins(first, second, stands):
    second(answer("A3-02", clock=5, knew=1, verdict="fail", seen="后"))
    version = first(answer("A3-02", clock=2, knew=1, verdict="pass")).json["outcome"]["answers"][
        "A3-02"
    ]["version"]

    first(answer("A3-02", clock=version + 1, knew=version, verdict="pass"))

    assert stands().verdict == "pass"


def test_of_equal_clocks_the_first_that_arrived_stands(first, second, stands):
    first(answer("A3-02", clock=2, verdict="pass"))
    told = second(answer("A3-02", clock=2, verdict="fail", seen="同时"))

    assert told.json["outcome"]["answers"]["A3-02"]["overtaken"] is True
    assert stands().verdict == "pass"


def test_the_same_answer_from_both_is_no_matter(first, second, stands, overtaken):
    first(answer("A3-02", clock=2, verdict="pass"))
    told = second(answer("A3-02", clock=4, verdict="pass"))

    assert told.json["outcome"]["answers"]["A3-02"]["overtaken"] is False
    assert stands().version == 4
    assert overtaken() == []


def test_signing_on_one_phone_closes_the_draft_for_the_other(first, second, stands):
    first(signing("lead"))

    late = second(answer("A3-02", verdict="fail", seen="晚了"))

    assert late.status_code == 409
    assert "另一部手机" in late.json["detail"]
    assert "可以存成文件" in late.json["detail"]
    assert stands().verdict is None


def test_the_phone_that_signed_may_still_change_its_mind(first, stands, visit_of, draft):
    first(signing("lead"))

    first(answer("A3-02", verdict="pass"))

    assert stands().verdict == "pass"
    assert visit_of(draft).signatures == []


def test_what_comes_after_handing_in_is_refused_with_who_and_when(first, second):
    first(*all_answers(), *all_signatures(), handing_in())

    late = second(answer("A3-02", clock=9, verdict="fail", seen="晚了"))

    assert (late.status_code, late.mimetype) == (409, "application/problem+json")
    assert "王测试" in late.json["detail"]
    assert "签名提交" in late.json["detail"]
    assert "可以存成文件" in late.json["detail"]


def test_a_visit_handed_in_is_not_handed_in_again(first, second):
    first(*all_answers(), *all_signatures(), handing_in())

    assert second(handing_in()).status_code == 409
