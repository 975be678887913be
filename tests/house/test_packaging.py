"""Nothing is missing from the wheel, the locks or the README without a test saying so."""

import json
import re
from configparser import ConfigParser
from pathlib import Path

import pytest
from setuptools import find_packages

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"firesafe.templates", "firesafe.static"}


@pytest.fixture(scope="module")
def setup() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def pins(setup: ConfigParser, *extras: str) -> set[str]:
    lists = [setup["options"]["install_requires"]]
    lists += [setup["options.extras_require"][extra] for extra in extras]
    return {line for text in lists for line in text.split()}


def bare(pin: str) -> str:
    """Return ``psycopg==3.3.9`` for ``psycopg[binary]==3.3.9``, in the spelling of a lock."""
    return re.sub(r"\[.*\]", "", pin).lower().replace("_", "-")


def locked(name: str) -> set[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {bare(pin) for pin in re.findall(r"^(\S+==\S+)", text, re.MULTILINE)}


def test_every_package_is_listed(setup):
    listed = set(setup["options"]["packages"].split())

    assert listed - FOLDERS == set(find_packages(ROOT, include=["firesafe", "firesafe.*"]))


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["build"]), ("requirements-test.lock", ["build", "test"])],
)
def test_a_lock_holds_every_pin(setup, lock, extras):
    wanted = {bare(pin) for pin in pins(setup, *extras)}

    assert wanted - locked(lock) == set(), "`./run lock` writes the locks anew"


def test_both_locks_agree():
    assert locked("requirements.lock") - locked("requirements-test.lock") == set()


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("*lock*")))
def test_a_lock_names_no_host(lock):
    text = (ROOT / lock).read_text("utf-8")
    text = re.sub(
        r'"funding": \{\s*"url": "[^"]*"\s*\}', "", text
    )  # an appeal, no place to load from

    assert re.findall(r"https?://\S+|\"resolved\"", text) == []


def test_every_version_is_pinned_exactly(setup):
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = (package["dependencies"] | package["devDependencies"]).values()

    assert [pin for pin in pins(setup, "build", "test") if "==" not in pin] == []
    assert [version for version in versions if not re.fullmatch(r"[\d.]+", version)] == []


def test_the_readme_gives_every_dependency_its_reason(setup):
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    names = {re.split(r"[\[=]", pin)[0] for pin in pins(setup, "build", "test")}
    names |= package["dependencies"].keys() | package["devDependencies"].keys()
    table = re.findall(r"^\| ([^| ]+) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)

    assert names - set(table) == set()
