"""A factory manager's pages of one paper: reading it, confirming receipt, answering to it."""

import uuid

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import now
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.factories.models import Factory
from firesafe.factories.queries import Factories
from firesafe.notices.models import PAPER_NAMES, SERVICE_MANNER_NAMES
from firesafe.notices.queries import (
    Notices,
    consents_of,
    service_of,
    standing_consent,
    statements_on,
)
from firesafe.notices.receiving import give_consent, revoke_consent, state_view
from firesafe.notices.sending import send_confirmation
from firesafe.notices.service_forms import ConsentForm, ViewForm
from firesafe.notices.serving import confirm_receipt
from firesafe.notices.wording import wording
from firesafe.web.doors import allow, reading, service, unit_of_work

bp = Blueprint("my_notices", __name__)


@bp.get("/my-notices/<int:notice_id>")
@allow(Permission.OWN_FACTORY_READ)
def show(notice_id: int) -> ResponseReturnValue:
    """Show one paper, whether it counts as received, and what the factory said to it."""
    return _page(notice_id, ViewForm(formdata=None, key=str(uuid.uuid4())))


@bp.post("/my-notices/<int:notice_id>/receipt")
@allow(Permission.OWN_NOTICE_RECEIVE)
def confirm(notice_id: int) -> ResponseReturnValue:
    """Note that the manager has received the paper on his page."""
    with unit_of_work() as session:
        notice = Notices.of_manager(g.officer).one(session, notice_id)
        address = service(Settings).public_address
        confirm_receipt(session, notice, by=g.officer, at=now(), public_address=address)
        sets_days = notice.sets_days
    if sets_days:
        flash(_("Received. The days to put things right are counted from today."))
    else:
        flash(_("Received. The moment stands in the proof of service."))
    return redirect(url_for(".show", notice_id=notice_id))


@bp.post("/my-notices/<int:notice_id>/views")
@allow(Permission.OWN_NOTICE_RECEIVE)
def state(notice_id: int) -> ResponseReturnValue:
    """Keep what the factory has to say to the paper."""
    form = ViewForm()
    if not form.validate_on_submit():
        return _page(notice_id, form), 422
    with unit_of_work() as session:
        state_view(
            session,
            Notices.of_manager(g.officer).one(session, notice_id),
            form.text.data or "",
            client_key=form.key.data or "",
            by=g.officer,
            at=now(),
        )
    flash(_("Your view is kept, and whoever issued the paper reads it."))
    return redirect(url_for(".show", notice_id=notice_id))


@bp.route("/my-notices/consents/<int:factory_id>", methods=["GET", "POST"])
@allow(Permission.OWN_NOTICE_RECEIVE)
def consent(factory_id: int) -> ResponseReturnValue:
    """Show the agreement to electronic service, and let the manager give it."""
    factory = Factories.visible_to(g.officer).one(reading(), factory_id)
    form = ConsentForm(data={"address": factory.address, "phone": g.officer.phone})
    if not form.validate_on_submit():
        return _consent_page(factory, form), 422 if form.is_submitted() else 200
    where = {"address": form.address.data or "", "phone": form.phone.data or ""}
    where["public_address"] = service(Settings).public_address
    with unit_of_work() as session:
        factory = Factories.visible_to(g.officer).one(session, factory_id)
        give_consent(session, factory, **where, by=g.officer, at=now())
    flash(_("Agreed. You can take it back at any time."))
    return _back(factory_id)


@bp.get("/my-notices/consents/<int:factory_id>/<int:consent_id>/pdf")
@allow(Permission.OWN_NOTICE_RECEIVE)
def confirmation(factory_id: int, consent_id: int) -> ResponseReturnValue:
    """Hand out the confirmation as it was given, also one that was taken back since."""
    factory = Factories.visible_to(g.officer).one(reading(), factory_id)
    return send_confirmation(factory, consent_id)


@bp.post("/my-notices/consents/<int:factory_id>/revocation")
@allow(Permission.OWN_NOTICE_RECEIVE)
def revoke(factory_id: int) -> ResponseReturnValue:
    """Take the agreement back."""
    with unit_of_work() as session:
        factory = Factories.visible_to(g.officer).one(session, factory_id)
        revoke_consent(session, factory, by=g.officer, at=now())
    flash(_("Taken back. Papers are brought or sent to you from now on."))
    return _back(factory_id)


def _back(factory_id: int) -> ResponseReturnValue:
    """Return to the paper from which the agreement was opened, or to the agreement."""
    notice_id = request.args.get("notice", type=int)
    if notice_id is not None:
        return redirect(url_for(".show", notice_id=notice_id))
    return redirect(url_for(".consent", factory_id=factory_id))


def _consent_page(factory: Factory, form: ConsentForm) -> str:
    given = consents_of(reading(), factory.id)
    return render_template(
        "notices/manager/consent.html",
        factory=factory,
        consent=next((each for each in given if each.revoked_at is None), None),
        revoked=[each for each in given if each.revoked_at],
        words=wording().confirmation,
        form=form,
    )


def _page(notice_id: int, form: ViewForm) -> str:
    notice = Notices.of_manager(g.officer).one(reading(), notice_id)
    return render_template(
        "notices/manager/notice.html",
        notice=notice,
        names=PAPER_NAMES,
        manners=SERVICE_MANNER_NAMES,
        proof=service_of(reading(), notice),
        consent=standing_consent(reading(), notice.inspection.factory_id),
        statements=statements_on(reading(), notice),
        form=form,
    )
