"""One connection over a bad line: two ways, each passed on piece by piece as the line allows."""

import asyncio
import contextlib
import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.line import Line

PACKET = 1460
PIECE = 16 * 1024
PIECES_ON_THE_WAY = 64  # what has not left the phone shall not look to it as if it had
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
SENT_AGAIN_SECONDS = 0.2


@dataclass
class Cut:
    """Where a connection is to be cut: once so many bytes have gone one way."""

    way: str
    left: int
    of: bytes

    def begins_with(self, way: str, data: bytes) -> bool:
        """Tell whether counting begins with this piece."""
        return way == "sent" and data.startswith(self.of) if self.of else way == self.way


@dataclass(frozen=True)
class Pace:
    """How fast a line is: bytes a second each way, seconds there and back, share lost."""

    bytes_per_second: float
    round_trip: float
    loss: float

    @property
    def stall(self) -> float:
        """How long a lost packet keeps back what came after it."""
        return self.round_trip + SENT_AGAIN_SECONDS


class Connection:
    """A phone's connection, and the one to the server that belongs to it."""

    def __init__(
        self, line: "Line", reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._line = line
        self._from_phone, self._to_phone = reader, writer
        self._to_server: asyncio.StreamWriter | None = None
        self._ways: list[asyncio.Task[None]] = []
        self._cut: Cut | None = None
        self._is_reset = False

    async def run(self) -> None:
        """Connect to the server and pass bytes on, until one side ends or the line is cut."""
        try:
            _left, due = self._line.times_of("sent", 0)
            await _until(due)
            port = self._line.server_port
            from_server, self._to_server = await asyncio.open_connection("127.0.0.1", port)
            self._ways = [
                asyncio.create_task(self._pass("sent", self._from_phone, self._to_server)),
                asyncio.create_task(self._pass("received", from_server, self._to_phone)),
            ]
            if not self._is_reset:
                await asyncio.wait(self._ways)
        except OSError:  # nobody listens there: the phone learns it as it would without a line
            self.reset()
        finally:
            await self._end()

    def reset(self) -> None:
        """Cut it: a reset for the phone, an end for the server."""
        self._is_reset = True
        door = self._to_phone.get_extra_info("socket")
        with contextlib.suppress(OSError):  # it may have ended meanwhile
            door.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self._to_phone.transport.abort()
        for way in self._ways:
            way.cancel()

    async def _end(self) -> None:
        if self._cut is not None:  # it ended before its cut came
            self._line.planned.appendleft(self._cut)
        for writer in (self._to_phone, self._to_server):
            if writer is not None:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()

    async def _pass(
        self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Pass on one way until it ends; a slow line is read no faster than it carries."""
        on_its_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(PIECES_ON_THE_WAY)
        arriving = asyncio.create_task(self._arrive(way, on_its_way, writer))
        try:
            while data := await reader.read(PACKET if self._line.pace else PIECE):
                left, due = self._line.times_of(way, len(data))
                await on_its_way.put((due, data))
                await _until(left)
                await self._line.passing.wait()
            await on_its_way.put((0, b""))
            await arriving
        except OSError:
            self.reset()
        finally:
            arriving.cancel()

    async def _arrive(
        self, way: str, on_its_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        while True:
            due, data = await on_its_way.get()
            await _until(due)
            await self._line.passing.wait()
            if not data:
                writer.write_eof()
                return
            kept, is_cut = self._cut_off(way, data)
            self._line.count(**{way: len(kept)})
            writer.write(kept)
            await writer.drain()
            if is_cut:
                self._line.count(cuts=1)
                self.reset()
                return

    def _cut_off(self, way: str, data: bytes) -> tuple[bytes, bool]:
        """Return what of a piece still passes, and whether the connection is cut there."""
        planned = self._line.planned
        if self._cut is None and planned and planned[0].begins_with(way, data):
            self._cut = planned.popleft()
        if self._cut is None or self._cut.way != way:
            return data, False
        kept = data[: self._cut.left]
        self._cut.left -= len(kept)
        is_cut = self._cut.left == 0
        if is_cut:
            self._cut = None
        return kept, is_cut


async def _until(due: float) -> None:
    await asyncio.sleep(max(0, due - asyncio.get_running_loop().time()))
