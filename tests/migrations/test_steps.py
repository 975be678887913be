"""The tables that the migrations make are those of the models, and every step can be taken back."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine, insert, inspect, select

import firesafe.app  # noqa: F401 — loads every room's models
from firesafe.core.db import Base
from firesafe.migrations.steps import alembic_config, downgrade_database, upgrade_database
from firesafe.standard.edition import edition
from firesafe.standard.models import UsedEdition

marks_as_data = import_module("firesafe.migrations.versions.0014_marks_as_data")
REVISIONS = [
    each.revision for each in ScriptDirectory.from_config(alembic_config()).walk_revisions()
][::-1]


@pytest.fixture
def bare_url(engine, tmp_path, request):
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        with request.getfixturevalue("cluster").bare_database() as url:
            yield url


def tables(url: str) -> set[str]:
    opened = create_engine(url, poolclass=NullPool)
    return set(inspect(opened).get_table_names())


def own_table(_object, name, kind, _reflected, _compare) -> bool:
    return kind != "table" or not name.startswith("factory_search")  # a full-text index's own


def test_head_equals_the_models(bare_url):
    upgrade_database(bare_url)

    with create_engine(bare_url, poolclass=NullPool).connect() as connection:
        options = {"compare_type": True, "include_object": own_table}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_every_step_goes_up_and_down_again(bare_url):
    for revision in REVISIONS:
        before = tables(bare_url)
        upgrade_database(bare_url, revision)
        downgrade_database(bare_url, "-1")
        assert tables(bare_url) - {"alembic_version"} == before - {"alembic_version"}
        upgrade_database(bare_url, revision)

    downgrade_database(bare_url, "base")
    assert tables(bare_url) <= {"alembic_version"}


def test_steps_are_counted_without_a_gap():
    assert [f"{number:04d}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


@pytest.mark.parametrize(("known", "later"), [(marks_as_data.WITHOUT, None), ("0" * 64, "0" * 64)])
def test_a_used_edition_that_says_the_same_stays_good(bare_url, known, later):
    upgrade_database(bare_url, "0013")
    row = {"code": "2026", "sha256": known, "first_used_at": datetime(2026, 11, 23, tzinfo=UTC)}
    opened = create_engine(bare_url, poolclass=NullPool)
    with opened.begin() as connection:
        connection.execute(insert(UsedEdition.__table__), row)

    upgrade_database(bare_url, "0014")

    with opened.begin() as connection:
        assert connection.scalar(select(UsedEdition.sha256)) == (later or edition("2026").sha256)
    downgrade_database(bare_url, "0013")
    with opened.begin() as connection:
        assert connection.scalar(select(UsedEdition.sha256)) == known
