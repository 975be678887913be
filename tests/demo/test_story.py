"""The demo as it is told, before anything is made of it."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from firesafe.core.clock import COUNTY_ZONE, county_day
from firesafe.demo.days import moment, working_day_before
from firesafe.demo.drawing import SCENES
from firesafe.demo.story import (
    BEGINNING,
    Step,
    deeds_of,
    read_story,
)
from firesafe.findings.calendar import is_working_day, last_day
from firesafe.standard.edition import current_edition
from tests.demo.conftest import AT

STORY = read_story()
PEOPLE = [person for county in STORY.counties for person in county.officers]


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 20)),
        (date(2026, 11, 22), 1, date(2026, 11, 20)),
        (date(2026, 10, 9), 2, date(2026, 9, 30)),
    ],
)
def test_working_days_are_counted_backwards_without_holidays(day, count, expected):
    assert working_day_before(day, count) == expected


def test_nothing_happens_after_the_moment_of_loading():
    early = datetime(2026, 11, 23, 8, 0, tzinfo=COUNTY_ZONE)

    assert moment(early, 0, time(9, 5), minutes=27) == early - timedelta(minutes=27)
    assert max(deed.at for deed in deeds_of(STORY, early)) <= early


def test_deeds_come_in_the_order_of_time():
    moments = [deed.at for deed in deeds_of(STORY, AT)]

    assert moments == sorted(moments)
    assert all(is_working_day(county_day(each)) for each in moments)
    assert moments[0] > moment(AT, BEGINNING, time(18, 0))


def test_what_was_withdrawn_is_issued_again_on_the_same_day():
    withdrawn = [visit for visit in STORY.visits if visit.withdrawn]
    steps = [deed.step for deed in deeds_of(STORY, AT) if deed.visit in withdrawn]

    again = [Step.WITHDRAW, Step.PREPARE, Step.ISSUE, Step.SERVE]
    assert steps == [Step.VISIT, Step.ISSUE, *again]


def test_every_failure_that_needs_a_photograph_has_a_drawing():
    codes = {failure.code for visit in STORY.visits for failure in visit.failed}
    needed = {code for code in codes if current_edition().checkpoint(code).photo}

    assert needed - STORY.scenes.keys() == set()
    assert set(STORY.scenes.values()) - SCENES.keys() == set()


def test_the_same_failure_stands_once_in_a_visit():
    counted = Counter(
        (visit.key, failure.code) for visit in STORY.visits for failure in visit.failed
    )

    assert [each for each, count in counted.items() if count > 1] == []


def test_photographs_used_again_are_those_of_an_earlier_visit():
    told = [visit.key for visit in STORY.visits]
    again = [(v.key, f.same_as) for v in STORY.visits for f in v.failed if f.same_as]

    assert again
    assert all(told.index(old.split("/")[0]) < told.index(new) for new, old in again)


def test_people_and_factories_are_plainly_made_up():
    factories = [row for county in STORY.counties for row in county.factories]

    assert len(factories) == 24
    assert all(row["name"].startswith("示例") for row in factories)
    assert all(person.name.endswith("某") for person in PEOPLE)
    phones = [person.phone for person in PEOPLE] + [row["responsible_phone"] for row in factories]
    assert all(phone.startswith("154") for phone in phones)


@pytest.mark.parametrize("days_later", range(10))
def test_some_findings_are_overdue_and_some_due_soon_on_any_day(days_later):
    at = AT + timedelta(days=days_later)
    left = [days_left for _deadline, days_left in deadlines(at)]

    assert min(left) < 0
    assert any(0 <= days <= 3 for days in left)
    assert max(left) > 3


def deadlines(at: datetime) -> list[tuple[date, int]]:
    """Return the last days that the story's notices set, and how many days are left."""
    told = []
    for deed in deeds_of(STORY, at):
        if deed.step is Step.ISSUE and not deed.visit.withdrawn:
            for failure in deed.visit.failed:
                days = current_edition().checkpoint(failure.code).days
                grace = days if failure.days is None else failure.days
                due = last_day(county_day(deed.at), grace)
                told += [] if failure.put_right else [(due, (due - county_day(at)).days)]
    return told
