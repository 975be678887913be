"""A PostgreSQL cluster of the tests' own: no service, no password, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import psycopg

VERSIONS = Path("/usr/lib/postgresql")
PORT = 5432  # names the socket's file only: every cluster has a folder of its own, and no network
TEMPLATE = "firesafe_template"

# What a crash would cost does not matter here, and waiting for the disk does.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Cluster:
    """A running cluster; each test gets a copy of one prepared database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def url(self, name: str) -> str:
        """Return the address of a database as SQLAlchemy reads it."""
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}&port={PORT}"

    def prepare(self, fill: Callable[[str], None]) -> None:
        """Make the database that `clean_database` copies: ``fill`` is given its address."""
        self._do(f"CREATE DATABASE {TEMPLATE}")
        fill(self.url(TEMPLATE))

    def clean_database(self) -> AbstractContextManager[str]:
        """Yield the address of a fresh copy; it is dropped even if connections are left open."""
        return self._database(TEMPLATE)

    def bare_database(self) -> AbstractContextManager[str]:
        """Yield the address of a database without any table."""
        return self._database("template0")

    @contextmanager
    def _database(self, template: str) -> Iterator[str]:
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        address = f"host={self._folder} port={PORT} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


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
        options = f"-k {folder} -p {PORT} -c listen_addresses='' {CARELESS}"
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
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, **owner)
