"""What the desk does about phones: sees who still holds what, and takes in a saved file."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.permissions import Permission
from firesafe.sync.forms import RescueForm
from firesafe.sync.outbox_words import result_words
from firesafe.sync.queries import held_of, visits_by_id, visits_held
from firesafe.sync.rescue import opened
from firesafe.sync.rescuing import FATE_NAMES, Kind, take_saved
from firesafe.web.doors import allow, reading
from firesafe.web.errors import told_in
from firesafe.web.paging import page_of

bp = Blueprint("phones", __name__)


@bp.get("/sync/phones")
@allow(Permission.NOTICE_ISSUE)
def listing() -> ResponseReturnValue:
    """List the visits of which a phone still holds photographs."""
    page = page_of(reading(), visits_held(g.officer), request.args.get("page", 1, type=int))
    held = held_of(reading(), [visit.id for visit in page.rows])
    return render_template("sync/phones.html", page=page, held=held)


@bp.get("/sync/rescue")
@allow(Permission.INSPECTION_FILL)
def rescue() -> ResponseReturnValue:
    """Ask for a file that a phone has saved."""
    return render_template("sync/rescue.html", form=RescueForm(formdata=None))


@bp.post("/sync/rescue")
@allow(Permission.INSPECTION_FILL)
def take() -> ResponseReturnValue:
    """Take a saved file in, and say line by line what became of it."""
    form = RescueForm()
    if not form.validate_on_submit():
        return render_template("sync/rescue.html", form=form), 422
    errors: list[str] = []
    with told_in(errors), opened(form.file.data.stream) as saved:
        taken = take_saved(saved, device=_("Saved file"))
        lines = sorted(taken, key=lambda line: list(Kind).index(line.kind))
        ids = {line.inspection_id for line in lines if line.inspection_id}
        return render_template(
            "sync/rescued.html",
            manifest=saved.manifest,
            lines=lines,
            visits=visits_by_id(reading(), g.officer, ids),
            fate_names=FATE_NAMES,
            result_words=result_words(),
        )
    form.file.errors = errors
    return render_template("sync/rescue.html", form=form), 422
