"""The language of a page: the officer's, else the cookie's, else Chinese."""

from pathlib import Path

from flask import Blueprint, Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from werkzeug import Response

from firesafe.web.doors import public
from firesafe.web.safe_return import safe_return

LANGUAGES = ("zh", "en")
COOKIE = "language"
YEAR_SECONDS = 365 * 24 * 3600
THEMES = ("light", "dark", "outdoor")
TEXT_SIZES = ("normal", "large")

bp = Blueprint("display", __name__)


def chosen_language() -> str:
    """Return ``zh`` or ``en`` for this request."""
    officer = getattr(g, "officer", None)
    for choice in (request.cookies.get(COOKIE), officer.language if officer else None):
        if choice in LANGUAGES:
            return choice
    return LANGUAGES[0]


def speak(app: Flask) -> None:
    """Set up both languages; English is that of the message ids themselves."""
    folder = Path(__file__).resolve().parent.parent / "translations"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    Babel(app, locale_selector=chosen_language, default_timezone="Asia/Shanghai")


@bp.post("/display")
@public
def choose() -> ResponseReturnValue:
    """Remember language, theme and text size in cookies of this browser."""
    response = redirect(safe_return(request.form.get("next")))
    for name, choices in ((COOKIE, LANGUAGES), ("theme", THEMES), ("text", TEXT_SIZES)):
        choice = request.form.get(name)
        if choice is not None and choice in choices:
            keep(response, name, choice)
        elif choice == "":
            response.delete_cookie(name)
    return response


def keep(response: Response, name: str, choice: str) -> None:
    """Let this browser remember a choice for a year."""
    response.set_cookie(
        name, choice, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure
    )
