"""The visit itself: filling in the checklist, photographs, reading back, signing."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import CombinedMultiDict

from firesafe.core.clock import now
from firesafe.core.errors import RuleBroken, Stale
from firesafe.core.permissions import Permission
from firesafe.inspections.actions import answer_checkpoint, attach_photo, detach_photo
from firesafe.inspections.bundle import BLANK_ENTRY, brief_state_of
from firesafe.inspections.checklist import (
    Checklist,
    checklist_of,
    group_tabs_of,
    item_chips_of,
)
from firesafe.inspections.forms import ItemForm, answer_form, start_form
from firesafe.inspections.judging import judging
from firesafe.inspections.models import (
    KIND_NAMES,
    Inspection,
    PhotoMoment,
)
from firesafe.inspections.policy import may_fill
from firesafe.inspections.queries import Inspections, answer_of, second_inspectors
from firesafe.inspections.row_text import RowText, row_text
from firesafe.inspections.rules import MOST_PHOTOS, sample_of
from firesafe.inspections.sheet import bases_of, blank_inspection, points_of
from firesafe.inspections.shots import shots_of
from firesafe.inspections.visit_words import script_words
from firesafe.photos.actions import receive_photo
from firesafe.photos.store import Store
from firesafe.standard.edition import Checkpoint, Edition, edition
from firesafe.standard.rules import unverified_names
from firesafe.standard.terms import GRADE_NAMES, METHOD_NAMES
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.headers import FOR_EVER
from firesafe.web.language import chosen_language
from firesafe.web.remembered import remembered

bp = Blueprint("visit", __name__)

PICTURE_FIELDS = {
    "photos_found": PhotoMoment.FOUND,
    "photos_put_right": PhotoMoment.PUT_RIGHT,
}


class NotKept(Exception):
    """What a form brought was not kept: why, by checkpoint, and the status of the answer."""

    def __init__(self, wrong: dict[str, str], status: int) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.status = status


@bp.get("/inspections/<int:inspection_id>/fill")
@allow(Permission.INSPECTION_FILL)
def fill(inspection_id: int) -> ResponseReturnValue:
    """Show the whole checklist to the two inspectors of a draft, and the record to others."""
    inspection = Inspections.visible_to(g.officer).with_answers(reading(), inspection_id)
    if not may_fill(g.officer, inspection):
        return redirect(url_for("inspections.show", inspection_id=inspection_id))
    return _filling(
        inspection, state=brief_state_of(inspection), whole=request.args.get("whole") == "1"
    )


@bp.get("/visit/<string:edition_code>")
@allow(Permission.INSPECTION_FILL)
def sheet(edition_code: str) -> ResponseReturnValue:
    """Show the empty sheet of an edition, which phones keep and fill in without signal."""
    blank = blank_inspection(edition(edition_code), by=g.officer, at=now())
    return _filling(
        blank, start_form=start_form(second_inspectors(reading(), g.officer), formdata=None)
    )


@bp.get("/visit/<string:edition_code>/rows/<string:version>")
@allow(Permission.INSPECTION_FILL)
def rows(edition_code: str, version: str) -> ResponseReturnValue:
    """Give the scripts the rows of an edition, alike on all visits; the address is the content."""
    known = _rows(edition(edition_code))
    answer = Response(known.text, mimetype="text/plain")
    answer.vary.add("Accept-Encoding")
    if version == known.version:
        answer.headers["Cache-Control"] = FOR_EVER
    if request.accept_encodings["br"] > 0:
        answer.set_data(known.brotli)
        answer.headers["Content-Encoding"] = "br"
    return answer


def _rows(standard: Edition) -> RowText:
    def draw() -> RowText:
        blank = blank_inspection(standard, by=g.officer, at=now())
        parts = _for_rows(blank, checklist_of(blank))
        return row_text(render_template("inspections/rows.html", **parts))

    return remembered(("rows", standard.sha256), draw)


def _filling(
    inspection: Inspection,
    sent: Any = None,
    wrong: dict[str, str] | None = None,
    *,
    whole: bool = False,
    **more: Any,
) -> str:
    checklist = checklist_of(inspection, sent, wrong, is_whole=whole)
    language = chosen_language()
    return render_template(
        "inspections/fill.html",
        **_for_rows(inspection, checklist),
        kind=KIND_NAMES[inspection.kind],
        tabs=group_tabs_of(checklist, language),
        chips=item_chips_of(checklist, language),
        points=points_of(inspection, checklist, language),
        wrong=[(f"checkpoint-{code.lower()}", words) for code, words in (wrong or {}).items()],
        places=sorted({answer.place for answer in inspection.answers if answer.place}),
        words=script_words(),
        most_photos=MOST_PHOTOS,
        judging=judging(),
        blank=BLANK_ENTRY,
        rows=_rows_address(checklist.edition),
        whole=whole,
        **{"state": None, "start_form": None, **more},
    )


def _rows_address(standard: Edition) -> str:
    version = _rows(standard).version
    return url_for(".rows", edition_code=standard.code, version=version)


def _for_rows(inspection: Inspection, checklist: Checklist) -> dict[str, Any]:
    """Return what the rows of a checklist are drawn from, on the page and by themselves."""
    standard = checklist.edition
    return {
        "inspection": inspection,
        "checklist": checklist,
        "badges": {point.code: _badges(standard, point) for point in standard.checkpoints},
        "grade_names": GRADE_NAMES,
        "bases": partial(bases_of, standard, factory=inspection.factory),
        "unverified": partial(unverified_names, standard),
        "shots": shots_of(reading(), inspection),
    }


def _badges(standard: Edition, point: Checkpoint) -> list[dict[str, str]]:
    """Return the methods of a checkpoint: the character of the papers, and the words."""
    return [
        {"short": standard.printed.methods[method].short, "name": _(METHOD_NAMES[method])}
        for method in point.methods
    ]


@bp.post("/inspections/<int:inspection_id>/items/<string:item_code>")
@allow(Permission.INSPECTION_FILL)
def save_item(inspection_id: int, item_code: str) -> ResponseReturnValue:
    """Keep what the form of one item brought, whole or not at all; the way without script."""
    form = ItemForm()
    visits = Inspections.visible_to(g.officer)
    try:
        if not form.validate_on_submit():
            raise NotKept({}, 400)
        with unit_of_work() as session:
            inspection = visits.to_change(session, inspection_id)
            _keep_item(session, inspection, item_code)
            _take_out(session, inspection)
    except NotKept as fault:
        inspection = visits.with_answers(reading(), inspection_id)
        state = brief_state_of(inspection)
        page = _filling(inspection, request.form, fault.wrong, state=state, whole=True)
        return page, fault.status
    flash(_("Saved."))
    place = f"item-{item_code}"
    return redirect(url_for(".fill", inspection_id=inspection_id, whole=1, _anchor=place))


def _keep_item(session: Session, inspection: Inspection, item_code: str) -> None:
    """Keep every checkpoint of the item that was touched.

    Raises:
        NotKept: one or more could not be kept, and so none was.
    """
    standard = edition(inspection.edition_code)
    wrong: dict[str, str] = {}
    status = 422
    for checkpoint in standard.checkpoints_of(standard.item(item_code).code):
        try:
            _keep_checkpoint(session, inspection, checkpoint.code)
        except (RuleBroken, Stale) as fault:
            wrong[checkpoint.code] = sentence_of(fault)
            status = fault.status
    if wrong:
        raise NotKept(wrong, status)


def _take_out(session: Session, inspection: Inspection) -> None:
    """Take the photograph out whose button was pressed, if one was."""
    code, _colon, photo = request.form.get("remove", "").partition(":")
    moment, _colon, sha256 = photo.partition(":")
    if moment in list(PhotoMoment):
        detach_photo(session, inspection, code, sha256, PhotoMoment(moment), by=g.officer, at=now())


def _keep_checkpoint(session: Session, inspection: Inspection, code: str) -> None:
    standard = edition(inspection.edition_code)
    checkpoint = standard.checkpoint(code)
    answer = answer_of(session, inspection, code)
    sample = sample_of(standard, checkpoint, inspection.workers_on_shift)
    came_in: CombinedMultiDict[str, Any] = CombinedMultiDict([request.form, request.files])
    form = answer_form(standard, checkpoint, answer, sample, came_in)
    if not form.validate():
        raise RuleBroken("Something here cannot be read. Look at the numbers.")
    if form.is_touched:
        answer_checkpoint(
            session,
            inspection,
            code,
            form.values(),
            version=form.version.data or 0,
            by=g.officer,
            at=now(),
        )
    for name, moment in PICTURE_FIELDS.items():
        for picture in form.pictures(name):
            photo = receive_photo(session, service(Store), picture.stream, by=g.officer, at=now())
            attach_photo(session, inspection, code, photo.sha256, moment, by=g.officer, at=now())
