"""The demo, loaded once and looked at by many tests; those that write get a copy."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from firesafe.app import create_app, open_services
from firesafe.core.db import Database
from firesafe.core.services import Services
from firesafe.core.settings import Settings
from firesafe.demo.actions import load_demo
from firesafe.migrations.steps import upgrade_database
from tests.house.pages import PageClient

AT = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)  # half past twelve in Ankang, a Monday
SEED = 7


@contextmanager
def opened(settings: Settings) -> Iterator[Services]:
    services = open_services(settings)
    try:
        yield services
    finally:
        services.get(Database).close()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The demo on SQLite. Only look at it."""
    settings = Settings(instance=tmp_path_factory.mktemp("demo"), secret_key="s" * 40)
    upgrade_database(settings.database)
    with opened(settings) as services:
        load_demo(services, seed=SEED, at=AT)
        yield services


@pytest.fixture
def rows(loaded: Services) -> Iterator[Session]:
    """A session that reads the loaded demo."""
    with loaded.get(Database).reading() as session:
        yield session


@pytest.fixture
def demo_app(loaded: Services, tmp_path: Path) -> Iterator[Flask]:
    """The service over a copy of the loaded rows, which may be changed."""
    original = loaded.get(Settings)
    with (
        closing(sqlite3.connect(original.instance / "firesafe.db")) as source,
        closing(sqlite3.connect(tmp_path / "firesafe.db")) as copy,
    ):
        source.backup(copy)
    settings = Settings(
        instance=tmp_path,
        secret_key="s" * 40,
        store_url=original.store,
        sign_in_attempts_per_minute=1_000,
    )
    with opened(settings) as services:
        app = create_app(settings, services)
        app.testing = True
        app.test_client_class = PageClient
        app.config["WTF_CSRF_ENABLED"] = False
        yield app
