"""Turns a table of a data file into dataclasses; the dataclasses are its only schema."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

_CALLED = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    date: "a day",
}


def read_table(kind: type[T], table: Mapping[str, Any], faults: list[str]) -> T | None:
    """Return the dataclass that ``table`` describes, or None after adding to ``faults``.

    A fault names its place: the code or key of the row, then the field. Whole numbers are
    not taken for truth values, nor the other way round. Unknown fields are faults too,
    since a misspelt one would otherwise be passed over.
    """
    before = len(faults)
    made: T = _read(kind, table, "", faults)
    return made if len(faults) == before else None


def _read(kind: Any, value: Any, place: str, faults: list[str]) -> Any:
    origin = get_origin(kind)
    if origin is UnionType:
        return _read_one_of(get_args(kind), value, place, faults)
    if origin is tuple:
        return _read_list(get_args(kind)[0], value, place, faults)
    if origin is Mapping:
        return _read_mapping(get_args(kind), value, place, faults)
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_dataclass(kind, value, place, faults)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _read_choice(kind, value, place, faults)
    return _read_plain(kind, value, place, faults)


def _read_one_of(kinds: tuple[Any, ...], value: Any, place: str, faults: list[str]) -> Any:
    """Read an optional value, or one of several plain kinds."""
    kinds = tuple(kind for kind in kinds if kind is not NoneType)
    if len(kinds) == 1:
        return _read(kinds[0], value, place, faults)
    tried: list[str] = []
    for kind in kinds:
        tried = []
        made = _read(kind, value, place, tried)
        if not tried:
            return made
    faults.extend(tried[:1])
    return None


def _read_list(kind: Any, value: Any, place: str, faults: list[str]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        faults.append(f"{place}: a list is needed, not {value!r}")
        return ()
    return tuple(
        _read(kind, entry, _row_place(place, number, entry), faults)
        for number, entry in enumerate(value, start=1)
    )


def _row_place(place: str, number: int, entry: Any) -> str:
    """Name a row by its code or key, so that it is found again after others were added."""
    if isinstance(entry, Mapping):
        for field in ("code", "key"):
            if isinstance(entry.get(field), str):
                return f"{place} {entry[field]}"
    return f"{place} no. {number}"


def _read_mapping(
    kinds: tuple[Any, ...], value: Any, place: str, faults: list[str]
) -> dict[Any, Any]:
    """Read a mapping that names every member of its kind of key, and nothing else."""
    key_kind, value_kind = kinds
    if not isinstance(value, Mapping):
        faults.append(f"{place}: a table is needed, not {value!r}")
        return {}
    faults.extend(f"{place}: {key.value} is missing" for key in key_kind if key not in value)
    return {
        _read(key_kind, key, place, faults): _read(value_kind, entry, f"{place}: {key}", faults)
        for key, entry in value.items()
    }


def _read_dataclass(kind: type[Any], value: Any, place: str, faults: list[str]) -> Any:
    if not isinstance(value, Mapping):
        faults.append(f"{place}: a table is needed, not {value!r}")
        return None
    hints = get_type_hints(kind)
    wrong = [*_missing(kind, value, place), *_unknown(hints, value, place)]
    found = {
        name: _read(hints[name], entry, f"{place}: {name}" if place else name, faults)
        for name, entry in value.items()
        if name in hints
    }
    faults.extend(wrong)
    return None if wrong else kind(**found)


def _missing(kind: type[Any], value: Mapping[str, Any], place: str) -> Iterator[str]:
    for field in fields(kind):
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        if field.name not in value and not has_default:
            yield f"{place}: {field.name} is missing" if place else f"{field.name} is missing"


def _unknown(hints: Mapping[str, Any], value: Mapping[str, Any], place: str) -> Iterator[str]:
    for name in value:
        if name not in hints:
            sentence = f"{name} is not a field of this table"
            yield f"{place}: {sentence}" if place else sentence


def _read_choice(kind: type[StrEnum], value: Any, place: str, faults: list[str]) -> Any:
    if value in set(kind):
        return kind(value)
    choices = ", ".join(member.value for member in kind)
    faults.append(f"{place}: {value!r} is none of {choices}")
    return None


def _read_plain(kind: type[Any], value: Any, place: str, faults: list[str]) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, kind) and isinstance(value, bool) == (kind is bool):
        return value
    if kind is float and is_number:
        return float(value)
    faults.append(f"{place}: {_CALLED[kind]} is needed, not {value!r}")
    return None
