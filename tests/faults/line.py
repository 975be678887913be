"""A bad line: a TCP proxy between a phone and a server that cuts, refuses, hangs and crawls.

It sees plain http, so a cut can be aimed at one kind of request. When it cuts, the phone is told
as by a carrier (the connection is reset), and the server as by a phone that is gone (the
connection ends where the bytes end).
"""

import asyncio
import random
import threading
from collections import deque
from collections.abc import Callable

from tests.faults.connection import Connection, Cut, Pace

WAIT_SECONDS = 30


class Line:
    """A line to the server at ``port``; phones connect to `address`.

    Everything may be called from a test while the line is in use. ``sent`` and ``received`` are
    the bytes passed on so far, seen from the phone; ``cuts`` the planned cuts that were made.
    """

    def __init__(self, port: int, *, seed: int = 4) -> None:
        self.sent = self.received = self.cuts = 0
        self.server_port, self.port = port, 0
        self.pace: Pace | None = None
        self.chance = random.Random(seed)  # noqa: S311 — the same losses in every run
        self.planned: deque[Cut] = deque()
        self._free_at = {"sent": 0.0, "received": 0.0}
        self._counted = threading.Condition()
        self._open: dict[Connection, asyncio.Task[None]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: asyncio.Server | None = None
        self.passing = asyncio.Event()
        self.let_go()
        self.accept()

    @property
    def address(self) -> str:
        """Where a phone reaches the server over this line."""
        return f"http://127.0.0.1:{self.port}"

    def cut_after(
        self,
        *,
        sent: int | None = None,
        received: int | None = None,
        of: bytes = b"",
        times: int = 1,
    ) -> None:
        """Plan to reset a connection after so many bytes from the phone, or from the server.

        They are counted from the next request that begins with ``of``, as ``b"PUT /photos/"``;
        without it from the next byte that way. ``received=0`` loses a reply that the server has
        given. Planned cuts come one after another, each so many ``times``. A browser whose kept
        connection is reset before the answer asks again by itself over another: `cut` before
        leaves it none, and the first cut is noticed.
        """
        assert (sent is None) != (received is None), "one way at a time"
        way, after = ("received", received) if sent is None else ("sent", sent)
        cuts = [Cut(way, after or 0, of) for _ in range(times)]
        self._do(lambda: self.planned.extend(cuts))

    def cut(self) -> None:
        """Reset every connection that is open, now."""
        self._do(self._cut_all)

    def refuse(self) -> None:
        """Reset what is open, and refuse every new connection."""
        self._do(self._shut)

    def accept(self) -> None:
        """Take new connections (again), at the same port."""
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(WAIT_SECONDS)

    def hold(self) -> None:
        """Pass nothing on, keep every connection and take new ones: a tunnel."""
        self._do(self.passing.clear)

    def let_go(self) -> None:
        """Pass on what was held, and everything after it."""
        self._do(self.passing.set)

    def slow(self, bytes_per_second: float, *, round_trip: float = 0.0, loss: float = 0.0) -> None:
        """Let all connections share so many bytes a second each way.

        ``round_trip`` is in seconds; ``loss`` is the share of packets that are lost, and come
        once they were sent again, with all that was sent after them.
        """
        self.pace = Pace(bytes_per_second, round_trip, loss)

    def quick(self) -> None:
        """Be as fast as the machine again."""
        self.pace = None

    def wait_until(self, is_so: Callable[["Line"], bool], *, seconds: float = WAIT_SECONDS) -> None:
        """Return once something is so of the counts: ``lambda line: line.cuts == 2``."""
        with self._counted:
            came = self._counted.wait_for(lambda: is_so(self), seconds)
        counts = f"{self.sent} sent, {self.received} received, {self.cuts} cuts"
        assert came, f"it never came to that: {counts}"

    def close(self) -> None:
        """Reset what is open, and end."""
        self.refuse()
        asyncio.run_coroutine_threadsafe(self._ended(), self._loop).result(WAIT_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WAIT_SECONDS)
        self._loop.close()

    def count(self, *, sent: int = 0, received: int = 0, cuts: int = 0) -> None:
        """Add to the counts and tell whoever waits for them."""
        with self._counted:
            self.sent += sent
            self.received += received
            self.cuts += cuts
            self._counted.notify_all()

    def times_of(self, way: str, size: int) -> tuple[float, float]:
        """Return when a piece has left, and when it comes out at the other end."""
        now, pace = self._loop.time(), self.pace
        if pace is None:
            return now, now
        left = max(now, self._free_at[way]) + size / pace.bytes_per_second
        self._free_at[way] = left
        is_lost = self.chance.random() < pace.loss
        return left, left + pace.round_trip / 2 + (pace.stall if is_lost else 0)

    def _do(self, deed: Callable[[], object]) -> None:
        async def done() -> None:
            deed()

        asyncio.run_coroutine_threadsafe(done(), self._loop).result(WAIT_SECONDS)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    def _shut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        self._cut_all()

    def _cut_all(self) -> None:
        for connection in self._open:
            connection.reset()

    async def _ended(self) -> None:
        await asyncio.gather(*self._open.values(), return_exceptions=True)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        task = asyncio.current_task()
        assert task is not None
        self._open[connection] = task
        try:
            await connection.run()
        finally:
            del self._open[connection]
