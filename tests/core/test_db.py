"""The database: one writer at a time on SQLite, the same interface on PostgreSQL."""

import sqlite3
import threading
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from firesafe.core.db import Database
from firesafe.districts.models import Community, Town
from tests.makers import PINGLI
from tests.patience import PATIENCE_SECONDS, run_at_once


class Trouble(Exception):
    pass


def add_town(session, name):
    session.add(Town(county_code=PINGLI, name=name))
    session.flush()


def towns(database):
    with database.reading() as session:
        return session.scalars(select(Town.name).order_by(Town.id)).all()


def test_a_unit_of_work_is_kept_whole(database):
    with database.writing() as session:
        add_town(session, "甲镇")
        add_town(session, "乙镇")

    assert towns(database) == ["甲镇", "乙镇"]


def test_a_unit_of_work_that_stumbles_leaves_nothing(database):
    with pytest.raises(Trouble), database.writing() as session:
        add_town(session, "甲镇")
        raise Trouble

    assert towns(database) == []


def test_a_reading_session_cannot_write(database):
    with pytest.raises(DBAPIError), database.reading() as session:
        add_town(session, "甲镇")

    assert towns(database) == []


def test_a_reader_is_not_held_up_by_a_writer_and_sees_only_what_is_kept(database):
    with database.writing() as session:
        add_town(session, "甲镇")
        assert towns(database) == []

    assert towns(database) == ["甲镇"]


def test_a_row_that_refers_to_nothing_is_refused(database):
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(Community(town_id=999, name="无主社区"))
        session.flush()


def test_what_was_read_may_be_used_after_the_unit_of_work(database):
    with database.writing() as session:
        town = Town(county_code=PINGLI, name="甲镇")
        session.add(town)

    assert (town.id is not None, town.name) == (True, "甲镇")


def test_writers_who_read_first_are_never_turned_away(database):
    """On SQLite without IMMEDIATE the second one gets "database is locked" at once."""
    start, stumbled = threading.Barrier(4, timeout=20), []

    def writer(number):
        start.wait()
        try:
            for turn in range(5):
                with database.writing() as session:
                    session.scalars(select(Town)).all()
                    add_town(session, f"{number}-{turn}镇")
        except DBAPIError as fault:
            stumbled.append(fault)

    run_at_once(*[partial(writer, number) for number in range(4)])

    assert stumbled == []
    assert len(towns(database)) == 20


def test_sqlite_writers_take_turns_from_their_first_word(database):
    if not database.is_sqlite:
        pytest.skip("PostgreSQL lets writers work side by side and locks rows")
    said = []

    def second():
        with database.writing() as session:
            said.append(session.scalars(select(Town.name)).all())

    with database.writing() as session:
        session.scalars(select(Town.name)).all()
        waiting = threading.Thread(target=second, daemon=True)
        waiting.start()
        add_town(session, "甲镇")
    waiting.join(PATIENCE_SECONDS)

    assert said == [["甲镇"]]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("wal_autocheckpoint", 16_000),
        ("page_size", 1024),
    ],
)
def test_sqlite_is_tuned_for_not_losing_anything(tmp_path, pragma, value):
    own = Database(f"sqlite:///{tmp_path / 'own.db'}")
    with closing(own) as database, database.writing() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_the_log_of_a_file_with_pages_of_before_grows_no_longer(tmp_path):
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        old.execute("PRAGMA page_size=4096")
        old.execute("CREATE TABLE things (id INTEGER)")

    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    with database.writing() as session:
        assert session.execute(text("PRAGMA page_size")).scalar() == 4096
        assert session.execute(text("PRAGMA wal_autocheckpoint")).scalar() == 4000
    database.close()
