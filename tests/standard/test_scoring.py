"""Scores: sixteen items of a hundred points, groups of a quarter each."""

from dataclasses import replace

import pytest

from firesafe.core.errors import NotFound
from firesafe.standard.scoring import AnswerForScore, mark_of, score
from firesafe.standard.terms import Grade, Mark, Verdict

PASS = AnswerForScore(Verdict.PASS)
NOT_APPLICABLE = AnswerForScore(Verdict.NOT_APPLICABLE)
GENERAL = AnswerForScore(Verdict.FAIL, Grade.GENERAL)
SERIOUS = AnswerForScore(Verdict.FAIL, Grade.SERIOUS)
CORRECTED = AnswerForScore(Verdict.FAIL, Grade.SERIOUS, corrected_on_spot=True)
MAJOR = AnswerForScore(Verdict.FAIL, Grade.MAJOR_SUSPECTED)


@pytest.fixture
def all_passed(standard):
    return {checkpoint.code: PASS for checkpoint in standard.checkpoints}


def test_all_passed_is_a_hundred_everywhere(standard, all_passed):
    result = score(standard, all_passed)

    assert set(result.items.values()) == {100}
    assert result.groups == {"A": 100, "P": 100, "K": 100, "C": 100}
    assert (result.whole, result.mark, result.has_major) == (100, Mark.EXCELLENT, False)


@pytest.mark.parametrize(
    ("answer", "points"),
    [(GENERAL, 83), (SERIOUS, 60), (CORRECTED, 83), (MAJOR, 0), (NOT_APPLICABLE, 100)],
    ids=["general", "serious", "corrected", "major", "not applicable"],
)
def test_one_failure_of_six_costs_its_item(standard, all_passed, answer, points):
    result = score(standard, all_passed | {"A3-02": answer})

    assert result.items["A3"] == points
    assert result.items["A2"] == 100


def test_a_cap_does_not_lift_a_lower_score(standard, all_passed):
    failures = {"K1-01": SERIOUS, "K1-02": GENERAL}

    assert score(standard, all_passed | failures).items["K1"] == 33


def test_a_correction_of_one_serious_failure_does_not_lift_the_cap_of_another(standard, all_passed):
    failures = {"A1-04": CORRECTED, "A1-05": SERIOUS}

    assert score(standard, all_passed | failures).items["A1"] == 60


def test_a_suspected_major_hazard_fails_the_whole_whatever_its_points(standard, all_passed):
    result = score(standard, all_passed | {"A1-06": MAJOR})

    assert (result.items["A1"], result.groups["A"], result.whole) == (0, 75, 94)
    assert (result.mark, result.has_major) == (Mark.FAIL, True)


def test_what_does_not_apply_is_left_out_of_items_and_groups(standard, all_passed):
    unasked = {c.code: NOT_APPLICABLE for c in standard.checkpoints if c.item_code == "K1"}
    failure = {"K2-01": GENERAL, "K2-02": GENERAL, "K2-03": GENERAL}
    result = score(standard, all_passed | unasked | failure)

    assert result.items["K1"] is None
    assert result.groups["K"] == 67  # two items of three


def test_a_group_without_points_leaves_the_whole_to_the_others(standard, all_passed):
    unasked = {c.code: NOT_APPLICABLE for c in standard.checkpoints if c.code.startswith("C")}
    result = score(standard, all_passed | unasked)

    assert (result.groups["C"], result.whole) == (None, 100)


def test_groups_weigh_the_same_however_many_checkpoints_they_have(standard, all_passed):
    failures = {c.code: GENERAL for c in standard.checkpoints if c.code.startswith("K")}
    result = score(standard, all_passed | failures)

    assert (result.groups["K"], result.whole) == (0, 75)


def test_nothing_answered_has_no_score(standard):
    result = score(standard, {})

    assert (result.whole, result.mark, result.has_major) == (None, None, False)


def test_what_is_not_answered_yet_does_not_count(standard):
    result = score(standard, {"A3-01": PASS, "A3-02": GENERAL})

    assert (result.items["A3"], result.items["A1"], result.whole) == (50, None, 50)


def test_rounding_comes_last_and_goes_up_at_the_half(standard, all_passed):
    one_of_four = {"P1-01": GENERAL, "P1-02": GENERAL}  # 50 of item P1: whole 96.875
    half = {f"A{n}-01": GENERAL for n in (1, 2, 3)}  # three items at 83⅓: A 87.5

    assert score(standard, all_passed | one_of_four).whole == 97
    assert score(standard, all_passed | half).groups["A"] == 88


@pytest.mark.parametrize(
    ("failed_items", "whole", "mark"),
    [
        (["K1"], 94, Mark.EXCELLENT),
        (["K1", "K2"], 88, Mark.GOOD),
        (["K1", "K2", "K3"], 81, Mark.GOOD),
        (["K1", "K2", "K3", "K4"], 75, Mark.PASS),
        (["K1", "K2", "K3", "K4", "C1"], 69, Mark.FAIL),
    ],
)
def test_marks_follow_the_whole(standard, all_passed, failed_items, whole, mark):
    failures = {c.code: GENERAL for c in standard.checkpoints if c.item_code in failed_items}
    result = score(standard, all_passed | failures)

    assert (result.whole, result.mark) == (whole, mark)


@pytest.mark.parametrize(
    ("whole", "mark"),
    [
        (100, Mark.EXCELLENT),
        (90, Mark.EXCELLENT),
        (89, Mark.GOOD),
        (80, Mark.GOOD),
        (79, Mark.PASS),
        (70, Mark.PASS),
        (69, Mark.FAIL),
        (0, Mark.FAIL),
        (None, None),
    ],
)
def test_each_mark_begins_at_its_own_figure(standard, whole, mark):
    assert mark_of(whole, standard.scoring, has_major=False) is mark


@pytest.mark.parametrize(("excellent_from", "mark"), [(98, Mark.EXCELLENT), (99, Mark.GOOD)])
def test_where_marks_begin_is_said_by_the_edition(standard, all_passed, excellent_from, mark):
    other = replace(standard, scoring=replace(standard.scoring, excellent_from=excellent_from))
    result = score(other, all_passed | {"K1-01": GENERAL})

    assert (result.whole, result.mark) == (98, mark)


def test_the_cap_is_said_by_the_edition(standard, all_passed):
    other = replace(standard, scoring=replace(standard.scoring, serious_cap=40))

    assert score(other, all_passed | {"A3-04": SERIOUS}).items["A3"] == 40


def test_an_answer_outside_the_edition_is_not_found(standard):
    with pytest.raises(NotFound, match="A9-01"):
        score(standard, {"A9-01": PASS})
