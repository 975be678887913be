"""Column types that refuse what would be misread later."""

from datetime import datetime, timedelta, timezone
from enum import StrEnum

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from firesafe.core.columns import Choice, Moment
from tests.makers import MONDAY


class Colour(StrEnum):
    RED = "red"


class Apart(DeclarativeBase):
    """Keeps the sample out of the tables of the service."""


class Sample(Apart):
    __tablename__ = "samples"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime | None] = mapped_column(Moment)
    colour: Mapped[Colour | None] = mapped_column(Choice(Colour))


@pytest.fixture
def session(session):
    Apart.metadata.create_all(session.connection())
    return session


def kept(session, **values):
    session.add(Sample(**values))
    session.flush()
    session.expire_all()
    return session.scalars(select(Sample)).one()


def test_a_moment_comes_back_in_utc_whatever_zone_it_had(session):
    ankang = MONDAY.astimezone(timezone(timedelta(hours=8)))

    at = kept(session, at=ankang).at

    assert at == MONDAY
    assert at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(session):
    with pytest.raises(StatementError, match="needs a zone"):
        kept(session, at=datetime(2026, 11, 23))  # noqa: DTZ001 — that is what is refused


def test_moments_are_compared_as_moments(session):
    kept(session, at=MONDAY)
    ankang = MONDAY.astimezone(timezone(timedelta(hours=8)))

    assert session.scalars(select(Sample.id).where(Sample.at <= ankang)).all() != []
    assert session.scalars(select(Sample.id).where(Sample.at < ankang)).all() == []


def test_a_choice_comes_back_as_its_member(session):
    assert kept(session, colour="red").colour is Colour.RED


def test_what_is_no_choice_is_refused_on_the_way_in_and_out(session):
    with pytest.raises(StatementError, match="green"):
        kept(session, colour="green")
    session.rollback()


def test_a_row_with_an_unknown_choice_is_not_passed_over(session):
    session.execute(text("INSERT INTO samples (id, colour) VALUES (1, 'green')"))

    with pytest.raises(ValueError, match="green"):
        session.scalars(select(Sample)).one()


def test_nothing_stays_nothing(session):
    row = kept(session)

    assert (row.at, row.colour) == (None, None)
