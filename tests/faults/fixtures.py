"""What any test may ask for that needs a bad line, a killed phone or server, or an iPhone."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Playwright
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By

from tests.browser import LOG, LiveServer, tell_where
from tests.faults.line import Line
from tests.faults.pocket import PocketPhone
from tests.faults.webkit import missing, screen, webkit_on


@pytest.fixture
def own_server(tmp_path: Path, database_url: str) -> Iterator[LiveServer]:
    """A server of the test's own on either database: ``kill()`` it, ``start()`` it again."""
    server = LiveServer.made_in(tmp_path, database_url=database_url, has_worker=True)
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture
def line(own_server: LiveServer) -> Iterator[Line]:
    """A bad line to the test's own server."""
    opened = Line(own_server.port)
    yield opened
    opened.close()


@pytest.fixture
def pocket_phone(playwright: Playwright, tmp_path: Path) -> Iterator[PocketPhone]:
    """A phone that can be killed; switch it on with ``start()``. A script's breakdown fails."""
    phone = PocketPhone(playwright, tmp_path / "profile")
    yield phone
    for page in phone.pages:
        tell_where(page)
    phone.close()
    assert not phone.faults, phone.faults


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    with screen() as name:
        yield name


@pytest.fixture
def webkit(request: pytest.FixtureRequest) -> Iterator[WebKitGTK]:
    """A fresh WebKitGTK, driven by Selenium; skipped where it is not installed."""
    if remedy := missing():
        pytest.skip(remedy)
    with webkit_on(request.getfixturevalue("display")) as driver:
        yield driver
        with suppress(WebDriverException):  # it is gone
            body = driver.find_element(By.TAG_NAME, "body")
            LOG.warning("%s\n%s", driver.current_url, body.text[:1000])
