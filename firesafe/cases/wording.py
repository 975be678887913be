"""The Chinese names of what lies in a case, read from their data file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("wording.toml")


@dataclass(frozen=True, slots=True)
class Wording:
    """Every name. ``photos`` are folders by the table whose photographs they hold, in their order.

    ``unnumbered`` are folders by the table that keeps the forms without a number. ``sheets`` and
    ``columns`` are by the names of tables and columns; a table that joined the
    service later is called by its own name.
    """

    archive: str
    check_page: str
    manifest: str
    data: str
    table: str
    filled: str
    withdrawn: str
    below_drawing: str
    other_photos: str
    scans: str
    signatures: str
    yes: str
    no: str
    photos: dict[str, str]
    unnumbered: dict[str, str]
    sheets: dict[str, str]
    columns: dict[str, str]
    words: dict[str, str]


@cache
def wording() -> Wording:
    """Return the names."""
    return Wording(**tomllib.loads(_FILE.read_text(encoding="utf-8")))
