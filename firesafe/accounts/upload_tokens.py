"""Letting a phone send in what was filled in on it, for thirty days and nothing else.

A token outlives the sign-in under which it was made: whoever comes down from the mountain
after a week still has to deliver. It ends when the officer signs out everywhere, gets a
one-time password or is disabled, or when he takes it from the phone himself.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select
from sqlalchemy.orm import Session, make_transient_to_detached

from firesafe.accounts.models import Officer, UploadToken
from firesafe.accounts.rules import UPLOAD_TERM, device_name, hash_of, make_token
from firesafe.accounts.trail import record_of
from firesafe.audit.events import Event
from firesafe.core.db import table_of
from firesafe.core.errors import NotFound, require
from firesafe.core.permissions import Permission
from firesafe.core.straight import Straight

_OFFICERS = table_of(Officer)
_BEARER = Straight(  # it is asked with every photograph
    select(_OFFICERS)
    .join(UploadToken, UploadToken.officer_id == Officer.id)
    .where(
        UploadToken.token_hash == bindparam("token_hash"),
        UploadToken.revoked_at.is_(None),
        UploadToken.expires_at > bindparam("at"),
        Officer.disabled_at.is_(None),
    ),
    ["token_hash", "at"],
)


def issue_upload_token(
    session: Session, officer: Officer, *, phone: str, device: str, at: datetime
) -> str:
    """Return a new token for this phone, told only this once; an earlier one ends by it.

    Two officers who share a phone each have their own: neither ends the other's. ``phone`` is
    the key the phone made for itself, ``device`` how its browser names itself.

    Raises:
        Refused: the officer's post sends nothing in.
    """
    require(officer.holds(Permission.PARCEL_SEND), "Your post sends in nothing from a phone.")
    # One at a time for each officer: a phone that asks twice at once is left with one.
    session.get(Officer, officer.id, with_for_update={"of": Officer}, populate_existing=True)
    for earlier in session.scalars(_open(officer, at).where(UploadToken.phone == phone)):
        earlier.revoked_at = at
    token = make_token()
    session.add(
        UploadToken(
            officer_id=officer.id,
            token_hash=hash_of(token),
            phone=phone,
            device=device[:200],
            issued_at=at,
            expires_at=at + UPLOAD_TERM,
        )
    )
    name = device_name(device)
    record_of(session, Event.UPLOAD_TOKEN_ISSUED, officer, by=officer, at=at, device=name)
    return token


def officer_of_upload_token(connection: Connection, token: str, at: datetime) -> Officer | None:
    """Return for whom a phone that bears this token sends at this moment, or None.

    The officer belongs to no session, and his town is not read: only its number is.
    """
    row = _BEARER.first(connection, {"token_hash": hash_of(token), "at": at})
    if row is None:
        return None
    officer = Officer(**dict(zip(_OFFICERS.columns.keys(), row, strict=True)))
    make_transient_to_detached(officer)
    return officer


def sending_phones(session: Session, officer: Officer, at: datetime) -> list[UploadToken]:
    """Return what lets phones send for this officer, the latest first."""
    rows = _open(officer, at).order_by(UploadToken.issued_at.desc(), UploadToken.id.desc())
    return list(session.scalars(rows))


def own_upload_token(
    session: Session, officer: Officer, upload_token_id: int, at: datetime
) -> UploadToken:
    """Return what lets one of the officer's own phones send.

    Raises:
        NotFound: it has ended, or is not his.
    """
    row = _open(officer, at).where(UploadToken.id == upload_token_id)
    found = session.scalar(row)
    if found is None:
        raise NotFound("This phone may send no more already.")
    return found


def revoke_upload_token(session: Session, token: UploadToken, *, by: Officer, at: datetime) -> None:
    """Let a phone of one's own send no more.

    Raises:
        Refused: it is somebody else's.
    """
    require(token.officer_id == by.id, "This phone sends for somebody else.")
    _revoke(session, token, by=by, at=at)


def revoke_upload_tokens(
    session: Session, officer: Officer, *, by: Officer | None, at: datetime
) -> None:
    """Let no phone send for this officer any more; the deed that asks for it has its policy."""
    for token in sending_phones(session, officer, at):
        _revoke(session, token, by=by, at=at)


def _revoke(session: Session, token: UploadToken, *, by: Officer | None, at: datetime) -> None:
    token.revoked_at = at
    name = device_name(token.device)
    record_of(session, Event.UPLOAD_TOKEN_REVOKED, token.officer, by=by, at=at, device=name)


def _open(officer: Officer, at: datetime) -> Select[UploadToken]:
    return select(UploadToken).where(UploadToken.officer_id == officer.id, *_is_open(at))


def _is_open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (UploadToken.revoked_at.is_(None), UploadToken.expires_at > at)
