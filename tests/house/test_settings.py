"""Every setting is described in the README, and nothing that is not one."""

import re
from dataclasses import fields
from pathlib import Path

from firesafe.core.settings import Settings

README = Path(__file__).resolve().parents[2] / "README.md"


def described(text: str) -> set[str]:
    section = text.partition("## Settings")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([a-z_]+)`", section, flags=re.MULTILINE))


def test_the_readme_describes_every_setting():
    names = {field.name for field in fields(Settings)} - {"instance"}
    assert described(README.read_text(encoding="utf-8")) == names


def test_the_finder_of_settings_finds_them():
    assert described("## Settings\n| `a_b` | x |\n| `c` | y |\n## Next\n| `d` |") == {"a_b", "c"}
