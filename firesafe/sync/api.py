"""The doors for phones: bundles go out, parcels come in, and how things stand is told.

Everything is JSON and described at ``/sync/openapi.json``. What is fetched needs a sign-in;
what is sent needs an upload token and nothing else.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, g, request, url_for

from firesafe import __version__
from firesafe.accounts.rules import UPLOAD_TERM, device_name
from firesafe.accounts.upload_tokens import issue_upload_token
from firesafe.core.clock import now
from firesafe.core.permissions import Permission
from firesafe.inspections.bundle import whole_entry
from firesafe.sync.actions import Arrived
from firesafe.sync.bundle import bundle_for
from firesafe.sync.described import (
    Asked,
    Bundle,
    Opinion,
    Outcome,
    ParcelHeaders,
    Receipt,
    SentParcel,
    SentPhone,
    Standings,
    Token,
)
from firesafe.sync.models import Parcel
from firesafe.sync.receiving import fingerprint_of, receive
from firesafe.sync.standings import standings_for
from firesafe.web.doors import allow, public, reading, unit_of_work
from firesafe.web.openapi import document
from firesafe.web.typed import typed

bp = Blueprint("sync", __name__)


@bp.get("/sync/openapi.json")
@public
def openapi() -> dict[str, Any]:
    """Describe these doors to machines."""
    return document(current_app, title="firesafe", version=__version__)


@bp.get("/sync/bundle")
@allow(Permission.INSPECTION_FILL)
@typed()
def bundle() -> Bundle:
    """Give out what the officer needs for a day without signal."""
    return bundle_for(reading(), g.officer, at=now())


@bp.post("/sync/tokens")
@allow(Permission.PARCEL_SEND)
@typed()
def issue(sent: SentPhone) -> Token:
    """Let this phone send in for thirty days; what it could send with before ends."""
    at = now()
    with unit_of_work() as session:
        device = request.user_agent.string
        token = issue_upload_token(session, g.officer, phone=str(sent.phone), device=device, at=at)
    return Token(token=token, officer=g.officer.id, expires_at=at + UPLOAD_TERM)


@bp.put("/sync/parcels/<string:key>")
@allow(Permission.PARCEL_SEND, takes_tokens=True)
@typed(404, 409)
def take(key: UUID, sent: SentParcel, said: ParcelHeaders) -> Receipt:
    """Take in what was done with one visit.

    The same key with the same bytes gets the same answer and does nothing. A refusal is not
    remembered: sent again, the parcel may be taken.
    """
    arrived = Arrived(
        key=str(key),
        sha256=fingerprint_of(request.get_data()),
        parcel=sent,
        sent_at=said.sent_at,
        device=device_name(request.user_agent.string),
    )
    return receipt_of(receive(arrived))


@bp.post("/sync/standings")
@allow(Permission.PARCEL_SEND, takes_tokens=True)
@typed()
def tell(sent: Asked) -> Standings:
    """Say how photographs and visits stand, so that the phone knows what it may forget."""
    return standings_for(sent, g.officer, at=now())


def receipt_of(parcel: Parcel) -> Receipt:
    """Return the answer to a parcel, the first time and every time after."""
    outcome = dict(parcel.outcome)
    opinion = outcome.pop("opinion", None)
    if opinion:
        address = url_for("notices.show", notice_id=opinion["id"])
        outcome["opinion"] = Opinion(number=opinion["number"], address=address)
    outcome["answers"] = {
        code: {**answer, "entry": whole_entry(answer["entry"])}
        for code, answer in outcome["answers"].items()
    }
    address = url_for("inspections.show", inspection_id=outcome["inspection_id"])
    return Receipt(
        parcel=UUID(parcel.key),
        sha256=parcel.sha256,
        received_at=parcel.received_at,
        outcome=Outcome(**outcome, address=address),
    )
