"""How a message is worded, in the language of whoever gets it."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from firesafe.reminders.rules import Occasion

MOST_LINES = 10
"""A message is read on a lock screen: so many findings are named, the others counted."""

MOST_CHARACTERS = 40
DEFAULT = "zh"


@dataclass(frozen=True, slots=True)
class Matter:
    """A finding as a message speaks of it."""

    factory: str
    code: str
    wording: str
    due_on: date
    occasion: Occasion


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def subject(count: int, language: str | None) -> str:
    """Return the title of a message about so many findings."""
    return _in(language)["subject"].format(count=count)


def personal_text(
    matters: Sequence[Matter], today: date, address: str, language: str | None
) -> str:
    """Return the text for one person: a line for each finding, the most pressing first."""
    words = _in(language)
    pressing = sorted(matters, key=lambda matter: matter.due_on)
    lines = [_line(matter, today, words) for matter in pressing[:MOST_LINES]]
    if len(matters) > MOST_LINES:
        lines.append(words["more"].format(count=len(matters) - MOST_LINES))
    return "\n".join([*lines, words["foot"].format(address=address)])


def county_text(matters: Sequence[Matter], address: str) -> str:
    """Return the text for a county's channel: how many there are in each factory."""
    words = _in(None)
    counts = Counter(matter.factory for matter in matters).most_common()
    lines = [words["county"].format(factory=name, count=n) for name, n in counts[:MOST_LINES]]
    if len(counts) > MOST_LINES:
        lines.append(words["more"].format(count=sum(n for _name, n in counts[MOST_LINES:])))
    return "\n".join([*lines, words["foot"].format(address=address)])


def _in(language: str | None) -> dict[str, str]:
    return _words()["en" if (language or DEFAULT).startswith("en") else DEFAULT]


def _line(matter: Matter, today: date, words: dict[str, str]) -> str:
    short = matter.wording[:MOST_CHARACTERS]
    return words[matter.occasion].format(
        factory=matter.factory,
        code=matter.code,
        wording=short if short == matter.wording else f"{short}…",
        day=matter.due_on.isoformat(),
        left=abs((matter.due_on - today).days),
    )
