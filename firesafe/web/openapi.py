"""The doors for machines as an OpenAPI 3.1 document, made from the type hints of their views."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from werkzeug.routing import Rule

from firesafe.core.permissions import Permission
from firesafe.core.sealed import Problem
from firesafe.web.gate import permission_of, takes_tokens
from firesafe.web.problems import MEDIA_TYPE
from firesafe.web.typed import JSON, Described, described_by

REFERENCE = "#/components/schemas/{model}"
SAFE = ("GET", "HEAD", "OPTIONS")
SIGNED_IN, TOKEN, FORM_TOKEN = "session", "upload-token", "X-CSRFToken"

Json = dict[str, Any]
Schemas = Mapping[tuple[Any, JsonSchemaMode], Json]
"""A reference to the schema of each model, as it comes in or as it goes out."""


@dataclass(frozen=True, slots=True)
class Door:
    """One way of asking one address."""

    rule: Rule
    method: str
    view: Any
    described: Described

    @property
    def path(self) -> str:
        """The address as OpenAPI writes it."""
        return re.sub(r"<[^>]*?(\w+)>", r"{\1}", self.rule.rule)

    @property
    def needs_form_token(self) -> bool:
        """Whether a page must vouch for the request, because a cookie alone opens the door."""
        return self.method not in SAFE and not takes_tokens(self.view)


def document(app: Flask, *, title: str, version: str) -> Json:
    """Describe every typed door of the service."""
    doors = list(_doors(app))
    definitions, schemas = _schemas(each.described for each in doors)
    paths: Json = {}
    for door in doors:
        paths.setdefault(door.path, {})[door.method.lower()] = _operation(door, schemas)
    session = {"type": "apiKey", "in": "cookie", "name": "session"}
    token = {"type": "http", "scheme": "bearer"}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {SIGNED_IN: session, TOKEN: token},
        },
    }


def _doors(app: Flask) -> Iterator[Door]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        view = app.view_functions.get(rule.endpoint)
        described = described_by(view)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if described is not None:
                yield Door(rule, method, view, described)


def _schemas(every: Iterable[Described]) -> tuple[Json, Schemas]:
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Problem, "serialization")]
    for each in every:
        models += [(told, "serialization") for told in (*each.gives, *each.refusals.values())]
        if each.takes:
            models.append((each.takes, "validation"))
    references, made = models_json_schema(models, ref_template=REFERENCE)
    return made["$defs"], references


def _operation(door: Door, schemas: Schemas) -> Json:
    summary, _, description = (door.view.__doc__ or "").partition("\n\n")
    gives = [schemas[each, "serialization"] for each in door.described.gives]
    done = {JSON: {"schema": gives[0] if len(gives) == 1 else {"anyOf": gives}}}
    operation: Json = {
        "operationId": door.rule.endpoint,
        "summary": " ".join(summary.split()),
        "description": " ".join(description.split()),
        "parameters": [*_places(door.described), *_headers(door)],
        "security": _security(door.view),
        "responses": {
            "200": {"description": "Done", "content": done},
            **{
                str(status): _refusal(status, schemas[problem, "serialization"])
                for status, problem in _refusals(door)
            },
        },
    }
    if body := _body(door.described, schemas):
        operation["requestBody"] = {"required": True, "content": body}
    return operation


def _refusal(status: int, schema: Json) -> Json:
    return {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}


def _body(described: Described, schemas: Schemas) -> Json:
    if described.takes:
        return {JSON: {"schema": schemas[described.takes, "validation"]}}
    return {kind: {"schema": {"type": "string", "format": "binary"}} for kind in described.media}


def _places(described: Described) -> Iterator[Json]:
    for name, kind in sorted(described.places.items()):
        yield {"name": name, "in": "path", "required": True, "schema": kind.json_schema()}


def _headers(door: Door) -> Iterator[Json]:
    if door.described.hears:
        schema = door.described.hears.model_json_schema(mode="validation")
        for name, said in schema["properties"].items():
            is_needed = name in schema.get("required", ())
            yield {"name": name, "in": "header", "required": is_needed, "schema": said}
    if door.needs_form_token:
        schema = {"type": "string"}
        yield {"name": FORM_TOKEN, "in": "header", "required": True, "schema": schema}


def _security(view: Any) -> list[Json]:
    if permission_of(view) is Permission.PUBLIC:
        return []
    return [{TOKEN: []}] if takes_tokens(view) else [{SIGNED_IN: []}]


def _refusals(door: Door) -> list[tuple[int, type[Problem]]]:
    described = door.described
    statuses = {401, 403}
    if described.places:
        statuses.add(404)
    if described.hears or described.takes:
        statuses.add(422)
    if described.takes:
        statuses |= {400, 413, 415}
    if described.media:
        statuses |= {400, 413}
    if door.needs_form_token:
        statuses.add(400)
    return sorted((dict.fromkeys(statuses, Problem) | dict(described.refusals)).items())
