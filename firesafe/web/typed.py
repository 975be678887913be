"""Doors for machines: what they take and give is said by the type hints of the view, and kept.

A view that is ``typed`` may have a parameter ``sent``, the model of its body, and one ``said``,
the model of its headers. Its other parameters stand in its address. It returns the model of its
answer, or one of several.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from inspect import get_annotations
from typing import Any, TypeVar, get_args

from flask import Response, request
from flask_babel import gettext
from pydantic import BaseModel, TypeAdapter, ValidationError
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from firesafe.core.errors import NotFound
from firesafe.core.sealed import Problem
from firesafe.web.problems import problem

JSON = "application/json"
BODY_BYTES = 4 * 1024 * 1024

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Described:
    """What the hints of a view say, and with which statuses it may refuse besides the usual.

    ``media`` are the kinds of file that it takes in place of JSON; ``refusals`` tell more than
    others do, if their model is not `Problem` itself.
    """

    places: Mapping[str, TypeAdapter[Any]]
    takes: type[BaseModel] | None
    media: tuple[str, ...]
    hears: type[BaseModel] | None
    gives: tuple[type[BaseModel], ...]
    refusals: Mapping[int, type[Problem]]


def typed(
    *refusals: int, media: Iterable[str] = (), told: Mapping[int, type[Problem]] | None = None
) -> Callable[[Callable[..., BaseModel]], Callable[..., Response]]:
    """Read body and headers as the view's hints say, and answer as they say.

    ``refusals`` are the statuses that the view's own work may end in, for the description, and
    ``told`` those that tell more than usual. With ``media`` the body is a file of one of these
    kinds, which the view reads itself.
    """
    problems = dict.fromkeys(refusals, Problem) | dict(told or {})

    def decorated(view: Callable[..., BaseModel]) -> Callable[..., Response]:
        described = _described(view, tuple(media), problems)

        @wraps(view)
        def answered(**places: str) -> Response:
            given: dict[str, Any] = {
                name: _place(described.places[name], text) for name, text in places.items()
            }
            try:
                if described.hears:
                    given["said"] = heard(described.hears, request.headers)
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


def heard(model: type[Model], headers: Headers) -> Model:
    """Return what headers say, as a model whose fields have their names.

    Raises:
        ValidationError: one is not as described.
    """
    names = {field.alias or name for name, field in model.model_fields.items()}
    return model.model_validate_strings({name: headers[name] for name in names if name in headers})


def _described(
    view: Callable[..., BaseModel], media: tuple[str, ...], refusals: Mapping[int, type[Problem]]
) -> Described:
    hints = get_annotations(view, eval_str=True)
    takes, hears, gives = hints.pop("sent", None), hints.pop("said", None), hints.pop("return")
    places = {name: TypeAdapter(hint) for name, hint in hints.items()}
    return Described(places, takes, media, hears, get_args(gives) or (gives,), refusals)


def _place(kind: TypeAdapter[Any], text: str) -> Any:
    """Read what stands in an address as it is usually written; to a machine, others lead nowhere.

    The router would answer these with a page.
    """
    try:
        place = kind.validate_strings(text)
    except ValidationError:
        place = None
    if str(place) != text.lower():
        raise NotFound("There is nothing of that name.")
    return place


def _body(model: type[Model]) -> Model:
    if request.mimetype != JSON:
        raise UnsupportedMediaType
    if (request.content_length or 0) > BODY_BYTES:
        raise RequestEntityTooLarge
    return model.model_validate_json(request.get_data(), strict=True)


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
