"""Which days are working days in China, swapped workdays included."""

from datetime import date

import chinese_calendar

from firesafe.findings.rules import correction_due

SATURDAY = 5
DECEMBER = 12


def is_working_day(day: date) -> bool:
    """Tell whether offices work on ``day`` by the State Council's yearly holiday notice.

    For a year whose notice is not yet out, Monday to Friday count as working days; see
    `is_published`.
    """
    if not is_published(day.year):
        return day.weekday() < SATURDAY
    return bool(chinese_calendar.is_workday(day))


def last_day(received_on: date, grace_days: int) -> date:
    """Return the last day for putting right by China's calendar; see `rules.correction_due`."""
    return correction_due(received_on, grace_days, is_working_day)


def is_published(year: int) -> bool:
    """Tell whether the holidays of ``year`` are known to this version of the calendar."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def missing_year(today: date) -> int | None:
    """Return the year whose holidays should be known by now and are not, if there is one.

    The State Council's list for the next year is usually out in November, so from 1 December
    on it is missed; a new version of the calendar brings it.
    """
    needed = [today.year, today.year + 1] if today.month == DECEMBER else [today.year]
    return next((year for year in needed if not is_published(year)), None)
