"""Scores per item, group and whole, exactly as the standard's own section on scoring says."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from firesafe.standard.checklist import FULL, Edition, Scoring
from firesafe.standard.terms import Grade, Mark, Verdict


@dataclass(frozen=True, slots=True)
class AnswerForScore:
    """One answer as far as it counts; ``grade`` and ``corrected_on_spot`` only for a failure."""

    verdict: Verdict
    grade: Grade | None = None
    corrected_on_spot: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Whole points from 0 to 100, rounded half up; None where nothing applied.

    ``mark`` is None until anything has been answered.
    """

    items: Mapping[str, int | None]
    groups: Mapping[str, int | None]
    whole: int | None
    mark: Mark | None
    has_major: bool


def score(edition: Edition, answers: Mapping[str, AnswerForScore]) -> Score:
    """Score a visit from its answers by checkpoint code; what is unanswered does not count.

    Checkpoints weigh the same within an item, items within a group, groups within the
    whole; what does not apply is left out at each step. A failure loses its points even if
    corrected on the spot. A suspected major hazard makes its item 0 and the mark "fail"; a
    serious one not corrected on the spot caps its item. Rounding comes last, and the mark
    is read from the rounded whole, so that the two never disagree on paper.

    Raises:
        NotFound: an answer is for a checkpoint that the edition does not have.
    """
    by_item: dict[str, list[AnswerForScore]] = {item.code: [] for item in edition.items}
    for code, answer in answers.items():
        by_item[edition.checkpoint(code).item_code].append(answer)
    items = {code: _item_points(given, edition.scoring) for code, given in by_item.items()}
    groups = {
        group.code: _mean(items[item.code] for item in edition.items_of(group.code))
        for group in edition.groups
    }
    whole = _rounded(_mean(groups.values()))
    has_major = any(_is_major(answer) for answer in answers.values())
    return Score(
        items={code: _rounded(points) for code, points in items.items()},
        groups={code: _rounded(points) for code, points in groups.items()},
        whole=whole,
        mark=mark_of(whole, edition.scoring, has_major=has_major),
        has_major=has_major,
    )


def mark_of(whole: int | None, values: Scoring, *, has_major: bool) -> Mark | None:
    """Return the mark of a whole score, each band beginning at its own figure."""
    if whole is None:
        return None
    if has_major or whole < values.pass_from:
        return Mark.FAIL
    if whole < values.good_from:
        return Mark.PASS
    return Mark.GOOD if whole < values.excellent_from else Mark.EXCELLENT


def _item_points(answers: Iterable[AnswerForScore], values: Scoring) -> Fraction | None:
    counted = [a for a in answers if a.verdict != Verdict.NOT_APPLICABLE]
    if not counted:
        return None
    if any(_is_major(answer) for answer in counted):
        return Fraction(0)
    passed = sum(answer.verdict == Verdict.PASS for answer in counted)
    points = Fraction(FULL * passed, len(counted))
    return min(points, Fraction(values.serious_cap)) if _is_capped(counted) else points


def _is_major(answer: AnswerForScore) -> bool:
    return answer.verdict == Verdict.FAIL and answer.grade == Grade.MAJOR_SUSPECTED


def _is_capped(answers: Iterable[AnswerForScore]) -> bool:
    return any(
        answer.verdict == Verdict.FAIL
        and answer.grade == Grade.SERIOUS
        and not answer.corrected_on_spot
        for answer in answers
    )


def _mean(points: Iterable[Fraction | None]) -> Fraction | None:
    """Return the mean of what has points, or None if nothing has."""
    counted = [p for p in points if p is not None]
    return sum(counted, Fraction(0)) / len(counted) if counted else None


def _rounded(points: Fraction | None) -> int | None:
    return None if points is None else math.floor(points + Fraction(1, 2))
