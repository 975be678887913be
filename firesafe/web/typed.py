"""Doors for machines: what they take and give is said by the type hints of the view, and kept.

A view that is ``typed`` may have a parameter ``sent``, the model of its body, and one ``said``,
the model of its headers. What stands in its address is a UUID. It returns the model of its answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from inspect import get_annotations
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, request
from flask_babel import gettext
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from firesafe.core.errors import NotFound
from firesafe.web.problems import problem

JSON = "application/json"
BODY_BYTES = 4 * 1024 * 1024

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Described:
    """What the hints of a view say, and with which statuses it may refuse besides the usual."""

    takes: type[BaseModel] | None
    hears: type[BaseModel] | None
    gives: type[BaseModel]
    refusals: tuple[int, ...]


def typed(*refusals: int) -> Callable[[Callable[..., BaseModel]], Callable[..., Response]]:
    """Read body and headers as the view's hints say, and answer as they say.

    ``refusals`` are the statuses that the view's own work may end in, for the description.
    """

    def decorated(view: Callable[..., BaseModel]) -> Callable[..., Response]:
        described = _described(view, refusals)

        @wraps(view)
        def answered(**places: str) -> Response:
            given: dict[str, Any] = {name: _uuid(text) for name, text in places.items()}
            try:
                if described.hears:
                    given["said"] = _headers(described.hears)
                if described.takes:
                    given["sent"] = _body(described.takes)
            except ValidationError as fault:
                return _misread(fault)
            return Response(view(**given).model_dump_json(), mimetype=JSON)

        answered.described = described  # type: ignore[attr-defined]  # read by `web.openapi`
        return answered

    return decorated


def described_by(view: Any) -> Described | None:
    """Return what a view says of itself, or None if it is a page for people."""
    described: Described | None = getattr(view, "described", None)
    return described


def _described(view: Callable[..., BaseModel], refusals: tuple[int, ...]) -> Described:
    hints = get_annotations(view, eval_str=True)
    return Described(hints.get("sent"), hints.get("said"), hints["return"], refusals)


def _uuid(text: str) -> UUID:
    """Read a UUID as it is usually written; the router would answer others with a page."""
    try:
        uuid = UUID(text)
    except ValueError:
        uuid = None
    if uuid is None or str(uuid) != text.lower():
        raise NotFound("There is nothing of that name.")
    return uuid


def _body(model: type[Model]) -> Model:
    if request.mimetype != JSON:
        raise UnsupportedMediaType
    if (request.content_length or 0) > BODY_BYTES:
        raise RequestEntityTooLarge
    return model.model_validate_json(request.get_data(), strict=True)


def _headers(model: type[Model]) -> Model:
    names = {field.alias or name for name, field in model.model_fields.items()}
    return model.model_validate_strings(
        {name: request.headers[name] for name in names if name in request.headers}
    )


def _misread(fault: ValidationError) -> Response:
    """Say where a body or a header is not as described; one that is no JSON at all is a 400."""
    faults = [
        {"where": ".".join(map(str, each["loc"])), "what": each["msg"]}
        for each in fault.errors(include_url=False, include_input=False, include_context=False)
    ]
    is_json = all(each["type"] != "json_invalid" for each in fault.errors(include_url=False))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_json else HTTPStatus.BAD_REQUEST
    sentence = gettext("What the app sent is not as agreed. Update the app, then send it again.")
    return problem(status, sentence, faults=faults[:20])
