"""The components on pages of their own: the real service with a few pages that only show them."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from firesafe.app import create_app, open_services
from firesafe.core.settings import Settings
from firesafe.web.doors import public
from firesafe.web.navigation import Link
from tests.patience import PATIENCE_SECONDS

GALLERY = Path(__file__).parent / "gallery"
WAYS_ON = [
    Link("#", name, icon, name == "Today", count)
    for name, icon, count in (
        ("Today", "today", None),
        ("Factories", "factory", None),
        ("Scan", "scan", None),
        ("Findings", "flag", 3),
        ("Papers", "doc", None),
        ("People", "people", None),
    )
]


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The service, with the pages of the gallery at /gallery/NAME."""
    settings = Settings(instance=tmp_path_factory.mktemp("gallery"), secret_key="s" * 40)
    app = create_app(settings, open_services(settings))
    app.testing = True
    app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(GALLERY)])

    @app.get("/gallery/<name>")
    @public
    def gallery(name: str) -> str:
        officer = {"name": "Zhao"} if request.args.get("signed") else None
        navigation = WAYS_ON if officer else []
        return render_template(f"{name}.html", officer=officer, navigation=navigation)

    return app


@pytest.fixture
def render(service: Flask) -> Iterator[Callable[..., str]]:
    """Return a function that renders a piece of template in English, without needless blanks."""
    with service.test_request_context(headers={"Cookie": "language=en"}):
        yield lambda source, **words: " ".join(
            service.jinja_env.from_string(source).render(**words).split()
        )


@pytest.fixture(scope="package")
def address(service: Flask) -> Iterator[str]:
    """Return the address at which the gallery answers."""
    server = make_server("127.0.0.1", 0, service, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/gallery/"
    server.shutdown()
    thread.join(PATIENCE_SECONDS)
    server.server_close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the gallery; a fault of a script fails the test."""
    contexts, faults = [], []

    def opened(name: str, *, width: int = 390, script: bool = True, theme: str = "") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            java_script_enabled=script,
            bypass_csp=False,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if theme:
            context.add_cookies([{"name": "theme", "value": theme, "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(address + name)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
