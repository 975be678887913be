"""A real server and a real Chromium, for the tests that need script.

The fixtures are taken in once, by `tests.conftest`: a second Chromium of the same process
would be refused by Playwright.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy.orm import Session

from firesafe.accounts.actions import open_sign_in
from firesafe.accounts.models import Officer
from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.settings import INSTANCE_VARIABLE, read_settings, write_first_settings
from firesafe.migrations.steps import upgrade_database
from firesafe.web.gate import TOKEN_KEY

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
DESK = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}


@dataclass(frozen=True)
class LiveServer:
    """A running service with an instance folder of its own."""

    address: str
    instance: Path
    database: Database

    def writing(self) -> AbstractContextManager[Session]:
        """Open a unit of work on the service's own database, to make what a test needs."""
        return self.database.writing()

    def sign_in(self, page: Page, officer: Officer) -> None:
        """Sign the officer in on this page, as if he had done so before."""
        with self.writing() as session:
            token = open_sign_in(session, officer, device="browser", at=now())
        app = Flask("cookie")
        app.secret_key = read_settings(self.instance).secret_key
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        cookie = serializer.dumps({TOKEN_KEY: token})
        page.context.add_cookies([{"name": "session", "value": cookie, "url": self.address}])


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Start ``python -m firesafe serve`` on a free port, for the tests of one module.

    They share its database, so each makes what it needs and looks at nothing else.
    """
    tmp_path = tmp_path_factory.mktemp("live")
    instance = tmp_path / "instance"
    write_first_settings(instance)
    upgrade_database(f"sqlite:///{instance / 'firesafe.db'}")
    port = _free_port()
    command = [sys.executable, "-m", "firesafe", "serve", "--listen", f"127.0.0.1:{port}"]
    environment = {**os.environ, INSTANCE_VARIABLE: str(instance)}
    log = tmp_path / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    database = Database(read_settings(instance).database)
    try:
        _wait_for(port, server, log)
        yield LiveServer(f"http://127.0.0.1:{port}", instance, database)
    finally:
        server.terminate()
        server.wait(timeout=20)
        database.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open the Chromium that CHROMIUM_PATH names, else Debian's."""
    path = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
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
    context.close()
    assert faults == []


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the port answers; there is nothing but the port to be asked."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as door:
            door.settimeout(1)
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"The server did not start:\n{log.read_text(encoding='utf-8')}")
