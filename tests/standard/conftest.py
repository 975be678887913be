"""The current edition, and copies of it that were tampered with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from firesafe.standard.edition import Edition, edition, edition_file

Tamper = Callable[..., Path]


@pytest.fixture(scope="session")
def standard() -> Edition:
    return edition("2026")


@pytest.fixture
def tampered(tmp_path: Path) -> Tamper:
    """Return what writes a copy of the 2026 edition with one text replaced.

    ``within`` names the row, by its code or key, in which the text is looked for.
    """

    def write(old: str, new: str, *, within: str = "") -> Path:
        text = edition_file("2026").read_text(encoding="utf-8")
        start = 0
        if within:
            start = min(
                place
                for field in ("code", "key")
                if (place := text.find(f'\n{field} = "{within}"\n')) >= 0
            )
        place = text.index(old, start)
        copy = tmp_path / "2026.toml"
        copy.write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
        return copy

    return write
