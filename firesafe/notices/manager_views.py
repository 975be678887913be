"""What a factory manager sees: what is to be put right, until when, how, and the notices."""

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from firesafe.core.clock import county_day, now
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.factories.queries import Factories
from firesafe.findings.models import Finding, FindingState
from firesafe.findings.putting_off import why_not
from firesafe.findings.queries import (
    Findings,
    evidence_by_finding,
    extension_of,
    latest_evidence,
    latest_reasons,
    photos_of,
)
from firesafe.findings.rules import days_left
from firesafe.inspections.late_signature import unsigned_visits
from firesafe.notices.models import PAPER_NAMES
from firesafe.notices.queries import (
    Notices,
    has_application_paper,
    issuer_of,
    issuers_of,
    notice_by_inspection,
    reply_of,
    standing_consents,
)
from firesafe.notices.sending import send_application, send_paper
from firesafe.notices.timeline import steps_of
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
    mine = Findings.of_manager(g.officer).under_notice()
    rows = list(reading().scalars(mine.soonest_first().limit(MOST_SHOWN)))
    in_state = {state: [each for each in rows if each.state is state] for state in FindingState}
    answered = in_state[FindingState.ANSWERED]
    sent_back = [each.id for each in in_state[FindingState.OPEN] if each.failed_rechecks]
    return render_template(
        "notices/manager/home.html",
        unsigned=unsigned_visits(reading(), g.officer),
        open_findings=in_state[FindingState.OPEN],
        answered=answered,
        settled=in_state[FindingState.CLOSED][:MOST_SETTLED],
        latest=latest_evidence(reading(), [each.id for each in answered]),
        missed=latest_reasons(reading(), sent_back),
        factories={each.factory.name for each in rows},
        issuers=issuers_of(reading(), {each.county_code for each in rows}),
        **_told(rows),
    )


@bp.get("/my-factory/findings/<int:finding_id>")
@allow(Permission.OWN_FACTORY_READ)
def finding(finding_id: int) -> ResponseReturnValue:
    """Show one thing to put right: what is wrong, what to do, until when, and what happened."""
    shown = Findings.of_manager(g.officer).under_notice().one(reading(), finding_id)
    rounds = evidence_by_finding(reading(), [finding_id])[finding_id]
    extension = extension_of(reading(), shown)
    return render_template(
        "notices/manager/finding.html",
        finding=shown,
        extension=extension,
        reply=reply_of(reading(), extension.id) if extension else None,
        has_paper=extension is not None and has_application_paper(reading(), extension.id),
        may_ask=not why_not(shown, county_day(now()), was_asked=extension is not None),
        rounds=rounds,
        notice=notice_by_inspection(reading(), {shown.inspection_id}).get(shown.inspection_id),
        issuer=issuer_of(reading(), shown.county_code),
        missed=latest_reasons(reading(), [finding_id]),
        steps=steps_of(reading(), shown),
        **_told([shown]),
    )


@bp.get("/my-factory/findings/<int:finding_id>/extension/application")
@allow(Permission.OWN_EXTENSION_ASK)
def application(finding_id: int) -> ResponseReturnValue:
    """Hand out the application for more time, to be printed and sealed, form F6."""
    finding = Findings.of_manager(g.officer).under_notice().one(reading(), finding_id)
    extension = extension_of(reading(), finding)
    if extension is None:
        raise NotFound("No more time has been asked for here.")
    return send_application(extension)


def _told(findings: list[Finding]) -> dict[str, object]:
    """Return how far each finding is from its last day, and its checkpoint's plain words."""
    today = county_day(now())
    return {
        "days_left": {each.id: days_left(each.due_on, today) for each in findings},
        "checkpoints": {
            each.id: edition(each.edition_code).checkpoint(each.checkpoint_code)
            for each in findings
        },
    }


@bp.get("/my-factory/findings/<int:finding_id>/photos/<string:sha256>/<int:size>")
@allow(Permission.OWN_EVIDENCE_SEND)
def photo(finding_id: int, sha256: str, size: int) -> Response:
    """Show a photograph of a finding to whoever sends proof for it."""
    shown = Findings.of_manager(g.officer).under_notice().one(reading(), finding_id)
    if sha256 not in photos_of(reading(), shown):
        raise NotFound("There is no such photograph.")
    return send_photo(service(Store), sha256, size)


@bp.get("/my-notices")
@allow(Permission.OWN_FACTORY_READ)
def notices() -> ResponseReturnValue:
    """Show the papers to the manager's factories, newest first."""
    rows = Notices.of_manager(g.officer).newest_first()
    page = page_of(reading(), rows, request.args.get("page", 1, type=int))
    factories = reading().scalars(Factories.visible_to(g.officer).by_name()).all()
    given = standing_consents(reading(), [each.id for each in factories])
    return render_template(
        "notices/manager/notices.html",
        page=page,
        names=PAPER_NAMES,
        agreements=[(each, given.get(each.id)) for each in factories],
    )


@bp.get("/my-notices/<int:notice_id>/pdf")
@allow(Permission.OWN_FACTORY_READ)
def notice_pdf(notice_id: int) -> ResponseReturnValue:
    """Hand out the PDF of a notice to the manager it is addressed to."""
    return send_paper(Notices.of_manager(g.officer).one(reading(), notice_id))
