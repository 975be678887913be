"""The few fixtures that every room's tests share."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

import tests.told  # noqa: F401 — watches the trail in every test
from firesafe.accounts.actions import open_sign_in
from firesafe.accounts.models import Officer
from firesafe.app import create_app, open_services
from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.services import Services
from firesafe.core.settings import Settings
from firesafe.migrations.steps import upgrade_database
from firesafe.web.gate import TOKEN_KEY
from tests.browser import browser, desk, live_server, phone, playwright  # noqa: F401 — for all
from tests.faults.fixtures import display, line, own_server, pocket_phone, webkit  # noqa: F401
from tests.house.pages import PageClient
from tests.postgres import Cluster, postgres_cluster

ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=ENGINES, help="run on one database only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        metafunc.parametrize("engine", [chosen] if chosen else ENGINES, scope="session")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied: faster than migrating for each test."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.db"
    upgrade_database(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with postgres_cluster(prepare=upgrade_database) as running:
        yield running


@pytest.fixture
def database_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "firesafe.db")
        yield f"sqlite:///{tmp_path / 'firesafe.db'}"
    else:
        with request.getfixturevalue("cluster").clean_database() as url:
            yield url


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(instance=tmp_path, secret_key="s" * 40, database_url=database_url)


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    opened = open_services(settings)
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


@pytest.fixture
def app(settings: Settings, services: Services) -> Flask:
    made = create_app(settings, services)
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
