"""What was called to whose mind, and the messages that carried it outside, each with its fate."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.models import Officer
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.core.words import N_
from firesafe.findings.models import Finding
from firesafe.reminders.rules import Occasion


class Reminder(Base):
    """That somebody is to think of a finding; shown to him until he has read it.

    ``due_on`` is the last day it speaks of: one that was put off is called to mind anew. What is
    called to mind of a referral stands by the first of its findings.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("finding_id", "officer_id", "due_on", "occasion", "round"),
        Index("ix_reminders_officer_id_made_at", "officer_id", "made_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    due_on: Mapped[date] = mapped_column()
    occasion: Mapped[Occasion] = mapped_column(Choice(Occasion))
    round: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)

    finding: Mapped[Finding] = relationship(lazy="joined", innerjoin=True)


class MessageState(StrEnum):
    """What became of a message.

    One that was being handed over when the worker died may or may not have gone out: it is
    ``unknown``, and is never sent again by itself.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


MESSAGE_STATE_NAMES = {
    MessageState.WAITING: N_("To be sent"),
    MessageState.SENDING: N_("Being sent"),
    MessageState.SENT: N_("Sent"),
    MessageState.FAILED: N_("Not sent"),
    MessageState.UNKNOWN: N_("Perhaps sent"),
}


class Message(Base):
    """One message of one day by one channel to one recipient, as it was worded.

    ``recipient`` is ``officer:12`` or ``county:610926``. ``send_count`` counts how often it was
    given to the worker: once, and again each time somebody asks for it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("channel", "recipient", "on"),
        Index("ix_messages_county_code_made_at", "county_code", "made_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(40))
    county_code: Mapped[str | None] = mapped_column(String(6))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    on: Mapped[date] = mapped_column()
    subject: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[MessageState] = mapped_column(Choice(MessageState), default=MessageState.WAITING)
    send_count: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    fault: Mapped[str] = mapped_column(Text, default="")

    officer: Mapped[Officer | None] = relationship(lazy="joined")
