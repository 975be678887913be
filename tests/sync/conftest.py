"""What the tests of phones share: a county with a factory, its two inspectors, their phones."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from firesafe.accounts.models import Officer
from firesafe.core.db import Database
from firesafe.factories.models import Factory
from firesafe.inspections.models import Answer, Inspection
from tests.makers import make_factory, make_officer
from tests.phones import sending_phone


@dataclass(frozen=True)
class Team:
    """Two inspectors and a factory of their county."""

    lead: Officer
    second: Officer
    factory: Factory


@pytest.fixture
def team(session: Session) -> Team:
    made = Team(
        make_officer(session, name="王测试"),
        make_officer(session, name="李测试"),
        make_factory(session),
    )
    session.commit()
    return made


@pytest.fixture
def phone(app: Flask, session: Session, team: Team) -> FlaskClient:
    """The first inspector's phone."""
    return sending_phone(app, session, team.lead)


@pytest.fixture
def second_phone(app: Flask, session: Session, team: Team) -> FlaskClient:
    """The second inspector's phone."""
    return sending_phone(app, session, team.second)


@pytest.fixture
def visit_of(database: Database) -> Callable[[str], Inspection | None]:
    """Return a function that reads what the service has kept of a visit, by its key."""

    def read(key: str) -> Inspection | None:
        rows = select(Inspection).where(Inspection.client_key == key)
        rows = rows.options(
            selectinload(Inspection.answers).selectinload(Answer.photos),
            selectinload(Inspection.signatures),
        )
        with database.reading() as session:
            return session.scalar(rows)

    return read
