"""How counties write their registers: what a column is, and what stands in its cells."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from firesafe.core.errors import RuleBroken
from firesafe.districts.counties import city
from firesafe.factories.rules import county_of_code, name_key, plain, whole_number

ROWS_BEFORE_HEADER = 15

_FILE = Path(__file__).with_name("columns.toml")
_IN_BRACKETS = re.compile("[(\\[\u3010\u3014][^)\\]\u3011\u3015]*[)\\]\u3011\u3015]")
_FROM_A_DIGIT = re.compile("[0-9].*")
_HALF_WIDTH = {  # digits and letters, and nothing else of the full-width block
    full: full - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for full in range(first, last + 1)
}
_QUOTED_FORMULA = re.compile(r"'(?=[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class Words:
    """The county's words, each reduced by `name_key`, beside what they mean to us."""

    columns: Mapping[str, str]
    headings: Mapping[str, str]
    in_template: tuple[str, ...]
    example: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    yes: frozenset[str]
    no: frozenset[str]
    nothing: frozenset[str]
    totals: frozenset[str]
    date: re.Pattern[str]
    name_endings: tuple[str, ...]
    town_endings: tuple[str, ...]
    community_endings: tuple[str, ...]
    before_figures: tuple[str, ...]
    after_figures: tuple[str, ...]
    below_ground: tuple[str, ...]


@cache
def words() -> Words:
    """Return the county's words as their data file tells them."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Words(
        columns={name_key(h): field for field, all_ in data["headings"].items() for h in all_},
        headings={field: all_[0] for field, all_ in data["headings"].items()},
        in_template=tuple(data["headings_in_template"]),
        example=data["example"],
        choices={
            field: {name_key(word): value for value, all_ in data[field].items() for word in all_}
            for field in ("building_use", "state", "fire_resistance")
        },
        yes=_set(data["yes"]),
        no=_set(data["no"]),
        nothing=_set(data["nothing"]),
        totals=_set(data["totals"]),
        date=re.compile("|".join(data["dates"])),
        **{key: _longest_first(data[key]) for key in _ENDINGS},
    )


_ENDINGS = (
    "name_endings",
    "town_endings",
    "community_endings",
    "before_figures",
    "after_figures",
    "below_ground",
)


def column_of(heading: str) -> str | None:
    """Return the field that a heading names, or None.

    What stands in brackets does not count, nor does a unit at the end: 面积㎡.
    """
    known = words().columns
    key = name_key(_IN_BRACKETS.sub("", plain(heading)))
    without_unit = _without(key, words().after_figures)
    return known.get(key) or known.get(without_unit) or known.get(name_key(heading))


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """Return which column holds which field; of two with one meaning the first."""
    guessed: dict[str, int] = {}
    for place, heading in enumerate(header):
        field = column_of(heading)
        if field is not None:
            guessed.setdefault(field, place)
    return guessed


def header_place(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the rows is the header: the one with the most headings we know.

    Titles and remarks may stand above it. Without any known heading it is the first row.
    """
    first = rows[:ROWS_BEFORE_HEADER]
    counts = [len(guess_columns(row)) for row in first]
    return counts.index(max(counts)) if counts else 0


def is_total(cells: Iterable[str]) -> bool:
    """Tell whether the row sums up others: its first filled cell says so, maybe with a figure."""
    first = next((name_key(cell) for cell in cells if cell.strip()), "")
    return _FROM_A_DIGIT.sub("", first) in words().totals


def bare(text: str) -> str:
    """Return a cell without the quote of our own export, and nothing for what means nothing."""
    told = _QUOTED_FORMULA.sub("", plain(text), count=1) if text[:1] == "'" else plain(text)
    return "" if _key(told) in words().nothing else told


def as_written(text: str) -> str:
    """Return a cell as the register keeps it: half-width letters and digits, all else untouched.

    Full-width commas and brackets are how Chinese is written, so they stay.
    """
    if not bare(text):
        return ""
    told = " ".join(text.translate(_HALF_WIDTH).split())
    return _QUOTED_FORMULA.sub("", told, count=1) if text[:1] == "'" else told


