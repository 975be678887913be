"""Taking the tables up and down."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine

from firesafe.core.db import use_small_pages


def upgrade_database(url: str, revision: str = "head") -> None:
    """Bring the tables of the database up to ``revision``."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade_database(url: str, revision: str) -> None:
    """Take the tables of the database back to ``revision``; ``base`` leaves none."""
    _run(url, lambda config: command.downgrade(config, revision))


def is_up_to_date(url: str) -> bool:
    """Return whether the tables of the database are those that this version works with.

    Raises:
        sqlalchemy.exc.OperationalError: the database cannot be reached.
    """
    wanted = ScriptDirectory.from_config(alembic_config()).get_heads()
    with create_engine(url, poolclass=NullPool).connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == set(wanted)


def alembic_config() -> Config:
    """Return Alembic's configuration for our folder of migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).resolve().parent))
    return config


def _run(url: str, step: Callable[[Config], None]) -> None:
    engine = create_engine(url, poolclass=NullPool)
    use_small_pages(engine)
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config)
