"""Refusals for phones, written as RFC 9457 has it, with the sentence for the officer as detail."""

from http import HTTPStatus

from flask import Response, current_app, json, request

from firesafe.core.errors import DomainError, RuleBroken

MEDIA_TYPE = "application/problem+json"


def problem(status: int, sentence: str, **more: object) -> Response:
    """Return the answer that tells a phone what is so and what to do next.

    ``more`` is for whoever looks for the fault.
    """
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
        **more,
    }
    return Response(json.dumps(told), status=status, content_type=MEDIA_TYPE)


def is_typed() -> bool:
    """Tell whether the page that is asked for is a door for machines, described by its types."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "described")


def status_of(fault: DomainError) -> int:
    """Return the status of a refusal.

    To a machine, 422 says that its request is not as described. A rule of the trade that a
    well-formed request breaks is a conflict with what stands.
    """
    is_conflict = isinstance(fault, RuleBroken) and is_typed()
    return HTTPStatus.CONFLICT if is_conflict else fault.status
