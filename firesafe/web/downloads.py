"""Answers that a browser saves as a file instead of showing them."""

from urllib.parse import quote

from flask import Response


def saved_as(answer: Response, name: str) -> Response:
    """Let the browser save the answer under ``name``, in whatever script that is (RFC 6266).

    A name beyond ASCII goes into the header in percent signs; a server sends nothing else.
    """
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer
