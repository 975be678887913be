"""Clocks that are wrong, moments put right, and rules told as steps."""

from datetime import UTC, datetime, timedelta

import pytest

from firesafe.sync.rules import (
    EARLIEST,
    clock_ahead,
    is_clock_wrong,
    kept_moment,
    rescued_sent_at,
    steps,
)

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_clock_is_ahead_by_what_it_shows_too_much():
    assert clock_ahead(NOON + DAY, received_at=NOON) == 24 * 3600
    assert clock_ahead(NOON - DAY, received_at=NOON) == -24 * 3600


@pytest.mark.parametrize(
    ("seconds", "is_wrong"), [(0, False), (300, False), (-300, False), (301, True), (-301, True)]
)
def test_five_minutes_are_the_way_over_a_poor_line(seconds, is_wrong):
    assert is_clock_wrong(seconds) is is_wrong


def test_a_visit_that_no_phone_made_has_no_wrong_clock():
    assert not is_clock_wrong(None)


@pytest.mark.parametrize("year", [1, 1969, 2101, 9999])
def test_a_clock_beyond_all_years_is_bounded_so_that_every_database_can_keep_it(year):
    shown = datetime(year, 6, 1, tzinfo=UTC)

    assert EARLIEST <= kept_moment(shown) <= datetime(2100, 1, 1, tzinfo=UTC)
    assert abs(clock_ahead(shown, NOON)) < 2**31


def test_a_phone_without_a_battery_begins_in_1970():
    assert clock_ahead(EARLIEST, NOON) == -round((NOON - EARLIEST).total_seconds())


def test_a_saved_file_that_lay_about_says_nothing_of_the_clock():
    assert clock_ahead(rescued_sent_at(NOON - 3 * DAY, NOON), NOON) == 0


def test_a_file_saved_after_it_arrived_shows_a_clock_that_is_ahead():
    assert clock_ahead(rescued_sent_at(NOON + DAY, NOON), NOON) == 24 * 3600


def test_a_rule_is_told_by_the_numbers_where_it_turns():
    assert list(steps(lambda n: n >= 3, range(6))) == [(0, False), (3, True)]


def test_a_rule_that_turns_back_is_told_each_time():
    assert list(steps(lambda n: n % 4 < 2, range(7))) == [
        (0, True),
        (2, False),
        (4, True),
        (6, False),
    ]


def test_no_value_is_a_value_too():
    assert list(steps(lambda n: None, range(3))) == [(0, None)]
