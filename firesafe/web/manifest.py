"""What a phone needs to put the service on its home screen: its name, pictures and colours."""

from flask import Blueprint, Response, current_app, g, jsonify, url_for
from flask_babel import gettext as _

from firesafe.web.assets import address_of
from firesafe.web.doors import public
from firesafe.web.language import chosen_language

bp = Blueprint("manifest", __name__)

PAPER = {"light": "#f6f4ef", "dark": "#0f1416", "outdoor": "#ffffff"}
"""The ground of the pages by theme, as in tokens.css; systems paint their own bars with it."""

ICON_SIZES = (192, 512)


@bp.get("/manifest.webmanifest")
@public
def show() -> Response:
    """Describe the service to the phone's system, in the language of the browser."""
    paper = PAPER["light"]
    described = jsonify(
        id="/",
        name=_("Four Fours fire-safety inspections"),
        short_name=_("Four Fours"),
        lang="zh-CN" if chosen_language() == "zh" else "en",
        start_url=_start(),
        scope="/",
        display="standalone",
        theme_color=paper,
        background_color=paper,
        icons=[_icon(size) for size in ICON_SIZES],
    )
    described.mimetype = "application/manifest+json"
    return described


def _start() -> str:
    """Return where the day of whoever is signed in begins: of an inspector, a page phones keep."""
    home = current_app.config["HOME"].get(g.officer.post) if g.officer is not None else None
    return url_for(home or "accounts.home")


def _icon(size: int) -> dict[str, str]:
    return {
        "src": address_of(f"app-icon-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "any maskable",
    }
