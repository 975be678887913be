"""The time: moments in UTC, days in the county's own zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

COUNTY_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment in UTC. Only doors ask; everything below them is told."""
    return datetime.now(UTC)


def county_time(moment: datetime) -> datetime:
    """Return ``moment`` as a clock on a wall in Ankang shows it."""
    return moment.astimezone(COUNTY_ZONE)


def county_day(moment: datetime) -> date:
    """Return the calendar day in Ankang on which ``moment`` falls."""
    return county_time(moment).date()


def read_day(text: str) -> date:
    """Return a day written as 2026-11-23, between 2000 and 2099.

    Raises:
        ValueError: it is none, or outside these years, at whose ends days cannot be counted.
    """
    day = date.fromisoformat(text)
    if not 2000 <= day.year < 2100:
        raise ValueError(f"{text} is not in the years that are kept.")
    return day


def start_of(day: date) -> datetime:
    """Return the first moment of ``day`` in Ankang, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=COUNTY_ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the first moment after ``day`` in Ankang, in UTC."""
    return start_of(day + timedelta(days=1))
