"""What a factory says to a paper: that it agrees to electronic service, and its view."""

from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.db import take_turns
from firesafe.core.errors import RuleBroken, require
from firesafe.core.permissions import Permission
from firesafe.factories.models import Factory
from firesafe.factories.queries import manager_of
from firesafe.notices.confirming import keep_confirmation
from firesafe.notices.models import Consent, Notice, NoticeState, Statement
from firesafe.notices.policy import may_read_views
from firesafe.notices.queries import standing_consent, statement_of_key, unread_views


def give_consent(
    session: Session,
    factory: Factory,
    *,
    address: str,
    phone: str,
    by: Officer,
    at: datetime,
    public_address: str,
) -> Consent:
    """Note that the factory agrees to be served electronically, until it takes that back.

    What it agrees to is frozen with it, and printed; the page stands at ``public_address``.

    Raises:
        Refused: ``by`` has not the post of a manager.
        NotFound: he does not manage this factory.
        RuleBroken: it has agreed already, or see `keep_confirmation`.
    """
    _require_manager(session, factory, by)
    take_turns(session, f"consent:{factory.id}")
    if standing_consent(session, factory.id) is not None:
        raise RuleBroken("Your factory has agreed to electronic service already.")
    consent = Consent(
        factory_id=factory.id, officer_id=by.id, address=address, phone=phone, given_at=at
    )
    session.add(consent)
    keep_confirmation(session, consent, factory, by=by, public_address=public_address)
    _note(session, Event.CONSENT_GIVEN, factory, by, at, phone=phone, address=address)
    return consent


def revoke_consent(session: Session, factory: Factory, *, by: Officer, at: datetime) -> None:
    """Take the factory's agreement back; what was served until now stays served.

    Raises:
        Refused, NotFound: see `give_consent`.
        RuleBroken: there is none.
    """
    _require_manager(session, factory, by)
    consent = standing_consent(session, factory.id)
    if consent is None:
        raise RuleBroken("Your factory has not agreed to electronic service.")
    consent.revoked_at = at
    _note(session, Event.CONSENT_REVOKED, factory, by, at)


def state_view(
    session: Session, notice: Notice, text: str, *, client_key: str, by: Officer, at: datetime
) -> Statement:
    """Keep a factory's view on a paper; the same key again is the same view.

    Raises:
        Refused, NotFound: see `give_consent`.
        RuleBroken: nothing is written, or the paper has been withdrawn.
    """
    _require_manager(session, notice.inspection.factory, by)
    take_turns(session, f"view:{client_key}")
    known = statement_of_key(session, client_key)
    if known is not None:
        return known
    if not text.strip():
        raise RuleBroken("Write what you have to say.")
    if notice.state is NoticeState.WITHDRAWN:
        raise RuleBroken("This paper has been withdrawn; nothing has to be said to it any more.")
    statement = Statement(
        client_key=client_key,
        notice_id=notice.id,
        officer_id=by.id,
        text=text.strip(),
        stated_at=at,
    )
    session.add(statement)
    _note_view(session, Event.VIEW_STATED, notice, statement, by=by, at=at)
    return statement


def read_views(session: Session, notice: Notice, *, up_to: int, by: Officer, at: datetime) -> int:
    """Note that the county has read a factory's views on a paper; return how many were unread.

    ``up_to`` is the id of the last one that was shown: what comes in the meantime stays unread.
    What somebody else has read stays his.

    Raises:
        Refused: ``by`` may not.
    """
    require(may_read_views(by, notice), "Only whoever issued the paper notes that views were read.")
    take_turns(session, f"views:{notice.id}")
    unread = unread_views(session, notice, up_to=up_to)
    for statement in unread:
        statement.read_at, statement.read_by_id = at, by.id
        _note_view(session, Event.VIEW_READ, notice, statement, by=by, at=at)
    return len(unread)


def _note_view(
    session: Session,
    event: Event,
    notice: Notice,
    statement: Statement,
    *,
    by: Officer,
    at: datetime,
) -> None:
    record(
        session,
        event,
        by=by.id,
        county=notice.county_code,
        subject=f"notice:{notice.id}",
        at=at,
        number=notice.number,
        text=statement.text,
    )


def _require_manager(session: Session, factory: Factory, by: Officer) -> None:
    may = by.holds(Permission.OWN_NOTICE_RECEIVE)
    require(may, "Only the factory's manager speaks for it.")
    manager_of(session, factory, by.id)


def _note(
    session: Session, event: Event, factory: Factory, by: Officer, at: datetime, **facts: object
) -> None:
    record(
        session,
        event,
        by=by.id,
        county=factory.county_code,
        subject=f"factory:{factory.id}",
        at=at,
        **facts,
    )
