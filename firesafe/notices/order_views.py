"""The orders of the fire service and the police: visits to order for, and the order of one."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import county_day, now
from firesafe.core.errors import RuleBroken, Stale
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.findings.models import Finding
from firesafe.findings.queries import findings_by_inspection
from firesafe.inspections.queries import Inspections
from firesafe.notices.desk import late_and_unread, late_to_serve
from firesafe.notices.kinds import ORDER_KINDS, PaperKind
from firesafe.notices.offences import usual_offence
from firesafe.notices.order_forms import OrderForm
from firesafe.notices.ordering import (
    ORDER_DAYS,
    Breach,
    Order,
    is_late,
    issue_order,
    last_day_to_order,
    orderable,
    preview_order,
    took_part,
)
from firesafe.notices.queries import awaiting_order, papers_of
from firesafe.notices.sending import send_preview
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.paging import page_of

bp = Blueprint("ordering", __name__)


@bp.get("/orders")
@allow(Permission.ORDER_ISSUE)
def waiting() -> ResponseReturnValue:
    """Show the visits of the body with something open that no order names, the latest first."""
    page = page_of(reading(), awaiting_order(g.officer), request.args.get("page", 1, type=int))
    today = county_day(now())
    late_day = late_to_serve(today, service(Settings).service_days)
    return render_template(
        "notices/orders.html",
        page=page,
        findings=findings_by_inspection(reading(), [visit.id for visit in page.rows]),
        last_days={visit.id: last_day_to_order(visit) for visit in page.rows},
        today=today,
        **late_and_unread(reading(), g.officer, late_day),
    )


@bp.get("/orders/<int:inspection_id>")
@allow(Permission.ORDER_ISSUE)
def case(inspection_id: int) -> ResponseReturnValue:
    """Show what an order of this visit may name, with the usual boxes ticked."""
    return _page(inspection_id, None)


@bp.post("/orders/<int:inspection_id>")
@allow(Permission.ORDER_ISSUE)
def issue(inspection_id: int) -> ResponseReturnValue:
    """Number and issue the order."""
    form = OrderForm()
    visits = Inspections.visible_to(g.officer)
    visits.one(reading(), inspection_id)
    try:
        order = _told(form)
        with unit_of_work() as session:
            paper = issue_order(
                session,
                visits.one(session, inspection_id),
                order,
                by=g.officer,
                at=now(),
                public_address=service(Settings).public_address,
            )
    except (RuleBroken, Stale) as fault:
        form.form_errors.append(sentence_of(fault))
        return _page(inspection_id, form), fault.status
    flash(_("Issued: %(number)s. Serve it on the factory.", number=paper.number))
    return redirect(url_for("notices.show", notice_id=paper.id))


@bp.post("/orders/<int:inspection_id>/preview")
@allow(Permission.ORDER_ISSUE)
def preview(inspection_id: int) -> ResponseReturnValue:
    """Print the order as it is filled in, without a number; nothing is kept of it."""
    form = OrderForm()
    visit = Inspections.visible_to(g.officer).one(reading(), inspection_id)
    try:
        order, today = _told(form), county_day(now())
        return send_preview(preview_order(reading(), visit, order, by=g.officer, today=today))
    except (RuleBroken, Stale) as fault:
        form.form_errors.append(sentence_of(fault))
        return _page(inspection_id, form), fault.status


def _told(form: OrderForm) -> Order:
    """Return the order as it was filled in; the day counts where one is ordered by.

    Raises:
        RuleBroken: something is missing.
    """
    if not form.validate_on_submit():
        raise RuleBroken("Something is missing. Look at what is marked.")
    kind = PaperKind(form.kind.data)
    breaches = tuple(
        Breach(part.finding_id.data or 0, part.offence.data, (part.problem.data or "").strip())
        for part in form.breaches
        if part.offence.data
    )
    return Order(kind, breaches, form.due_on.data if kind is PaperKind.DATED_ORDER else None)


def _page(inspection_id: int, form: OrderForm | None) -> str:
    """Show the visit as it stands now, with what was filled in."""
    reading().expire_all()
    visit = Inspections.visible_to(g.officer).one(reading(), inspection_id)
    findings = orderable(reading(), visit) if visit.closed_at and took_part(visit) else []
    if form is None:
        form = OrderForm(formdata=None, data={"breaches": [_usual(each) for each in findings]})
    today, by_id = county_day(now()), {each.id: each for each in findings}
    rows = [(part, by_id.get(part.finding_id.data or 0)) for part in form.breaches]
    return render_template(
        "notices/order.html",
        visit=visit,
        took_part=took_part(visit),
        form=form,
        rows=[(part, finding) for part, finding in rows if finding],
        late={
            kind.value for kind in ORDER_KINDS if visit.closed_at and is_late(kind, visit, today)
        },
        last_day=last_day_to_order(visit) if visit.closed_at else None,
        order_days=ORDER_DAYS,
        orders=[paper for paper in papers_of(reading(), visit) if paper.kind in ORDER_KINDS],
    )


def _usual(finding: Finding) -> dict[str, object]:
    return {
        "finding_id": finding.id,
        "offence": usual_offence(finding.checkpoint_code),
        "problem": finding.wording,
    }
