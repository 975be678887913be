"""More time: what managers have asked for, and the decision with its numbered reply."""

from datetime import date, datetime

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import county_day, now
from firesafe.core.errors import RuleBroken, Stale
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.findings.calendar import is_working_day
from firesafe.findings.extending import Decision
from firesafe.findings.models import ExtensionState
from firesafe.findings.putting_off import latest_day
from firesafe.findings.queries import extension_in_county, undecided_extensions
from firesafe.findings.rules import working_days_after
from firesafe.inspections.shots import shots_among
from firesafe.notices.extending import reply_to_extension
from firesafe.notices.forms import ExtensionReplyForm
from firesafe.notices.models import Notice
from firesafe.notices.queries import has_application_paper, notice_by_inspection, reply_of
from firesafe.notices.sending import send_application
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.paging import page_of

bp = Blueprint("extensions", __name__)


@bp.get("/extensions")
@allow(Permission.EXTENSION_DECIDE)
def waiting() -> ResponseReturnValue:
    """Show the applications that are not decided yet, the oldest first; late ones say so."""
    rows = undecided_extensions(g.officer)
    page = page_of(reading(), rows, request.args.get("page", 1, type=int))
    return render_template(
        "notices/extensions.html",
        page=page,
        days_left={each.id: _days_to_decide(each.asked_at) for each in page.rows},
    )


@bp.get("/extensions/<int:extension_id>")
@allow(Permission.EXTENSION_DECIDE)
def case(extension_id: int) -> ResponseReturnValue:
    """Show one application beside what was found, to be decided."""
    extension = extension_in_county(reading(), g.officer, extension_id)
    form = ExtensionReplyForm(
        formdata=None, due_on=extension.wished_on, required_measures=extension.measures
    )
    return _page(extension_id, form)


@bp.get("/extensions/<int:extension_id>/application")
@allow(Permission.EXTENSION_DECIDE)
def application(extension_id: int) -> ResponseReturnValue:
    """Hand out the application as the factory sent it, form F6."""
    return send_application(extension_in_county(reading(), g.officer, extension_id))


@bp.post("/extensions/<int:extension_id>")
@allow(Permission.EXTENSION_DECIDE)
def decide(extension_id: int) -> ResponseReturnValue:
    """Grant or deny more time and issue the reply: in one act."""
    form = ExtensionReplyForm()
    extension_in_county(reading(), g.officer, extension_id)
    try:
        if not form.validate_on_submit():
            raise RuleBroken("Something is missing. Look at what is marked.")
        paper = _decide(form, extension_id)
    except (RuleBroken, Stale) as fault:
        form.form_errors.append(sentence_of(fault))
        return _page(extension_id, form), fault.status
    flash(_("Decided and numbered: %(number)s.", number=paper.number))
    return redirect(url_for("notices.show", notice_id=paper.id))


def _decide(form: ExtensionReplyForm, extension_id: int) -> Notice:
    decision = Decision(
        due_on=_granted_until(form),
        grounds=(form.grounds.data or "").strip(),
        required_measures=(form.required_measures.data or "").strip(),
    )
    with unit_of_work() as session:
        extension = extension_in_county(session, g.officer, extension_id)
        return reply_to_extension(
            session,
            extension,
            decision,
            by=g.officer,
            at=now(),
            public_address=service(Settings).public_address,
        )


def _granted_until(form: ExtensionReplyForm) -> date | None:
    if form.answer.data == ExtensionState.DENIED:
        return None
    due_on: date | None = form.due_on.data
    if due_on is None:
        raise RuleBroken("Enter the new last day.")
    return due_on


def _days_to_decide(asked_at: datetime) -> int:
    working_days = service(Settings).extension_working_days
    today = county_day(now())
    return (working_days_after(county_day(asked_at), working_days, is_working_day) - today).days


def _page(extension_id: int, form: ExtensionReplyForm) -> str:
    """Show the application as it stands now, with what was filled in."""
    reading().expire_all()
    extension = extension_in_county(reading(), g.officer, extension_id)
    finding = extension.finding
    return render_template(
        "notices/extension.html",
        extension=extension,
        finding=finding,
        form=form,
        days_left=_days_to_decide(extension.asked_at),
        latest=latest_day(extension.was_due_on, finding.grace_days),
        shots=shots_among(reading(), finding.factory, set(extension.photos)),
        notice=notice_by_inspection(reading(), {finding.inspection_id}).get(finding.inspection_id),
        reply=reply_of(reading(), extension.id),
        has_paper=has_application_paper(reading(), extension.id),
        is_open=extension.state is ExtensionState.ASKED,
    )
