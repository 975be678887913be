"""How a factory manager shows that something is put right: photographs and a few words."""

import uuid

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import county_day, now
from firesafe.core.errors import RuleBroken
from firesafe.core.permissions import Permission
from firesafe.findings.evidence import LONGEST_NOTE, MOST_PHOTOS, Proof, send_evidence
from firesafe.findings.forms import EvidenceForm
from firesafe.findings.models import FindingState
from firesafe.findings.queries import Findings
from firesafe.findings.rules import days_left
from firesafe.photos.receiving import (
    body_of,
    developed,
    entered,
    files_of,
    standing_of,
    wanted_no_more,
)
from firesafe.photos.said import said_with
from firesafe.standard.edition import edition
from firesafe.web.doors import allow, reading, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.gate import wants_json

bp = Blueprint("evidence", __name__)

ADDRESS = "/my-factory/findings/<int:finding_id>/evidence"
MOST_SHOWN = 100


@bp.get("/my-factory/to-prove")
@allow(Permission.OWN_EVIDENCE_SEND)
def waiting() -> ResponseReturnValue:
    """Show what proof can be sent for, to whoever may do nothing else."""
    waits = _mine().in_state(FindingState.OPEN, FindingState.ANSWERED).soonest_first()
    findings = reading().scalars(waits.limit(MOST_SHOWN)).all()
    today = county_day(now())
    return render_template(
        "findings/manager/waiting.html",
        findings=findings,
        days_left={each.id: days_left(each.due_on, today) for each in findings},
        checkpoints={
            each.id: edition(each.edition_code).checkpoint(each.checkpoint_code)
            for each in findings
        },
    )


@bp.get(ADDRESS)
@allow(Permission.OWN_EVIDENCE_SEND)
def take(finding_id: int) -> ResponseReturnValue:
    """Show what was found beside a camera for how it looks now."""
    return _page(finding_id, EvidenceForm(formdata=None, client_key=str(uuid.uuid4())))


@bp.post(ADDRESS)
@allow(Permission.OWN_EVIDENCE_SEND)
def send(finding_id: int) -> ResponseReturnValue:
    """Keep what was sent, whole or not at all; photographs that have arrived stay in the form."""
    form = EvidenceForm()
    try:
        _check(form, finding_id)
        form.arrived.data = [*(form.arrived.data or []), *files_of(form.photos.data or [])]
        _send(form, finding_id)
    except RuleBroken as fault:
        if wants_json():
            raise
        form.form_errors.append(sentence_of(fault))
        return _page(finding_id, form), fault.status
    address = _way_back(finding_id)
    if wants_json():
        return {"address": address}
    flash(_("Handed in. The inspector looks at it next."))
    return redirect(address)


@bp.put(f"{ADDRESS}/<string(length=64):sha256>")
@allow(Permission.OWN_EVIDENCE_SEND)
def send_photo(finding_id: int, sha256: str) -> ResponseReturnValue:
    """Take in one photograph for a finding of one's own factory, and say whether it is readable."""
    _mine().one(reading(), finding_id)
    photo = wanted_no_more(sha256)
    if photo is None:
        photo = entered(body_of(sha256), said_with(request.headers))
    return standing_of(developed(photo)).model_dump(mode="json")


def _way_back(finding_id: int) -> str:
    """Return where one came from: the finding's page, or the list if that is all one may see."""
    if g.officer.holds(Permission.OWN_FACTORY_READ):
        return url_for("my_factory.finding", finding_id=finding_id)
    return url_for("evidence.waiting")


def _mine() -> Findings:
    return Findings.of_manager(g.officer).under_notice()


def _check(form: EvidenceForm, finding_id: int) -> None:
    """Refuse what need not be received at all."""
    _mine().one(reading(), finding_id)
    if not form.validate_on_submit():
        raise RuleBroken("Your words are too long. Shorten them.")


def _send(form: EvidenceForm, finding_id: int) -> None:
    note = (form.note.data or "").strip()
    proof = Proof(form.client_key.data or "", note, tuple(dict.fromkeys(form.arrived.data or [])))
    with unit_of_work() as session:
        finding = _mine().to_change(session, finding_id)
        send_evidence(session, finding, proof, by=g.officer, at=now())


def _page(finding_id: int, form: EvidenceForm) -> str:
    finding = _mine().one(reading(), finding_id)
    checkpoint = edition(finding.edition_code).checkpoint(finding.checkpoint_code)
    return render_template(
        "findings/manager/take.html",
        finding=finding,
        way_back=_way_back(finding_id),
        checkpoint=checkpoint,
        form=form,
        most_photos=MOST_PHOTOS,
        longest_note=LONGEST_NOTE,
        words=_script_words(),
    )


def _script_words() -> dict[str, str]:
    """Return what the script of the page may have to say; it has no words of its own."""
    return {
        "local": _("On this phone only"),
        "sending": _("Sending"),
        "received": _("Delivered"),
        "refused": _("Not taken"),
        "waiting": _("No signal. All of it stays on this phone and is sent when there is some."),
        "signed-out": _("You have been signed out. Sign in again; what you filled in stays here."),
        "full": _("This phone has no room left. Free some, then take it once more."),
        "most": _("At most %(most)s photographs at a time.", most=MOST_PHOTOS),
        "none": _("Take at least one photograph of how it looks now."),
        "no_camera": _("The camera cannot be opened here. Use the tile below."),
        "ghost_off": _("Hide the old picture"),
        "ghost_on": _("Show the old picture"),
    }
