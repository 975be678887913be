"""The two jobs: planning the reminders of a day, and handing a message to its gateway."""

import logging

from firesafe.core.settings import Settings
from firesafe.core.words import N_
from firesafe.jobs.actions import MOST_ATTEMPTS
from firesafe.jobs.worker import Work, job
from firesafe.reminders.actions import SEND, Plan, begin_sending, plan_reminders, settle
from firesafe.reminders.models import Message
from firesafe.reminders.rules import channels_of

PLAN = "reminders.plan"
MOST_FAULT = 300
CHANNEL_GONE = N_("The settings name this channel no more.")


class NotTaken(Exception):
    """A gateway did not take a message; the worker tries again later."""


@job(PLAN, daily=True)
def plan(work: Work) -> dict[str, int]:
    """Plan the reminders of the day."""
    settings = work.services.get(Settings)
    how = Plan(
        channels_of(settings.message_channels),
        settings.public_address,
        settings.referral_reply_working_days,
    )
    with work.database.writing() as session:
        return {"count": plan_reminders(session, how, at=work.at)}


@job(SEND)
def send(work: Work) -> None:
    """Hand one message to its gateway, and note what became of it.

    The hand-over stands in the database before it begins, so a worker that dies over it leaves
    a message that nobody sends a second time without looking.

    Raises:
        NotTaken: the gateway did not take it.
    """
    message_id = work.payload["message_id"]
    with work.database.writing() as session:
        message = begin_sending(session, message_id, at=work.at)
        if message is None:
            return
        address = _address_for(message, work.services.get(Settings))
        title, text = message.subject, message.text
    fault = hand_over(address, title, text) if address else CHANNEL_GONE
    is_last = work.attempt >= MOST_ATTEMPTS or not address
    with work.database.writing() as session:
        settle(session, message_id, fault, is_last=is_last, at=work.at)
    if fault and not is_last:
        raise NotTaken(fault)


def hand_over(address: str, title: str, text: str) -> str:
    """Hand a message to the gateway at an address of Apprise; return what was wrong, or nothing.

    A gateway that does not answer is given up after a few seconds.
    """
    # Imported here: it loads a hundred kinds of gateways, which no page needs.
    from apprise import Apprise, LogCapture  # noqa: PLC0415

    gateways = Apprise()
    with LogCapture(level=logging.WARNING) as told:  # type: ignore[no-untyped-call]
        is_sent = bool(gateways.add(address)) and gateways.notify(title=title, body=text)
        said = told.getvalue().strip().splitlines()
    if is_sent:
        return ""
    return (said[-1] if said else "The gateway did not take it.")[:MOST_FAULT]


def _address_for(message: Message, settings: Settings) -> str:
    """Return where a message goes, or nothing if its channel is no longer set."""
    phone = message.officer.phone if message.officer else ""
    for channel in channels_of(settings.message_channels):
        if channel.name == message.channel:
            return channel.led_to(phone=phone or "", county=message.county_code or "")
    return ""
