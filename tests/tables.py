"""An SQLite file with all tables: to copy one is faster than to migrate for each test."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from firesafe.migrations.steps import upgrade_database


def put_tables(file: Path) -> None:
    """Write an empty database of this version to ``file``."""
    file.write_bytes(_tables())


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        upgrade_database(f"sqlite:///{file}")
        return file.read_bytes()
