"""The tests' own PostgreSQL keeps one test's rows from the next."""

import pytest
from sqlalchemy import NullPool, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from tests.postgres import pg_bin, postgres_cluster


def run(url, statement):
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(statement))


def tables(url):
    return inspect(create_engine(url, poolclass=NullPool)).get_table_names()


@pytest.fixture(scope="module")
def small_cluster():
    with postgres_cluster(lambda url: run(url, "CREATE TABLE prepared (id int)")) as running:
        yield running


def test_a_clean_database_has_what_was_prepared_and_nothing_of_another_test(small_cluster):
    with small_cluster.clean_database() as first, small_cluster.clean_database() as second:
        run(first, "CREATE TABLE left_behind (id int)")

        assert tables(second) == ["prepared"]


def test_a_database_is_gone_afterwards_even_if_it_was_left_open(small_cluster):
    with small_cluster.clean_database() as url:
        left_open = create_engine(url).connect()

    with pytest.raises(OperationalError, match="does not exist"):
        tables(url)
    left_open.invalidate()


def test_the_newest_postgresql_is_taken(tmp_path):
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()

    assert pg_bin(tmp_path) == tmp_path / "17" / "bin"


def test_a_missing_postgresql_says_what_to_install(tmp_path):
    with pytest.raises(FileNotFoundError, match="apt-get install postgresql"):
        pg_bin(tmp_path)
