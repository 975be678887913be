"""What the tests of photographs share: stores, and a look into their folders."""

from collections.abc import Callable
from pathlib import Path

import pytest

from firesafe.core.services import Services
from firesafe.core.settings import Settings
from firesafe.photos.store import Store, open_store


@pytest.fixture(autouse=True)
def no_rooms_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody follow what is developed here, but whom a test names."""
    monkeypatch.setattr("firesafe.photos.actions._followers", [])


@pytest.fixture(params=["file", "memory"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A store in a folder, and one in memory behind the same port as a bucket."""
    folder = tmp_path / "仓库 one"
    return open_store(folder.as_uri() if request.param == "file" else "memory:///")


@pytest.fixture
def folder_store(tmp_path: Path) -> Store:
    return open_store((tmp_path / "store").as_uri())


@pytest.fixture
def store(services: Services) -> Store:
    return services.get(Store)


@pytest.fixture
def kept(settings: Settings) -> Callable[[], list[str]]:
    """Return what lies in the store's folder, spooled files included."""

    def names() -> list[str]:
        folder = settings.instance / "store"
        return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())

    return names
