"""Where services under test are born: one process that has loaded all that each of them needs.

What a service loads takes it 1.6 seconds of CPU, and the tests start hundreds. Each is a process
and a group of its own like one that was started by hand, and can be killed like one.
"""

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from tests.templates import keep_compiled_templates

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 256 * 1024
BEGIN_SECONDS = 60
DAYS_AHEAD = "DAYS_AHEAD"
"""What tells a service in its environment how many days after today it is."""


@dataclass
class Born:
    """A service that the nursery has forked, with what the tests ask of a `subprocess.Popen`."""

    pid: int
    _watch: int = field(init=False)

    def __post_init__(self) -> None:
        self._watch = os.pidfd_open(self.pid)

    def poll(self) -> int | None:
        """Return None while it runs; what it ended with nobody is told."""
        ended, _, _ = select.select([self._watch], [], [], 0)
        return 0 if ended else None

    def wait(self, timeout: float) -> None:
        """Return once it has ended.

        Raises:
            TimeoutError: it runs after so many seconds.
        """
        ended, _, _ = select.select([self._watch], [], [], timeout)
        if not ended:
            raise TimeoutError(f"Process {self.pid} has not ended.")
        os.close(self._watch)

    def terminate(self) -> None:
        """Ask it to end."""
        signal.pidfd_send_signal(self._watch, signal.SIGTERM)


class Nursery:
    """The one of this process."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery", str(theirs.fileno())],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._ours.settimeout(BEGIN_SECONDS)
        atexit.register(self.close)

    def bear(
        self,
        words: list[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        program: str = "firesafe.command",
    ) -> Born:
        """Start the program with these words, its output going to the end of ``log``.

        ``program`` is a module that stands on those of the service, and has a ``main``.
        """
        order = json.dumps([program, words, dict(environment), str(log)]).encode()
        self._ours.send(order)
        return Born(int(self._ours.recv(MOST_BYTES)))

    def close(self) -> None:
        """End it; what it has borne lives on."""
        self._ours.close()
        self._process.wait(timeout=BEGIN_SECONDS)


@cache
def nursery() -> Nursery:
    """Return the one of this process, made when it is first needed."""
    return Nursery()


def _bear_until_closed(door: socket.socket) -> None:
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever ends leaves no trace
    while order := door.recv(MOST_BYTES):
        program, words, environment, log = json.loads(order)
        child = os.fork()
        if child:
            door.send(str(child).encode())
            continue
        door.close()
        _become_its_own(environment, log)
        try:
            sys.argv = ["firesafe", *words]
            import_module(program).main()
        finally:
            sys.stderr.flush()
            os._exit(0)


def _load() -> None:
    """Load the service, and do all that each would do again at its start.

    The collector of none goes through what they have in common: this alone would copy it.
    """
    _let_days_go_by()
    keep_compiled_templates()
    import_module("firesafe.command")
    import_module("firesafe.notices.document")
    configure_mappers()
    gc.collect()
    gc.freeze()


def _let_days_go_by() -> None:
    """Put the clock of whoever is told so forward, before anything takes ``now`` from it."""
    from firesafe.core import clock  # noqa: PLC0415 — only the nursery's clock is changed

    today = clock.now
    clock.now = lambda: today() + timedelta(days=int(os.environ.get(DAYS_AHEAD, "0")))


def _become_its_own(environment: dict[str, str], log: str) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    for name, number in ((os.devnull, 0), (log, 1), (log, 2)):
        way = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_APPEND | os.O_CREAT
        opened = os.open(name, way, 0o644)
        os.dup2(opened, number)
        os.close(opened)


if __name__ == "__main__":
    _bear_until_closed(socket.socket(fileno=int(sys.argv[1])))
