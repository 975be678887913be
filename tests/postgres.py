"""A PostgreSQL cluster of the tests' own: no service, no password, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from tests.patience import PATIENCE_SECONDS

VERSIONS = Path("/usr/lib/postgresql")
PORT = 5432  # names the socket's file only: every cluster has a folder of its own, and no network
TEMPLATE = "firesafe_template"
PROGRAM_SECONDS = 120

# What a crash would cost does not matter here, and waiting for the disk does. What a test leaves is
# taken out after it, so nothing is left for the cleaner to do. Whoever waits for a lock is told in
# the end that nobody lets go of it.
OPTIONS = (
    f"-c lock_timeout={PATIENCE_SECONDS}s -c fsync=off -c synchronous_commit=off"
    " -c full_page_writes=off -c autovacuum=off"
)

CUT_OFF = """SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
SHAPE = """SELECT md5(string_agg(concat_ws(' ', attrelid::regclass, attname, atttypid), ',' ORDER BY
    attrelid::regclass::text, attnum)) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace"""
FILLED = """SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'
    AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"""
COUNT_FROM_ONE = """SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL"""


class Cluster:
    """A running cluster; each test gets a database as it was prepared."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._emptied: list[str] = []

    def url(self, name: str) -> str:
        """Return the address of a database as SQLAlchemy reads it."""
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}&port={PORT}"

    def prepare(self, fill: Callable[[str], None]) -> None:
        """Make the database that `clean_database` copies: ``fill`` is given its address."""
        self._do(f"CREATE DATABASE {TEMPLATE}")
        fill(self.url(TEMPLATE))
        with self._connected(TEMPLATE) as connection:
            self._shape = connection.execute(SHAPE).fetchone()
            self._kept = {name for (name,) in connection.execute(FILLED)}

    @contextmanager
    def clean_database(self) -> Iterator[str]:
        """Yield the address of a database as prepared, whose connections are cut off at the end.

        It is emptied and given to the next: a fresh copy takes longer than most tests.
        """
        name = self._emptied.pop() if self._emptied else self._made_from(TEMPLATE)
        try:
            yield self.url(name)
        finally:
            if self._empty(name):
                self._emptied.append(name)
            else:
                self._drop(name)

    @contextmanager
    def bare_database(self) -> Iterator[str]:
        """Yield the address of a database without any table; it is dropped at the end."""
        name = self._made_from("template0")
        try:
            yield self.url(name)
        finally:
            self._drop(name)

    def _empty(self, name: str) -> bool:
        """Take out all rows but the prepared ones; say no if the tables are others by now.

        Vacuumed, the tables fill up from their beginning again, so that rows nobody has put into
        order come as they were written, as they do from fresh ones.
        """
        with self._connected(name) as connection:
            connection.execute(CUT_OFF)
            if connection.execute(SHAPE).fetchone() != self._shape:
                return False
            connection.execute("SET session_replication_role = replica")  # in any order
            filled = [each for (each,) in connection.execute(FILLED) if each not in self._kept]
            for table in filled:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 — as PostgreSQL quotes it
            if filled:
                connection.execute(f"VACUUM {', '.join(filled)}")
            connection.execute(COUNT_FROM_ONE)
        return True

    def _made_from(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _drop(self, name: str) -> None:
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with self._connected("postgres") as connection:
            connection.execute(statement)

    def _connected(self, name: str) -> psycopg.Connection:
        address = f"host={self._folder} port={PORT} user=postgres dbname={name}"
        return psycopg.connect(address, autocommit=True)


@contextmanager
def postgres_cluster(prepare: Callable[[str], None]) -> Iterator[Cluster]:
    """Start a cluster in a temporary folder, prepare its template, and stop it at the end.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
    """
    programs = pg_bin()
    folder = Path(tempfile.mkdtemp(prefix="firesafe-postgres-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync",
             "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
        options = f"-k {folder} -p {PORT} -c listen_addresses='' {OPTIONS}"
        _run(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            cluster = Cluster(folder)
            cluster.prepare(prepare)
            yield cluster
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def pg_bin(versions: Path = VERSIONS) -> Path:
    """Return the folder with the programs of the newest PostgreSQL installed.

    Raises:
        FileNotFoundError: there is none; the message says what to install.
    """
    found = [file.parent for file in versions.glob("*/bin/initdb")]
    if not found:
        raise FileNotFoundError(f"No initdb under {versions}: apt-get install postgresql")
    return max(found, key=lambda folder: float(folder.parent.name))


def _run(*command: str | Path) -> None:
    """Run one of PostgreSQL's programs, which refuse to be run by root."""
    owner = {}
    if os.geteuid() == 0:
        group = pwd.getpwnam("postgres").pw_gid
        owner = {"user": "postgres", "group": group, "extra_groups": []}
    # The log is given by name: a pipe would be kept open by the server, and waited for.
    subprocess.run(
        command, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=PROGRAM_SECONDS, **owner
    )
