"""What may be written at a checkpoint, and what an empty field means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from firesafe.core.errors import RuleBroken
from firesafe.core.words import N_
from firesafe.standard.checklist import Checkpoint, Edition
from firesafe.standard.rules import Sample, sample_for
from firesafe.standard.terms import Grade, Verdict

REVISIT_DAYS = 90
"""After so many days without a visit a factory is due again: the county's own figure (管理值)."""

MOST_PHOTOS = 12
"""So many photographs may belong to one checkpoint, those before and after together."""

TEXT_LIMITS = {
    "not_applicable_reason": 200,
    "seen": 500,
    "place": 80,
    "requirement": 500,
    "remark": 200,
}
NUMBER_LIMITS = {"asked_count": 500, "correct_count": 500, "drill_seconds": 3600}
TICKS = frozenset({"escalated", "put_right_on_the_spot"})

MOST_WORKERS = 2000
"""So many people may be at work: more than in any community factory."""

DEED_LIMITS = {
    "signer": 40,
    "refusal_reason": 300,
    "refusal_witness": 80,
    "void_reason": 200,
    "take_back_reason": 200,
    "statement": 1000,
}
"""How many characters a deed on the whole visit may say."""


class Gap(StrEnum):
    """What a checkpoint may still lack before the visit can be closed."""

    VERDICT = "verdict"
    REASON = "reason"
    SEEN = "seen"
    PHOTO = "photo"
    PUT_RIGHT_PHOTO = "put-right-photo"
    COUNTS = "counts"
    DRILL = "drill"
    REMARK = "remark"


GAP_SENTENCES = {
    Gap.VERDICT: N_("%(code)s %(title)s has not been looked at yet."),
    Gap.REASON: N_("%(code)s %(title)s: say why it does not apply."),
    Gap.SEEN: N_("%(code)s %(title)s: write down what was seen."),
    Gap.PHOTO: N_("%(code)s %(title)s has no photograph. Take one."),
    Gap.PUT_RIGHT_PHOTO: N_("%(code)s %(title)s: photograph how it was put right."),
    Gap.COUNTS: N_("%(code)s %(title)s: enter how many were asked and how many were right."),
    Gap.DRILL: N_("%(code)s %(title)s: time the drill, or enter the seconds."),
    Gap.REMARK: N_("%(code)s %(title)s: say why the figures were overruled."),
}

UNREADABLE = N_("%(code)s %(title)s has a photograph that cannot be read. Take it again.")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at one checkpoint, as plain values; what is empty is the standard's own.

    Seconds are rounded up, so that a limit is not kept by rounding. ``drill_steps`` holds
    the second of each step, None for a step that was left out.
    """

    verdict: Verdict | None = None
    not_applicable_reason: str = ""
    seen: str = ""
    place: str = ""
    grade: str | None = None
    escalated: bool = False
    grace_days: int | None = None
    requirement: str = ""
    put_right_on_the_spot: bool = False
    asked_count: int | None = None
    correct_count: int | None = None
    drill_seconds: int | None = None
    drill_steps: list[int | None] | None = None
    remark: str = ""
    photos_found: int = 0
    photos_put_right: int = 0


@dataclass(frozen=True, slots=True)
class OnPhone:
    """That something was done on a phone: when by its own clock, and how wrong that was.

    ``clock_ahead_seconds`` is how far the phone's clock was ahead of ours when it was sent,
    negative if behind. ``phone`` is the key it gave itself, ``device`` what people call it.
    """

    shown_at: datetime
    clock_ahead_seconds: int
    phone: str = ""
    device: str = ""

    def moment(self, *, not_after: datetime) -> datetime:
        """Return when it was by our clock, and never later than it reached us."""
        return min(self.shown_at - timedelta(seconds=self.clock_ahead_seconds), not_after)


FIELDS = tuple(name for name in Entry.__slots__ if not name.startswith("photos_"))


def sample_of(edition: Edition, checkpoint: Checkpoint, workers: int) -> Sample | None:
    """Return how many are to be asked with ``workers`` on shift, or None if nobody is."""
    if checkpoint.counting is None:
        return None
    return sample_for(edition, checkpoint.counting, workers)


def grade_of(checkpoint: Checkpoint, entry: Entry) -> Grade:
    """Return the grade: where the deciding question was answered yes, what it leads to.

    Otherwise the grade that was chosen, else the standard's; a suspected major hazard is
    not to be talked down by choosing another grade.
    """
    if entry.escalated and checkpoint.escalation:
        return checkpoint.escalation.grade
    return Grade(entry.grade) if entry.grade else checkpoint.grade


def days_of(checkpoint: Checkpoint, entry: Entry) -> int:
    """Return the days of grace: those chosen, else the standard's; 0 means on the spot."""
    return checkpoint.days if entry.grace_days is None else entry.grace_days


