"""Parts of a page that look the same each time, drawn once for each language."""

from collections.abc import Callable, Hashable

from babel import Locale
from flask import Flask
from flask_babel import get_locale


def add_remembered(app: Flask) -> None:
    """Give the templates ``{% call remembered(key) %}part{% endcall %}``.

    ``key`` names all that the part depends on besides the language, and nothing of a person: what
    is drawn is shown to everybody. Without one it is drawn as ever. There must not be many.
    """
    kept: dict[tuple[Locale | None, Hashable], str] = {}

    def remembered(key: Hashable | None, caller: Callable[[], str]) -> str:
        if key is None:
            return caller()
        place = get_locale(), key
        if place not in kept:
            kept[place] = caller()
        return kept[place]

    app.jinja_env.globals["remembered"] = remembered
