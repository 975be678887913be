"""The tests' own PostgreSQL keeps one test's rows from the next."""

import pytest
from sqlalchemy import NullPool, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from tests.postgres import pg_bin, postgres_cluster


def run(url, statement):
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(statement))


def asked(url, question):
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return connection.execute(text(question)).all()


def rows(url):
    return asked(url, "SELECT id, name FROM prepared")


def tables(url):
    return inspect(create_engine(url, poolclass=NullPool)).get_table_names()


@pytest.fixture(scope="module")
def small_cluster():
    made = "CREATE TABLE prepared (id serial PRIMARY KEY, name text)"
    with postgres_cluster(lambda url: run(url, made)) as running:
        yield running


def test_a_clean_database_has_what_was_prepared_and_nothing_of_another_test(small_cluster):
    with small_cluster.clean_database() as first, small_cluster.clean_database() as second:
        run(first, "CREATE TABLE left_behind (id int)")

        assert tables(second) == ["prepared"]

    with small_cluster.clean_database() as third, small_cluster.clean_database() as fourth:
        assert tables(third) == tables(fourth) == ["prepared"]


def test_what_a_test_wrote_is_gone_with_its_room_and_rows_are_counted_from_one(small_cluster):
    for _again in range(2):
        with small_cluster.clean_database() as url:
            assert asked(url, "SELECT pg_relation_size('prepared')") == [(0,)]

            run(url, "INSERT INTO prepared (name) VALUES ('A'), ('B')")

            assert rows(url) == [(1, "A"), (2, "B")]


def test_what_is_left_open_is_cut_off_and_keeps_nobody_waiting(small_cluster):
    with small_cluster.clean_database() as url:
        left_open = create_engine(url).connect()
        left_open.execute(text("INSERT INTO prepared (name) VALUES ('A')"))

    with pytest.raises(OperationalError, match="terminating connection"):
        left_open.execute(text("SELECT 1"))
    left_open.invalidate()
    with small_cluster.clean_database() as url:
        assert rows(url) == []


def test_the_newest_postgresql_is_taken(tmp_path):
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()

    assert pg_bin(tmp_path) == tmp_path / "17" / "bin"


def test_a_missing_postgresql_says_what_to_install(tmp_path):
    with pytest.raises(FileNotFoundError, match="apt-get install postgresql"):
        pg_bin(tmp_path)
