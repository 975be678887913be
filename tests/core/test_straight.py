"""Statements that are made ready once do what SQLAlchemy's own way does, on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.db import table_of
from firesafe.core.straight import Straight, straight_insert
from firesafe.jobs.models import Job

ENTRIES = table_of(AuditEntry)
NAMES = ("at", "event", "by_id", "county_code", "subject", "facts")
NOON = datetime(2026, 11, 27, 12, tzinfo=timezone(timedelta(hours=8)))

enter = straight_insert(ENTRIES, *NAMES)
found = Straight(
    select(ENTRIES.c.at, ENTRIES.c.event, ENTRIES.c.by_id, ENTRIES.c.facts).where(
        ENTRIES.c.subject == bindparam("subject")
    ),
    ["subject"],
)


def entry(subject="photo:a", **other):
    row = {
        "at": NOON,
        "event": Event.PHOTO_RECEIVED,
        "by_id": None,
        "county_code": "610926",
        "subject": subject,
        "facts": {"数": [1, None]},
    }
    return {**row, **other}


def test_what_is_entered_is_read_by_the_orm_with_its_types(session):
    enter.run(session.connection(), entry())

    kept = session.scalars(select(AuditEntry)).one()
    assert (kept.at, kept.event) == (NOON, Event.PHOTO_RECEIVED)
    assert (kept.by_id, kept.facts) == (None, {"数": [1, None]})


def test_what_is_found_has_its_types_too(session):
    enter.run_each(session.connection(), [entry(), entry("photo:b", by_id=7)])

    row = found.first(session.connection(), {"subject": "photo:b"})
    assert row == (NOON.astimezone(UTC), Event.PHOTO_RECEIVED, 7, {"数": [1, None]})
    assert isinstance(row[1], Event)
    assert found.first(session.connection(), {"subject": "photo:c"}) is None


def test_a_column_refuses_what_it_refuses_elsewhere(session):
    with pytest.raises(ValueError, match="zone"):
        enter.run(session.connection(), entry(at=datetime(2026, 11, 27)))  # noqa: DTZ001 — the point


def test_a_column_whose_default_would_be_left_out_is_asked_for(session):
    asking = straight_insert(table_of(Job), "kind", "key", "payload", "created_at", "due_at")

    with pytest.raises(ValueError, match="attempts"):
        asking.run(session.connection(), {})
