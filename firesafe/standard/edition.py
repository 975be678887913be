"""The editions of the standard: one data file each, read and judged whole when first asked for.

Other rooms take an edition's parts from here too.
"""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from firesafe.core.errors import NotFound
from firesafe.standard.checklist import Basis, Checkpoint, Edition, Group, Item, Words
from firesafe.standard.reading import read_table
from firesafe.standard.wholeness import faults_of

__all__ = [
    "Basis",
    "Checkpoint",
    "Edition",
    "FaultyEdition",
    "Group",
    "Item",
    "Words",
    "current_edition",
    "edition",
    "edition_codes",
    "edition_file",
    "read_edition",
]

_FOLDER = Path(__file__).with_name("editions")


class FaultyEdition(Exception):
    """An edition that is not whole; ``faults`` name file, code and field, one each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_edition(path: Path) -> Edition:
    """Read an edition from its data file and judge it whole.

    Wrong, missing and unknown fields are collected first; only when there are none can the
    parts be held against each other.

    Raises:
        FaultyEdition: with every fault of the round that found any.
        OSError: the file cannot be read.
    """
    content = path.read_bytes()
    faults: list[str] = []
    made: Edition | None = None
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        faults.append(f"is not to be read: {fault}")
    else:
        digest = hashlib.sha256(content).hexdigest()
        made = read_table(Edition, {**table, "sha256": digest}, faults)
    if made:
        faults += faults_of(made)
        if made.code != path.stem:
            faults.append(f"code: {made.code} is not the name of the file")
    if faults or made is None:
        raise FaultyEdition(tuple(f"{path.name}: {fault.strip()}" for fault in faults))
    return made


def edition_codes() -> tuple[str, ...]:
    """Return the codes of all editions that came with the service, oldest first."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.toml")))


def edition_file(code: str) -> Path:
    """Return where an edition's data lies.

    Raises:
        NotFound: there is no such edition. The code may come from outside, so it is looked
            up in the list and never made part of a path unseen.
    """
    if code not in edition_codes():
        raise NotFound("There is no edition %(edition)s of the standard.", edition=code)
    return _FOLDER / f"{code}.toml"


@cache
def edition(code: str) -> Edition:
    """Return an edition by its code; it is read once.

    Raises:
        NotFound: there is no such edition.
        FaultyEdition: its data file is not whole.
    """
    return read_edition(edition_file(code))


def current_edition() -> Edition:
    """Return the newest edition, in which visits are opened."""
    return edition(edition_codes()[-1])
