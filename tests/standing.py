"""Engines that outlast a test: what SQLAlchemy has compiled once, no later test waits for.

Each engine compiles for itself, and to compile takes longer than to run: a fifth of the suite.
"""

from sqlalchemy import event, make_url

from firesafe.core.db import Database


class Standing:
    """A writer and a reader that lead to one test's database after the other's."""

    def __init__(self, url: str) -> None:
        self._url = url
        first = Database(url)
        self._writer, self._reader = first.writer, first.reader
        for engine in (self._writer, self._reader):
            event.listen(engine, "do_connect", self._connect)
            if first.is_sqlite:
                event.listen(engine, "connect", _do_not_wait_for_the_disk)

    def take_over(self, database: Database) -> None:
        """Let the database be reached through these; closing it closes the way.

        It gets engines above these, so that what a test listens to is over with the test.
        """
        self._url = database.url
        database.writer = self._writer.execution_options()
        database.reader = self._reader.execution_options()

    def _connect(self, dialect, _record, _args, options):
        args, place = dialect.create_connect_args(make_url(self._url))
        return dialect.connect(*args, **{**options, **place})


def _do_not_wait_for_the_disk(connection, _record) -> None:
    """What a power cut would cost does not matter here; see `tests.postgres.OPTIONS`."""
    connection.execute("PRAGMA synchronous=OFF")
