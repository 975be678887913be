"""A real server and a real Chromium, for the tests that need script.

The fixtures are taken in once, by `tests.conftest`: a second Chromium of the same process
would be refused by Playwright.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright

from firesafe.accounts.models import Officer
from tests.patience import PATIENCE_SECONDS
from tests.serving import ROOT as ROOT
from tests.serving import Service

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
DESK = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}

LOG = logging.getLogger(__name__)

PATIENCE_MS = 20_000
"""How long a page may take to come to what is expected of it, on a machine with much to do."""


class LiveServer(Service):
    """A running service, and a way into it for a browser."""

    def sign_in(self, page: Page, officer: Officer, *, address: str = "") -> None:
        """Sign the officer in on this page, as if he had done so before.

        ``address`` is where the page reaches the server, if something stands in between.
        """
        cookie = {"name": "session", "value": self.cookie_of(officer)}
        page.context.add_cookies([{**cookie, "url": address or self.address}])


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Start ``python -m firesafe serve`` on a free port, for the tests of one module.

    They share its database, so each makes what it needs and looks at nothing else.
    """
    server = LiveServer.made_in(tmp_path_factory.mktemp("live"), has_worker=True)
    try:
        server.start()
        yield server
    finally:
        server.close()


def chromium() -> str:
    """Return the path of the Chromium that CHROMIUM_PATH names, else of Debian's."""
    return os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium-headless-shell")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Open an empty page as on a phone; a script that breaks down fails the test."""
    yield from _page(browser, PHONE)


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """Open an empty page as on a desk; a script that breaks down fails the test."""
    yield from _page(browser, DESK)


def _page(browser: Browser, shape: dict[str, object]) -> Iterator[Page]:
    context = browser.new_context(**shape)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield page
    tell_where(page)
    context.close()
    assert not faults, faults


def tell_where(page: Page) -> None:
    """Say what a page shows: of a test that has failed, it is told with the failure."""
    with suppress(Error):  # it is gone
        LOG.warning("%s\n%s", page.url, page.inner_text("body", timeout=2000)[:1000])


def wait_until(page: Page, is_so: str, given: object = None) -> None:
    """Return once an asynchronous function of the page says yes.

    Playwright's ``wait_for_function`` takes the promise of such a function for a yes.
    """
    asking = f"""async (given) => {{
      const isSo = {is_so};
      const idle = (go) => requestIdleCallback(go, {{ timeout: 1000 }});
      const end = Date.now() + {PATIENCE_SECONDS * 1000};
      for (; Date.now() < end; await new Promise(idle)) {{
        if (await isSo(given)) return true;
      }}
      return false;
    }}"""
    assert settled(page, asking, given), "it never came to that"


def settled(page: Page, function: str, given: object = None) -> Any:
    """Return what an asynchronous function of the page comes to, or fail if it never does.

    Playwright waits for a promise without end.
    """
    asking = f"""async (given) => {{
      let timer;
      const late = new Promise((_, reject) => {{
        const tell = () => reject(new Error("it never settled"));
        timer = setTimeout(tell, {2 * PATIENCE_SECONDS * 1000});
      }});
      try {{
        return await Promise.race([({function})(given), late]);
      }} finally {{
        clearTimeout(timer); // it holds all that was given
      }}
    }}"""
    return page.evaluate(asking, given)
