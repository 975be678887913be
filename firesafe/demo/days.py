"""The days of the story, told in working days before the day of loading."""

from datetime import date, datetime, time, timedelta

from firesafe.core.clock import COUNTY_ZONE, county_day
from firesafe.findings.calendar import is_working_day


def moment(at: datetime, workdays_ago: int, clock: time, *, minutes: int = 0) -> datetime:
    """Return ``clock`` on the working day so many before the day of ``at``, in the county's zone.

    Nothing is done after ``at``: what takes ``minutes`` begins so many before it at the latest.
    """
    day = working_day_before(county_day(at), workdays_ago)
    told = datetime.combine(day, clock, tzinfo=COUNTY_ZONE)
    return min(told, at - timedelta(minutes=minutes))


def working_day_before(day: date, count: int) -> date:
    """Return the ``count``-th working day before ``day``; 0 is ``day``, whatever day it is."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day
