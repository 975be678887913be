"""Forms carry a token of their page, so that no other site can send them with our cookie.

A page that takes upload tokens looks at no cookie: there is nothing to guard.
"""

from flask import Flask
from flask_wtf import CSRFProtect

from firesafe.web.gate import is_for_tokens


def guard_forms(app: Flask) -> None:
    """Look for the form's token on every page but those that take upload tokens."""
    guard = CSRFProtect()
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # asked below, where the page is known
    guard.init_app(app)

    @app.before_request
    def look() -> None:
        if app.config["WTF_CSRF_ENABLED"] and not is_for_tokens():
            guard.protect(apply_exemptions=True)
