"""An edition that was used never changes."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from firesafe.core.errors import RuleBroken
from firesafe.standard.actions import mark_edition_used
from firesafe.standard.edition import read_edition
from firesafe.standard.models import UsedEdition

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_the_first_use_fixes_the_edition(session, standard):
    mark_edition_used(session, standard, at=MONDAY)

    entry = session.get_one(UsedEdition, "2026")
    assert (entry.sha256, entry.first_used_at) == (standard.sha256, MONDAY)


def test_later_uses_leave_the_first_entry(session, standard):
    mark_edition_used(session, standard, at=MONDAY)
    mark_edition_used(session, standard, at=MONDAY + timedelta(days=1))

    assert session.get_one(UsedEdition, "2026").first_used_at == MONDAY


def test_one_changed_byte_of_a_used_edition_is_refused(session, standard, tampered):
    mark_edition_used(session, standard, at=MONDAY)
    changed = read_edition(tampered("days = 7", "days =  7"))

    with pytest.raises(RuleBroken, match="2026"):
        mark_edition_used(session, changed, at=MONDAY)

    assert session.get_one(UsedEdition, "2026").sha256 == standard.sha256


def test_two_first_uses_at_the_same_moment_make_one_entry(database, standard):
    if database.is_sqlite:
        pytest.skip("On SQLite writers wait for one another from their first word on.")

    with database.writing() as slow:

        @event.listens_for(slow, "before_flush", once=True)
        def another_visit_comes_first(*_: object) -> None:
            with database.writing() as fast:
                mark_edition_used(fast, standard, at=MONDAY)

        mark_edition_used(slow, standard, at=MONDAY + timedelta(seconds=1))

    with database.reading() as session:
        assert session.get_one(UsedEdition, "2026").first_used_at == MONDAY
