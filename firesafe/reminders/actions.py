"""Planning the reminders of a day, reading them, and what becomes of messages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.clock import county_day
from firesafe.core.db import table_of, take_turns
from firesafe.core.errors import RuleBroken, require
from firesafe.findings.calendar import is_working_day
from firesafe.findings.rules import working_days_after
from firesafe.jobs.actions import ask_for
from firesafe.reminders.models import Message, MessageState, Reminder
from firesafe.reminders.policy import may_send_again
from firesafe.reminders.queries import (
    Due,
    Pending,
    due_for,
    officers_by_id,
    pending_referrals,
    reminded,
)
from firesafe.reminders.rules import (
    EARLY_DAYS,
    Channel,
    Turn,
    sent_from,
    turn_on,
    turn_to_ask,
    turn_to_refer,
)
from firesafe.reminders.wording import Matter, county_text, personal_text, subject

SEND = "reminders.send"

_REMINDERS = insert(table_of(Reminder))


@dataclass(frozen=True, slots=True)
class Plan:
    """By which channels messages go out, and the service's own address in them.

    ``reply_working_days`` is how long the fire service's reply to a referral is waited for.
    """

    channels: Sequence[Channel]
    public_address: str
    reply_working_days: int


def plan_reminders(session: Session, plan: Plan, *, at: datetime) -> int:
    """Remind everybody of what is due soon, due today or overdue, and return of how much.

    Chiefs are reminded too of what they have to refer, and of referrals without a reply.
    However often it runs on a day, each is reminded of each finding once for each occasion.
    With the reminders, and in the same unit of work, messages are made and given to the worker:
    one for each person and personal channel, one for each county and channel of a county.
    """
    take_turns(session, "reminders")
    today = county_day(at)
    new = _not_yet_reminded(session, plan, today)
    if not new:
        return 0
    session.execute(_REMINDERS, [_row(due, turn, at) for due, turn in new])
    if plan.channels:
        for message in _messages(session, new, plan, today, at):
            _keep(session, message, at)
    return len(new)


def mark_read(session: Session, *, by: Officer, up_to: int, at: datetime) -> None:
    """Note that the officer has read his reminders, up to the one with this id."""
    session.execute(
        update(Reminder)
        .where(Reminder.officer_id == by.id, Reminder.id <= up_to, Reminder.read_at.is_(None))
        .values(read_at=at)
    )


def send_again(session: Session, message: Message, *, by: Officer, at: datetime) -> None:
    """Give a message to the worker once more, after somebody has made sure that it is wanted.

    Raises:
        Refused: ``by`` may not.
        RuleBroken: it is on its way or has been sent.
    """
    require(may_send_again(by, message), "You may not have this message sent again.")
    if message.state not in {MessageState.FAILED, MessageState.UNKNOWN}:
        raise RuleBroken("This message has been sent, or is on its way.")
    message.state, message.fault, message.settled_at = MessageState.WAITING, "", None
    message.send_count += 1
    _have_sent(session, message, at)
    record(
        session,
        Event.MESSAGE_SENT_AGAIN,
        by=by.id,
        county=message.county_code,
        subject=f"message:{message.id}",
        at=at,
        channel=message.channel,
    )


def begin_sending(session: Session, message_id: int, *, at: datetime) -> Message | None:
    """Note that a message is about to be handed over, or return None if it must not be.

    One that was about to be handed over before may have gone out when its worker died. It is
    not sent again: somebody has to look.
    """
    message = session.scalars(
        select(Message).where(Message.id == message_id).with_for_update(of=Message)
    ).one()
    if message.state is MessageState.SENDING:
        message.state, message.settled_at = MessageState.UNKNOWN, at
    if message.state is not MessageState.WAITING:
        return None
    message.state = MessageState.SENDING
    return message


def settle(session: Session, message_id: int, fault: str, *, is_last: bool, at: datetime) -> None:
    """Note what became of a message that was handed over; without a ``fault`` it was sent.

    One that was not taken waits for the next attempt, unless that was the last.
    """
    message = session.get_one(Message, message_id, with_for_update={"of": Message})
    message.fault = fault
    if not fault:
        message.state, message.settled_at = MessageState.SENT, at
    elif is_last:
        message.state, message.settled_at = MessageState.FAILED, at
    else:
        message.state = MessageState.WAITING


def _not_yet_reminded(session: Session, plan: Plan, today: date) -> list[tuple[Due, Turn]]:
    last_day = today + timedelta(days=EARLY_DAYS)
    known = set(reminded(session, last_day))
    wanted = [(due, turn_on(due.due_on, today)) for due in due_for(session, last_day)]
    wanted += [_of_referral(each, plan, today) for each in pending_referrals(session)]
    return [
        (due, turn)
        for due, turn in wanted
        if turn is not None
        and (due.finding_id, due.officer_id, due.due_on, turn.occasion, turn.round) not in known
    ]


def _of_referral(pending: Pending, plan: Plan, today: date) -> tuple[Due, Turn | None]:
    """Return a referral with the day it was due: to be referred, or to be heard of."""
    flagged_on = county_day(pending.flagged_at)
    if pending.referred_at is None:
        return Due(*pending[:6], flagged_on), turn_to_refer(flagged_on, today)
    heard_on = pending.heard_on or county_day(pending.referred_at)
    replied_by = working_days_after(heard_on, plan.reply_working_days, is_working_day)
    return Due(*pending[:6], replied_by), turn_to_ask(replied_by, today)


def _row(due: Due, turn: Turn, at: datetime) -> dict[str, object]:
    return {
        "finding_id": due.finding_id,
        "officer_id": due.officer_id,
        "due_on": due.due_on,
        "occasion": turn.occasion,
        "round": turn.round,
        "made_at": at,
    }


def _messages(
    session: Session, new: list[tuple[Due, Turn]], plan: Plan, today: date, at: datetime
) -> Iterable[Message]:
    by_officer: dict[int, list[Matter]] = defaultdict(list)
    by_county: dict[str, dict[int, Matter]] = defaultdict(dict)
    for due, turn in new:
        matter = Matter(due.factory, due.code, due.wording, due.due_on, turn.occasion)
        by_officer[due.officer_id].append(matter)
        by_county[due.county_code][due.finding_id] = matter
    address = f"{plan.public_address}/reminders"
    personal = [channel for channel in plan.channels if channel.is_personal]
    for officer in officers_by_id(session, set(by_officer)).values():
        for channel in personal if officer.phone else ():
            matters, language = by_officer[officer.id], officer.language
            yield Message(
                channel=channel.name,
                recipient=f"officer:{officer.id}",
                county_code=officer.county_code,
                officer_id=officer.id,
                on=today,
                subject=subject(len(matters), language),
                text=personal_text(matters, today, address, language),
                made_at=at,
            )
    for county, findings in by_county.items():
        for channel in plan.channels:
            if not channel.is_personal:
                yield Message(
                    channel=channel.name,
                    recipient=f"county:{county}",
                    county_code=county,
                    on=today,
                    subject=subject(len(findings), None),
                    text=county_text(list(findings.values()), address),
                    made_at=at,
                )


def _keep(session: Session, message: Message, at: datetime) -> None:
    """Keep a message and have it sent, unless its recipient has had one on this day."""
    had = select(Message.id).where(
        Message.channel == message.channel,
        Message.recipient == message.recipient,
        Message.on == message.on,
    )
    if session.scalar(had) is not None:
        return
    session.add(message)
    session.flush()  # the job needs the id
    _have_sent(session, message, at)


def _have_sent(session: Session, message: Message, at: datetime) -> None:
    key = f"{SEND}:{message.id}:{message.send_count}"
    ask_for(session, SEND, key, {"message_id": message.id}, at=sent_from(at))
