"""The few fixtures that every room's tests share."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from xdist.remote import Producer

import tests.told  # noqa: F401 — watches the trail in every test
from firesafe.accounts.actions import open_sign_in
from firesafe.accounts.models import Officer
from firesafe.app import create_app, folder, open_services
from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.services import Services
from firesafe.core.settings import Settings
from firesafe.migrations.steps import upgrade_database
from firesafe.notices.pressroom import PressRoom
from firesafe.web.gate import TOKEN_KEY
from firesafe.web.limits import limiter
from tests.browser import browser, desk, live_server, phone, playwright  # noqa: F401 — for all
from tests.faults.fixtures import display, line, own_server, pocket_phone, webkit  # noqa: F401
from tests.house.pages import PageClient
from tests.postgres import Cluster, postgres_cluster
from tests.scheduling import OnceOnly
from tests.standing import Standing
from tests.tables import put_tables
from tests.templates import keep_compiled_templates

ENGINES = ("sqlite", "postgresql")
SECRET_KEY = "s" * 40


@pytest.fixture(scope="session", autouse=True)
def no_wait_for_the_disk() -> Iterator[None]:
    """What a power cut would cost does not matter here; as little for files as for rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


def pytest_configure() -> None:
    keep_compiled_templates()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=ENGINES, help="run on one database only")


def pytest_collection_finish() -> None:
    """Keep the collector away from what was loaded: going through it took a sixth of all CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OnceOnly | None:
    return OnceOnly(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        engines = [chosen] if chosen else ENGINES
        if metafunc.definition.get_closest_marker("on_sqlite"):
            engines = ["sqlite"]
        metafunc.parametrize("engine", engines, scope="session")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with postgres_cluster(prepare=upgrade_database) as running:
        yield running


@pytest.fixture
def database_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if engine == "sqlite":
        put_tables(tmp_path / "firesafe.db")
        yield f"sqlite:///{tmp_path / 'firesafe.db'}"
    else:
        with request.getfixturevalue("cluster").clean_database() as url:
            yield url


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(instance=tmp_path, secret_key=SECRET_KEY, database_url=database_url)


@pytest.fixture(scope="session")
def press_room() -> PressRoom:
    """The one press of this process, as in use: to make one takes as long as ten papers."""
    return PressRoom(folder("templates"), folder("static"))


@pytest.fixture(scope="session")
def standing() -> dict[str, Standing]:
    """The engines of this process, one pair for each of the two databases."""
    return {}


@pytest.fixture
def services(
    engine: str, settings: Settings, press_room: PressRoom, standing: dict[str, Standing]
) -> Iterator[Services]:
    opened = open_services(settings)
    opened.add(press_room)
    if engine not in standing:
        standing[engine] = Standing(settings.database)
    standing[engine].take_over(opened.get(Database))
    yield opened
    opened.get(Database).close()


@pytest.fixture
def database(services: Services) -> Database:
    return services.get(Database)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session. Commit it before visiting a page, which writes for itself."""
    with Session(database.writer, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def standing_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The service, put together once: its routes and templates take longer than a typical test."""
    settings = Settings(instance=tmp_path_factory.mktemp("standing"), secret_key=SECRET_KEY)
    return ready_for_tests(create_app(settings, Services()))


@pytest.fixture
def app(standing_app: Flask, services: Services) -> Iterator[Flask]:
    """The service over this test's own database; what the test sets in its config is put back.

    For further addresses ask for `new_app`.
    """
    standing_app.extensions["services"] = services
    limiter.reset()
    config = dict(standing_app.config)
    yield standing_app
    standing_app.config.clear()
    standing_app.config.update(config)


@pytest.fixture
def new_app(settings: Settings, services: Services) -> Flask:
    """The service as `app`, but this test's alone: it may be given further addresses."""
    return ready_for_tests(create_app(settings, services))


def ready_for_tests(made: Flask) -> Flask:
    """Let every page be looked at, and forms be sent without a token."""
    made.testing = True
    made.test_client_class = PageClient
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture
def sign_in(app: Flask, session: Session) -> Callable[[Officer], FlaskClient]:
    """Return a client in which the officer is signed in; commits what the test has made."""

    def signed_in(officer: Officer) -> FlaskClient:
        token = open_sign_in(session, officer, device="test", at=now())
        session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie[TOKEN_KEY] = token
        return client

    return signed_in
