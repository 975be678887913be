"""How long a test waits for what should have come at once: a hang is a failure with a name."""

from collections.abc import Callable
from multiprocessing import get_context
from subprocess import Popen
from threading import Thread, Timer

PATIENCE_SECONDS = 60


def run_at_once(*works: Callable[[], object]) -> None:
    """Do each in a thread of its own, and return once all have ended.

    One that never ends fails the test, and holds up neither the next nor the end of the process.
    """
    threads = [Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "a thread is still at work"


def forked(work: Callable[..., object], *given: object) -> int | None:
    """Do it in a fork of this process, and return how that ended; one that hangs is killed.

    A fork has what other threads had locked, and not these threads.
    """
    process = get_context("fork").Process(target=work, args=given)
    process.start()
    process.join(PATIENCE_SECONDS)
    process.kill()  # nothing to one that has ended
    return process.exitcode


def first_line_of(process: Popen[str]) -> str:
    """Return the first line that it says; one that says nothing is killed, and has said ``""``."""
    assert process.stdout is not None
    watch = Timer(PATIENCE_SECONDS, process.kill)
    watch.start()
    try:
        return process.stdout.readline()
    finally:
        watch.cancel()
