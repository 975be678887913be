"""What differs between two editions, line by line."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from firesafe.standard.checklist import Edition

_LISTS = {
    "groups": "code",
    "items": "code",
    "checkpoints": "code",
    "facts": "key",
    "triggers": "code",
    "laws": "key",
}
_OTHERS = ("name", "as_of", "days_allowed", "printed", "sampling", "scoring")


def differences(old: Edition, new: Edition) -> list[str]:
    """Return what was added (+), removed (-) and changed (~), down to the single field."""
    lines: list[str] = []
    for field in _OTHERS:
        lines += _changed(field, getattr(old, field), getattr(new, field))
    for field, key in _LISTS.items():
        lines += _listed(field, _by(key, getattr(old, field)), _by(key, getattr(new, field)))
    return lines


def _by(key: str, rows: tuple[Any, ...]) -> dict[str, Any]:
    return {getattr(row, key): row for row in rows}


def _listed(field: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    kind = field.removesuffix("s")
    for code in old:
        if code not in new:
            yield f"- {kind} {code}"
    for code, row in new.items():
        if code in old:
            yield from _changed(f"{kind} {code}", old[code], row)
        else:
            yield f"+ {kind} {code}"


def _changed(place: str, old: Any, new: Any) -> Iterator[str]:
    """Go down to the field that differs; a list is shown whole, for its order may matter."""
    if old == new:
        return
    if is_dataclass(old) and type(old) is type(new):
        for field in fields(old):
            was, became = getattr(old, field.name), getattr(new, field.name)
            yield from _changed(f"{place}: {field.name}", was, became)
    else:
        yield f"~ {place}: {_shown(old)} → {_shown(new)}"


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(_plain(value), ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
