"""One's own reminders, and the county's messages with their fate."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.photos.store import Store
from firesafe.reminders.actions import Plan, plan_reminders
from firesafe.reminders.models import Message, MessageState, Reminder
from tests.makers import HANBIN, MONDAY
from tests.notices.cases import make_case
from tests.reminders.messages import make_message


@pytest.fixture
def case(session, services):
    made = make_case(session, services.get(Store))
    at = MONDAY + timedelta(days=7)
    plan_reminders(session, Plan((), "", 7), at=at)
    return made


def test_a_manager_reads_what_he_is_reminded_of(session, sign_in, case):
    last = session.scalar(select(Reminder.id).where(Reminder.officer_id == case.manager.id))
    client = sign_in(case.manager)

    page = client.get("/reminders").text
    client.post("/reminders/read", data={"up-to": last})

    assert case.finding.wording in page
    assert "都看过了" in page
    assert "都看过了" not in client.get("/reminders").text


def test_today_s_page_leads_an_inspector_to_his_reminders(sign_in, case):
    client = sign_in(case.visit.lead)

    assert "1 条新提醒" in client.get("/today").text


def test_who_has_none_is_told_when_there_will_be_some(session, sign_in, case):
    session.execute(Reminder.__table__.delete())

    assert "没有要提醒的事" in sign_in(case.chief).get("/reminders").text


def test_a_chief_sees_his_county_s_messages_and_has_one_sent_again(session, sign_in, case):
    message = make_message(session, state=MessageState.UNKNOWN)
    make_message(session, county=HANBIN, text="别的县")
    client = sign_in(case.chief)

    page = client.get("/messages?state=unknown").text
    client.post(f"/messages/{message.id}/again")

    assert "可能已发出" in page
    assert "别的县" not in page
    session.expire_all()
    assert session.get(Message, message.id).state is MessageState.WAITING


def test_the_page_says_that_no_way_for_messages_is_set(sign_in, case):
    assert "message_channels" in sign_in(case.chief).get("/messages").text


def test_a_message_that_was_sent_is_not_sent_again(session, sign_in, case):
    message = make_message(session, state=MessageState.SENT)

    answer = sign_in(case.chief).post(f"/messages/{message.id}/again")

    assert answer.status_code == 422
