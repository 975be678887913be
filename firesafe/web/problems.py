"""Refusals for phones, written as RFC 9457 has it, with the sentence for the officer as detail."""

from http import HTTPStatus

from flask import Response, json

MEDIA_TYPE = "application/problem+json"


def problem(status: int, sentence: str) -> Response:
    """Return the answer that tells a phone what is so and what to do next."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
    }
    return Response(json.dumps(told), status=status, content_type=MEDIA_TYPE)
