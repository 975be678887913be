"""What was built for the browser: where each file is this time, and what each icon draws."""

import json
from collections.abc import Callable
from pathlib import Path

from flask import current_app
from markupsafe import Markup

ADDRESS = "/static/"


class BundleMissing(Exception):
    """The scripts and styles have not been bundled; the message names the remedy."""


def load(folder: Path) -> Callable[[str], str]:
    """Read the manifest in ``folder`` and return `asset`, which the templates call.

    ``asset("main.css")`` is the address of that file in its present state.

    Raises:
        BundleMissing: there is no manifest in ``folder``.
    """
    files = _read(folder / "manifest.json")

    def asset(name: str) -> str:
        """Return the address of a bundled file.

        Raises:
            LookupError: there is no such file in the bundle.
        """
        if name not in files:
            raise LookupError(f"The bundle has no {name}, only {', '.join(sorted(files))}.")
        return ADDRESS + files[name]

    return asset


def load_drawings(folder: Path) -> Callable[[str], Markup]:
    """Read what icons draw and return `drawing`, which the template ``icon.html`` calls.

    Raises:
        BundleMissing: nothing has been built in ``folder``.
    """
    drawings = {name: Markup(drawn) for name, drawn in _read(folder / "drawings.json").items()}  # noqa: S704 — our own files

    def drawing(name: str) -> Markup:
        """Return the markup inside the frame of an icon.

        Raises:
            LookupError: there is no icon of this name.
        """
        if name not in drawings:
            raise LookupError(f"There is no icon {name}, only {', '.join(drawings)}.")
        return drawings[name]

    return drawing


def _read(file: Path) -> dict[str, str]:
    if not file.is_file():
        raise BundleMissing(f"{file} does not exist. `node static/build.mjs` makes it.")
    named: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return named


def address_of(name: str) -> str:
    """Return the address of a bundled file, for a view; templates call ``asset``."""
    address: str = current_app.extensions["asset"](name)
    return address


def text_of(name: str) -> str:
    """Return the text of a bundled file, for what has to be whole without the service.

    Raises:
        LookupError: there is no such file in the bundle.
    """
    folder: Path = current_app.extensions["bundle"]
    return (folder / address_of(name).removeprefix(ADDRESS)).read_text(encoding="utf-8")