def requirement_of(checkpoint: Checkpoint, entry: Entry) -> str:
    """Return what is demanded: as reworded, else as the standard words it."""
    return entry.requirement or checkpoint.rectify


def wording_of(entry: Entry) -> str:
    """Return the facts of a finding as they are printed: the place, and what was seen."""
    return f"{entry.place}：{entry.seen}" if entry.place else entry.seen


def item_states(item_scores: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return how each item of a closed visit came out: ``pass``, ``fail``, or ``none``.

    None of an item's checkpoints applied where it is ``none``.
    """
    return {
        code: "fail" if kept["failed"] else "pass" if kept["answered"] else "none"
        for code, kept in item_scores.items()
    }


def checked_changes(
    edition: Edition, checkpoint: Checkpoint, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the changes with each value checked and tidied.

    What equals the standard's own requirement, grade or days is kept as empty, so that a
    form which sends everything back does not look like a change.

    Raises:
        RuleBroken: an unknown field, or a value that cannot stand there.
    """
    tidy: dict[str, Any] = {}
    for name, value in changes.items():
        check = _CHECKS.get(name)
        if check is None or name not in FIELDS:
            raise RuleBroken("%(field)s cannot be written here.", field=name)
        tidy[name] = check(edition, checkpoint, name, value)
    return tidy


def _text(_edition: Edition, checkpoint: Checkpoint, name: str, value: Any) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else None
    if text is None or len(text) > TEXT_LIMITS[name]:
        raise RuleBroken(
            "This text is too long. %(most)s characters are enough.", most=TEXT_LIMITS[name]
        )
    return "" if name == "requirement" and text == checkpoint.rectify else text


def _number(_edition: Edition, _checkpoint: Checkpoint, name: str, value: Any) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 0 <= value <= NUMBER_LIMITS[name]:
        raise RuleBroken("Enter a number from 0 to %(most)s.", most=NUMBER_LIMITS[name])
    return value


def _tick(_edition: Edition, _checkpoint: Checkpoint, _name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise RuleBroken("Choose yes or no.")
    return value


def _verdict(_edition: Edition, _checkpoint: Checkpoint, _name: str, value: Any) -> Verdict | None:
    if value is not None and value not in _VERDICTS:
        raise RuleBroken("Choose one of the three verdicts.")
    return Verdict(value) if value else None


def _grade(_edition: Edition, checkpoint: Checkpoint, _name: str, value: Any) -> str | None:
    if value is None:
        return None
    if value not in list(Grade) or Grade(value).rank > checkpoint.gravest.rank:
        raise RuleBroken("This checkpoint cannot have that grade.")
    return str(value)


def _days(edition: Edition, checkpoint: Checkpoint, _name: str, value: Any) -> int | None:
    if value is None or value == checkpoint.days:
        return None
    if value not in edition.days_allowed or isinstance(value, bool):
        raise RuleBroken("Choose one of the deadlines of the list.")
    return int(value)


def _steps(
    _edition: Edition, checkpoint: Checkpoint, _name: str, value: Any
) -> list[int | None] | None:
    count = len(checkpoint.drill.steps) if checkpoint.drill else 0
    if value is None:
        return None
    is_list = isinstance(value, list) and len(value) == count
    if not is_list or not all(s is None or (type(s) is int and s >= 0) for s in value):
        raise RuleBroken("The steps of this drill are others.")
    return list(value) if any(s is not None for s in value) else None


_VERDICTS = tuple(Verdict)
_CHECKS: dict[str, Callable[[Edition, Checkpoint, str, Any], Any]] = {
    **dict.fromkeys(TEXT_LIMITS, _text),
    **dict.fromkeys(NUMBER_LIMITS, _number),
    **dict.fromkeys(TICKS, _tick),
    "verdict": _verdict,
    "grade": _grade,
    "grace_days": _days,
    "drill_steps": _steps,
}
