"""The tests' standing engines lead each test to its own database, and keep nothing but words."""

from contextlib import closing

import pytest
from sqlalchemy import event, select

from firesafe.core.db import Database
from firesafe.districts.models import Town
from firesafe.migrations.steps import upgrade_database
from tests.makers import PINGLI
from tests.standing import Standing


@pytest.fixture
def urls(tmp_path):
    made = [f"sqlite:///{tmp_path / name}.db" for name in ("first", "second")]
    for url in made:
        upgrade_database(url)
    return made


@pytest.fixture
def standing(urls):
    return Standing(urls[0])


def towns(database):
    with database.reading() as session:
        return session.scalars(select(Town.name)).all()


def test_each_database_keeps_its_own_rows(urls, standing):
    found = []
    for url in urls:
        with closing(Database(url)) as database:
            standing.take_over(database)
            with database.writing() as session:
                session.add(Town(county_code=PINGLI, name="老县镇"))
            found.append(towns(database))

    assert found == [["老县镇"], ["老县镇"]]


def test_what_was_compiled_for_one_is_not_compiled_for_the_next(urls, standing):
    hits = []

    def ran(_connection, _cursor, statement, _values, context, _several):
        if statement.startswith("SELECT"):
            hits.append(context.cache_hit.name)

    for url in urls:
        with closing(Database(url)) as database:
            standing.take_over(database)
            event.listen(database.reader, "before_cursor_execute", ran)
            towns(database)

    assert hits == ["CACHE_MISS", "CACHE_HIT"]  # and whoever listened to the first hears no more
