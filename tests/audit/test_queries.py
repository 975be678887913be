"""Reading the trail, as far as an officer sees."""

from datetime import date, timedelta

import pytest

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.queries import Trail
from firesafe.audit.trail import record
from tests.makers import HANBIN, MONDAY, PINGLI, make_officer
from tests.told import places_of


def deed(session, event=Event.FACTORY_EDITED, *, county=PINGLI, at=MONDAY, by=None):
    facts = dict.fromkeys(places_of(event), "示例")
    record(session, event, by=by, subject="factory:1", at=at, county=county, **facts)
    session.flush()


def told(session, trail):
    return [(entry.event, entry.county_code) for entry in session.scalars(trail.rows)]


@pytest.fixture
def chief(session):
    return make_officer(session, post=Post.SECTION_CHIEF)


def test_a_county_sees_its_own_deeds_of_every_room(session, chief):
    deed(session)
    deed(session, Event.SIGNED_IN)
    deed(session, county=HANBIN)
    deed(session, Event.SIGN_IN_REFUSED, county=None)

    assert set(told(session, Trail.visible_to(chief))) == {
        (Event.FACTORY_EDITED, PINGLI),
        (Event.SIGNED_IN, PINGLI),
    }


def test_the_city_sees_all_deeds(session):
    supervisor = make_officer(session, post=Post.CITY_SUPERVISOR, county=None)
    deed(session)
    deed(session, Event.SIGNED_IN, county=None)

    assert len(told(session, Trail.visible_to(supervisor))) == 2


@pytest.mark.parametrize("county", [None, PINGLI])
def test_an_administrator_sees_what_was_done_with_accounts_and_no_case(session, county):
    administrator = make_officer(session, post=Post.ADMINISTRATOR, county=county)
    deed(session, Event.PASSWORD_RESET, county=HANBIN)
    deed(session, Event.TOWN_ADDED)
    deed(session, Event.NOTICE_ISSUED)

    assert told(session, Trail.visible_to(administrator)) == [(Event.PASSWORD_RESET, HANBIN)]


def test_the_latest_deed_comes_first_also_within_one_moment(session, chief):
    deed(session, Event.FACTORY_ADDED)
    deed(session, Event.FACTORY_EDITED)
    deed(session, Event.INSPECTION_OPENED, at=MONDAY - timedelta(days=1))

    assert [event for event, _ in told(session, Trail.visible_to(chief))] == [
        Event.FACTORY_EDITED,
        Event.FACTORY_ADDED,
        Event.INSPECTION_OPENED,
    ]


def test_the_trail_is_narrowed_by_officer_and_deed(session, chief):
    deed(session, by=1)
    deed(session, Event.FACTORY_ADDED, by=2)
    trail = Trail.visible_to(chief)

    assert told(session, trail.by([2])) == [(Event.FACTORY_ADDED, PINGLI)]
    assert told(session, trail.by([])) == []
    assert len(told(session, trail.by(None).of_event(None))) == 2
    assert told(session, trail.of_event(Event.FACTORY_EDITED)) == [(Event.FACTORY_EDITED, PINGLI)]


def test_days_are_those_of_the_county_and_both_ends_count(session, chief):
    before_midnight = MONDAY.replace(hour=15, minute=59)  # 23:59 in Ankang
    deed(session, at=before_midnight)
    deed(session, at=before_midnight + timedelta(minutes=1))
    trail, monday, tuesday = Trail.visible_to(chief), date(2026, 11, 23), date(2026, 11, 24)

    assert len(told(session, trail.between(monday, monday))) == 1
    assert len(told(session, trail.between(tuesday, None))) == 1
    assert len(told(session, trail.between(None, tuesday))) == 2
    assert len(told(session, trail.between(tuesday, monday))) == 0
