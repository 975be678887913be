"""One row of a table read as values of the register, with what cannot be read and why."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from firesafe.core.errors import RuleBroken
from firesafe.core.words import N_
from firesafe.factories import entry
from firesafe.factories.models import BuildingUse, FactoryState
from firesafe.factories.rules import coordinate, credit_code, has_lost_digits, phone
from firesafe.imports import rules
from firesafe.imports.tables import Row

PLACES = ("county", "town", "community")
LENGTHS = {**entry.LENGTHS, "town": 40, "community": 40}
HIDDEN = "****"  # stands for the middle of a phone number in our own export
_MAY_BE_A_DATE = frozenset({"note"})


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a cell: an English message id, what fills it, and the field."""

    field: str
    sentence: str
    words: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What a row says: values by field, places by the words of the row, and remarks.

    A cell without a word is absent: it says nothing and changes nothing.
    """

    line: int
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    places: dict[str, str] = dataclasses.field(default_factory=dict)
    faults: list[Remark] = dataclasses.field(default_factory=list)
    notes: list[Remark] = dataclasses.field(default_factory=list)

    @property
    def name(self) -> str:
        """What the row calls the factory; maybe nothing."""
        return str(self.values.get("name", ""))


def read_row(row: Row, columns: Mapping[str, int]) -> Reading:
    """Read the cells of one row; ``columns`` says which of them holds which field."""
    reading = Reading(row.line)
    for name, place in columns.items():
        text = row.cells[place] if place < len(row.cells) else ""
        try:
            value = read_cell(name, text)
        except RuleBroken as fault:
            reading.faults.append(Remark(name, fault.sentence, fault.words))
            continue
        if value is None or value == "":
            continue
        (reading.places if name in PLACES else reading.values)[name] = value
        if name.endswith("_phone") and has_lost_digits(text):
            reading.notes.append(_lost_digits(name, text))
    return reading


def read_cell(name: str, text: str) -> Any:
    """Return what a cell says of a field; None or an empty text if it says nothing.

    Raises:
        RuleBroken: it cannot be read as that field.
    """
    if name not in _MAY_BE_A_DATE:
        rules.check_no_date(text)
    return _READERS.get(name, partial(_text, name))(text)


def _text(name: str, text: str) -> str:
    told = rules.as_written(text)
    if len(told) > LENGTHS[name]:
        raise RuleBroken("This is longer than %(most)s characters.", most=LENGTHS[name])
    return told


def _of_bare(rule: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: rule(rules.bare(text))


def _phone(text: str) -> str:
    """Return a phone number; an export hides its middle digits, which says nothing of it."""
    told = rules.bare(text)
    return "" if HIDDEN in told else phone(told)


def _use(text: str) -> BuildingUse | None:
    value = rules.choice("building_use", rules.bare(text))
    return BuildingUse(value) if value else None


def _state(text: str) -> FactoryState | None:
    value = rules.choice("state", rules.bare(text))
    return FactoryState(value) if value else None


def _lost_digits(name: str, text: str) -> Remark:
    return Remark(
        name,
        N_("Written as %(text)s: its last digits may be lost. Compare it."),
        {"text": text},
    )


_READERS: dict[str, Callable[[str], Any]] = {
    "credit_code": _of_bare(credit_code),
    "responsible_phone": _phone,
    "fire_manager_phone": _phone,
    "zone_code": _of_bare(rules.named_zone),
    "county": _of_bare(rules.county_as_written),
    "former_county_code": _of_bare(rules.code_as_written),
    "building_use": _use,
    "state": _state,
    "fire_resistance": _of_bare(partial(rules.choice, "fire_resistance")),
    "latitude": _of_bare(partial(coordinate, most=90)),
    "longitude": _of_bare(partial(coordinate, most=180)),
    **dict.fromkeys(entry.FLAGS, rules.yes_or_no),
    **{
        name: _of_bare(partial(rules.figure, least=least, most=most))
        for name, (least, most) in entry.RANGES.items()
    },
}
