"""Finding people and their open sign-ins."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer, SignIn
from firesafe.accounts.policy import BELOW_A_CHIEF
from firesafe.accounts.posts import Post
from firesafe.accounts.rules import hash_of, sign_in_name, spellings
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission


class Officers:
    """A narrowing list of the accounts that an officer looks after."""

    def __init__(self, rows: Select[Officer]) -> None:
        self._rows = rows

    @classmethod
    def looked_after_by(cls, officer: Officer) -> Self:
        """Begin with what the policy `may_look_after` allows, told as a query."""
        return cls(select(Officer).where(_is_below(officer)))

    def matching(self, words: str) -> Self:
        """Keep those whose name, phone or staff number holds the words."""
        if not words.strip():
            return self
        columns = (Officer.name, Officer.phone, Officer.staff_number)
        parts = (
            column.icontains(spelling, autoescape=True)
            for column in columns
            for spelling in spellings(words)
        )
        return type(self)(self._rows.where(or_(*parts)))

    def with_post(self, post: Post | None) -> Self:
        """Keep those of one post; None keeps all."""
        return self if post is None else type(self)(self._rows.where(Officer.post == post))

    @property
    def rows(self) -> Select[Officer]:
        """The accounts in the order of their list: those in use first, by county and name."""
        in_use_first = Officer.disabled_at.is_not(None)
        return self._rows.order_by(in_use_first, Officer.county_code, Officer.name, Officer.id)

    def one(self, session: Session, officer_id: int) -> Officer:
        """Return one account.

        Raises:
            NotFound: there is none, or it is out of sight.
        """
        found = session.scalar(self._rows.where(Officer.id == officer_id))
        if found is None:
            raise NotFound("There is no such account among those you look after.")
        return found


def officer_of_token(session: Session, token: str, at: datetime) -> Officer | None:
    """Return whose open sign-in the token belongs to, or None."""
    sign_in = session.scalar(
        select(SignIn).where(
            SignIn.token_hash == hash_of(token), SignIn.closed_at.is_(None), SignIn.expires_at > at
        )
    )
    if sign_in is None or sign_in.officer.disabled_at is not None:
        return None
    return sign_in.officer


def officer_by_name(session: Session, name: str) -> Officer | None:
    """Return whose phone or staff number this is, however it was typed, or None."""
    plain = sign_in_name(name)
    row = select(Officer).where(or_(Officer.phone == plain, Officer.staff_number == plain))
    return session.scalar(row)


def open_sign_ins(session: Session, officer: Officer, at: datetime) -> list[SignIn]:
    """Return where the officer is signed in at this moment, newest first."""
    rows = select(SignIn).where(
        SignIn.officer_id == officer.id, SignIn.closed_at.is_(None), SignIn.expires_at > at
    )
    return list(session.scalars(rows.order_by(SignIn.opened_at.desc(), SignIn.id.desc())))


def own_sign_in(session: Session, officer: Officer, sign_in_id: int, at: datetime) -> SignIn:
    """Return one of the officer's own open sign-ins.

    Raises:
        NotFound: it is closed, or not his.
    """
    found = next((s for s in open_sign_ins(session, officer, at) if s.id == sign_in_id), None)
    if found is None:
        raise NotFound("This sign-in is closed already.")
    return found


def names_of(session: Session, officer_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of these officers, by id."""
    rows = select(Officer.id, Officer.name).where(Officer.id.in_(set(officer_ids)))
    return {row.id: row.name for row in session.execute(rows)}


def ids_named(session: Session, words: str) -> list[int]:
    """Return the ids of officers whose name holds the words, at most two hundred."""
    rows = select(Officer.id).where(Officer.name.icontains(words, autoescape=True))
    return list(session.scalars(rows.order_by(Officer.id).limit(200)))


def _is_below(officer: Officer) -> ColumnElement[bool]:
    if not officer.holds(Permission.ACCOUNT_MANAGE):
        return false()
    if officer.post is Post.ADMINISTRATOR:
        return Officer.post != Post.CODE_BEARER
    return (Officer.county_code == officer.county_code) & Officer.post.in_(BELOW_A_CHIEF)
