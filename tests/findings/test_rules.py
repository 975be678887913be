from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firesafe.findings.calendar import is_published, is_working_day, last_day
from firesafe.findings.rules import correction_due, days_left, working_days_after

MONDAY = date(2026, 3, 2)


def always(_day: date) -> bool:
    return True


def test_the_day_of_receipt_does_not_count():
    assert correction_due(MONDAY, 7, always) == date(2026, 3, 9)


def test_on_the_spot_is_never_moved():
    assert correction_due(date(2026, 3, 7), 0, lambda _day: False) == date(2026, 3, 7)


def test_a_last_day_on_a_weekend_gives_way_to_monday():
    assert last_day(MONDAY, 5) == date(2026, 3, 9)


def test_a_swapped_saturday_is_a_working_day():
    """Saturday 14 February 2026 is worked in exchange for Spring Festival."""
    assert is_working_day(date(2026, 2, 14))
    assert last_day(date(2026, 2, 11), 3) == date(2026, 2, 14)


def test_a_last_day_in_the_national_holiday_moves_behind_it():
    assert last_day(date(2026, 9, 28), 3) == date(2026, 10, 8)


def test_a_year_without_a_notice_knows_weekends_only():
    assert not is_published(2099)
    assert is_working_day(date(2099, 1, 1)) is (date(2099, 1, 1).weekday() < 5)


def test_negative_days_are_refused():
    with pytest.raises(ValueError, match="negative"):
        correction_due(MONDAY, -1, always)


def test_working_days_skip_the_weekend():
    assert working_days_after(date(2026, 3, 6), 3, is_working_day) == date(2026, 3, 11)


def test_days_left_turn_negative_when_overdue():
    assert days_left(MONDAY, MONDAY) == 0
    assert days_left(MONDAY, MONDAY + timedelta(days=2)) == -2
    assert days_left(None, MONDAY) is None


@given(st.dates(date(2026, 1, 1), date(2026, 11, 1)), st.integers(1, 60))
def test_a_last_day_is_a_working_day_and_never_early(received_on, grace_days):
    due = last_day(received_on, grace_days)

    assert is_working_day(due)
    assert due >= received_on + timedelta(days=grace_days)
