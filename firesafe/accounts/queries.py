"""Finding people."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer, SignIn
from firesafe.accounts.rules import hash_of


def officer_of_token(session: Session, token: str, at: datetime) -> Officer | None:
    """Return whose open sign-in the token belongs to, or None."""
    sign_in = session.scalar(
        select(SignIn).where(
            SignIn.token_hash == hash_of(token),
            SignIn.closed_at.is_(None),
            SignIn.expires_at > at,
        )
    )
    if sign_in is None or sign_in.officer.disabled_at is not None:
        return None
    return sign_in.officer
