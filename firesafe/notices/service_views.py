"""Entering how a paper was served, and looking at the proof."""

from datetime import date, datetime

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import COUNTY_ZONE, county_day, county_time, now
from firesafe.core.errors import NotFound, RuleBroken
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.inspections.ink import keep_ink, read_ink
from firesafe.notices.freezing import as_closed
from firesafe.notices.models import (
    PAPER_NAMES,
    SERVICE_MANNER_NAMES,
    Notice,
    Service,
    ServiceManner,
)
from firesafe.notices.policy import may_serve
from firesafe.notices.printing import filled_pdf_of
from firesafe.notices.queries import Notices, consent_covering, service_of
from firesafe.notices.sending import send_pdf
from firesafe.notices.service_forms import SERVICE_FORMS, ServiceForm
from firesafe.notices.serving import Handing, record_service
from firesafe.photos.actions import enter_photo
from firesafe.photos.intake import take_in
from firesafe.photos.serving import send_photo
from firesafe.photos.store import Store
from firesafe.web.doors import allow, reading, service, services, unit_of_work
from firesafe.web.errors import sentence_of

bp = Blueprint("serving", __name__)


@bp.route("/notices/<int:notice_id>/service", methods=["GET", "POST"])
@allow(Permission.NOTICE_SERVE)
def serve(notice_id: int) -> ResponseReturnValue:
    """Ask how the paper was served, one manner at a time, and enter it."""
    notice = Notices.visible_to(g.officer).one(reading(), notice_id)
    manner = request.args.get("manner", ServiceManner.DIRECT, type=ServiceManner)
    form = SERVICE_FORMS[manner](data=_as_expected(notice))
    if not form.validate_on_submit():
        return _page(notice, manner, form), 422 if form.is_submitted() else 200
    try:
        number = _enter(notice_id, manner, form)
    except RuleBroken as fault:
        form.form_errors.append(sentence_of(fault))
        notice = Notices.visible_to(g.officer).one(reading(), notice_id)
        return _page(notice, manner, form), fault.status
    flash(_("Entered. The proof of service %(number)s is filled in.", number=number))
    return redirect(url_for("notices.show", notice_id=notice_id))


@bp.get("/notices/<int:notice_id>/service/pdf")
@allow(Permission.NOTICE_READ)
def pdf(notice_id: int) -> ResponseReturnValue:
    """Hand out the proof of service as it is filled in."""
    proof = _service(notice_id)
    return send_pdf(filled_pdf_of(services(), proof.id), proof.receipt.number)


@bp.get("/notices/<int:notice_id>/service/signature")
@allow(Permission.NOTICE_READ)
def signature(notice_id: int) -> ResponseReturnValue:
    """Give out the picture of the receiver's signature."""
    ink = read_ink(service(Store), _service(notice_id).ink_sha256)
    return Response(ink, mimetype="image/png", headers={"Cache-Control": "private, no-cache"})


@bp.get("/notices/<int:notice_id>/service/photos/<string:sha256>/<int:size>")
@allow(Permission.NOTICE_READ)
def photo(notice_id: int, sha256: str, size: int) -> ResponseReturnValue:
    """Show a photograph of the service of a paper."""
    if sha256 not in _service(notice_id).photos:
        raise NotFound("There is no such photograph.")
    return send_photo(service(Store), sha256, size)


def _service(notice_id: int) -> Service:
    notice = Notices.visible_to(g.officer).one(reading(), notice_id)
    found = service_of(reading(), notice)
    if found is None:
        raise NotFound("The service of this paper is not on record yet.")
    return found


def _as_expected(notice: Notice) -> dict[str, object]:
    """Return what the form begins with."""
    factory = as_closed(notice.inspection)["factory"]
    return {
        "received_at": county_time(now()).replace(tzinfo=None),
        "received_on": county_day(now()),
        "place": factory["address"],
        "receiver": factory["responsible_name"],
        "server_1": g.officer.name,
    }


def _page(notice: Notice, manner: ServiceManner, form: ServiceForm) -> str:
    return render_template(
        "notices/serve.html",
        notice=notice,
        manner=manner.value,
        form=form,
        names=PAPER_NAMES,
        manners=SERVICE_MANNER_NAMES,
        may_serve=may_serve(g.officer, notice),
        consent=consent_covering(reading(), notice),
    )


def _receipt(form: ServiceForm) -> tuple[date, datetime | None]:
    """Return day and moment of receipt, as far as the form tells them."""
    if "received_at" in form:
        told = form["received_at"].data.replace(tzinfo=COUNTY_ZONE)
        return county_day(told), told
    return form["received_on"].data if "received_on" in form else county_day(now()), None


def _enter(notice_id: int, manner: ServiceManner, form: ServiceForm) -> str:
    """Enter the service and return the number of its proof; pictures are stored before that."""
    store = service(Store)
    pictures = [take_in(store, each.stream, byte_count=None) for each in form.pictures()]
    drawn = form["picture"].data if "picture" in form else None
    handing = Handing(
        manner,
        *_receipt(form),
        ink_sha256=keep_ink(store, drawn.read()) if drawn else "",
        photos=tuple(dict.fromkeys(each.sha256 for each in pictures)),
        servers=form.servers(),
        **form.told(),
    )
    with unit_of_work() as session:
        for each in pictures:
            enter_photo(session, each, by=g.officer, at=now())
        entered = record_service(
            session,
            Notices.visible_to(g.officer).one(session, notice_id),
            handing,
            by=g.officer,
            at=now(),
            public_address=service(Settings).public_address,
        )
        return entered.receipt.number
