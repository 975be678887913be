"""What may be written at a checkpoint, and what an empty field means."""

import pytest

from firesafe.core.errors import RuleBroken
from firesafe.inspections.rules import (
    Entry,
    checked_changes,
    days_of,
    grade_of,
    requirement_of,
    wording_of,
)
from firesafe.standard.edition import current_edition
from firesafe.standard.terms import Grade

STANDARD = current_edition()
EXITS = STANDARD.checkpoint("A3-02")  # looked at, photographed, may be a major hazard
SMOKE = STANDARD.checkpoint("K1-02")  # asked of a sample


def test_what_is_empty_is_the_standard_s_own():
    assert grade_of(EXITS, Entry()) is Grade.SERIOUS
    assert grade_of(EXITS, Entry(escalated=True)) is Grade.MAJOR_SUSPECTED
    assert grade_of(EXITS, Entry(escalated=True, grade="general")) is Grade.MAJOR_SUSPECTED
    assert days_of(EXITS, Entry()) == EXITS.days
    assert days_of(EXITS, Entry(grace_days=7)) == 7
    assert requirement_of(EXITS, Entry()) == EXITS.rectify


def test_a_wording_names_the_place_first():
    assert wording_of(Entry(seen="堆放纸箱")) == "堆放纸箱"
    assert wording_of(Entry(place="2层北侧", seen="堆放纸箱")) == "2层北侧：堆放纸箱"


def test_changes_are_tidied():
    changes = {"seen": "  两层\n纸箱 ", "requirement": EXITS.rectify, "grace_days": EXITS.days}

    assert checked_changes(STANDARD, EXITS, changes) == {
        "seen": "两层 纸箱",
        "requirement": "",
        "grace_days": None,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"id": 3},
        {"photos_found": 2},
        {"verdict": "perhaps"},
        {"seen": 5},
        {"seen": "长" * 501},
        {"asked_count": -1},
        {"asked_count": True},
        {"drill_seconds": 3601},
        {"escalated": "yes"},
        {"grade": "terrible"},
        {"grace_days": 4},
        {"drill_steps": [1, 2]},
    ],
)
def test_what_cannot_stand_there_is_refused(changes):
    with pytest.raises(RuleBroken):
        checked_changes(STANDARD, EXITS, changes)


def test_a_checkpoint_takes_no_grade_beyond_its_gravest():
    with pytest.raises(RuleBroken):
        checked_changes(STANDARD, SMOKE, {"grade": "serious"})
