"""The way of a county's table into the register: choose, look through, write, take back."""

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import now
from firesafe.core.errors import RuleBroken
from firesafe.core.permissions import Permission
from firesafe.imports import actions
from firesafe.imports.forms import (
    COLUMN_NAMES,
    ColumnsForm,
    CommitForm,
    JudgementForm,
    PlacesForm,
    UploadForm,
)
from firesafe.imports.models import IMPORT_STATE_NAMES, ImportState, RegisterImport
from firesafe.imports.plan import ROW_KIND_NAMES, Judgement, Plan, RowKind
from firesafe.imports.queries import Imports, plan_of
from firesafe.imports.tables import read_table
from firesafe.imports.template import template_book
from firesafe.web.doors import allow, reading, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.paging import cut, page_of

bp = Blueprint("imports", __name__)

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAMPLES = 3


@bp.get("/factories/imports")
@allow(Permission.FACTORY_IMPORT)
def index() -> ResponseReturnValue:
    """List the imports of the county, the latest first."""
    rows = Imports.visible_to(g.officer).newest_first()
    return render_template(
        "imports/index.html",
        page=page_of(reading(), rows, request.args.get("page", 1, type=int)),
        state_names=IMPORT_STATE_NAMES,
    )


@bp.route("/factories/imports/new", methods=["GET", "POST"])
@allow(Permission.FACTORY_IMPORT)
def add() -> ResponseReturnValue:
    """Ask for the table, and keep it as it was read; the register stays as it is."""
    form = UploadForm()
    if form.validate_on_submit():
        file = form.table.data
        try:
            rows = read_table(file.read())
            with unit_of_work() as session:
                upload = actions.take_in(
                    session, rows, file_name=file.filename, by=g.officer, at=now()
                )
        except RuleBroken as fault:
            form.table.errors = [sentence_of(fault)]
        else:
            page = "imports.show" if _is_told_apart(upload) else "imports.columns"
            return redirect(url_for(page, import_id=upload.id))
    return render_template("imports/add.html", form=form), 422 if form.errors else 200


@bp.get("/factories/imports/template")
@allow(Permission.FACTORY_IMPORT)
def template() -> ResponseReturnValue:
    """Hand out an empty table with the right headings, an example and remarks."""
    name = f"{_('Register of factories')}.xlsx"
    return send_file(template_book(), mimetype=EXCEL, as_attachment=True, download_name=name)


@bp.route("/factories/imports/<int:import_id>/columns", methods=["GET", "POST"])
@allow(Permission.FACTORY_IMPORT)
def columns(import_id: int) -> ResponseReturnValue:
    """Show what each column was taken for, to be put right."""
    upload = Imports.visible_to(g.officer).one(reading(), import_id)
    guessed = {place: name for name, place in upload.choices["columns"].items()}
    form = ColumnsForm(columns=[guessed.get(place, "") for place in range(len(upload.header))])
    form.offer(upload.header)
    if form.validate_on_submit():
        with unit_of_work() as session:
            upload = Imports.visible_to(g.officer).one(session, import_id)
            actions.choose_columns(upload, form.chosen, by=g.officer)
        return redirect(url_for("imports.show", import_id=import_id))
    samples = [cells for _line, cells in upload.rows[:SAMPLES]]
    page = render_template("imports/columns.html", form=form, upload=upload, samples=samples)
    return page, 422 if form.form_errors else 200


@bp.get("/factories/imports/<int:import_id>")
@allow(Permission.FACTORY_IMPORT)
def show(import_id: int) -> ResponseReturnValue:
    """Show row by row what an import will do; or what it did."""
    upload = Imports.visible_to(g.officer).one(reading(), import_id)
    if upload.state is not ImportState.PREVIEWED:
        return render_template("imports/done.html", upload=upload, state_names=IMPORT_STATE_NAMES)
    plan = plan_of(reading(), upload, g.officer)
    kind = request.args.get("kind", type=RowKind)
    rows = plan.of_kind(kind) if kind else plan.rows
    return render_template(
        "imports/show.html",
        upload=upload,
        plan=plan,
        kind=kind,
        page=cut(rows, request.args.get("page", 1, type=int)),
        kind_names=ROW_KIND_NAMES,
        column_names=COLUMN_NAMES,
        commit_form=CommitForm(fingerprint=plan.fingerprint),
        places_form=_places_form(plan, upload),
    )


@bp.post("/factories/imports/<int:import_id>/places")
@allow(Permission.FACTORY_IMPORT)
def choose_places(import_id: int) -> ResponseReturnValue:
    """Note which unknown towns and communities are to be made."""
    with unit_of_work() as session:
        upload = Imports.visible_to(g.officer).one(session, import_id)
        form = _places_form(plan_of(session, upload, g.officer), upload)
        if form.validate_on_submit():
            actions.choose_places(upload, form.places.data, by=g.officer)
            flash(_("Noted. The rows were looked through once more."))
    return redirect(url_for("imports.show", import_id=import_id))


@bp.post("/factories/imports/<int:import_id>/rows/<int:line>")
@allow(Permission.FACTORY_IMPORT)
def judge(import_id: int, line: int) -> ResponseReturnValue:
    """Note whether a doubtful row is the known factory or another one."""
    form = JudgementForm()
    if form.validate_on_submit():
        judgement = Judgement(form.judgement.data) if form.judgement.data else None
        with unit_of_work() as session:
            upload = Imports.visible_to(g.officer).one(session, import_id)
            actions.judge_row(upload, line, judgement, by=g.officer)
    address = url_for("imports.show", import_id=import_id, kind=RowKind.DOUBLE.value)
    return redirect(f"{address}#row-{line}")


@bp.post("/factories/imports/<int:import_id>/commit")
@allow(Permission.FACTORY_IMPORT)
def commit(import_id: int) -> ResponseReturnValue:
    """Write the new and changed rows into the register."""
    Imports.visible_to(g.officer).one(reading(), import_id)
    form = CommitForm()
    if form.validate_on_submit():
        with unit_of_work() as session:
            upload = Imports.visible_to(g.officer).one(session, import_id)
            actions.commit_import(
                session, upload, fingerprint=form.fingerprint.data, by=g.officer, at=now()
            )
        flash(
            _(
                "%(new)s factories are new in the register, %(changed)s have changed.",
                new=upload.new_count,
                changed=upload.changed_count,
            )
        )
    return redirect(url_for("imports.show", import_id=import_id))


@bp.post("/factories/imports/<int:import_id>/undo")
@allow(Permission.FACTORY_IMPORT)
def undo(import_id: int) -> ResponseReturnValue:
    """Take a written import back."""
    with unit_of_work() as session:
        upload = Imports.visible_to(g.officer).one(session, import_id)
        actions.undo_import(session, upload, by=g.officer, at=now())
    flash(_("The register is as it was before this import."))
    return redirect(url_for("imports.show", import_id=import_id))


def _is_told_apart(upload: RegisterImport) -> bool:
    """Tell whether the guessed columns are enough to show rows at once."""
    return {"name", "town"} <= set(upload.choices["columns"])


def _places_form(plan: Plan, upload: RegisterImport) -> PlacesForm:
    wanted = upload.choices.get("places", [])
    form = PlacesForm(places=wanted)
    form.offer(plan.missing, wanted)
    return form
