"""Inviting the managers of factories: a token on paper, good for seven days and one use."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import Session

from firesafe.accounts.actions import personal_words
from firesafe.accounts.models import Invitation, Officer
from firesafe.accounts.passwords import hash_password
from firesafe.accounts.policy import may_invite
from firesafe.accounts.posts import Post
from firesafe.accounts.rules import (
    INVITATION_TERM,
    check_password,
    hash_of,
    make_token,
    mobile_number,
)
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.errors import NotFound, RuleBroken, require


def open_invitation(session: Session, token: str, at: datetime) -> Invitation:
    """Return the invitation of a token.

    Raises:
        NotFound: there is none, or it was used, withdrawn, or has run out.
    """
    return _found(session, _still_open(at).where(Invitation.token_hash == hash_of(token)))


def open_invitations_for(session: Session, factory_id: int, at: datetime) -> list[Invitation]:
    """Return the invitations of a factory that may still be accepted, newest first."""
    rows = _still_open(at).where(Invitation.factory_id == factory_id)
    return list(session.scalars(rows.order_by(Invitation.made_at.desc(), Invitation.id.desc())))


def has_account(session: Session, invitation: Invitation) -> bool:
    """Tell whether whoever is invited signs in already, for another factory."""
    return _officer_by_phone(session, invitation.phone) is not None


def invite_manager(
    session: Session,
    *,
    factory_id: int,
    county_code: str,
    name: str,
    phone: str,
    by: Officer,
    at: datetime,
) -> tuple[Invitation, str]:
    """Make an invitation and return it with its token, which is told only this once.

    An earlier invitation of the same phone to the same factory is withdrawn by it.

    Raises:
        Refused: ``by`` does not keep the register of this county.
        RuleBroken: the phone is malformed, or belongs to somebody with another post.
    """
    require(may_invite(by, county_code), "You do not keep the register of this county.")
    phone = mobile_number(phone)
    officer = _officer_by_phone(session, phone)
    if officer is not None and officer.post is not Post.FACTORY_MANAGER:
        raise RuleBroken("This phone number belongs to an account with another post.")
    earlier = (Invitation.factory_id == factory_id, Invitation.phone == phone)
    session.execute(update(Invitation).where(*earlier, *_is_open(at)).values(withdrawn_at=at))
    token = make_token()
    invitation = Invitation(
        token_hash=hash_of(token),
        factory_id=factory_id,
        county_code=county_code,
        name=name.strip(),
        phone=phone,
        made_by_id=by.id,
        made_at=at,
        expires_at=at + INVITATION_TERM,
    )
    session.add(invitation)
    session.flush()
    _record(session, Event.MANAGER_INVITED, invitation, by=by, at=at)
    return invitation, token


def withdraw_invitation(
    session: Session, invitation: Invitation, *, by: Officer, at: datetime
) -> None:
    """Make an open invitation worthless.

    Raises:
        Refused: ``by`` does not keep the register of this county.
        RuleBroken: it was accepted or withdrawn before.
    """
    require(may_invite(by, invitation.county_code), "You do not keep the register of this county.")
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise RuleBroken("This invitation was accepted or withdrawn before.")
    invitation.withdrawn_at = at
    _record(session, Event.INVITATION_WITHDRAWN, invitation, by=by, at=at)


def accept_invitation(
    session: Session, token: str, *, name: str, password: str, at: datetime
) -> tuple[Officer, int]:
    """Make the manager's account and return it with the id of his factory.

    Raises:
        NotFound: the invitation cannot be used (any more).
        RuleBroken: the password is not good, or the phone number has an account already.
    """
    invitation = _claimed(session, token, at)
    if has_account(session, invitation):
        raise RuleBroken("This phone number has an account already. Sign in with it first.")
    officer = _make_manager(session, invitation, name, password, at)
    invitation.accepted_at = at
    _record(session, Event.INVITATION_ACCEPTED, invitation, by=officer, at=at)
    return officer, invitation.factory_id


def accept_for_known(session: Session, token: str, *, by: Officer, at: datetime) -> int:
    """Accept with the account that one is signed in with; return the id of the factory.

    Raises:
        NotFound: the invitation cannot be used (any more).
        Refused: it is meant for somebody else.
    """
    invitation = _claimed(session, token, at)
    require(is_meant_for(invitation, by), "This invitation is for another phone number.")
    invitation.accepted_at = at
    _record(session, Event.INVITATION_ACCEPTED, invitation, by=by, at=at)
    return invitation.factory_id


def is_meant_for(invitation: Invitation, officer: Officer) -> bool:
    """Tell whether the invitation is for this officer, by his phone number."""
    return officer.post is Post.FACTORY_MANAGER and officer.phone == invitation.phone


def _claimed(session: Session, token: str, at: datetime) -> Invitation:
    """Return the invitation, held until the end of the transaction: two taps make one account."""
    row = _still_open(at).where(Invitation.token_hash == hash_of(token))
    return _found(session, row.with_for_update())


def _found(session: Session, row: Select[Invitation]) -> Invitation:
    invitation = session.scalar(row)
    if invitation is None:
        raise NotFound(
            "This invitation was used, was withdrawn, or is older than 7 days. Ask for a new one."
        )
    return invitation


def _make_manager(
    session: Session, invitation: Invitation, name: str, password: str, at: datetime
) -> Officer:
    officer = Officer(
        name=name.strip(),
        post=Post.FACTORY_MANAGER,
        county_code=invitation.county_code,
        phone=invitation.phone,
        must_change_password=False,
        created_at=at,
    )
    check_password(password, personal=personal_words(officer))
    officer.password_hash = hash_password(password)
    session.add(officer)
    session.flush()
    return officer


def _officer_by_phone(session: Session, phone: str) -> Officer | None:
    return session.scalar(select(Officer).where(Officer.phone == phone))


def _is_open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > at,
    )


def _still_open(at: datetime) -> Select[Invitation]:
    return select(Invitation).where(*_is_open(at))


def _record(
    session: Session, event: Event, invitation: Invitation, *, by: Officer, at: datetime
) -> None:
    record(
        session,
        event,
        by=by.id,
        subject=f"factory:{invitation.factory_id}",
        at=at,
        county=invitation.county_code,
        name=invitation.name,
    )
