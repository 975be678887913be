"""The wheel works on its own: in an empty folder, without a checkout beside it."""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("setup.cfg", "pyproject.toml", "firesafe", "templates", "static")
BUILD_SECONDS = 240
BUILD = "from setuptools.build_meta import build_wheel; build_wheel('wheel')"


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, timeout=BUILD_SECONDS
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, because setuptools packs again what an earlier build left behind."""
    copy = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy)
    run(sys.executable, "-c", BUILD, cwd=copy)
    return next((copy / "wheel").glob("*.whl"))


@pytest.fixture(scope="module")
def firesafe(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment with the wheel in it; the rest is borrowed, not downloaded."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    run(folder / "bin" / "pip", "install", "--no-deps", "--no-index", wheel, cwd=folder)
    installed = next(folder.glob("lib/python*/site-packages"))
    (installed / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin" / "firesafe"


@pytest.fixture
def address(firesafe: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the service, started in an empty folder."""
    run(firesafe, "init", cwd=tmp_path)
    run(firesafe, "db", "upgrade", cwd=tmp_path)
    command = (firesafe, "serve", "--no-worker", "--listen", "127.0.0.1:0")
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as service:
        try:
            yield _announced(service)
        finally:
            service.terminate()


def _announced(service: "subprocess.Popen[str]") -> str:
    said = []
    watch = Timer(PATIENCE_SECONDS, service.kill)
    watch.start()
    for line in service.stderr or ():
        said.append(line)
        if match := re.search(r"Serving on (http://\S+)", line):
            watch.cancel()
            return match[1]
    raise AssertionError("The service ended: " + "".join(said))


def test_the_wheel_holds_every_file_of_the_package_and_no_source_of_the_bundle(wheel):
    packed = set(ZipFile(wheel).namelist())
    meant = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "firesafe").rglob("*")
        if file.is_file() and file.name[0] != "." and file.suffix not in (".po", ".pyc")
    }

    assert meant - packed == set()
    assert {"firesafe/static/dist/manifest.json", "firesafe/templates/layouts/page.html"} <= packed
    assert [name for name in packed if name.startswith("firesafe/static/src/")] == []


def test_the_sign_in_page_of_an_empty_folder_is_dressed_and_speaks_chinese(address):
    with urlopen(address, timeout=PATIENCE_SECONDS) as answer:
        page = answer.read().decode()

    style = re.search(r'href="(/static/main-\w{8}\.css)"', page)
    assert style, page
    with urlopen(address + style[1], timeout=PATIENCE_SECONDS) as answer:
        assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'
        assert "immutable" in answer.headers["Cache-Control"]
    assert re.search("[\u4e00-\u9fff]", page)


def test_the_instance_lies_in_the_folder_where_the_service_was_started(address, tmp_path):
    assert (tmp_path / "instance" / "firesafe.db").is_file()
