"""Phones that send: a client that bears an upload token and carries no cookie."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer, UploadToken
from firesafe.accounts.rules import UPLOAD_TERM, hash_of, make_token
from firesafe.accounts.upload_tokens import officer_of_upload_token
from firesafe.core.clock import now

PHONE = "6f2c1a52-6e0d-4a0e-9f0b-3a3f0c1d2e4b"
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


def sending_phone(app: Flask, session: Session, officer: Officer) -> FlaskClient:
    """Return a client that sends for the officer, whatever his post; commits what was made."""
    token, at = make_token(), now()
    session.add(
        UploadToken(
            officer_id=officer.id,
            token_hash=hash_of(token),
            phone=PHONE,
            device=ANDROID,
            issued_at=at,
            expires_at=at + UPLOAD_TERM,
        )
    )
    session.commit()
    return bearing(app, token)


def sender(session: Session, token: str, at: datetime) -> Officer | None:
    """Return the session's own officer for whom a phone with this token sends, or None."""
    session.flush()
    found = officer_of_upload_token(session.connection(), token, at)
    return None if found is None else session.get_one(Officer, found.id)


def bearing(app: Flask, token: str) -> FlaskClient:
    """Return a client each of whose requests bears the token."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client
