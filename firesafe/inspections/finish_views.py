"""The end of a visit: reading back, what is missing, signatures or a refusal."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import now
from firesafe.core.errors import RuleBroken
from firesafe.core.permissions import Permission
from firesafe.inspections.checklist import record_of, squares_of
from firesafe.inspections.closing import Account, account_of, refuse_signature, sign_inspection
from firesafe.inspections.forms import RefuseForm, SignForm
from firesafe.inspections.ink import keep_ink
from firesafe.inspections.models import Inspection, SignatureRole
from firesafe.inspections.policy import may_fill
from firesafe.inspections.queries import Inspections
from firesafe.inspections.rules import GAP_SENTENCES, UNREADABLE
from firesafe.photos.store import Store
from firesafe.standard.terms import MARK_NAMES
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.language import chosen_language

bp = Blueprint("finishing", __name__)


@bp.get("/inspections/<int:inspection_id>/finish")
@allow(Permission.INSPECTION_FILL)
def finish(inspection_id: int) -> ResponseReturnValue:
    """Read the visit back, list what is missing, and take signatures."""
    inspection = Inspections.visible_to(g.officer).with_answers(reading(), inspection_id)
    if not may_fill(g.officer, inspection):
        return redirect(url_for("inspections.show", inspection_id=inspection_id))
    return _finishing(inspection, SignForm(formdata=None), RefuseForm(formdata=None))


def _finishing(inspection: Inspection, sign_form: SignForm, refuse_form: RefuseForm) -> str:
    checklist, account = record_of(inspection), account_of(reading(), inspection)
    language = chosen_language()
    return render_template(
        "inspections/finish.html",
        inspection=inspection,
        checklist=checklist,
        account=account,
        squares=squares_of(checklist, language),
        gaps=_gaps_to_show(inspection, account, language),
        signatures={signature.role.value: signature for signature in inspection.signatures},
        mark_names=MARK_NAMES,
        sign_form=sign_form,
        refuse_form=refuse_form,
    )


def _gaps_to_show(inspection: Inspection, account: Account, language: str) -> list[tuple[str, str]]:
    """Return where to put right what is missing, and the sentence about it."""
    page = url_for("visit.fill", inspection_id=inspection.id, whole=1)
    gaps = [(point, GAP_SENTENCES[gap]) for point, gap in account.gaps]
    gaps += [(point, UNREADABLE) for point in account.unreadable]
    return [
        (
            f"{page}#checkpoint-{point.code.lower()}",
            _(sentence, code=point.code, title=point.short.in_language(language)),
        )
        for point, sentence in gaps
    ]


@bp.post("/inspections/<int:inspection_id>/signatures")
@allow(Permission.INSPECTION_FILL)
def sign(inspection_id: int) -> ResponseReturnValue:
    """Put a signature under the visit."""
    form = SignForm()
    visits = Inspections.visible_to(g.officer)
    try:
        if not form.validate_on_submit():
            raise RuleBroken("Sign, or take a picture of the signed paper.")
        sha256 = keep_ink(service(Store), form.picture.data.read())
        with unit_of_work() as session:
            inspection = visits.to_change(session, inspection_id)
            role = SignatureRole(form.role.data)
            name = form.name.data or ""
            sign_inspection(
                session, inspection, role, name=name, sha256=sha256, by=g.officer, at=now()
            )
    except RuleBroken as fault:
        form.form_errors.append(sentence_of(fault))
        inspection = visits.with_answers(reading(), inspection_id)
        return _finishing(inspection, form, RefuseForm(formdata=None)), fault.status
    return redirect(url_for(".finish", inspection_id=inspection_id, _anchor="signatures"))


@bp.post("/inspections/<int:inspection_id>/refusal")
@allow(Permission.INSPECTION_FILL)
def refuse(inspection_id: int) -> ResponseReturnValue:
    """Note that the factory would not sign."""
    form = RefuseForm()
    visits = Inspections.visible_to(g.officer)
    if not form.validate_on_submit():
        inspection = visits.with_answers(reading(), inspection_id)
        return _finishing(inspection, SignForm(formdata=None), form), 422
    with unit_of_work() as session:
        refuse_signature(
            session,
            visits.to_change(session, inspection_id),
            reason=form.reason.data or "",
            witness=form.witness.data or "",
            by=g.officer,
            at=now(),
        )
    return redirect(url_for(".finish", inspection_id=inspection_id, _anchor="signatures"))
