"""One finding for inspectors, counties and the city: what it says, its pictures, its story."""

from flask import Blueprint, Response, g, render_template
from flask.typing import ResponseReturnValue

from firesafe.core.clock import county_day, now
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.findings.models import FindingState
from firesafe.findings.policy import may_recheck
from firesafe.findings.queries import Findings, evidence_by_finding, photos_of
from firesafe.findings.referring import STATE_NAMES
from firesafe.findings.rules import days_left
from firesafe.inspections.shots import shots_among
from firesafe.notices.queries import notice_by_inspection
from firesafe.notices.timeline import steps_of
from firesafe.photos.serving import send_photo
from firesafe.photos.store import Store
from firesafe.standard.edition import edition
from firesafe.web.doors import allow, reading, service

bp = Blueprint("finding", __name__)


@bp.get("/findings/<int:finding_id>")
@allow(Permission.FINDING_READ)
def show(finding_id: int) -> ResponseReturnValue:
    """Show one finding with its pictures and everything that has happened to it."""
    finding = Findings.visible_to(g.officer).one(reading(), finding_id)
    rounds = evidence_by_finding(reading(), [finding_id])[finding_id]
    is_open = finding.due_on is not None and finding.state is not FindingState.CLOSED
    return render_template(
        "notices/finding.html",
        finding=finding,
        checkpoint=edition(finding.edition_code).checkpoint(finding.checkpoint_code),
        days_left=days_left(finding.due_on, county_day(now())),
        rounds=rounds,
        shots=shots_among(reading(), finding.factory, photos_of(reading(), finding)),
        notice=notice_by_inspection(reading(), {finding.inspection_id}).get(finding.inspection_id),
        steps=steps_of(reading(), finding),
        referral_names=STATE_NAMES,
        may_recheck=is_open and may_recheck(g.officer, finding),
    )


@bp.get("/findings/<int:finding_id>/photos/<string:sha256>/<int:size>")
@allow(Permission.FINDING_READ)
def photo(finding_id: int, sha256: str, size: int) -> Response:
    """Show a photograph of a finding, whoever took it."""
    finding = Findings.visible_to(g.officer).one(reading(), finding_id)
    if sha256 not in photos_of(reading(), finding):
        raise NotFound("There is no such photograph.")
    return send_photo(service(Store), sha256, size)
