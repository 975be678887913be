"""What a factory manager sees: what is to be put right, until when, how, and the notices."""

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from firesafe.core.clock import county_day, now
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.findings.models import FindingState
from firesafe.findings.queries import Findings
from firesafe.findings.rules import days_left
from firesafe.inspections.late_signature import unsigned_visits
from firesafe.notices.models import PAPER_NAMES
from firesafe.notices.queries import Notices, issuers_of, notice_by_inspection
from firesafe.notices.serving import send_paper
from firesafe.photos.serving import send_photo
from firesafe.photos.store import Store
from firesafe.standard.edition import edition
from firesafe.web.doors import allow, reading, service
from firesafe.web.paging import page_of

bp = Blueprint("my_factory", __name__)

MOST_SHOWN = 100
MOST_SETTLED = 20


@bp.get("/my-factory")
@allow(Permission.OWN_FACTORY_READ)
def home() -> ResponseReturnValue:
    """Show what is open by its last day, what waits for a re-check, and what is done."""
    today = county_day(now())
    mine = Findings.of_manager(g.officer).under_notice()
    rows = list(reading().scalars(mine.soonest_first().limit(MOST_SHOWN)))
    visits = {each.inspection_id for each in rows}
    return render_template(
        "notices/manager/home.html",
        unsigned=unsigned_visits(reading(), g.officer),
        open_findings=[each for each in rows if each.state is FindingState.OPEN],
        answered=[each for each in rows if each.state is FindingState.ANSWERED],
        settled=[each for each in rows if each.state is FindingState.CLOSED][:MOST_SETTLED],
        days_left={each.id: days_left(each.due_on, today) for each in rows},
        notices=notice_by_inspection(reading(), visits),
        issuers=issuers_of(reading(), {each.county_code for each in rows}),
        checkpoints={
            each.id: edition(each.edition_code).checkpoint(each.checkpoint_code) for each in rows
        },
    )


@bp.get("/my-factory/findings/<int:finding_id>/photos/<string:sha256>/<int:size>")
@allow(Permission.OWN_FACTORY_READ)
def photo(finding_id: int, sha256: str, size: int) -> Response:
    """Show a photograph of a finding in a factory this manager manages."""
    finding = Findings.of_manager(g.officer).under_notice().one(reading(), finding_id)
    if sha256 not in {taken["sha256"] for taken in finding.photos}:
        raise NotFound("There is no such photograph.")
    return send_photo(service(Store), sha256, size)


@bp.get("/my-notices")
@allow(Permission.OWN_FACTORY_READ)
def notices() -> ResponseReturnValue:
    """Show the manager's notices, newest first."""
    rows = Notices.of_manager(g.officer).newest_first()
    page = page_of(reading(), rows, request.args.get("page", 1, type=int))
    return render_template("notices/manager/notices.html", page=page, names=PAPER_NAMES)


@bp.get("/my-notices/<int:notice_id>/pdf")
@allow(Permission.OWN_FACTORY_READ)
def notice_pdf(notice_id: int) -> ResponseReturnValue:
    """Hand out the PDF of a notice to the manager it is addressed to."""
    return send_paper(Notices.of_manager(g.officer).one(reading(), notice_id))
