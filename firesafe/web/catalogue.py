"""The words: one file of translations per room, made into the one catalogue that is read.

``python -m firesafe.web.catalogue`` makes it. The rooms' files lie in
``firesafe/translations/zh``; what is made of them is not kept in git.
"""

import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = "zh"
FOLDER = Path(__file__).resolve().parent.parent / "translations" / LOCALE


class CatalogueFault(Exception):
    """The translations cannot be made into one catalogue; the message names file and words."""


def read_messages(folder: Path = FOLDER) -> Catalog:
    """Return every room's messages as one catalogue.

    Two rooms may use the same words; they must then say the same in Chinese.

    Raises:
        CatalogueFault: a file cannot be read, or one message has two translations.
    """
    merged = Catalog(locale=LOCALE)
    home: dict[str, Path] = {}
    for file in sorted(folder.glob("*.po")):
        for message in _entries(file):
            words = message.id if isinstance(message.id, str) else message.id[0]
            known = merged.get(words, message.context)
            if known is None:
                merged[message.id] = message
                home[words] = file
            elif (known.id, known.string) != (message.id, message.string):
                raise CatalogueFault(
                    f"{words!r} has two translations: {known.string!r} in {home[words].name}"
                    f" and {message.string!r} in {file.name}."
                )
    return merged


def build(folder: Path = FOLDER) -> Path:
    """Write the catalogue that the service reads, and return where it lies.

    Raises:
        CatalogueFault: see `read_messages`.
    """
    words = read_messages(folder)
    target = folder / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(exist_ok=True)
    fresh = target.with_suffix(f".{os.getpid()}")  # two builds at once do not meet
    try:
        with fresh.open("wb") as out:
            write_mo(out, words)
        fresh.replace(target)  # a running service never reads half a catalogue
    finally:
        fresh.unlink(missing_ok=True)
    return target


def _entries(file: Path) -> list[Message]:
    try:
        with file.open(encoding="utf-8") as text:
            return [entry for entry in read_po(text, LOCALE, abort_invalid=True) if entry.id]
    except PoFileError as fault:
        raise CatalogueFault(f"{file.name}: {fault}") from fault


def main() -> None:
    """Build the catalogue, or say why it cannot be built."""
    try:
        build()
    except CatalogueFault as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
