"""The cells of the register as a table: plain columns of the database, put into words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, Numeric, Select, String, type_coerce

from firesafe.core.columns import Choice
from firesafe.districts.models import Community, Town
from firesafe.factories.entry import FLAGS, TABLE_COLUMNS
from firesafe.factories.models import Factory
from firesafe.factories.queries import Factories

Row = Sequence[Any]
PHONES = ("responsible_phone", "fire_manager_phone")
BEGIN_A_FORMULA = frozenset("=+-@\t\r")
_PLACES = {"town_id": Town.__table__.c.name, "community_id": Community.__table__.c.name}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a table speaks: its headings, and what choices, zones and ticks are called."""

    headings: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    yes: str
    no: str


def table_of(factories: Factories) -> Select[Any]:
    """Return the factories as rows in the order of `TABLE_COLUMNS`, by name, places by theirs.

    To be executed on a connection: values come as the driver has them, for ten thousand
    rows of forty enum members and truth values are not free.
    """
    rows = factories.by_name().with_only_columns(*map(_as_driven, TABLE_COLUMNS))
    rows = rows.join(Town, Factory.town_id == Town.id)
    return rows.outerjoin(Community, Factory.community_id == Community.id)


def reader_of(wording: Wording, *, is_masked: bool) -> Callable[[Row], list[Any]]:
    """Return what puts a row of `table_of` into words.

    ``is_masked`` hides the middle of phone numbers: 138****0000. No text is left that begins
    like a formula: one that would gets a quote before it.
    """
    flags = _places(FLAGS)
    named = [(place, wording.names[TABLE_COLUMNS[place]]) for place in _places(wording.names)]
    phones = _places(PHONES) if is_masked else []
    texts = _places(name for name in TABLE_COLUMNS if _is_text(name) and name not in wording.names)
    yes, no = wording.yes, wording.no

    def cells(row: Row) -> list[Any]:
        told = list(row)
        for place in flags:
            told[place] = yes if told[place] else no
        for place, names in named:
            told[place] = names.get(told[place], "")
        for place in phones:
            told[place] = masked(told[place])
        for place in texts:
            text = told[place]
            if text and text[0] in BEGIN_A_FORMULA:
                told[place] = f"'{text}"
        return told

    return cells


def _as_driven(name: str) -> ColumnElement[Any]:
    column = _PLACES[name] if name in _PLACES else Factory.__table__.c[name]
    if name in FLAGS:
        return type_coerce(column, Integer)
    if isinstance(column.type, Numeric):
        return type_coerce(column, Float)
    return type_coerce(column, String) if isinstance(column.type, Choice) else column


def _is_text(name: str) -> bool:
    return name in _PLACES or isinstance(Factory.__table__.c[name].type, String)


def _places(names: Iterable[str]) -> list[int]:
    wanted = set(names)
    return [place for place, name in enumerate(TABLE_COLUMNS) if name in wanted]


def masked(phone: str) -> str:
    """Hide the middle of a phone number: 138****0000."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else phone
