"""One transaction for several who ask at the same moment: one sync of the disk, and each page once.

What many phones send at once is many small writes, and SQLite writes each page that one of them
touches, however little of it, and waits for the disk each time. Whoever comes while another
one's transaction is under way waits for its end anyway; so all who wait go with the next one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")
Work = Callable[[Session], T]


class Together:
    """Does what is asked of it in units of work that are shared; each is told what came of his."""

    def __init__(self, writing: Callable[[], AbstractContextManager[Session]]) -> None:
        self._writing = writing
        self._turn = Lock()
        self._lock = Lock()
        self._waiting: list[_Asked] = []

    def do(self, work: Work[T]) -> T:
        """Return what ``work`` returns, once it is committed.

        It shall only write what cannot be in the way of another one's. If one of those who
        share a transaction fails, all are taken back, and each is done by itself: so a fault
        reaches nobody but whoever caused it.
        """
        asked = _Asked(work)
        with self._lock:
            self._waiting.append(asked)
        with self._turn:
            if not asked.is_done:
                self._do_waiting()
        if asked.fault is not None:
            raise asked.fault
        value: T = asked.value
        return value

    def _do_waiting(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
        try:
            self._commit(batch)
        except Exception as fault:
            if len(batch) == 1:
                batch[0].fail(fault)
                return
            for each in batch:
                self._do_alone(each)

    def _do_alone(self, asked: "_Asked") -> None:
        try:
            self._commit([asked])
        except Exception as fault:
            asked.fail(fault)

    def _commit(self, batch: "list[_Asked]") -> None:
        with self._writing() as session:
            values = [_done_apart(each.work, session) for each in batch]
        for each, value in zip(batch, values, strict=True):
            each.succeed(value)


def _done_apart(work: Work[T], session: Session) -> T:
    """Do it as if the session were its own: what it has read and made, the next reads anew."""
    value = work(session)
    session.flush()
    session.expunge_all()
    return value


class _Asked:
    """What one thread asks for, and what came of it."""

    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.value: Any = None
        self.fault: Exception | None = RuntimeError("The thread that was to do this ended.")
        self.is_done = False

    def succeed(self, value: Any) -> None:
        """Note what came of it."""
        self.value, self.fault, self.is_done = value, None, True

    def fail(self, fault: Exception) -> None:
        """Note why it was not done."""
        self.fault, self.is_done = fault, True
