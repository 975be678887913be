"""What a phone needs to work without signal: the service worker and the page in its stead."""

from pathlib import Path

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from firesafe.web.doors import public

bp = Blueprint("offline", __name__)

WORKER = "service-worker.js"


@bp.get("/sw.js")
@public
def worker() -> Response:
    """Send the service worker; from here, because it rules only what lies beneath its address."""
    bundle: Path = current_app.extensions["bundle"]
    response = Response((bundle / WORKER).read_bytes(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/offline")
@public
def page() -> ResponseReturnValue:
    """Show what can be done without signal; kept by the phone for pages it has not kept."""
    return render_template("sync/offline.html")
