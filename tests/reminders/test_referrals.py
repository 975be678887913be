"""Chiefs are reminded of what they have to refer, and of referrals without a reply."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.findings.models import ReferralState
from firesafe.photos.store import Store
from firesafe.reminders.actions import Plan, plan_reminders
from firesafe.reminders.models import Message, Reminder
from firesafe.reminders.rules import OF_REFERRALS, Occasion, Turn, channels_of, turn_to_ask
from tests.makers import HANBIN, MONDAY, make_officer
from tests.notices.cases import make_case
from tests.notices.referrals import HAZARD, enter, refer, referral_of

PLAN = Plan(channels_of("json://sms.example/{phone}"), "https://firesafe.example", 7)


@pytest.fixture
def case(session, services):
    """Two suspected findings of one visit: one referral, flagged on MONDAY."""
    made = make_case(session, services.get(Store), failed=(HAZARD, "P4-04"))
    assert made.findings["P4-04"].referral == made.findings[HAZARD].referral
    return made


def plan(session, days):
    plan_reminders(session, PLAN, at=MONDAY + timedelta(days=days))


def reminders(session, occasion=None):
    rows = select(Reminder).where(Reminder.occasion.in_([occasion] if occasion else OF_REFERRALS))
    return list(session.scalars(rows.order_by(Reminder.id)))


def text_for(session, officer, days):
    on = (MONDAY + timedelta(days=days)).date()
    rows = select(Message.text).where(Message.recipient == f"officer:{officer.id}")
    return session.scalar(rows.where(Message.on == on))


def test_the_chief_alone_is_reminded_once_a_day_until_it_is_referred(session, case):
    make_officer(session, post=Post.SECTION_CHIEF, county=HANBIN)

    for days in (0, 0, 1, 1, 2):
        plan(session, days)
    refer(session, case, at=MONDAY + timedelta(days=2))
    plan(session, 3)

    rows = reminders(session)
    assert [(row.occasion, row.round) for row in rows] == [
        (Occasion.TO_REFER, round_) for round_ in (0, 1, 2)
    ]
    assert {(row.officer_id, row.due_on) for row in rows} == {(case.chief.id, MONDAY.date())}


def test_the_message_says_what_is_to_be_referred_and_since_when(session, case):
    plan(session, 1)

    text = text_for(session, case.chief, 1)
    assert "疑似重大火灾隐患，应于 2026-11-23 当日移送，尚未移送。" in text


def test_silence_is_called_to_mind_after_so_many_working_days_and_then_each_week(session, case):
    refer(session, case)  # on a Monday: seven working days end on Wednesday of the next week

    for days in (9, 10, 10, 16, 17):
        plan(session, days)

    rows = reminders(session, Occasion.REPLY_AWAITED)
    assert [(row.round, row.made_at) for row in rows] == [
        (0, MONDAY + timedelta(days=10)),
        (1, MONDAY + timedelta(days=17)),
    ]
    assert {row.due_on for row in rows} == {date(2026, 12, 2)}
    assert "到 2026-12-02 没有新的回告" in text_for(session, case.chief, 10)


def test_what_was_heard_begins_the_wait_anew(session, case):
    refer(session, case)
    enter(session, case, ReferralState.RECEIVED)  # on Tuesday

    for days in (10, 11):
        plan(session, days)

    (row,) = reminders(session, Occasion.REPLY_AWAITED)
    assert (row.due_on, row.made_at) == (date(2026, 12, 3), MONDAY + timedelta(days=11))


def test_nothing_is_awaited_once_the_fire_service_has_concluded(session, case):
    refer(session, case)
    enter(session, case, ReferralState.NOT_MAJOR)

    plan(session, 60)

    assert reminders(session) == []


def test_a_disabled_chief_hears_nothing(session, case):
    case.chief.disabled_at = MONDAY

    plan(session, 1)

    assert reminders(session) == []


def test_the_chief_s_reminder_leads_to_the_referral(session, sign_in, case):
    plan(session, 1)

    page = sign_in(case.chief).get("/reminders").text

    assert f'href="/referrals/{referral_of(session).id}"' in page
    assert "应当日移送" in page


def test_the_last_day_itself_is_still_waited_for():
    day = date(2026, 12, 2)

    assert turn_to_ask(day, day) is None
    assert turn_to_ask(day, day + timedelta(days=1)) == Turn(Occasion.REPLY_AWAITED, 0)
