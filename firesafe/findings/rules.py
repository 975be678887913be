"""How the days of grace are counted, and how far a finding is from its last day."""

from collections.abc import Callable
from datetime import date, timedelta

from firesafe.standard.terms import Grade


def correction_due(
    received_on: date, grace_days: int, is_working_day: Callable[[date], bool]
) -> date:
    """Return the last day on which a finding may still be put right.

    Days are calendar days, and the day the notice is received does not count: seven days
    from Monday 2 March end on Monday 9 March. A last day that is not a working day gives
    way to the next one that is (Civil Procedure Law art. 85, applied by analogy). Zero
    days means on the spot, and is never moved.

    Raises:
        ValueError: ``grace_days`` is negative.
    """
    if grace_days < 0:
        raise ValueError("Days of grace cannot be negative.")
    due = received_on + timedelta(days=grace_days)
    while grace_days and not is_working_day(due):
        due += timedelta(days=1)
    return due


def working_days_after(day: date, count: int, is_working_day: Callable[[date], bool]) -> date:
    """Return the ``count``-th working day after ``day``; ``day`` itself does not count."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def days_left(due_on: date | None, today: date) -> int | None:
    """Return calendar days until the last day: 0 is today, negative is overdue."""
    return None if due_on is None else (due_on - today).days


def is_seen_by_photo(grade: str) -> bool:
    """Tell whether photographs are enough for a re-check: only where it was graded general."""
    return grade == Grade.GENERAL
