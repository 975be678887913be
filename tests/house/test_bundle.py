"""What the browser gets: whole, within its budget, and every icon that is asked for."""

import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "static" / "dist"
ICON = re.compile(r"""\bicon\(\s*["']([\w-]+)["']""")


@pytest.fixture(scope="module")
def manifest():
    return json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "kilobytes"),
    [("main.css", 20), ("more.css", 5), ("main.mjs", 5), ("phone.mjs", 10), ("visit.mjs", 25)],
)
def test_a_bundled_file_keeps_to_its_budget_when_compressed(manifest, name, kilobytes):
    content = (DIST / manifest[name]).read_bytes()

    assert 0 < len(gzip.compress(content)) <= kilobytes * 1024


def test_every_bundled_file_is_there_compressed(manifest):
    missing = [
        name + suffix
        for name in manifest.values()
        for suffix in (".br", ".gz")
        if not (DIST / (name + suffix)).is_file()
    ]

    assert missing == []


def test_every_icon_asked_for_is_drawn():
    drawn = json.loads((DIST / "drawings.json").read_text(encoding="utf-8")).keys()
    asked = {
        name
        for page in (ROOT / "templates").rglob("*.html")
        for name in ICON.findall(page.read_text(encoding="utf-8"))
    }

    assert asked - drawn == set()


def test_what_every_page_of_an_officer_needs_comes_in_three_files(manifest):
    layers = [manifest[name] for name in ("main.mjs", "phone.mjs", "visit.mjs")]
    brought = {
        name
        for file in layers
        for name in re.findall(r"""(?:from|import)"\./([^"]+)\"""", (DIST / file).read_text())
    }

    assert brought <= set(layers)
