"""What the bundled files are called this time: their names carry a hash of their content."""

import json
from collections.abc import Callable
from pathlib import Path

from flask import current_app

ADDRESS = "/static/"


class BundleMissing(Exception):
    """The scripts and styles have not been bundled; the message names the remedy."""


def load(folder: Path) -> Callable[[str], str]:
    """Read the manifest in ``folder`` and return `asset`, which the templates call.

    ``asset("main.css")`` is the address of that file in its present state.

    Raises:
        BundleMissing: there is no manifest in ``folder``.
    """
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise BundleMissing(f"{manifest} does not exist. `node static/build.mjs` makes it.")
    files: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))

    def asset(name: str) -> str:
        """Return the address of a bundled file.

        Raises:
            LookupError: there is no such file in the bundle.
        """
        if name not in files:
            raise LookupError(f"The bundle has no {name}, only {', '.join(sorted(files))}.")
        return ADDRESS + files[name]

    return asset


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
