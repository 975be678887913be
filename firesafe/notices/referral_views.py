"""The register of referrals: what is to be referred today, the letter, and what came of it."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select

from firesafe.core.clock import county_day, now
from firesafe.core.errors import NotFound, RuleBroken, Stale
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.districts.counties import county
from firesafe.findings.correcting import what_fits
from firesafe.findings.models import OVER, Referral, ReferralState, ReferralStep
from firesafe.findings.policy import may_refer
from firesafe.findings.queries import (
    Referrals,
    findings_by_referral,
    findings_referred,
    standing_among,
    standing_steps,
    steps_of_referral,
)
from firesafe.findings.referring import FOLLOWERS, STATE_NAMES, Advance
from firesafe.findings.rules import days_left
from firesafe.findings.scans import keep_scan, type_of_scan
from firesafe.inspections.shots import shots_among
from firesafe.notices.kinds import PaperKind
from firesafe.notices.letter import Covering, usual_covering
from firesafe.notices.models import Notice
from firesafe.notices.queries import letter_of, letters_by_referral, valid_paper_of
from firesafe.notices.referral_forms import CorrectionForm, LetterForm, ReplyForm
from firesafe.notices.referring import correct_reply, enter_reply, issue_referral, preview_referral
from firesafe.notices.sending import send_preview
from firesafe.photos.store import Store
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.paging import page_of

bp = Blueprint("referrals", __name__)

VIEWS = ("open", "owed", "over", "all")
_NOT_OVER = [state for state in ReferralState if state not in OVER]


@bp.get("/referrals")
@allow(Permission.FINDING_READ)
def register() -> ResponseReturnValue:
    """Show the referrals: first what is still to be referred, the longest overdue at the top."""
    view = request.args.get("view", "open")
    name = request.args.get("name", "").strip()
    rows = _listed(Referrals.visible_to(g.officer).of_factories_named(name), view)
    page = page_of(reading(), rows, request.args.get("page", 1, type=int))
    ids, today = [each.id for each in page.rows], county_day(now())
    return render_template(
        "notices/referrals.html",
        page=page,
        view=view if view in VIEWS else "open",
        name=name,
        findings=findings_by_referral(reading(), ids),
        letters=letters_by_referral(reading(), ids),
        days_left=_days_to_refer(page.rows),
        late={each.id for each in page.rows if each.is_late(today)},
        names=STATE_NAMES,
    )


@bp.get("/referrals/<int:referral_id>")
@allow(Permission.FINDING_READ)
def show(referral_id: int) -> ResponseReturnValue:
    """Show one referral: what was found, the letter, what came of it, and what is next."""
    referral = _seen(referral_id)
    notice = valid_paper_of(reading(), referral.inspection, PaperKind.RECTIFICATION_NOTICE)
    covering = usual_covering(county(referral.county_code).name_zh, notice)
    letter = LetterForm(formdata=None, data=asdict(covering))
    return _page(referral, letter, _blank_reply(referral))


@bp.post("/referrals/<int:referral_id>/letter")
@allow(Permission.HAZARD_REFER)
def refer(referral_id: int) -> ResponseReturnValue:
    """Refer it to the fire service and issue the letter: in one act."""
    form = LetterForm()
    _seen(referral_id)
    try:
        _require_filled_letter(form)
        letter = _issue(referral_id, form)
    except (RuleBroken, Stale) as fault:
        form.form_errors.append(sentence_of(fault))
        reading().expire_all()
        referral = _seen(referral_id)
        return _page(referral, form, _blank_reply(referral)), fault.status
    flash(_("Referred by %(number)s. Print it and have it taken there today.", number=letter))
    return redirect(url_for("referrals.show", referral_id=referral_id))


@bp.post("/referrals/<int:referral_id>/letter/preview")
@allow(Permission.HAZARD_REFER)
def preview(referral_id: int) -> ResponseReturnValue:
    """Print the letter as it is filled in, without a number; nothing is kept of it."""
    form = LetterForm()
    referral = _seen(referral_id)
    try:
        _require_filled_letter(form)
        return send_preview(
            preview_referral(reading(), referral, _covering(form), county_day(now()))
        )
    except (RuleBroken, Stale) as fault:
        form.form_errors.append(sentence_of(fault))
        return _page(referral, form, _blank_reply(referral)), fault.status


@bp.post("/referrals/<int:referral_id>/steps")
@allow(Permission.HAZARD_REFER)
def enter(referral_id: int) -> ResponseReturnValue:
    """Enter what the fire service did, with its paper."""
    form = ReplyForm()
    form.offer(FOLLOWERS[_seen(referral_id).state])
    try:
        _require_filled(form)
        is_over = _enter(referral_id, form)
    except (RuleBroken, Stale) as fault:
        form.form_errors.append(sentence_of(fault))
        reading().expire_all()
        referral = _seen(referral_id)
        form.offer(FOLLOWERS[referral.state])
        form.version.data = referral.version  # he has it before him now
        return _page(referral, LetterForm(formdata=None), form), fault.status
    flash(_("The fire service's conclusion is entered.") if is_over else _("Entered."))
    return redirect(url_for("referrals.show", referral_id=referral_id))


@bp.get("/referrals/<int:referral_id>/steps/<int:step_id>/correction")
@allow(Permission.HAZARD_REFER)
def correction(referral_id: int, step_id: int) -> ResponseReturnValue:
    """Ask what an entry should have been, and why it is corrected."""
    return _correction_page(*_to_correct(referral_id, step_id))


@bp.post("/referrals/<int:referral_id>/steps/<int:step_id>/correction")
@allow(Permission.HAZARD_REFER)
def correct(referral_id: int, step_id: int) -> ResponseReturnValue:
    """Replace an entry by what it should have been; the first one is kept."""
    referral, step, form = _to_correct(referral_id, step_id)
    try:
        _require_filled(form)
        _correct(referral_id, step_id, form)
    except (RuleBroken, Stale) as fault:
        form.form_errors.append(sentence_of(fault))
        return _correction_page(referral, step, form), fault.status
    flash(_("Corrected. The first entry is kept."))
    return redirect(url_for("referrals.show", referral_id=referral_id))


@bp.get("/referrals/<int:referral_id>/steps/<int:step_id>/scan")
@allow(Permission.FINDING_READ)
def scan(referral_id: int, step_id: int) -> Response:
    """Hand out the paper that was entered with a step, as it came."""
    steps = steps_of_referral(reading(), _seen(referral_id))
    key = next((each.scan_key for each in steps if each.id == step_id), None)
    if key is None:
        raise NotFound("There is no such paper.")
    kept = BytesIO(service(Store).get(key))
    response = send_file(kept, mimetype=type_of_scan(key), download_name=key.rpartition("/")[2])
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _listed(seen: Referrals, view: str) -> Select[Any]:
    if view == "owed":
        return seen.in_state(ReferralState.SUSPECTED).oldest_first()
    if view == "over":
        return seen.in_state(*OVER).newest_first()
    return seen.newest_first() if view == "all" else seen.in_state(*_NOT_OVER).oldest_first()


def _seen(referral_id: int) -> Referral:
    return Referrals.visible_to(g.officer).one(reading(), referral_id)


def _days_to_refer(rows: Sequence[Referral]) -> dict[int, int | None]:
    today = county_day(now())
    return {each.id: days_left(each.flagged_on, today) for each in rows if each.referred_at is None}


def _blank_reply(referral: Referral) -> ReplyForm:
    form = ReplyForm(
        formdata=None,
        client_key=str(uuid.uuid4()),
        version=referral.version,
        happened_on=county_day(now()),
    )
    form.offer(FOLLOWERS[referral.state])
    return form


def _require_filled_letter(form: LetterForm) -> None:
    if not form.validate_on_submit():
        raise RuleBroken("Something is missing. Look at what is marked.")


def _covering(form: LetterForm) -> Covering:
    return Covering((form.addressee.data or "").strip(), (form.measures.data or "").strip())


def _issue(referral_id: int, form: LetterForm) -> str:
    with unit_of_work() as session:
        letter = issue_referral(
            session,
            Referrals.visible_to(g.officer).one(session, referral_id),
            _covering(form),
            by=g.officer,
            at=now(),
            public_address=service(Settings).public_address,
        )
        return letter.number


def _require_filled(form: ReplyForm) -> None:
    """Go on if the form is filled in; what cannot come next is told by the action.

    Raises:
        RuleBroken: something is missing.
    """
    is_known = (form.state.data or "") in set(ReferralState)
    form.state.validate_choice = not is_known
    if not form.validate_on_submit():
        raise RuleBroken("Something is missing. Look at what is marked.")


def _to_correct(referral_id: int, step_id: int) -> tuple[Referral, ReferralStep, CorrectionForm]:
    """Return an entry that holds, and the form that begins with what it says."""
    referral = _seen(referral_id)
    standing = standing_steps(reading(), referral)
    step = next((each for each in standing if each.id == step_id), None)
    if step is None:
        raise NotFound("There is no such entry, or it has been corrected already.")
    form = CorrectionForm(data=_as_entered(referral, step))
    form.offer(what_fits(standing, step))
    return referral, step, form


def _correction_page(referral: Referral, step: ReferralStep, form: CorrectionForm) -> str:
    return render_template(
        "notices/referral_correction.html",
        referral=referral,
        step=step,
        form=form,
        names=STATE_NAMES,
    )


def _as_entered(referral: Referral, step: ReferralStep) -> dict[str, object]:
    """Return what the form of a correction begins with."""
    return {
        "client_key": str(uuid.uuid4()),
        "version": referral.version,
        "state": step.state.value,
        "happened_on": step.happened_on,
        "document_number": step.document_number,
        "receiver": step.receiver,
        "note": step.note,
    }


def _correct(referral_id: int, step_id: int, form: CorrectionForm) -> None:
    advance, reason = _advance(form), (form.reason.data or "").strip()
    with unit_of_work() as session:
        referral = Referrals.visible_to(g.officer).one(session, referral_id)
        correct_reply(session, referral, step_id, advance, reason, by=g.officer, at=now())


def _advance(form: ReplyForm) -> Advance:
    """Return what is entered; its paper is stored before."""
    scanned = form.scan.data
    data = scanned.read() if scanned and scanned.filename else b""
    return Advance(
        client_key=form.client_key.data or "",
        version=form.version.data or 0,
        state=ReferralState(form.state.data),
        happened_on=form.happened_on.data,
        document_number=(form.document_number.data or "").strip(),
        receiver=(form.receiver.data or "").strip(),
        note=(form.note.data or "").strip(),
        scan_key=keep_scan(service(Store), data) if data else None,
    )


def _enter(referral_id: int, form: ReplyForm) -> bool:
    """Enter the step and tell whether that was the conclusion."""
    advance = _advance(form)
    with unit_of_work() as session:
        referral = Referrals.visible_to(g.officer).one(session, referral_id)
        step: ReferralStep = enter_reply(session, referral, advance, by=g.officer, at=now())
        return step.state in OVER


def _page(referral: Referral, letter: LetterForm, reply: ReplyForm) -> str:
    findings = findings_referred(reading(), referral)
    pictures = {taken["sha256"] for finding in findings for taken in finding.photos}
    steps = steps_of_referral(reading(), referral)
    issued: Notice | None = letter_of(reading(), referral.id)
    record = valid_paper_of(reading(), referral.inspection, PaperKind.INSPECTION_RECORD)
    return render_template(
        "notices/referral.html",
        referral=referral,
        findings=findings,
        shots=shots_among(reading(), referral.inspection.factory, pictures),
        steps=standing_among(steps),
        corrected=_corrected(steps),
        letter=issued,
        record=record,
        letter_form=letter,
        reply_form=reply,
        may_refer=may_refer(g.officer, referral),
        follows=FOLLOWERS[referral.state],
        days_left=days_left(referral.flagged_on, county_day(now())),
        is_late=referral.is_late(county_day(now())),
        names=STATE_NAMES,
    )


def _corrected(steps: list[ReferralStep]) -> list[tuple[ReferralStep, ReferralStep]]:
    """Return the entries that no longer hold, each with what replaced it, the latest first."""
    by_id = {step.id: step for step in steps}
    return [(by_id[each.replaces_id], each) for each in reversed(steps) if each.replaces_id]
