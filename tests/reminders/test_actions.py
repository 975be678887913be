"""Each is reminded of each finding once for each occasion, whatever happens to the planning."""

from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused, RuleBroken
from firesafe.findings.models import FindingState
from firesafe.jobs.models import Job
from firesafe.photos.store import Store
from firesafe.reminders.actions import SEND, Plan, mark_read, plan_reminders, send_again
from firesafe.reminders.models import Message, MessageState, Reminder
from firesafe.reminders.queries import unread_count
from firesafe.reminders.rules import Occasion, channels_of
from tests.makers import HANBIN, MONDAY, make_factory, make_officer
from tests.notices.cases import link, make_case
from tests.patience import PATIENCE_SECONDS, run_at_once
from tests.reminders.messages import make_message

SILENT = Plan((), "https://firesafe.example", 7)
BOTH = Plan(
    channels_of("json://sms.example/{phone} json://group.example/{county}"),
    "https://firesafe.example",
    7,
)


@pytest.fixture
def case(session, services):
    return make_case(session, services.get(Store))


def days(session, case, left, plan=SILENT):
    """Plan so many days before the finding's last one, and return of how much was reminded."""
    at = MONDAY + timedelta(days=(case.finding.due_on - MONDAY.date()).days - left)
    return plan_reminders(session, plan, at=at)


def test_manager_inspector_and_chief_are_reminded(session, case):
    assert days(session, case, 3) == 3

    rows = session.scalars(select(Reminder)).all()
    assert {row.officer_id for row in rows} == {case.manager.id, case.visit.lead_id, case.chief.id}
    assert {row.occasion for row in rows} == {Occasion.SOON}
    assert unread_count(session, case.manager) == 1


def test_nobody_is_reminded_too_early_nor_of_what_is_settled(session, case):
    assert days(session, case, 4) == 0
    for state in (FindingState.ANSWERED, FindingState.CLOSED):
        case.finding.state = state
        assert days(session, case, 0) == 0


def test_the_same_day_again_reminds_of_nothing_new_and_the_next_occasion_does(session, case):
    assert [days(session, case, left) for left in (3, 3, 2, 0, 0, -1, -7, -8)] == [
        3, 0, 0, 3, 0, 3, 0, 3,
    ]  # fmt: skip


def test_a_last_day_that_was_put_off_is_called_to_mind_anew(session, case):
    days(session, case, 0)
    case.finding.due_on += timedelta(days=10)

    assert days(session, case, 3) == 3


def test_another_county_s_chief_and_a_disabled_manager_hear_nothing(session, case):
    make_officer(session, post=Post.SECTION_CHIEF, county=HANBIN)
    case.manager.disabled_at = MONDAY

    assert days(session, case, 0) == 2


def test_a_manager_of_several_factories_gets_one_message(session, services):
    case = make_case(session, services.get(Store))
    other = make_case(
        session, services.get(Store), factory=make_factory(session, name="示例玩具二厂")
    )
    link(session, other.visit.factory, case.manager)

    days(session, case, 0, BOTH)

    recipient = f"officer:{case.manager.id}"
    (message,) = session.scalars(select(Message).where(Message.recipient == recipient))
    assert message.subject == "消防整改提醒：2 条"
    assert "示例玩具二厂 P2-01" in message.text
    assert "今天到期" in message.text
    assert message.text.endswith("详情：https://firesafe.example/reminders")


def test_a_county_s_channel_gets_one_message_that_counts(session, case):
    days(session, case, 0, BOTH)

    (message,) = session.scalars(select(Message).where(Message.officer_id.is_(None)))
    assert message.recipient == f"county:{case.visit.county_code}"
    assert message.text.splitlines()[0] == f"{case.visit.factory.name}：1 条"


def test_who_reads_english_gets_it_in_english(session, case):
    case.manager.language = "en"

    days(session, case, -1, BOTH)

    recipient = f"officer:{case.manager.id}"
    (message,) = session.scalars(select(Message).where(Message.recipient == recipient))
    assert message.subject == "Fire safety: 1 to put right"
    assert "1 days overdue" in message.text


def test_each_message_is_given_to_the_worker_with_its_reminders(session, case):
    days(session, case, 0, BOTH)

    messages = session.scalars(select(Message.id)).all()
    jobs = session.scalars(select(Job).where(Job.kind == SEND)).all()
    assert sorted(job.payload["message_id"] for job in jobs) == sorted(messages)
    assert len(messages) == 4


def test_two_workers_that_plan_at_once_remind_once(session, database, case):
    session.commit()
    barrier = Barrier(2, timeout=PATIENCE_SECONDS)

    def plan():
        barrier.wait()
        with database.writing() as own:
            days(own, case, 0, BOTH)

    run_at_once(plan, plan)

    assert session.scalar(select(func.count()).select_from(Reminder)) == 3
    assert session.scalar(select(func.count()).select_from(Message)) == 4


def test_what_is_read_is_no_longer_new_and_nobody_else_s(session, case):
    days(session, case, 0)
    last = session.scalar(select(func.max(Reminder.id)))

    mark_read(session, by=case.manager, up_to=last, at=MONDAY)

    assert unread_count(session, case.manager) == 0
    assert unread_count(session, case.chief) == 1


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNKNOWN])
def test_a_chief_has_a_message_sent_again(session, case, state):
    message = make_message(session, state=state)

    send_again(session, message, by=case.chief, at=MONDAY)

    assert message.state is MessageState.WAITING
    assert session.scalars(select(Job.payload).where(Job.kind == SEND)).all() == [
        {"message_id": message.id}
    ]
    assert Event.MESSAGE_SENT_AGAIN in session.scalars(select(AuditEntry.event)).all()


@pytest.mark.parametrize("state", [MessageState.WAITING, MessageState.SENDING, MessageState.SENT])
def test_what_was_sent_or_is_on_its_way_is_not_sent_again(session, case, state):
    message = make_message(session, state=state)

    with pytest.raises(RuleBroken):
        send_again(session, message, by=case.chief, at=MONDAY)


def test_another_county_s_chief_may_not(session, case):
    message = make_message(session, county=HANBIN)

    with pytest.raises(Refused):
        send_again(session, message, by=case.chief, at=MONDAY)