def check_no_date(text: str) -> None:
    """Let a cell pass that a spreadsheet has not made a date of: 5-1 becomes 1 May.

    Raises:
        RuleBroken: it has.
    """
    if words().date.fullmatch(plain(text).lower()):
        raise RuleBroken(
            "The spreadsheet has made a date of it: %(text)s. Write it as text.", text=plain(text)
        )


def yes_or_no(text: str) -> bool | None:
    """Return what a cell says in one of the county's ways; None for nothing.

    Raises:
        RuleBroken: it is neither.
    """
    key = _key(text)
    if not key:
        return None
    if key in words().yes:
        return True
    if key in words().no:
        return False
    raise RuleBroken("“%(text)s” is neither yes nor no.", text=plain(text))


def choice(field: str, text: str) -> str | None:
    """Return the value of building use, state or fire resistance that a cell names, or None.

    Raises:
        RuleBroken: it names none of them.
    """
    key = name_key(_IN_BRACKETS.sub("", plain(text)))
    if not key:
        return None
    found = words().choices[field].get(key)
    if found is None:
        raise RuleBroken("“%(text)s” is none of the choices.", text=plain(text))
    return found


def figure(text: str, *, least: int = 0, most: int = 1_000_000) -> int | None:
    """Return a whole number without the words around it: 约500㎡, 3层; below ground negative.

    Raises:
        RuleBroken: it is no single number, or out of the range.
    """
    left = plain(text).lower()
    for ending in words().after_figures:
        left = left.removesuffix(ending).strip()
    for beginning in words().before_figures:
        left = left.removeprefix(beginning).strip()
    for mark in words().below_ground:
        if left.startswith(mark):
            left = f"-{left.removeprefix(mark).strip()}"
    try:
        return whole_number(left, least=least, most=most)
    except RuleBroken as fault:
        if fault.words.get("text") is None:
            raise
        raise RuleBroken("“%(text)s” is no number.", text=plain(text)) from fault


def county_as_written(text: str) -> str | None:
    """Return the code of the county that a cell names; a former code stays as it stands.

    Raises:
        RuleBroken: it names no county of the city.
    """
    told = plain(text)
    for one in city().counties:
        if told in (one.name_zh, one.short_zh, one.name_en, f"{city().name_zh}{one.name_zh}"):
            return one.code
    return code_as_written(told)


def code_as_written(text: str) -> str | None:
    """Return a code of GB/T 2260 as it stands in a cell; None for nothing.

    Raises:
        RuleBroken: no county of the city has or had it.
    """
    if not plain(text):
        return None
    county_of_code(text)
    return str(whole_number(text))


def named_zone(text: str) -> str | None:
    """Return the code of the functional zone that a cell names; None for nothing.

    Raises:
        RuleBroken: it names none of the city.
    """
    told = plain(text)
    for zone in city().zones:
        if told in (zone.code, zone.name_zh, zone.name_en):
            return zone.code
    if told:
        raise RuleBroken("The city has no functional zone “%(name)s”.", name=told)
    return None


def town_key(name: str) -> str:
    """Return what two spellings of one town have in common: 老县 and 老县镇."""
    return _without(name_key(name), words().town_endings)


def community_key(name: str) -> str:
    """Return what two spellings of one community have in common: 示例 and 示例社区."""
    return _without(name_key(name), words().community_endings)


def loose_name_key(name: str) -> str:
    """Return what two spellings of one factory's name may have in common.

    Its county and what kind of enterprise it is do not count. Two factories with the same
    loose name are not yet the same, but somebody has to look.
    """
    key = name_key(_IN_BRACKETS.sub("", plain(name)))
    key = _places_before_names().sub("", key)
    shorter = _without(key, words().name_endings)
    while shorter != key:
        key, shorter = shorter, _without(shorter, words().name_endings)
    return key


@cache
def _places_before_names() -> re.Pattern[str]:
    counties = (name for one in city().counties for name in (one.name_zh, one.short_zh))
    return re.compile(f"^(?:{city().name_zh})?(?:{'|'.join(counties)})*")


def _without(key: str, endings: Iterable[str]) -> str:
    for ending in endings:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            return key.removesuffix(ending)
    return key


def _key(text: str) -> str:
    return plain(text).replace(" ", "").casefold()


def _set(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_key, texts))


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(_key, texts), key=len, reverse=True))
