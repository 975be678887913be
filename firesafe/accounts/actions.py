"""What is done with people and their sign-ins."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer, SignIn
from firesafe.accounts.rules import hash_of


def open_sign_in(
    session: Session, officer: Officer, *, device: str, at: datetime, hours: int = 12
) -> str:
    """Open a sign-in on one device and return its token, which is told only once."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            officer_id=officer.id,
            token_hash=hash_of(token),
            device=device[:200],
            opened_at=at,
            expires_at=at + timedelta(hours=hours),
        )
    )
    return token
