"""A running service of a test's own, that can be killed in the middle and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from firesafe.core.db import Database
from firesafe.core.settings import INSTANCE_VARIABLE, read_settings, write_first_settings
from firesafe.migrations.steps import upgrade_database

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


@dataclass
class Service:
    """``firesafe serve`` at a port and in an instance folder of its own, without a worker."""

    instance: Path
    port: int
    database: Database
    process: subprocess.Popen[bytes] | None = field(default=None)

    @classmethod
    def made_in(cls, folder: Path) -> "Service":
        """Return one with all its tables, not started yet."""
        instance = folder / "instance"
        write_first_settings(instance)
        url = read_settings(instance).database
        upgrade_database(url)
        return cls(instance, free_port(), Database(url))

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and return once it answers."""
        listen = f"127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "firesafe", "serve", "--no-worker", "--listen", listen]
        environment = {**os.environ, INSTANCE_VARIABLE: str(self.instance)}
        with (self.instance / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        self._wait()

    def kill(self) -> None:
        """End it as a power cut would: it has no time for anything."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=20)
        self.process = None

    def close(self) -> None:
        """End it and let go of its database."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
        self.database.close()

    def _wait(self) -> None:
        """Return once the port answers; there is nothing but the port to be asked."""
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as door:
                door.settimeout(1)
                if door.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        log = (self.instance / "server.log").read_text(encoding="utf-8")
        raise AssertionError(f"The server did not start:\n{log}")


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
