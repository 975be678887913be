"""What anybody may do at a factory's door: report a hazard, and read what came of it.

No account is asked for, and nobody reads what others have reported.
"""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from firesafe.core.clock import now
from firesafe.core.errors import NotFound, RuleBroken
from firesafe.core.settings import Settings
from firesafe.factories.models import Factory
from firesafe.factories.queries import find_door
from firesafe.notices.queries import issuer_of
from firesafe.photos.store import Store
from firesafe.reports.actions import Room, check_room, send_report
from firesafe.reports.forms import ReportForm
from firesafe.reports.pictures import keep_pictures, throw_away
from firesafe.reports.queries import report_of_key
from firesafe.reports.rules import LONGEST_WHAT, MOST_PHOTOS, PHONE_KEPT, PHOTO_MB, STATE_NAMES
from firesafe.web.doors import close_reading, public, reading, service, unit_of_work
from firesafe.web.errors import told_in
from firesafe.web.limits import check_limit, limiter, report_limit

bp = Blueprint("reporting", __name__)

ADDRESS = "/doors/<string:door_code>/report"


@bp.get(ADDRESS)
@public
@limiter.limit(check_limit)
def tell(door_code: str) -> ResponseReturnValue:
    """Ask what is dangerous, where, for pictures, and for a number if one likes."""
    form = ReportForm(formdata=None, client_key=str(uuid.uuid4()))
    return _page(find_door(reading(), door_code), form)


@bp.post(ADDRESS)
@public
@limiter.limit(report_limit)
def send(door_code: str) -> ResponseReturnValue:
    """Keep what was told; sent twice, it is one report."""
    factory, form = find_door(reading(), door_code), ReportForm()
    if form.validate_on_submit():
        with told_in(form.form_errors):
            _keep(factory, form)
            key = form.client_key.data
            return redirect(url_for(".receipt", door_code=door_code, key=key))
    return _page(factory, form), 422


@bp.get("/doors/<string:door_code>/reports/<string:key>")
@public
@limiter.limit(check_limit)
def receipt(door_code: str, key: str) -> ResponseReturnValue:
    """Say that the report has arrived, what happens next, and later what came of it."""
    report = report_of_key(reading(), key)
    if report is None or report.factory.door_code != door_code:
        raise NotFound("There is no report at this address.")
    return render_template(
        "reports/receipt.html",
        report=report,
        state=STATE_NAMES[report.state],
        issuer=issuer_of(reading(), report.county_code),
        phone_days=PHONE_KEPT.days,
    )


def _keep(factory: Factory, form: ReportForm) -> None:
    """Keep the pictures, then the report that names them; without it they are thrown away.

    Whether there is room is asked first, so that nothing is developed in vain.
    """
    key, store, room = form.client_key.data or "", service(Store), _room()
    if report_of_key(reading(), key) is not None:
        return
    check_room(reading(), factory, room, at=now())
    close_reading()
    chosen = [file.stream for file in form.photos.data or () if file and file.filename]
    photos = keep_pictures(store, key, chosen)
    try:
        with unit_of_work() as session:
            kept = session.get_one(Factory, factory.id)
            address = request.remote_addr or ""
            send_report(session, kept, form.told(photos), room, address=address, at=now())
    except RuleBroken:
        throw_away(store, key, photos)
        raise


def _room() -> Room:
    settings = service(Settings)
    return Room(settings.reports_per_factory_per_day, settings.reports_per_day)


def _page(factory: Factory, form: ReportForm) -> str:
    return render_template(
        "reports/tell.html",
        factory=factory,
        form=form,
        issuer=issuer_of(reading(), factory.county_code),
        most_photos=MOST_PHOTOS,
        photo_mb=PHOTO_MB,
        longest_what=LONGEST_WHAT,
        phone_days=PHONE_KEPT.days,
    )
