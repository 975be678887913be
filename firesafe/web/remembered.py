"""Parts of a page that look the same each time, drawn once for each language."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from flask import Flask, current_app
from flask_babel import get_locale

_PLACE = "remembered"

Drawn = TypeVar("Drawn")


def add_remembered(app: Flask) -> None:
    """Give the templates ``{% call remembered(key) %}part{% endcall %}``."""
    app.extensions[_PLACE] = {}
    app.jinja_env.globals["remembered"] = remembered


def remembered(key: Hashable | None, caller: Callable[[], Drawn]) -> Drawn:
    """Return what ``caller`` draws, drawn once for each language.

    ``key`` names all that the part depends on besides the language, and nothing of a person: what
    is drawn is shown to everybody. Without one it is drawn as ever. There must not be many.
    """
    if key is None:
        return caller()
    kept: dict[Hashable, Drawn] = current_app.extensions[_PLACE]
    place = get_locale(), key
    if place not in kept:
        kept[place] = caller()
    return kept[place]
