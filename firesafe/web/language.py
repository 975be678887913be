"""The language of a page: the officer's, else the cookie's, else Chinese."""

from collections.abc import Callable
from pathlib import Path

from babel import Locale
from flask import Blueprint, Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
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
    app.jinja_env.globals["_"] = _remembering()


def _remembering() -> Callable[..., str]:
    """Return what templates call ``_``: as Jinja's own, but each message is looked up once.

    The visit page says two thousand, and a third of its time went into finding them again.
    """
    known: dict[Locale | None, dict[str, str]] = {}

    @pass_eval_context
    def say(context: EvalContext, message: str, **values: object) -> str:
        plain = known.setdefault(get_locale(), {})
        if values:
            text: str = get_translations().ugettext(message)
            return (Markup(text) if context.autoescape else text) % values  # noqa: S704 — our own words
        if message not in plain:
            plain[message] = Markup(get_translations().ugettext(message) % {})  # noqa: S704 — the same
        return plain[message] if context.autoescape else str(plain[message])

    return say


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
