"""Whom to remind of what, what somebody has not read yet, and what became of messages."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.core.errors import NotFound
from firesafe.factories.models import Factory, FactoryManager
from firesafe.findings.models import OVER, Finding, FindingState, Referral, ReferralStep
from firesafe.inspections.models import Inspection
from firesafe.reminders.models import Message, MessageState, Reminder
from firesafe.reminders.rules import OF_REFERRALS


class Due(NamedTuple):
    """A finding that is due, with whom to remind of it."""

    finding_id: int
    officer_id: int
    county_code: str
    factory: str
    code: str
    wording: str
    due_on: date


def due_for(session: Session, last_day: date) -> list[Due]:
    """Return what is to be put right by ``last_day`` or was before, for everybody it concerns.

    That is the factory's managers, the inspector who led the visit, and the county's chiefs.
    What evidence was sent for waits for the county, and nobody is reminded of it.
    """
    concerned = union(
        select(Finding.id.label("finding_id"), FactoryManager.officer_id).join(
            FactoryManager, FactoryManager.factory_id == Finding.factory_id
        ),
        select(Finding.id, Inspection.lead_id).join(
            Inspection, Inspection.id == Finding.inspection_id
        ),
        select(Finding.id, Officer.id).join(
            Officer,
            (Officer.county_code == Finding.county_code) & (Officer.post == Post.SECTION_CHIEF),
        ),
    ).subquery()
    rows = (
        select(
            Finding.id,
            Officer.id,
            Finding.county_code,
            Factory.name,
            Finding.checkpoint_code,
            Finding.wording,
            Finding.due_on,
        )
        .join(concerned, concerned.c.finding_id == Finding.id)
        .join(Officer, Officer.id == concerned.c.officer_id)
        .join(Factory, Factory.id == Finding.factory_id)
        .where(*_is_due(last_day), Officer.disabled_at.is_(None))
        .order_by(Officer.id, Finding.due_on, Finding.id)
    )
    return [Due._make(row) for row in session.execute(rows)]


class Pending(NamedTuple):
    """A referral that is not over, by its first finding, with a chief to remind of it.

    ``heard_on`` is the day of the last thing that was entered of it.
    """

    finding_id: int
    officer_id: int
    county_code: str
    factory: str
    code: str
    wording: str
    flagged_at: datetime
    referred_at: datetime | None
    heard_on: date | None


def pending_referrals(session: Session) -> list[Pending]:
    """Return the referrals that are not over, for each chief of their counties."""
    each = aliased(Finding)
    first = select(func.min(each.id)).where(each.referral_id == Referral.id)
    later = aliased(ReferralStep)
    heard = select(func.max(ReferralStep.happened_on)).where(
        ReferralStep.referral_id == Referral.id,
        ~exists().where(later.replaces_id == ReferralStep.id),
    )
    rows = (
        select(
            Finding.id,
            Officer.id,
            Finding.county_code,
            Factory.name,
            Finding.checkpoint_code,
            Finding.wording,
            Referral.flagged_at,
            Referral.referred_at,
            heard.scalar_subquery(),
        )
        .join(Referral, Finding.referral_id == Referral.id)
        .join(Factory, Factory.id == Finding.factory_id)
        .join(Officer, Officer.county_code == Referral.county_code)
        .where(
            Finding.id == first.scalar_subquery(),
            Referral.state.not_in(OVER),
            Officer.post == Post.SECTION_CHIEF,
            Officer.disabled_at.is_(None),
        )
        .order_by(Officer.id, Referral.flagged_at, Finding.id)
    )
    return [Pending._make(row) for row in session.execute(rows)]


def reminded(session: Session, last_day: date) -> Iterator[tuple[Any, ...]]:
    """Yield what was called to mind of what is due by ``last_day``, and of pending referrals."""
    is_pending = Reminder.occasion.in_(OF_REFERRALS) & Referral.state.not_in(OVER)
    rows = (
        select(
            Reminder.finding_id,
            Reminder.officer_id,
            Reminder.due_on,
            Reminder.occasion,
            Reminder.round,
        )
        .join(Finding, Finding.id == Reminder.finding_id)
        .outerjoin(Referral, Finding.referral_id == Referral.id)
        .where(or_(and_(*_is_due(last_day)), is_pending))
    )
    return (tuple(row) for row in session.execute(rows))


def _is_due(last_day: date) -> tuple[Any, ...]:
    return (Finding.state == FindingState.OPEN, Finding.due_on <= last_day)


def officers_by_id(session: Session, officer_ids: set[int]) -> dict[int, Officer]:
    """Return these officers by their ids."""
    rows = session.scalars(select(Officer).where(Officer.id.in_(officer_ids)))
    return {officer.id: officer for officer in rows}


def reminders_for(officer: Officer) -> Select[Any]:
    """Return what was called to the officer's mind, the latest first."""
    rows = select(Reminder).where(Reminder.officer_id == officer.id)
    return rows.order_by(Reminder.made_at.desc(), Reminder.id.desc())


def unread_count(session: Session, officer: Officer) -> int:
    """Return how many of the officer's reminders he has not read."""
    rows = select(func.count()).where(Reminder.officer_id == officer.id, Reminder.read_at.is_(None))
    return session.scalar(rows) or 0


def messages_seen_by(officer: Officer, state: MessageState | None) -> Select[Any]:
    """Return the messages of the officer's county in one state or any, the latest first."""
    rows = select(Message).where(Message.county_code == officer.county_code)
    if state is not None:
        rows = rows.where(Message.state == state)
    return rows.order_by(Message.made_at.desc(), Message.id.desc())


def message_to_change(session: Session, officer: Officer, message_id: int) -> Message:
    """Return a message of the officer's county, locked.

    Raises:
        NotFound: there is none.
    """
    rows = messages_seen_by(officer, None).where(Message.id == message_id)
    found: Message | None = session.scalar(rows.with_for_update(of=Message))
    if found is None:
        raise NotFound("There is no such message in your county.")
    return found
