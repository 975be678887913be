"""When somebody is reminded, and how the ways by which messages go out are named."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from hashlib import blake2b

from firesafe.core.clock import COUNTY_ZONE, county_day
from firesafe.core.words import N_

EARLY_DAYS = 3
"""So many days before the last one somebody is reminded the first time."""

OVERDUE_EVERY_DAYS = 7
"""What is overdue is called to mind the day after, and then every so many days (管理值)."""

OFFICE_OPENS = time(8, 30)
PHONE, COUNTY = "{phone}", "{county}"


class Occasion(StrEnum):
    """Why somebody is reminded."""

    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"
    TO_REFER = "to_refer"
    REPLY_AWAITED = "reply_awaited"


OF_REFERRALS = (Occasion.TO_REFER, Occasion.REPLY_AWAITED)
"""What chiefs are reminded of that the county owes, or waits for, about a referral."""

OCCASION_NAMES = {
    Occasion.SOON: N_("Due soon"),
    Occasion.TODAY: N_("Due today"),
    Occasion.OVERDUE: N_("Overdue"),
    Occasion.TO_REFER: N_("To be referred, the same day"),
    Occasion.REPLY_AWAITED: N_("The fire service has not replied"),
}

CHANNEL_KINDS = {
    "mailto": N_("Mail"),
    "mailtos": N_("Mail"),
    "wecombot": N_("WeCom"),
    "dingtalk": N_("DingTalk"),
    "feishu": N_("Feishu"),
}
"""What the kinds of channels are called; any other leads to a gateway, such as one for SMS."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One time that something is called to mind; ``round`` counts the times it was overdue."""

    occasion: Occasion
    round: int = 0


def turn_on(due_on: date, today: date) -> Turn | None:
    """Return for what a finding is called to mind on this day, or None.

    A day on which nothing was planned is made up for: what was due to be said then is said on
    the next day that still falls under the same occasion.
    """
    left = (due_on - today).days
    if left > EARLY_DAYS:
        return None
    if left > 0:
        return Turn(Occasion.SOON)
    if left == 0:
        return Turn(Occasion.TODAY)
    return Turn(Occasion.OVERDUE, (-left - 1) // OVERDUE_EVERY_DAYS)


def turn_to_refer(flagged_on: date, today: date) -> Turn:
    """Return for what a suspected major hazard that nobody has referred is called to mind.

    It has to be referred on the day it was flagged (当日移送), so it is called to mind each day.
    """
    return Turn(Occasion.TO_REFER, (today - flagged_on).days)


def turn_to_ask(replied_by: date, today: date) -> Turn | None:
    """Return for what a referral is called to mind of which nothing was heard, or None.

    ``replied_by`` is the last day on which it is waited for; the chief is to ask on the day
    after, and then as often as of anything overdue.
    """
    turn = turn_on(replied_by, today)
    is_past = turn is not None and turn.occasion is Occasion.OVERDUE
    return Turn(Occasion.REPLY_AWAITED, turn.round) if turn and is_past else None


def sent_from(at: datetime) -> datetime:
    """Return from when messages planned at this moment may go out: not before offices open."""
    opening = datetime.combine(county_day(at), OFFICE_OPENS, tzinfo=COUNTY_ZONE)
    return max(at, opening.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Channel:
    """A way by which messages go out: an address of Apprise, which may hold secrets.

    With ``{phone}`` in it, it leads to one person; without, to a whole county, whose code
    stands for ``{county}``.
    """

    address: str

    @property
    def name(self) -> str:
        """What the log calls it: its kind, and a mark that tells it from others of its kind."""
        kind = self.address.partition(":")[0]
        return f"{kind}-{blake2b(self.address.encode(), digest_size=3).hexdigest()}"

    @property
    def is_personal(self) -> bool:
        """Whether it leads to one person."""
        return PHONE in self.address

    def led_to(self, *, phone: str = "", county: str = "") -> str:
        """Return its address for one recipient."""
        return self.address.replace(PHONE, phone).replace(COUNTY, county)


def channel_kind(name: str) -> str:
    """Return what the kind of a channel is called, by the name that the log has for it."""
    return CHANNEL_KINDS.get(name.partition("-")[0], N_("Gateway"))


def channels_of(setting: str) -> list[Channel]:
    """Return the channels that the setting names, separated by blanks."""
    return [Channel(address) for address in setting.split()]
