"""Today's page, a factory's page, the list of visits, and the record of each."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day, now, start_of
from firesafe.core.permissions import Permission
from firesafe.core.words import N_
from firesafe.factories.models import Factory
from firesafe.factories.queries import Factories
from firesafe.inspections.actions import Opening, open_inspection, void_inspection
from firesafe.inspections.checklist import (
    closed_squares_of,
    failed_count,
    record_of,
    squares_of,
)
from firesafe.inspections.closing import Correcting, correct_inspection
from firesafe.inspections.forms import (
    CorrectForm,
    StartForm,
    TakeBackForm,
    VoidForm,
    choices,
    start_form,
)
from firesafe.inspections.ink import read_ink
from firesafe.inspections.models import (
    KIND_NAMES,
    STATE_NAMES,
    Inspection,
    InspectionKind,
    InspectionState,
)
from firesafe.inspections.phone import take_back
from firesafe.inspections.policy import (
    may_correct,
    may_fill,
    may_open,
    may_take_back,
    may_void,
)
from firesafe.inspections.queries import (
    Inspections,
    closed_count,
    drafts_of,
    due_count,
    due_factories,
    photo_of,
    progress_of,
    second_inspectors,
    signature_of,
)
from firesafe.inspections.rules import REVISIT_DAYS
from firesafe.inspections.shots import distance_words, shots_of
from firesafe.inspections.stamping import stamp_lines
from firesafe.photos.serving import send_photo, send_stamped_photo
from firesafe.photos.store import Store
from firesafe.standard.edition import edition
from firesafe.standard.terms import MARK_NAMES
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.filters import day
from firesafe.web.language import chosen_language
from firesafe.web.paging import page_of
from firesafe.web.panels import panels_at

bp = Blueprint("inspections", __name__)
bp.add_app_template_filter(distance_words)
FILTERS = ("factory", "state", "kind", "mine", "from", "to")
HISTORY = 10
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
VISIT = "visit"
"""The subject of a correction that is about no single checkpoint."""


@bp.get("/today")
@allow(Permission.INSPECTION_FILL)
def today() -> ResponseReturnValue:
    """Show what is open, what is due, and what waits."""
    at = now()
    month = start_of(county_day(at).replace(day=1))
    drafts = drafts_of(reading(), g.officer)
    return render_template(
        "inspections/today.html",
        drafts=drafts,
        progress=progress_of(reading(), [draft.id for draft in drafts]),
        due=due_factories(reading(), g.officer, at=at),
        due_count=due_count(reading(), g.officer, at=at),
        closed_count=closed_count(reading(), g.officer, since=month),
        panels=panels_at("today", g.officer),
        day=county_day(at),
        weekday=WEEKDAYS[county_day(at).weekday()],
        revisit_days=REVISIT_DAYS,
    )


@bp.get("/factories/<int:factory_id>")
@allow(Permission.INSPECTION_READ)
def factory(factory_id: int) -> ResponseReturnValue:
    """Show where a factory stands: its last visit in sixteen squares, findings, history."""
    seen = Factories.visible_to(g.officer).one(reading(), factory_id)
    visits = Inspections.visible_to(g.officer).of_factory(seen.id)
    closed = visits.latest_closed(reading(), HISTORY)
    drafts = reading().scalars(visits.in_state(InspectionState.DRAFT).newest_first())
    return render_template(
        "inspections/factory.html",
        factory=seen,
        closed=closed,
        draft=drafts.first(),
        squares=closed_squares_of(closed[0], chosen_language()) if closed else None,
        failed_count=failed_count(closed[0]) if closed else 0,
        history=[_told(visit) for visit in closed],
        mark_names=MARK_NAMES,
        panels=panels_at("factory", seen),
        may_open=may_open(g.officer, seen),
        may_fill=may_fill,
    )


def _told(visit: Inspection) -> dict[str, str]:
    """Return a line of the history: what a visit found, when, and who made it."""
    found = failed_count(visit)
    people = [visit.lead.name, *([visit.second.name] if visit.second else [])]
    return {
        "title": ngettext("A visit found %(num)d thing", "A visit found %(num)d things", found)
        if found
        else _("A visit found nothing wrong"),
        "detail": f"{day(visit.closed_at)} · {', '.join(people)}",
        "mark": "cross" if found else "check",
        "kind": "fail" if found else "pass",
    }


@bp.get("/inspections/new")
@allow(Permission.INSPECTION_FILL)
def new() -> ResponseReturnValue:
    """Ask how a visit begins."""
    seen = _factory_to_visit()
    form = _start_form(
        formdata=None, client_key=str(uuid4()), workers_on_shift=seen.workers_on_shift or None
    )
    return render_template("inspections/new.html", factory=seen, form=form)


@bp.post("/inspections/new")
@allow(Permission.INSPECTION_FILL)
def begin() -> ResponseReturnValue:
    """Begin a visit, and go on to the checklist."""
    seen, form = _factory_to_visit(), _start_form()
    if not form.validate_on_submit():
        return render_template("inspections/new.html", factory=seen, form=form), 422
    with unit_of_work() as session:
        opening = Opening(
            kind=InspectionKind(form.kind.data),
            second=session.get(Officer, form.second_id.data),
            workers_on_shift=form.workers_on_shift.data or 0,
            cards_shown=bool(form.cards_shown.data),
        )
        inspection = open_inspection(
            session,
            Factories.visible_to(g.officer).one(session, seen.id),
            opening,
            client_key=str(form.client_key.data),
            by=g.officer,
            at=now(),
        )
    return redirect(url_for("visit.fill", inspection_id=inspection.id))


def _factory_to_visit() -> Factory:
    factory_id = request.args.get("factory", 0, type=int)
    return Factories.visible_to(g.officer).one(reading(), factory_id)


def _start_form(**options: Any) -> StartForm:
    return start_form(second_inspectors(reading(), g.officer), **options)


@bp.get("/inspections")
@allow(Permission.INSPECTION_READ)
def listing() -> ResponseReturnValue:
    """List visits, the latest first, narrowed by what stands in the address."""
    asked = request.args
    visits = (
        Inspections.visible_to(g.officer)
        .of_factory(asked.get("factory", type=int))
        .in_state(asked.get("state", type=InspectionState))
        .of_kind(asked.get("kind", type=InspectionKind))
        .of_inspector(g.officer.id if asked.get("mine") else None)
        .opened_between(
            asked.get("from", type=date.fromisoformat), asked.get("to", type=date.fromisoformat)
        )
    )
    page = page_of(reading(), visits.newest_first(), asked.get("page", 1, type=int))
    narrowed = {name: asked[name] for name in FILTERS if asked.get(name)}
    return render_template(
        "inspections/listing.html",
        page=page,
        asked=narrowed,
        here=f"{url_for('.listing')}?{urlencode(narrowed)}",
        kinds=[(kind.value, _(name)) for kind, name in KIND_NAMES.items()],
        states=[(state.value, _(name)) for state, name in STATE_NAMES.items()],
        kind_names=KIND_NAMES,
        state_names=STATE_NAMES,
    )


@bp.get("/inspections/<int:inspection_id>")
@allow(Permission.INSPECTION_READ)
def show(inspection_id: int) -> ResponseReturnValue:
    """Show the record of a visit; what is still open is shown as far as it has come."""
    return _record(inspection_id)


def _record(
    inspection_id: int,
    correct_form: CorrectForm | None = None,
    void_form: VoidForm | None = None,
    take_back_form: TakeBackForm | None = None,
) -> str:
    """Draw the record up, with the form that was filled in wrongly, if one was."""
    inspection = Inspections.visible_to(g.officer).with_answers(reading(), inspection_id)
    correct_form = correct_form or CorrectForm(formdata=None)
    void_form = void_form or VoidForm(formdata=None)
    take_back_form = take_back_form or TakeBackForm(formdata=None)
    correct_form.subject.choices = choices(_subjects(inspection))
    record = record_of(inspection)
    return render_template(
        "inspections/show.html",
        inspection=inspection,
        record=record,
        shots=shots_of(reading(), inspection),
        squares=squares_of(record, chosen_language(), link="#item-{code}"),
        mark_names=MARK_NAMES,
        kind=KIND_NAMES[inspection.kind],
        state=STATE_NAMES[inspection.state],
        panels=panels_at("inspection", inspection),
        may_fill=may_fill(g.officer, inspection),
        take_back_form=take_back_form if may_take_back(g.officer, inspection) else None,
        correct_form=correct_form if may_correct(g.officer, inspection) else None,
        void_form=void_form if may_void(g.officer, inspection) else None,
    )


def _subjects(inspection: Inspection) -> list[tuple[str, str]]:
    """Return what a correction may be about: a checkpoint, or the visit itself."""
    standard = edition(inspection.edition_code)
    language = chosen_language()
    points = [(c.code, f"{c.code} {c.short.in_language(language)}") for c in standard.checkpoints]
    return [(VISIT, _("The visit as a whole")), *points]


@bp.post("/inspections/<int:inspection_id>/corrections")
@allow(Permission.INSPECTION_CORRECT)
def correct(inspection_id: int) -> ResponseReturnValue:
    """Record a correction beside a closed visit."""
    form = CorrectForm()
    visits = Inspections.visible_to(g.officer)
    form.subject.choices = choices(_subjects(visits.one(reading(), inspection_id)))
    if not form.validate_on_submit():
        return _record(inspection_id, form), 422
    with unit_of_work() as session:
        correct_inspection(
            session,
            visits.to_change(session, inspection_id),
            Correcting(
                subject=form.subject.data,
                was=form.was.data or "",
                should_be=form.should_be.data or "",
                reason=form.reason.data or "",
            ),
            by=g.officer,
            at=now(),
        )
    flash(_("The correction stands beside the record."))
    return redirect(url_for(".show", inspection_id=inspection_id, _anchor="corrections"))


@bp.post("/inspections/<int:inspection_id>/void")
@allow(Permission.INSPECTION_FILL)
def void(inspection_id: int) -> ResponseReturnValue:
    """Give a draft up."""
    form = VoidForm()
    if not form.validate_on_submit():
        return _record(inspection_id, void_form=form), 422
    with unit_of_work() as session:
        inspection = Inspections.visible_to(g.officer).to_change(session, inspection_id)
        void_inspection(session, inspection, reason=form.reason.data or "", by=g.officer, at=now())
    flash(_("This visit was given up. It stays on record."))
    return redirect(url_for(".show", inspection_id=inspection_id))


@bp.post("/inspections/<int:inspection_id>/take-back")
@allow(Permission.INSPECTION_FILL)
def reopen(inspection_id: int) -> ResponseReturnValue:
    """Make a draft again of what was handed in and cannot be closed as it is."""
    form = TakeBackForm()
    if not form.validate_on_submit():
        return _record(inspection_id, take_back_form=form), 422
    with unit_of_work() as session:
        inspection = Inspections.visible_to(g.officer).to_change(session, inspection_id)
        take_back(session, inspection, reason=form.reason.data or "", by=g.officer, at=now())
    flash(_("This visit is a draft again. Put it right, have it signed anew, and hand it in."))
    return redirect(url_for(".show", inspection_id=inspection_id))


@bp.get("/inspections/<int:inspection_id>/photos/<string(length=64):sha256>/<int:size>")
@allow(Permission.INSPECTION_READ)
def photo(inspection_id: int, sha256: str, size: int) -> ResponseReturnValue:
    """Give out a photograph of a visit in one of its sizes."""
    inspection = Inspections.visible_to(g.officer).one(reading(), inspection_id)
    return send_photo(service(Store), photo_of(reading(), inspection, sha256).sha256, size)


@bp.get("/inspections/<int:inspection_id>/photos/<string(length=64):sha256>/stamped")
@allow(Permission.INSPECTION_READ)
def stamped(inspection_id: int, sha256: str) -> ResponseReturnValue:
    """Give out a photograph of a visit with what, where, when and by whom stamped on it."""
    inspection = Inspections.visible_to(g.officer).one(reading(), inspection_id)
    lines = stamp_lines(reading(), inspection, photo_of(reading(), inspection, sha256))
    return send_stamped_photo(service(Store), sha256, lines)


@bp.get("/inspections/<int:inspection_id>/signatures/<string:role>")
@allow(Permission.INSPECTION_READ)
def signature(inspection_id: int, role: str) -> ResponseReturnValue:
    """Give out the picture of a signature, which may be replaced until the visit is closed."""
    inspection = Inspections.visible_to(g.officer).one(reading(), inspection_id)
    ink = read_ink(service(Store), signature_of(reading(), inspection, role).sha256)
    return Response(ink, mimetype="image/png", headers={"Cache-Control": "private, no-cache"})
