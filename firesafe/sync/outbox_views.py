"""What lies on a phone and is not here yet, as its officer sees it; the phone fills it in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from firesafe.core.permissions import Permission
from firesafe.sync.outbox_words import banner_words, outbox_words, rescue_words
from firesafe.sync.rescue import MOST_BYTES, MOST_ENTRIES
from firesafe.web.doors import allow

bp = Blueprint("outbox", __name__)


@bp.get("/outbox")
@allow(Permission.INSPECTION_FILL)
def show() -> ResponseReturnValue:
    """Show an empty outbox; what is in it only the phone knows."""
    return render_template(
        "sync/outbox.html",
        words=outbox_words(),
        banner_words=banner_words(),
        rescue_words=rescue_words(),
        most_bytes=MOST_BYTES,
        most_entries=MOST_ENTRIES,
    )
