"""The county's list of reported hazards: who goes there, and what came of it."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import now
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.photos.serving import answer_with
from firesafe.photos.store import Store
from firesafe.reports.actions import hand_report, settle_report
from firesafe.reports.forms import HandingForm, OutcomeForm
from firesafe.reports.models import HazardReport
from firesafe.reports.pictures import picture
from firesafe.reports.policy import may_hand, may_settle
from firesafe.reports.queries import Reports, inspectors_for, visits_since
from firesafe.reports.rules import OPEN, PHONE_KEPT, STATE_NAMES, ReportState
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import told_in
from firesafe.web.paging import page_of

bp = Blueprint("reports", __name__)


@bp.get("/reports")
@allow(Permission.REPORT_READ)
def listing() -> ResponseReturnValue:
    """Show what waits, the longest waiting first; or all in one state, the latest first."""
    state = request.args.get("state", type=ReportState)
    reports = Reports.visible_to(g.officer)
    waiting = reports.in_state(*OPEN)
    rows = reports.in_state(state).newest_first() if state else waiting.oldest_first()
    return render_template(
        "reports/listing.html",
        page=page_of(reading(), rows, request.args.get("page", 1, type=int)),
        state=state.value if state else "",
        state_names=STATE_NAMES,
        waiting_count=waiting.count(reading()),
    )


@bp.get("/reports/<int:report_id>")
@allow(Permission.REPORT_READ)
def show(report_id: int) -> ResponseReturnValue:
    """Show one report, and what can be done with it."""
    report = Reports.visible_to(g.officer).one(reading(), report_id)
    return _page(report, HandingForm(formdata=None), OutcomeForm(formdata=None))


@bp.get("/reports/<int:report_id>/photos/<string:name>/<int:size>")
@allow(Permission.REPORT_READ)
def photo(report_id: int, name: str, size: int) -> Response:
    """Show a photograph of a report."""
    report = Reports.visible_to(g.officer).one(reading(), report_id)
    if name not in report.photos:
        raise NotFound("There is no such photograph.")
    store, key = service(Store), report.client_key
    return answer_with(f"{name}-{size}", lambda: picture(store, key, name, size))


@bp.post("/reports/<int:report_id>/inspector")
@allow(Permission.REPORT_HAND)
def hand(report_id: int) -> ResponseReturnValue:
    """Ask an inspector to go there."""
    report = Reports.visible_to(g.officer).one(reading(), report_id)
    form = HandingForm()
    form.offer(inspectors_for(reading(), report))
    if form.validate_on_submit():
        with told_in(form.form_errors), unit_of_work() as session:
            held = Reports.visible_to(g.officer).to_change(session, report_id)
            goes = hand_report(session, held, form.inspector.data, by=g.officer, at=now())
            flash(_("%(name)s finds it on his page of today.", name=goes.name))
            return redirect(url_for(".show", report_id=report_id))
    return _page(report, form, OutcomeForm(formdata=None)), 422


@bp.post("/reports/<int:report_id>/outcome")
@allow(Permission.REPORT_READ)
def settle(report_id: int) -> ResponseReturnValue:
    """Say what came of it."""
    report = Reports.visible_to(g.officer).one(reading(), report_id)
    form = OutcomeForm()
    form.offer(visits_since(reading(), report))
    if form.validate_on_submit():
        with told_in(form.form_errors), unit_of_work() as session:
            held = Reports.visible_to(g.officer).to_change(session, report_id)
            settle_report(session, held, form.outcome, by=g.officer, at=now())
            flash(_("Noted. Whoever reported it can read it on his page."))
            return redirect(url_for(".listing"))
    return _page(report, HandingForm(formdata=None), form), 422


def _page(report: HazardReport, handing: HandingForm, outcome: OutcomeForm) -> str:
    handing.offer(inspectors_for(reading(), report))
    outcome.offer(visits_since(reading(), report))
    return render_template(
        "reports/show.html",
        report=report,
        state_names=STATE_NAMES,
        handing=handing if report.is_open and may_hand(g.officer, report) else None,
        outcome=outcome if report.is_open and may_settle(g.officer, report) else None,
        phone_days=PHONE_KEPT.days,
    )
