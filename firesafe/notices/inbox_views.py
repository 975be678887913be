"""The chief's inbox: closed visits whose papers are still to be issued."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from firesafe.core.clock import county_day, now
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.findings.actions import Wording, reword_finding
from firesafe.findings.queries import Findings, findings_by_inspection
from firesafe.inspections.models import Inspection
from firesafe.inspections.queries import Inspections
from firesafe.notices.actions import issue_papers, save_terms
from firesafe.notices.desk import Desk, desk_of, needs_notice
from firesafe.notices.document import paper_html
from firesafe.notices.forms import IssueForm
from firesafe.notices.freezing import Terms, preview
from firesafe.notices.pressroom import PressRoom
from firesafe.notices.queries import awaiting_issue
from firesafe.standard.editions import printable_choices
from firesafe.web.assets import assets
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.paging import page_of

bp = Blueprint("inbox", __name__)


@bp.get("/inbox")
@allow(Permission.NOTICE_ISSUE)
def waiting() -> ResponseReturnValue:
    """Show the visits that wait for their papers, oldest first."""
    return render_template("notices/inbox.html", **_list())


@bp.route("/inbox/<int:inspection_id>", methods=["GET", "POST"])
@allow(Permission.NOTICE_ISSUE)
def desk(inspection_id: int) -> ResponseReturnValue:
    """Show one visit's findings to be worded; save them, or issue and number the papers."""
    shown = desk_of(reading(), _visit(reading(), inspection_id), g.officer)
    form = _form(shown)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return _desk_page(shown, form), status
    is_issue = request.form.get("then") == "issue"
    with unit_of_work() as session:
        papers = _save(session, inspection_id, form, is_issue=is_issue)
    if not is_issue:
        flash(_("Saved. Nothing has been issued yet."))
        return redirect(url_for("inbox.desk", inspection_id=inspection_id))
    numbers = _(", ").join(paper.number for paper in papers)
    flash(_("Issued: %(numbers)s.", numbers=numbers))
    return redirect(url_for("notices.show", notice_id=papers[min(1, len(papers) - 1)].id))


@bp.get("/inbox/<int:inspection_id>/preview")
@allow(Permission.NOTICE_ISSUE)
def preview_sheet(inspection_id: int) -> ResponseReturnValue:
    """Show the paper as it would be printed now, for the frame beside the form."""
    shown = desk_of(reading(), _visit(reading(), inspection_id), g.officer)
    return paper_html(
        _preview(shown),
        service(PressRoom).templates,
        is_preview=True,
        photo_address=lambda sha: url_for(
            "inspections.photo", inspection_id=inspection_id, sha256=sha, size=800
        ),
        styles=(assets()("paper.css"),),
    )
