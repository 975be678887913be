"""Codes for doors as they stand once they were given, or used."""

from datetime import timedelta

from sqlalchemy.orm import Session

from firesafe.accounts.models import DoorPass, Officer
from firesafe.core.clock import now
from firesafe.factories.models import Factory
from tests.makers import make_officer


def make_pass_of(session: Session, factory: Factory, *, bearer: Officer) -> DoorPass:
    """Make the code by which somebody has come in a moment ago."""
    given = DoorPass(
        code_hash="used",
        factory_id=factory.id,
        county_code=factory.county_code,
        name=bearer.name,
        given_by_id=make_officer(session).id,
        given_at=now(),
        expires_at=now() + timedelta(hours=24),
        used_at=now(),
        bearer_id=bearer.id,
    )
    session.add(given)
    session.flush()
    return given
