"""The code on a factory's door: scanning it, and where its address leads whoever asks."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.factories.forms import DoorForm
from firesafe.factories.models import Factory
from firesafe.factories.queries import Factories, find_door
from firesafe.factories.rules import door_name
from firesafe.standard.edition import current_edition
from firesafe.web.doors import allow, public, reading, service
from firesafe.web.limits import check_limit, limiter
from firesafe.web.panels import panels_at

bp = Blueprint("doors", __name__)

PROMPTS = "P"
"""The group of the standard that hangs public at every workshop."""


@bp.get("/scan")
@allow(Permission.FACTORY_READ)
def scan() -> ResponseReturnValue:
    """Look through the camera for the code on a door, or find the factory by its number."""
    form = DoorForm(request.args)
    if "code" not in request.args:
        return _scanner(form)
    name = door_name(form.code.data or "")
    found = Factories.visible_to(g.officer).named_at_door(reading(), name)
    if len(found) == 1:
        return redirect(url_for("inspections.factory", factory_id=found[0].id))
    if found:
        return redirect(url_for("factories.index", words=name))
    form.code.errors = [_("No factory within your sight has this number or code.")]
    return _scanner(form), 404


@bp.get("/doors/<string:door_code>")
@public
def door(door_code: str) -> ResponseReturnValue:
    """Lead whoever may see the factory to it, and show anybody else what hangs public there.

    The address stands on the door, so any scanner opens it, signed in or not.
    """
    if g.officer is not None and _is_bearer(g.officer):
        return redirect(url_for("accounts.home"))
    if g.officer is None:
        with limiter.limit(check_limit()):
            return _public_page(find_door(reading(), door_code))
    factory = find_door(reading(), door_code)
    if not Factories.visible_to(g.officer).includes(reading(), factory):
        return _public_page(factory)
    if g.officer.holds(Permission.OWN_FACTORY_READ):
        return redirect(url_for("my_factory.home"))
    return redirect(url_for("inspections.factory", factory_id=factory.id))


def _is_bearer(officer: Officer) -> bool:
    """Tell whether somebody was let in by a code for a door, and may do nothing but send proof."""
    sends, reads = Permission.OWN_EVIDENCE_SEND, Permission.OWN_FACTORY_READ
    return officer.holds(sends) and not officer.holds(reads)


def _scanner(form: DoorForm) -> str:
    public_address = service(Settings).public_address.rstrip("/")
    return render_template("factories/scan.html", form=form, public_address=public_address)


def _public_page(factory: Factory) -> str:
    return render_template(
        "factories/door.html",
        factory=factory,
        prompts=[item.name for item in current_edition().items if item.group_code == PROMPTS],
        panels=panels_at("door", factory),
    )
