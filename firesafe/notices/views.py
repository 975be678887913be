"""The register of papers: looking, printing one or forty, withdrawing, and the public check."""

import uuid
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address

from firesafe.core.clock import county_day, now
from firesafe.core.errors import NotFound, require
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.core.words import N_
from firesafe.findings.policy import may_urge
from firesafe.findings.queries import Findings
from firesafe.jobs.models import JobState
from firesafe.notices.actions import (
    NOT_TO_WITHDRAW,
    ask_for_batch,
    edit_issuer,
    withdraw_notice,
)
from firesafe.notices.desk import late_to_serve
from firesafe.notices.forms import BatchForm, CheckForm, IssuerForm, WithdrawForm
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import (
    NOTICE_STATE_NAMES,
    PAPER_NAMES,
    SERVICE_MANNER_NAMES,
    IssuerType,
    Notice,
    NoticeState,
)
from firesafe.notices.policy import may_edit_issuer, may_read_views, may_serve, may_withdraw
from firesafe.notices.queries import (
    Notices,
    batch_of,
    body_of,
    notice_by_check_code,
    papers_of,
    service_of,
    statements_on,
)
from firesafe.notices.receiving import read_views
from firesafe.notices.rules import tidy_check_code
from firesafe.notices.sending import send_paper, send_pdf
from firesafe.photos.store import Store
from firesafe.web.doors import allow, public, reading, service, unit_of_work
from firesafe.web.limits import check_limit, limiter
from firesafe.web.paging import page_of

bp = Blueprint("notices", __name__)

WAITING, LATE, UNREAD, FILLED = "to-be-served", "late", "unread-views", "filled-in"
STANDINGS = {
    WAITING: N_("To be served"),
    LATE: N_("Late to be served"),
    UNREAD: N_("Views not read yet"),
    FILLED: N_("Proofs that are filled in"),
    NoticeState.SERVED.value: N_("Served"),
    NoticeState.CLOSED.value: N_("Closed"),
    NoticeState.WITHDRAWN.value: N_("Withdrawn"),
}


@bp.get("/notices")
@allow(Permission.NOTICE_READ)
def register() -> ResponseReturnValue:
    """Show the register, newest first, with kind, state, year and number as filters."""
    kind = request.args.get("kind", type=PaperKind)
    year = request.args.get("year", type=int)
    number = request.args.get("number", "").strip()
    standing = request.args.get("standing", "")
    found = Notices.visible_to(g.officer).of_kind(kind).of_year(year).with_number(number)
    rows = _standing(found, standing).newest_first()
    words = {"kind": kind.value if kind else "", "standing": standing}
    return render_template(
        "notices/register.html",
        page=page_of(reading(), rows, request.args.get("page", 1, type=int)),
        kinds=list(PaperKind),
        standings=STANDINGS,
        chosen={**words, "year": year or "", "number": number},
        late_day=_late_day(),
        form=BatchForm(key=str(uuid.uuid4())),
        names=PAPER_NAMES,
        may_print=g.officer.holds(Permission.NOTICE_PRINT),
        this_year=county_day(now()).year,
    )


@bp.get("/notices/<int:notice_id>")
@allow(Permission.NOTICE_READ)
def show(notice_id: int) -> ResponseReturnValue:
    """Show one paper: where it stands, its PDF, and what else came of the visit."""
    notice = Notices.visible_to(g.officer).one(reading(), notice_id)
    papers = papers_of(reading(), notice.inspection)
    withdrawals = {p.refers_to_id: p for p in papers if p.kind is PaperKind.WITHDRAWAL}
    return render_template(
        "notices/show.html",
        notice=notice,
        names=PAPER_NAMES,
        papers=papers,
        withdrawn_by=withdrawals.get(notice.id),
        about=next((paper for paper in papers if paper.id == notice.refers_to_id), None),
        may_withdraw=may_withdraw(g.officer, notice),
        may_serve=may_serve(g.officer, notice),
        may_read_views=may_read_views(g.officer, notice),
        proof=service_of(reading(), notice),
        statements=statements_on(reading(), notice),
        manners=SERVICE_MANNER_NAMES,
        late_day=_late_day(),
        to_urge=_is_to_urge(notice),
    )


@bp.post("/notices/<int:notice_id>/views/read")
@allow(Permission.VIEW_READ)
def read(notice_id: int) -> ResponseReturnValue:
    """Note that the factory's views on a paper were read, as far as they were shown."""
    with unit_of_work() as session:
        notice = Notices.visible_to(g.officer).one(session, notice_id)
        up_to = request.form.get("up-to", 0, type=int)
        read_views(session, notice, up_to=up_to, by=g.officer, at=now())
    return redirect(url_for("notices.show", notice_id=notice_id))


def _is_to_urge(notice: Notice) -> bool:
    """Tell whether a chief who looks at a served notice has something overdue of it to urge."""
    is_theirs = notice.kind is PaperKind.RECTIFICATION_NOTICE and may_urge(
        g.officer, notice.inspection
    )
    if not is_theirs or notice.state is not NoticeState.SERVED:
        return False
    late = Findings.visible_to(g.officer).to_urge(county_day(now()))
    return bool(late.of_visits(reading(), [notice.inspection_id])[notice.inspection_id])


def _late_day() -> date:
    return late_to_serve(county_day(now()), service(Settings).service_days)


def _standing(notices: Notices, standing: str) -> Notices:
    """Keep the papers that stand as the register's menu says; other words keep all."""
    if standing not in STANDINGS:
        return notices
    if standing == LATE:
        mine = notices.acted_on_by(g.officer)
        return mine.to_be_served().issued_by_end_of(_late_day())
    if standing == UNREAD:
        return notices.acted_on_by(g.officer).with_unread_views()
    if standing == FILLED:
        return notices.filled_in()
    return (
        notices.to_be_served() if standing == WAITING else notices.in_state(NoticeState(standing))
    )


