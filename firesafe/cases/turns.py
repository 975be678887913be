"""Turns at taking a case: a slow reader of a large one holds a thread for as long as it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from firesafe.core.errors import Stale


class Turns:
    """So many cases of a service may be on their way at once; half its threads stay for others."""

    def __init__(self, threads: int) -> None:
        self._free = BoundedSemaphore(max(1, threads // 2))

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold a turn.

        Raises:
            Stale: all of them are held.
        """
        if not self._free.acquire(blocking=False):
            raise Stale("Other cases are being taken just now. Try again in a minute.")
        try:
            yield
        finally:
            self._free.release()
