"""What is overdue: the cases to be urged, and the letter that urges one."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import county_day, now
from firesafe.core.errors import RuleBroken, Stale
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.findings.queries import Findings
from firesafe.inspections.queries import Inspections
from firesafe.notices.forms import SupervisionForm
from firesafe.notices.kinds import PaperKind
from firesafe.notices.queries import awaiting_letter, papers_of, service_of, valid_paper_of
from firesafe.notices.sending import send_preview
from firesafe.notices.urging import (
    issue_supervision_letter,
    overdue_rows,
    preview_supervision_letter,
    usual_measures,
)
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.paging import page_of

bp = Blueprint("supervising", __name__)


@bp.get("/supervision-letters")
@allow(Permission.OVERDUE_URGE)
def due() -> ResponseReturnValue:
    """Show the cases with something overdue that nobody has urged, the longest overdue first."""
    today = county_day(now())
    rows = awaiting_letter(g.officer, today)
    page = page_of(reading(), rows, request.args.get("page", 1, type=int))
    late = Findings.visible_to(g.officer).to_urge(today)
    return render_template(
        "notices/supervisions.html",
        page=page,
        late=late.of_visits(reading(), [visit.id for visit in page.rows]),
        today=today,
    )


@bp.get("/supervision-letters/<int:inspection_id>")
@allow(Permission.OVERDUE_URGE)
def case(inspection_id: int) -> ResponseReturnValue:
    """Show what a letter would name today, and what it would ask for."""
    return _page(inspection_id, SupervisionForm(formdata=None))


@bp.post("/supervision-letters/<int:inspection_id>")
@allow(Permission.OVERDUE_URGE)
def issue(inspection_id: int) -> ResponseReturnValue:
    """Number and issue the letter."""
    form = SupervisionForm()
    visits = Inspections.visible_to(g.officer)
    visits.one(reading(), inspection_id)
    try:
        _require_filled(form)
        with unit_of_work() as session:
            paper = issue_supervision_letter(
                session,
                visits.one(session, inspection_id),
                form.finding_ids.data or [],
                (form.measures.data or "").strip(),
                by=g.officer,
                at=now(),
                public_address=service(Settings).public_address,
            )
    except (RuleBroken, Stale) as fault:
        form.form_errors.append(sentence_of(fault))
        return _page(inspection_id, form), fault.status
    flash(_("Issued: %(number)s. Serve it on the factory.", number=paper.number))
    return redirect(url_for("notices.show", notice_id=paper.id))


@bp.post("/supervision-letters/<int:inspection_id>/preview")
@allow(Permission.OVERDUE_URGE)
def preview(inspection_id: int) -> ResponseReturnValue:
    """Print the letter as it is filled in, without a number; nothing is kept of it."""
    form = SupervisionForm()
    today = county_day(now())
    visit = Inspections.visible_to(g.officer).one(reading(), inspection_id)
    late = Findings.visible_to(g.officer).to_urge(today)
    try:
        _require_filled(form)
        findings = late.of_visits(reading(), [visit.id])[visit.id]
        measures = (form.measures.data or "").strip()
        return send_preview(preview_supervision_letter(reading(), visit, findings, measures, today))
    except RuleBroken as fault:
        form.form_errors.append(sentence_of(fault))
        return _page(inspection_id, form), fault.status


def _require_filled(form: SupervisionForm) -> None:
    if not form.validate_on_submit():
        raise RuleBroken("Something is missing. Look at what is marked.")


def _page(inspection_id: int, form: SupervisionForm) -> str:
    """Show the case as it stands now, with what was filled in."""
    reading().expire_all()
    visit = Inspections.visible_to(g.officer).one(reading(), inspection_id)
    today = county_day(now())
    notice = valid_paper_of(reading(), visit, PaperKind.RECTIFICATION_NOTICE)
    proof = service_of(reading(), notice) if notice else None
    late = Findings.visible_to(g.officer).to_urge(today)
    findings = late.of_visits(reading(), [visit.id])[visit.id] if proof else []
    if notice and form.measures.data is None:
        form.measures.data = usual_measures(notice)
    return render_template(
        "notices/supervision.html",
        visit=visit,
        notice=notice,
        proof=proof,
        findings=findings,
        rows=overdue_rows(reading(), notice, findings, today) if notice and proof else (),
        letters=[
            paper
            for paper in papers_of(reading(), visit)
            if paper.kind is PaperKind.SUPERVISION_LETTER
        ],
        form=form,
    )