@bp.get("/notices/<int:notice_id>/pdf")
@allow(Permission.NOTICE_READ)
def pdf(notice_id: int) -> ResponseReturnValue:
    """Hand out the PDF as it is kept; the same bytes every time."""
    return send_paper(Notices.visible_to(g.officer).one(reading(), notice_id))


@bp.route("/notices/<int:notice_id>/withdrawal", methods=["GET", "POST"])
@allow(Permission.NOTICE_WITHDRAW)
def withdraw(notice_id: int) -> ResponseReturnValue:
    """Ask for the reason, then take the notice or order back by a second paper."""
    form = WithdrawForm()
    notice = Notices.visible_to(g.officer).one(reading(), notice_id)
    require(may_withdraw(g.officer, notice), NOT_TO_WITHDRAW)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("notices/withdraw.html", form=form, notice=notice), status
    with unit_of_work() as session:
        paper = withdraw_notice(
            session,
            Notices.visible_to(g.officer).one(session, notice_id),
            form.reason.data or "",
            by=g.officer,
            at=now(),
            public_address=service(Settings).public_address,
        )
    flash(_what_follows(notice, by=paper.number))
    return redirect(url_for("notices.show", notice_id=paper.id))


def _what_follows(withdrawn: Notice, by: str) -> str:
    """Say what becomes of all that a withdrawn paper named."""
    told: str
    if withdrawn.sets_days:
        told = _("Withdrawn by %(number)s. The findings wait for a new notice.", number=by)
    else:
        told = _("Withdrawn by %(number)s. What it named may be ordered anew.", number=by)
    return told


@bp.post("/notices/batches")
@allow(Permission.NOTICE_PRINT)
def print_batch() -> ResponseReturnValue:
    """Ask for one PDF of the papers that were ticked."""
    form = BatchForm()
    form.validate()
    with unit_of_work() as session:
        ticked = Notices.visible_to(g.officer).among(form.notice_id.data or [])
        notices = list(session.scalars(ticked.oldest_first()))
        job = ask_for_batch(session, notices, key=form.key.data or "", by=g.officer, at=now())
    return redirect(url_for("notices.batch", job_id=job.id))


@bp.get("/notices/batches/<int:job_id>")
@allow(Permission.NOTICE_PRINT)
def batch(job_id: int) -> ResponseReturnValue:
    """Show how far a print job has come; the page asks again by itself."""
    job = batch_of(reading(), job_id, g.officer)
    is_over = job.state in (JobState.DONE, JobState.FAILED)
    headers = {} if is_over else {"Refresh": "2"}
    asked = Notices.visible_to(g.officer).among(job.payload["notice_ids"])
    withdrawn = reading().scalars(asked.in_state(NoticeState.WITHDRAWN).oldest_first()).all()
    page = render_template("notices/batch.html", job=job, states=JobState, withdrawn=withdrawn)
    return page, 200, headers


@bp.get("/notices/batches/<int:job_id>/pdf")
@allow(Permission.NOTICE_PRINT)
def batch_pdf(job_id: int) -> ResponseReturnValue:
    """Hand out the joined PDF of a finished print job."""
    job = batch_of(reading(), job_id, g.officer)
    if job.state is not JobState.DONE or not job.result:
        raise NotFound("This print job is not finished yet.")
    return send_pdf(service(Store).get(job.result["key"]), f"batch-{job.id}")


@bp.route("/issuer", methods=["GET", "POST"])
@allow(Permission.ISSUER_EDIT)
def issuer() -> ResponseReturnValue:
    """Show and change in whose name the county's papers go out."""
    county_code = g.officer.county_code
    known = body_of(reading(), g.officer)
    form = IssuerForm(obj=known, version=str(known.version if known else 0))
    if not g.officer.holds(Permission.ORDER_ISSUE):
        del form.type
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        may_edit = may_edit_issuer(g.officer, county_code)
        return render_template("notices/issuer.html", form=form, may_edit=may_edit), status
    names = ("name", "department", "abbreviation", "contact", "phone", "address")
    particulars = {name: str(form[name].data or "").strip() for name in names}
    with unit_of_work() as session:
        edit_issuer(
            session,
            county_code,
            {**particulars, "type": IssuerType(form.type.data if "type" in form else "department")},
            version=int(form.version.data or 0),
            by=g.officer,
            at=now(),
        )
    flash(_("Saved. It stands on every paper issued from now on."))
    return redirect(url_for("notices.issuer"))


@bp.get("/check")
@public
@limiter.limit(check_limit, key_func=get_remote_address)
def check() -> ResponseReturnValue:
    """Let anyone check whether a paper is genuine, by the code printed on it.

    The answer names number, kind, day, state and checksum, and nobody. A code that is
    not ours gets the same sentence whatever was typed.
    """
    form = CheckForm(request.args)
    if "code" not in request.args:
        return render_template("notices/check.html", form=form, notice=None, is_asked=False)
    notice = notice_by_check_code(reading(), tidy_check_code(form.code.data or ""))
    page = render_template(
        "notices/check.html",
        form=form,
        notice=notice,
        proof=service_of(reading(), notice) if notice else None,
        is_asked=True,
        names=PAPER_NAMES,
        states=NOTICE_STATE_NAMES,
    )
    return page, 200 if notice else 404


@bp.get("/check/<string:code>")
@public
def check_code(code: str) -> ResponseReturnValue:
    """Lead the QR code of a paper to the page that checks it."""
    return redirect(url_for("notices.check", code=code))
