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
    ("name", "kilobytes"), [("main.css", 25), ("main.mjs", 60), ("sprite.svg", 5)]
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


def test_every_icon_asked_for_is_in_the_sprite(manifest):
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (DIST / manifest["sprite.svg"]).read_text()))
    asked = {
        name
        for page in (ROOT / "templates").rglob("*.html")
        for name in ICON.findall(page.read_text(encoding="utf-8"))
    }

    assert asked - drawn == set()
