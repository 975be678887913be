"""The list of findings for inspectors, counties and the city."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import county_day, now
from firesafe.core.errors import RuleBroken
from firesafe.core.permissions import Permission
from firesafe.findings.actions import record_findings
from firesafe.findings.forms import CloseForm
from firesafe.findings.models import FindingState
from firesafe.findings.queries import Findings
from firesafe.findings.rules import days_left
from firesafe.inspections.closing import close_inspection
from firesafe.inspections.queries import Inspections
from firesafe.standard.terms import GRADE_NAMES, Grade
from firesafe.web.doors import allow, reading, unit_of_work
from firesafe.web.paging import page_of

bp = Blueprint("findings", __name__)

VIEWS = ("open", "answered", "overdue", "put_off", "suspected", "all")


@bp.get("/findings")
@allow(Permission.FINDING_READ)
def listing() -> ResponseReturnValue:
    """Show findings by their last day: open, overdue, put off, suspected major, or all."""
    today = county_day(now())
    view = request.args.get("view", "open")
    grade = request.args.get("grade", type=Grade)
    seen = Findings.visible_to(g.officer).of_grade(grade)
    if view == "overdue":
        seen = seen.overdue_on(today)
    elif view == "put_off":
        seen = seen.put_off()
    elif view == "suspected":
        seen = seen.suspected_major().in_state(FindingState.OPEN, FindingState.ANSWERED)
    elif view == "answered":
        seen = seen.in_state(FindingState.ANSWERED)
    elif view != "all":
        seen = seen.in_state(FindingState.OPEN)
    page = page_of(reading(), seen.soonest_first(), request.args.get("page", 1, type=int))
    return render_template(
        "findings/listing.html",
        page=page,
        view=view if view in VIEWS else "open",
        grade=grade.value if grade else "",
        grades=[(each.value, GRADE_NAMES[each]) for each in Grade],
        days_left={each.id: days_left(each.due_on, today) for each in page.rows},
    )


@bp.post("/inspections/<int:inspection_id>/close")
@allow(Permission.INSPECTION_FILL)
def close(inspection_id: int) -> ResponseReturnValue:
    """Close a visit and record its findings, in one piece."""
    form = CloseForm()
    visits = Inspections.visible_to(g.officer)
    if not form.validate_on_submit():
        raise RuleBroken("What the factory has to say is too long. Shorten it.")
    with unit_of_work() as session:
        inspection = visits.to_change(session, inspection_id)
        statement = form.statement.data or ""
        failed = close_inspection(session, inspection, statement=statement, by=g.officer, at=now())
        record_findings(session, inspection, failed, at=inspection.changed_at)
    flash(_("The visit is closed. It can be read here at any time."))
    return redirect(url_for("inspections.show", inspection_id=inspection_id))
