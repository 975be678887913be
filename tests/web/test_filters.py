"""How moments, days, shares and phones are shown."""

from datetime import date, timedelta

import pytest

from firesafe.core.clock import county_day, now
from firesafe.web.filters import clock, day, masked_phone, moment, percent
from tests.makers import MONDAY


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        yield


def test_the_year_is_shown_only_when_it_is_another():
    today = county_day(now())

    assert day(today) == f"{today.day}/{today.month}"
    assert day(date(2001, 2, 3)) == "3/2/2001"


def test_a_moment_is_shown_as_the_clock_in_ankang_shows_it():
    assert clock(MONDAY) == "10:00"
    assert moment(MONDAY + timedelta(hours=14)) == f"{day(date(2026, 11, 24))} 00:00"


def test_a_share_is_shown_as_a_whole_percentage():
    assert percent(0.805) == "80%"


@pytest.mark.parametrize("phone", ["13800000007", "0915-3212345"])
def test_a_phone_hides_its_middle(phone):
    assert masked_phone(phone) == f"{phone[:3]}****{phone[-4:]}"


@pytest.mark.parametrize("show", [day, clock, moment, percent, masked_phone])
def test_nothing_is_shown_as_nothing(show):
    assert show(None) == ""
