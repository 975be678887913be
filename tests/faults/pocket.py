"""A phone whose browser can be killed in the middle, and started again with all it had kept."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser import PHONE, chromium

SWITCHES = [
    "--no-sandbox",
    "--hide-crash-restore-bubble",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class PocketPhone:
    """A phone-shaped Chromium with a profile that outlives it.

    `kill` leaves what the machine would have kept: IndexedDB, the service worker and its cache.
    Cookies may be lost, because Chromium writes them every thirty seconds only; sign in again.
    A script that breaks down is noted in ``faults``.
    """

    def __init__(self, playwright: Playwright, profile: Path, **shape: object) -> None:
        self.faults: list[str] = []
        self._playwright = playwright
        self._profile = profile
        self._shape = {**PHONE, **shape}
        self._context: BrowserContext | None = None

    @property
    def context(self) -> BrowserContext:
        """The running browser."""
        assert self._context is not None, "it is not switched on"
        return self._context

    @property
    def pages(self) -> list[Page]:
        """What it shows; none while it is off."""
        return self._context.pages if self._context else []

    def start(self, *, offline: bool = False) -> Page:
        """Switch it on, and return its page; ``offline`` is flight mode from the first moment."""
        for lock in self._profile.glob("Singleton*"):
            lock.unlink()
        self._context = self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=chromium(),
            args=SWITCHES,
            offline=offline,
            **self._shape,
        )
        self._context.on("page", self._watch)
        page = self._context.pages[0]
        self._watch(page)
        return page

    def set_offline(self, offline: bool) -> None:
        """Switch flight mode on or off, for pages and their service worker alike."""
        self.context.set_offline(offline)

    def kill(self) -> None:
        """End the browser with all its processes; it has no time to write anything."""
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._let_go()

    def restart(self, *, offline: bool = False) -> Page:
        """Kill it and start it again."""
        self.kill()
        return self.start(offline=offline)

    def close(self) -> None:
        """Switch it off."""
        if self._context is not None:
            self._let_go()

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))

    def _let_go(self) -> None:
        with suppress(Error):  # it is gone
            self.context.close()
        self._context = None

    def processes(self) -> set[int]:
        """Return its first process and all that this one has started."""
        mark = f"--user-data-dir={self._profile}".encode()
        marked = [pid for pid in started_by(os.getpid()) if mark in _words_of(pid)]
        return {*marked, *(pid for each in marked for pid in started_by(each))}


def started_by(pid: int) -> Iterator[int]:
    """Yield the processes that one has started, and those that they have, as of now."""
    with suppress(OSError):  # it has ended meanwhile
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield int(child)
                yield from started_by(int(child))


def _words_of(pid: int) -> list[bytes]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return []
