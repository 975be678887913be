"""Finding every message of the program, and judging its translation."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

import firesafe.app  # noqa: F401 — brings in the rooms and with them their refusals
from firesafe.core.errors import DomainError

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"%\((\w+)\)")
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")

Words = str | tuple[str, ...]


def keywords() -> dict[str, tuple[int, ...] | None]:
    """Return what marks a message: gettext's own names, and every refusal with its sentence."""
    own = {"lazy_gettext": None, "lazy_ngettext": (1, 2), "require": (2,)}
    return dict(DEFAULT_KEYWORDS) | own | dict.fromkeys(_names_below(DomainError))


def messages_in(folders: Iterable[Path]) -> dict[Words, list[str]]:
    """Return every message marked in Python and templates, with the places where it stands."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[Words, list[str]] = {}
    for folder in folders:
        for name, line, words, *_ in extract_from_dir(folder, methods, options, keywords()):
            found.setdefault(words, []).append(f"{folder.name}/{name}:{line}")
    return found


def untranslated(marked: dict[Words, list[str]], catalogue: Catalog) -> list[str]:
    """Return the marked messages that have no translation to be trusted, with their places."""
    return sorted(
        f"{places[0]}: {words!r}"
        for words, places in marked.items()
        if not _is_translated(catalogue.get(_first(words)), words)
    )


def unused(marked: dict[Words, list[str]], catalogue: Catalog) -> list[str]:
    """Return the translations that nothing asks for."""
    asked = {_first(words) for words in marked}
    return sorted(repr(entry.id) for entry in _entries(catalogue) if _first(entry.id) not in asked)


def misplaced(catalogue: Catalog) -> list[str]:
    """Return the translations whose ``%(name)s`` places are not those of the message."""
    return sorted(
        repr(entry.id)
        for entry in _entries(catalogue)
        if _places(entry.id) != _places(entry.string)
    )


def chinese_lines(files: Iterable[Path]) -> list[str]:
    """Return the lines that hold Chinese, as ``file:number``."""
    return [
        f"{file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if CHINESE.search(line)
    ]


def _names_below(kind: type) -> Iterator[str]:
    for below in kind.__subclasses__():
        yield below.__name__
        yield from _names_below(below)


def _is_translated(entry: Message | None, words: Words) -> bool:
    if entry is None or entry.fuzzy or isinstance(words, tuple) != entry.pluralizable:
        return False
    return all(_forms(entry.string))


def _entries(catalogue: Catalog) -> Iterator[Message]:
    return (entry for entry in catalogue if entry.id)


def _first(words: Words) -> str:
    return words if isinstance(words, str) else words[0]


def _forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _places(text: str | Iterable[str]) -> set[str]:
    return {place for form in _forms(text) for place in PLACE.findall(form)}
