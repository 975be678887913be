"""The database: one writer at a time on SQLite, the same interface on PostgreSQL."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from hashlib import blake2b
from threading import RLock
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.orm import DeclarativeBase, Session

from firesafe.core.together import Together, Work

BUSY_MILLISECONDS = 30_000
PAGE_BYTES = 1024
"""How large a page of a new SQLite file is: each that a row touches goes to the disk whole.

A photograph touches twelve, with its job and its line in the trail. A file that was made with
pages of the usual 4 KB keeps them.
"""
LOG_BYTES = 16_384_000
"""So long the log of SQLite grows before what it holds is written into the file.

Much is written over and over, and so goes into the file once; whoever meets the end waits for it.
"""
T = TypeVar("T")
_PLAIN_JSON = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table is built on; its constraints have names that migrations can use."""

    metadata = MetaData(naming_convention=_NAMES)


class Database:
    """Two ways in: `writing` for a unit of work, `reading` for a page.

    On SQLite a writer begins with ``BEGIN IMMEDIATE``: a transaction that reads first and
    writes later would otherwise be turned away with "database is locked", whatever the
    busy timeout. The log is written ahead and synced in full, because a receipt promises
    that what was signed outlives a power cut.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        # SQLite's waiting writers look again after ever longer naps, and some come far too late.
        self._turn = RLock() if self.is_sqlite else nullcontext()
        self._together = Together(self.writing)
        self.writer = self._engine(read_only=False)
        self.reader = self._engine(read_only=True)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a unit of work: committed whole when the block ends, or not at all."""
        with self._turn, Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    def write_together(self, work: Work[T]) -> T:
        """Return what ``work`` returns, committed; see `Together.do`.

        PostgreSQL syncs the disk once for all who commit at the same moment, so there each has
        a transaction of his own, and nobody holds another one's locks.
        """
        if self.is_sqlite:
            return self._together.do(work)
        with self.writing() as session:
            return work(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that cannot change anything."""
        with Session(self.reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Open a connection for a question or two; less to set up than a session for reading."""
        with self.reader.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.writer.dispose()
        self.reader.dispose()

    def _engine(self, *, read_only: bool) -> Engine:
        if not self.is_sqlite:
            options = {"postgresql_readonly": True} if read_only else {}
            return create_engine(
                self.url,
                pool_pre_ping=True,
                execution_options=options,
                json_serializer=_PLAIN_JSON,
            )
        engine = create_engine(
            self.url, connect_args={"check_same_thread": False}, json_serializer=_PLAIN_JSON
        )
        _tune_sqlite(engine, read_only=read_only)
        return engine


def use_small_pages(engine: Engine) -> None:
    """Let a file that SQLite makes through this engine have pages of `PAGE_BYTES`."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_page_size)


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for rows that are written in bulk or never read again."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 — a model that is mapped to anything else is none
    return table


def take_turns(session: Session, name: str) -> None:
    """Wait for whoever has taken this turn in another unit of work; hold it until this one ends.

    For rows that must be made once however many ask at the same moment: take the turn, look,
    and only then make. SQLite's writers take turns from their first word on, so there is
    nothing to wait for.
    """
    if session.get_bind().dialect.name == "postgresql":
        digest = blake2b(name.encode(), digest_size=8).digest()
        number = int.from_bytes(digest, "big", signed=True)
        session.execute(select(func.pg_advisory_xact_lock(number)))


def _set_page_size(connection: Any, _record: object) -> None:
    connection.execute(f"PRAGMA page_size={PAGE_BYTES}")


def _tune_sqlite(engine: Engine, *, read_only: bool) -> None:
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    use_small_pages(engine)  # before the log, which makes the file

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy opens transactions, not the driver
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            f"wal_autocheckpoint={LOG_BYTES // page_bytes}",
            "foreign_keys=ON",
            f"query_only={'ON' if read_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
