"""A running service of a test's own, that can be killed in the middle and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy.orm import Session

from firesafe.accounts.actions import open_sign_in
from firesafe.accounts.models import Officer
from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.settings import INSTANCE_VARIABLE, read_settings, write_first_settings
from firesafe.web.gate import TOKEN_KEY
from tests.nursery import DAYS_AHEAD, Born, nursery
from tests.nursery import ROOT as ROOT
from tests.tables import put_tables

START_SECONDS = 60


@dataclass
class Service:
    """``firesafe serve`` at a port and in an instance folder of its own, for one or more starts.

    It is its own process group, so that a kill takes its worker along. ``root`` is the checkout it
    runs from; ``days_ahead`` of today is the day on which it starts next.
    """

    instance: Path
    port: int
    database: Database
    has_worker: bool = False
    root: Path = ROOT
    days_ahead: int = 0
    process: subprocess.Popen[bytes] | Born | None = field(default=None)

    @classmethod
    def made_in(
        cls,
        folder: Path,
        *,
        database_url: str = "",
        has_worker: bool = False,
        **settings: str | int,
    ) -> Self:
        """Return one with all its tables, not started yet.

        The database of ``database_url`` has its tables already; without one it has an SQLite file
        of its own. ``settings`` are written into its settings file.
        """
        instance = folder / "instance"
        file = write_first_settings(instance)
        if database_url:
            settings["database_url"] = database_url
        else:
            put_tables(instance / "firesafe.db")
        with file.open("a", encoding="utf-8") as out:
            out.writelines(f"{name} = {_toml(value)}\n" for name, value in settings.items())
        database = Database(read_settings(instance).database)
        return cls(instance, free_port(), database, has_worker)

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    def writing(self) -> AbstractContextManager[Session]:
        """Open a unit of work on the service's own database, to make what a test needs."""
        return self.database.writing()

    def cookie_of(self, officer: Officer) -> str:
        """Sign the officer in, and return the cookie that his browser then carries."""
        with self.writing() as session:
            at = now() + timedelta(days=self.days_ahead)
            token = open_sign_in(session, officer, device="browser", at=at)
        app = Flask("cookie")
        app.secret_key = read_settings(self.instance).secret_key
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer is not None
        signed = serializer.dumps({TOKEN_KEY: token})
        return signed if isinstance(signed, str) else signed.decode()

    def start(self) -> None:
        """Start it, and return once it answers."""
        words = ["serve", "--worker" if self.has_worker else "--no-worker"]
        words += ["--listen", f"127.0.0.1:{self.port}"]
        environment = {**os.environ, INSTANCE_VARIABLE: str(self.instance)}
        if self.root != ROOT:
            self.process = self._loaded_anew(words, environment)
        else:
            environment[DAYS_AHEAD] = str(self.days_ahead)
            self.process = nursery().bear(words, environment, self._log)
        wait_for_port(self.port, self.process, self._log)

    def _loaded_anew(
        self, words: list[str], environment: dict[str, str]
    ) -> "subprocess.Popen[bytes]":
        """Start it from other files."""
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "firesafe", *words],
                cwd=self.root,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def move_to(self, days_ahead: int) -> None:
        """Let it be so many days after today: end it, and start it on that day."""
        self.kill()
        self.days_ahead = days_ahead
        self.start()

    def kill(self) -> None:
        """End it as a power cut would: it has no time for anything, nor has its worker."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)
        self.process = None

    def close(self) -> None:
        """End it and let go of its database."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            with suppress(ProcessLookupError):  # the worker has ended with it
                os.killpg(self.process.pid, signal.SIGKILL)
        self.database.close()

    @property
    def _log(self) -> Path:
        return self.instance / "server.log"


def wait_for_port(port: int, server: subprocess.Popen[bytes] | Born, log: Path) -> None:
    """Return once a port answers; there is nothing but the port to be asked."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as door:
            door.settimeout(1)
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"The server did not start:\n{log.read_text(encoding='utf-8')}")


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _toml(value: str | int) -> str:
    return str(value) if isinstance(value, int) else f'"{value}"'
