"""What every answer tells the browser about what it may load and who may frame it."""

from flask import Flask, Response, request

FOR_EVER = f"private, max-age={365 * 24 * 60 * 60}, immutable"
"""The ``Cache-Control`` of what its address names by its content."""

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    )
)

_POLICY_OF_DATA = "default-src 'none'; frame-ancestors 'none'"
_DATA = ("application/json", "application/problem+json", "text/plain")


def guard_answers(app: Flask, *, is_https: bool) -> None:
    """Add the headers to every answer; pages of a signed-in officer are never kept by a proxy."""

    @app.after_request
    def guarded(response: Response) -> Response:
        headers = response.headers
        policy = _POLICY_OF_DATA if response.mimetype in _DATA else _POLICY
        headers.setdefault("Content-Security-Policy", policy)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        if is_https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static" and "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        return response
