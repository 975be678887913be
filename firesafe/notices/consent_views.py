"""The county's way to a factory's confirmation of service: blank to be signed, and as given."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from firesafe.core.clock import county_day, now
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.factories.queries import Factories
from firesafe.notices.confirming import blank_confirmation
from firesafe.notices.sending import send_confirmation, send_preview
from firesafe.web.doors import allow, reading, service

bp = Blueprint("consents", __name__)


@bp.get("/factories/<int:factory_id>/confirmation")
@allow(Permission.NOTICE_READ)
def blank(factory_id: int) -> ResponseReturnValue:
    """Print the form for a factory, to be filled in and signed by hand."""
    factory = Factories.visible_to(g.officer).one(reading(), factory_id)
    address = service(Settings).public_address
    paper = blank_confirmation(reading(), factory, on=county_day(now()), public_address=address)
    return send_preview(paper)


@bp.get("/factories/<int:factory_id>/consents/<int:consent_id>")
@allow(Permission.NOTICE_READ)
def given(factory_id: int, consent_id: int) -> ResponseReturnValue:
    """Hand out the confirmation as the factory gave it, also one that was taken back since."""
    factory = Factories.visible_to(g.officer).one(reading(), factory_id)
    return send_confirmation(factory, consent_id)
