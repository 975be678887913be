"""Parts of a page that are written by a room above it.

A page of a lower room may name a place, such as ``factory``; the application hangs there
what upper rooms have to say about the thing the page shows.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

Panel = Callable[[Any], str]
"""Takes the thing the page shows and returns a part of the page, or nothing."""


def hang_panels(app: Flask, place: str, *panels: Panel) -> None:
    """Hang panels at a place, in the order in which they are to stand."""
    app.extensions.setdefault("panels", {}).setdefault(place, []).extend(panels)


def panels_at(place: str, thing: Any) -> list[Markup]:
    """Return what upper rooms have to say about the thing; those with nothing are left out."""
    hung: list[Panel] = current_app.extensions.get("panels", {}).get(place, [])
    return [Markup(text) for panel in hung if (text := panel(thing))]  # noqa: S704 — rendered by templates
