"""A factory manager's pages of visits: reading what was found, and signing afterwards."""

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import now
from firesafe.core.errors import RuleBroken
from firesafe.core.permissions import Permission
from firesafe.inspections.checklist import record_of, squares_of
from firesafe.inspections.forms import LateSignForm
from firesafe.inspections.ink import keep_ink, read_ink
from firesafe.inspections.late_signature import factory_signature, is_unsigned, sign_later
from firesafe.inspections.models import KIND_NAMES, InspectionState, SignatureRole
from firesafe.inspections.queries import Inspections, signature_of
from firesafe.photos.store import Store
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.language import chosen_language

bp = Blueprint("my_visits", __name__)


@bp.get("/my-visits/<int:inspection_id>")
@allow(Permission.OWN_FACTORY_READ)
def show(inspection_id: int) -> ResponseReturnValue:
    """Show what was found on a visit, as it was read out then, and by whom it is signed."""
    return _page(inspection_id, LateSignForm(formdata=None))


@bp.post("/my-visits/<int:inspection_id>/signature")
@allow(Permission.OWN_VISIT_SIGN)
def sign(inspection_id: int) -> ResponseReturnValue:
    """Sign for the factory after all."""
    form = LateSignForm()
    visits = Inspections.of_manager(g.officer).in_state(InspectionState.CLOSED)
    visits.one(reading(), inspection_id)
    try:
        if not form.validate_on_submit():
            raise RuleBroken("Sign, or take a picture of the signed paper.")
        sha256 = keep_ink(service(Store), form.picture.data.read())
        with unit_of_work() as session:
            inspection = visits.to_change(session, inspection_id)
            sign_later(session, inspection, sha256=sha256, by=g.officer, at=now())
    except RuleBroken as fault:
        form.form_errors.append(sentence_of(fault))
        return _page(inspection_id, form), fault.status
    flash(_("Your signature has been added."))
    return redirect(url_for(".show", inspection_id=inspection_id))


@bp.get("/my-visits/<int:inspection_id>/signature")
@allow(Permission.OWN_FACTORY_READ)
def signature(inspection_id: int) -> ResponseReturnValue:
    """Give out the picture of the signature for the factory."""
    visits = Inspections.of_manager(g.officer).in_state(InspectionState.CLOSED)
    inspection = visits.one(reading(), inspection_id)
    signed = signature_of(reading(), inspection, SignatureRole.FACTORY.value)
    ink = read_ink(service(Store), signed.sha256)
    return Response(ink, mimetype="image/png", headers={"Cache-Control": "private, no-cache"})


def _page(inspection_id: int, form: LateSignForm) -> str:
    visits = Inspections.of_manager(g.officer).in_state(InspectionState.CLOSED)
    inspection = visits.with_answers(reading(), inspection_id)
    checklist = record_of(inspection)
    return render_template(
        "inspections/manager/visit.html",
        inspection=inspection,
        checklist=checklist,
        squares=squares_of(checklist, chosen_language()),
        kind=KIND_NAMES[inspection.kind],
        signed=factory_signature(inspection),
        is_unsigned=is_unsigned(inspection),
        form=form,
    )
