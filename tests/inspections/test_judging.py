"""What a checkpoint lacks, and what its figures speak for."""

import pytest

from firesafe.inspections.judging import gaps_of, judging, suggested_verdict
from firesafe.inspections.rules import Entry, Gap, sample_of
from firesafe.standard.edition import current_edition
from firesafe.standard.terms import Verdict

STANDARD = current_edition()
EXITS = STANDARD.checkpoint("A3-02")  # looked at, photographed, may be a major hazard
SMOKE = STANDARD.checkpoint("K1-02")  # asked of a sample
FIRST_MINUTE = STANDARD.checkpoint("A2-05")  # drilled within 60 seconds, three of four steps
REKINDLING = STANDARD.checkpoint("C3-03")  # drilled without a limit, five of six steps
SAMPLE = sample_of(STANDARD, SMOKE, 46)

PASSED = {"verdict": Verdict.PASS}
FAILED = {"verdict": Verdict.FAIL, "seen": "门口堆放纸箱。", "photos_found": 1}


def test_every_gap_has_its_rule_and_no_rule_is_unused():
    told = judging()

    assert {gap["name"] for gap in told["gaps"]} == set(Gap)
    said = repr([told["gaps"], list(told["rules"].values())])
    assert [name for name in told["rules"] if repr(name) not in said] == []


@pytest.mark.parametrize(
    ("entry", "gaps"),
    [
        ({}, [Gap.VERDICT]),
        (PASSED, []),
        ({"verdict": Verdict.NOT_APPLICABLE}, [Gap.REASON]),
        ({"verdict": Verdict.NOT_APPLICABLE, "not_applicable_reason": "没有设"}, []),
        ({"verdict": Verdict.FAIL}, [Gap.SEEN, Gap.PHOTO]),
        (FAILED, []),
        ({**FAILED, "put_right_on_the_spot": True}, [Gap.PUT_RIGHT_PHOTO]),
        ({**FAILED, "put_right_on_the_spot": True, "photos_put_right": 1}, []),
    ],
)
def test_gaps_of_what_is_looked_at(entry, gaps):
    assert gaps_of(EXITS, Entry(**entry), None) == gaps


def test_a_failure_that_needs_no_photograph_lacks_none():
    told = Entry(**{**FAILED, "photos_found": 0}, asked_count=5, correct_count=1)

    assert gaps_of(SMOKE, told, SAMPLE) == []


@pytest.mark.parametrize(
    ("entry", "gaps"),
    [
        (PASSED, [Gap.COUNTS]),
        ({**PASSED, "asked_count": 4, "correct_count": 4}, [Gap.COUNTS]),
        ({**PASSED, "asked_count": 5, "correct_count": 4}, []),
        ({**PASSED, "asked_count": 5, "correct_count": 3}, [Gap.REMARK]),
        ({**PASSED, "asked_count": 5, "correct_count": 3, "remark": "两人是新来的"}, []),
        ({**PASSED, "remark": "停产，问不到人"}, []),
    ],
)
def test_gaps_of_what_is_counted(entry, gaps):
    assert gaps_of(SMOKE, Entry(**entry), SAMPLE) == gaps


def test_a_timed_drill_lacks_its_seconds():
    assert gaps_of(FIRST_MINUTE, Entry(**PASSED), None) == [Gap.DRILL]
    assert gaps_of(FIRST_MINUTE, Entry(**PASSED, drill_seconds=60), None) == []


@pytest.mark.parametrize(
    ("asked", "correct", "verdict"),
    [
        (None, None, None),
        (5, None, None),
        (4, 4, None),
        (5, 4, Verdict.PASS),
        (5, 3, Verdict.FAIL),
        (6, 5, Verdict.PASS),
        (6, 4, Verdict.FAIL),
    ],
)
def test_counts_speak_for_a_verdict_once_enough_were_asked(asked, correct, verdict):
    entry = Entry(asked_count=asked, correct_count=correct)

    assert suggested_verdict(SMOKE, entry, SAMPLE) == verdict


@pytest.mark.parametrize(
    ("seconds", "steps", "verdict"),
    [
        (None, [1, 2, 3, None], None),
        (60, [6, 21, 38, None], Verdict.PASS),
        (61, [6, 21, 38, None], Verdict.FAIL),
        (42, [6, 21, None, None], Verdict.FAIL),
        (42, None, Verdict.PASS),  # timed by hand, the steps were not stamped
    ],
)
def test_a_drill_speaks_for_a_verdict_once_it_was_stopped(seconds, steps, verdict):
    entry = Entry(drill_seconds=seconds, drill_steps=steps)

    assert suggested_verdict(FIRST_MINUTE, entry, None) == verdict


def test_a_drill_without_a_limit_is_judged_by_its_steps():
    assert suggested_verdict(REKINDLING, Entry(), None) is None
    ticked = Entry(drill_steps=[0, 0, 0, 0, 0, None])
    assert suggested_verdict(REKINDLING, ticked, None) is Verdict.PASS
    ticked = Entry(drill_steps=[0, 0, None, None, None, None])
    assert suggested_verdict(REKINDLING, ticked, None) is Verdict.FAIL
