"""The one text that stands for a paper: a snapshot written as canonical JSON, and read back.

Two papers are the same when their texts are: keys are sorted, days are ISO dates, moments
are in UTC, and there is no floating-point number.
"""

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from types import UnionType
from typing import Any, NoReturn, get_args, get_origin, get_type_hints

from firesafe.notices.kinds import PaperKind
from firesafe.notices.snapshot import (
    FORM,
    FORMS,
    InspectionRecord,
    Paper,
    Photo,
    ServiceReceipt,
)
from firesafe.notices.unnumbered import UNNUMBERED_FORMS, Printable, Unnumbered, UnnumberedKind


def to_json(paper: Printable) -> str:
    """Return the one text that stands for this paper: sorted keys, ISO dates, UTC moments.

    Raises:
        TypeError: a field holds what a snapshot may not, such as a floating-point number
            or a moment without a zone.
    """
    facts = {"form": FORM, "kind": paper.kind.value, **_plain_record(paper)}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Paper:
    """Return the paper that `to_json` wrote down.

    Raises:
        ValueError: the text is of another form, or a field is missing, unknown or of
            another type.
    """
    kind, facts = _facts_of(text)
    paper: Paper = _thawed_record(FORMS[PaperKind(kind)], facts)
    return paper


def unnumbered_from_json(text: str) -> Unnumbered:
    """Return the form without a number that `to_json` wrote down.

    Raises:
        ValueError: see `from_json`.
    """
    kind, facts = _facts_of(text)
    form: Unnumbered = _thawed_record(UNNUMBERED_FORMS[UnnumberedKind(kind)], facts)
    return form


def photo_names(paper: Printable) -> tuple[str, ...]:
    """Return the SHA-256 of every picture this paper prints: photographs, then inks."""
    photos: tuple[Photo, ...] = getattr(paper, "photos", ())
    return tuple(photo.sha256 for photo in photos) + ink_names(paper)


def ink_names(paper: Printable) -> tuple[str, ...]:
    """Return the SHA-256 of the pictures of signatures this paper prints."""
    inks: list[str] = []
    if isinstance(paper, InspectionRecord):
        inks = [inspector.ink_sha256 for inspector in paper.inspectors]
        inks.append(paper.signature.ink_sha256)
    if isinstance(paper, ServiceReceipt):
        inks.append(paper.ink_sha256)
    return tuple(ink for ink in inks if ink)


def printed_text(paper: Printable) -> str:
    """Return every text of the paper in one string, to see which characters it needs."""
    return "\n".join(_texts(_plain_record(paper)))


def _facts_of(text: str) -> tuple[Any, dict[str, Any]]:
    """Return the kind of a snapshot, and its fields."""
    facts = json.loads(text, parse_float=_refuse_number, parse_constant=_refuse_number)
    if not isinstance(facts, dict) or facts.pop("form", None) != FORM:
        raise ValueError(f"not a snapshot of form {FORM}")
    return facts.pop("kind", None), facts


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _plain_record(record: Any) -> dict[str, Any]:
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    later = _later_fields(record)
    return {
        name: _plain(value)
        for name, value in values.items()
        if name not in later or value != later[name]
    }


def _later_fields(form: Any) -> dict[str, Any]:
    """Return the defaults of the fields that a form did not have from the beginning."""
    return {field.name: field.default for field in fields(form) if field.default is not MISSING}


def _plain(value: object) -> Any:
    if value is None or type(value) in (str, int):
        return value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return _plain_record(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a snapshot keeps no moment without a zone")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a snapshot keeps no {type(value).__name__}")


def _thawed_record(form: Any, facts: object) -> Any:
    hints = {field.name: get_type_hints(form)[field.name] for field in fields(form)}
    if not isinstance(facts, dict):
        raise ValueError(f"{form.__name__} is no record of form {FORM}")
    lacking = hints.keys() - facts.keys()
    if facts.keys() - hints.keys() or lacking - _later_fields(form).keys():
        raise ValueError(f"the fields of {form.__name__} are not those of form {FORM}")
    return form(**{name: _thawed(hints[name], value) for name, value in facts.items()})


def _thawed(hint: Any, value: Any) -> Any:
    if isinstance(hint, UnionType):
        return None if value is None else _thawed(get_args(hint)[0], value)
    if get_origin(hint) is tuple:
        return tuple(_thawed(get_args(hint)[0], part) for part in _of_type(list, value))
    if is_dataclass(hint):
        return _thawed_record(hint, value)
    if hint in (date, datetime):
        return hint.fromisoformat(_of_type(str, value))
    return _of_type(hint, value)


def _of_type(kind: Any, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{value!r} is not of type {kind.__name__}")
    return value


def _refuse_number(text: str) -> NoReturn:
    raise ValueError(f"a snapshot keeps no floating-point number: {text}")
