"""Moments in UTC, days in the county's own zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from firesafe.core.clock import county_day, county_time, end_of, now, read_day, start_of

MIDNIGHT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # between the 22nd and 23rd in Ankang
MONDAY = date(2026, 11, 23)


def test_now_has_a_zone():
    assert now().tzinfo is UTC


def test_the_day_changes_at_midnight_in_ankang():
    assert county_day(MIDNIGHT) == MONDAY
    assert county_day(MIDNIGHT - timedelta(microseconds=1)) == date(2026, 11, 22)
    assert county_time(MIDNIGHT).strftime("%H:%M") == "00:00"


def test_a_day_lasts_from_its_first_moment_to_that_of_the_next():
    assert (start_of(MONDAY), end_of(MONDAY)) == (MIDNIGHT, MIDNIGHT + timedelta(days=1))


def test_a_day_is_read_as_it_stands_in_an_address():
    assert read_day("2026-11-23") == MONDAY


@pytest.mark.parametrize("text", ["", "23.11.2026", "2026-02-30", "1999-12-31", "9999-12-31"])
def test_what_is_no_day_or_out_of_all_years_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        read_day(text)
