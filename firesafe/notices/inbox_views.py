"""The chief's inbox: closed visits whose papers are still to be issued."""

from functools import partial
from typing import Any

from flask import (
    Blueprint,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from firesafe.core.clock import county_day, now, start_of
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.findings.actions import Wording, reword_finding
from firesafe.findings.calendar import missing_year
from firesafe.findings.models import Finding, ReferralState
from firesafe.findings.queries import Findings, Referrals, findings_by_inspection
from firesafe.inspections.models import Inspection
from firesafe.inspections.queries import Inspections
from firesafe.inspections.shots import shots_among
from firesafe.notices.actions import issue_papers, save_terms
from firesafe.notices.desk import (
    Desk,
    Weight,
    days_until_issue,
    desk_of,
    late_and_unread,
    late_to_serve,
    preview,
    printable_bases,
)
from firesafe.notices.forms import FindingForm, IssueForm
from firesafe.notices.freezing import Terms
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.notices.paper import paper_html
from firesafe.notices.pressroom import PressRoom
from firesafe.notices.queries import awaiting_issue
from firesafe.notices.sending import send_preview
from firesafe.photos.rules import MEDIUM
from firesafe.standard.terms import Grade
from firesafe.web.assets import address_of
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.paging import page_of
from firesafe.web.panels import panels_at

bp = Blueprint("inbox", __name__)


@bp.get("/inbox")
@allow(Permission.NOTICE_ISSUE)
def waiting() -> ResponseReturnValue:
    """Show the visits that wait for their papers, oldest first."""
    return render_template("notices/inbox.html", desk=None, **_list())


@bp.route("/inbox/<int:inspection_id>", methods=["GET", "POST"])
@allow(Permission.NOTICE_ISSUE)
def desk(inspection_id: int) -> ResponseReturnValue:
    """Show one visit's findings to be worded; save them, or issue and number the papers."""
    shown = _desk(reading(), inspection_id)
    if shown.whole and request.method == "GET":
        return redirect(url_for("notices.show", notice_id=shown.whole.id))
    form = IssueForm(data=_as_it_stands(shown))
    _fit(form, shown)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return _desk_page(shown, form), status
    is_issue = request.form.get("then") == "issue"
    with unit_of_work() as session:
        papers = _save(session, inspection_id, form, is_issue=is_issue)
    if not is_issue:
        flash(_("Saved. Nothing has been issued yet."))
        return redirect(url_for("inbox.desk", inspection_id=inspection_id))
    flash(_("Issued: %(numbers)s.", numbers=" ".join(paper.number for paper in papers)))
    main = [paper for paper in papers if paper.kind is PaperKind.RECTIFICATION_NOTICE] or papers
    return redirect(url_for("notices.show", notice_id=main[0].id))


@bp.get("/inbox/<int:inspection_id>/preview")
@allow(Permission.NOTICE_ISSUE)
def preview_sheet(inspection_id: int) -> ResponseReturnValue:
    """Show the paper as it would be printed now, for the frame beside the form."""
    shown = _desk(reading(), inspection_id)
    inspection = shown.inspection
    paper = preview(reading(), shown, county_day(now()))
    return paper_html(
        paper,
        service(PressRoom).templates,
        is_preview=True,
        photo_address=partial(_picture_address, inspection),
        styles=(address_of("paper.css"),),
    )


@bp.get("/inbox/<int:inspection_id>/preview-pdf")
@allow(Permission.NOTICE_ISSUE)
def preview_pdf(inspection_id: int) -> ResponseReturnValue:
    """Print the paper as it stands, without a number; nothing is kept of it."""
    paper = preview(reading(), _desk(reading(), inspection_id), county_day(now()))
    return send_preview(paper)


def _picture_address(inspection: Inspection, sha256: str) -> str:
    """Return where the frame gets a photograph or a signature of the visit from."""
    for signature in inspection.signatures:
        if signature.sha256 == sha256:
            role = signature.role.value
            return url_for("inspections.signature", inspection_id=inspection.id, role=role)
    return url_for("inspections.photo", inspection_id=inspection.id, sha256=sha256, size=MEDIUM)


def _desk_page(shown: Desk, form: IssueForm) -> str:
    return render_template(
        "notices/inbox.html",
        desk=shown,
        shots=shots_among(reading(), shown.inspection.factory, _pictured(shown)),
        form=form,
        rows=list(zip(form.findings, shown.to_issue, strict=False)),
        settled=[each for each in shown.findings if each not in shown.unsettled],
        states={Weight.PASSED: "pass", Weight.WARNING: "warn", Weight.BAR: "fail"},
        panels=panels_at("inspection", shown.inspection),
        **_list(),
    )


def _pictured(shown: Desk) -> set[str]:
    return {taken["sha256"] for finding in shown.to_issue for taken in finding.photos}


def _desk(session: Session, inspection_id: int) -> Desk:
    inspection = Inspections.visible_to(g.officer).with_answers(session, inspection_id)
    return desk_of(session, inspection, g.officer)


def _list() -> dict[str, Any]:
    page = page_of(reading(), awaiting_issue(g.officer), request.args.get("page", 1, type=int))
    today = county_day(now())
    findings = findings_by_inspection(reading(), [visit.id for visit in page.rows])
    late_day = late_to_serve(today, service(Settings).service_days)
    owed = Referrals.visible_to(g.officer).in_state(ReferralState.SUSPECTED)
    owed_count, owed_late_count = owed.count_with_late(reading(), start_of(today))
    return {
        **late_and_unread(reading(), g.officer, late_day),
        "owed_count": owed_count,
        "owed_late_count": owed_late_count,
        "missing_year": missing_year(today),
        "page": page,
        "waits_elsewhere": panels_at("inbox", g.officer),
        "findings": findings,
        "worst": {
            visit: max((Grade(e.grade).rank for e in found), default=-1) + 1
            for visit, found in findings.items()
        },
        "days_left": {visit.id: days_until_issue(visit, today) for visit in page.rows},
    }


def _as_it_stands(shown: Desk) -> dict[str, Any]:
    return {
        "findings": [
            {
                "finding_id": finding.id,
                "version": finding.version,
                "wording": finding.wording,
                "grade": finding.grade,
                "grace_days": finding.grace_days,
                "requirement": finding.requirement,
                "bases": finding.bases,
            }
            for finding in shown.to_issue
        ],
        "interim_measures": shown.terms.interim_measures,
        "joined_by": "，".join(shown.terms.joined_by),
        "copied_to": list(shown.terms.copied_to),
    }


def _fit(form: IssueForm, shown: Desk) -> None:
    """Offer each finding its own articles; ask for no terms where no notice is made."""
    if not shown.to_issue:
        del form.interim_measures, form.joined_by, form.copied_to
    for part, finding in zip(form.findings, shown.to_issue, strict=False):
        part.bases.choices = [
            SelectChoice(basis, basis) for basis in printable_bases(shown.inspection, finding)
        ]


def _save(session: Session, inspection_id: int, form: IssueForm, *, is_issue: bool) -> list[Notice]:
    inspection = Inspections.visible_to(g.officer).with_answers(session, inspection_id)
    for part in form.findings:
        finding = Findings.visible_to(g.officer).one(session, part.finding_id.data or 0)
        version = part.version.data or 0
        reword_finding(session, finding, _wording(part), version=version, by=g.officer, at=now())
    terms = _terms(form) if "interim_measures" in form else Terms("")
    save_terms(session, inspection, terms, by=g.officer)
    if not is_issue:
        return []
    return issue_papers(
        session,
        inspection,
        terms,
        by=g.officer,
        at=now(),
        public_address=service(Settings).public_address,
    )


def _wording(part: FindingForm) -> Wording:
    return Wording(
        wording=(part.wording.data or "").strip(),
        grade=part.grade.data,
        bases=list(part.bases.data or []),
        requirement=(part.requirement.data or "").strip(),
        grace_days=part.grace_days.data or 0,
    )


def _terms(form: IssueForm) -> Terms:
    joined_by = (form.joined_by.data or "").replace("，", ",").split(",")
    return Terms(
        interim_measures=(form.interim_measures.data or "").strip(),
        copied_to=tuple(form.copied_to.data or ()),
        joined_by=tuple(part.strip() for part in joined_by if part.strip()),
    )


def _worst(findings: list[Finding]) -> int:
    """Return how many bars the gravest finding has: 1 to 3, or 0 if nothing was found."""
    return max((Grade(finding.grade).rank + 1 for finding in findings), default=0)
