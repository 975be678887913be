"""Codes for a factory's door: given by officers, and typed by whoever they were given to."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.accounts.actions import Outcome
from firesafe.accounts.door_passes import (
    enter_by_pass,
    give_pass,
    open_passes,
    pass_to_change,
    passes_of,
    prove_pass,
    revoke_pass,
)
from firesafe.accounts.rules import PASS_HOURS
from firesafe.core.clock import now
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.factories.forms import EnterForm, PassForm
from firesafe.factories.models import Factory
from firesafe.factories.queries import Factories, find_door, managers_of
from firesafe.web.doors import (
    allow,
    close_reading,
    public,
    reading,
    service,
    unit_of_work,
)
from firesafe.web.errors import told_in
from firesafe.web.filters import moment
from firesafe.web.gate import carry
from firesafe.web.limits import limiter, sign_in_limit

bp = Blueprint("passes", __name__)


@bp.route("/factories/<int:factory_id>/passes", methods=["GET", "POST"])
@allow(Permission.DOOR_PASS_GIVE)
def give(factory_id: int) -> ResponseReturnValue:
    """Show the codes given for this factory's door, and give one, told only this once."""
    factory, form = Factories.visible_to(g.officer).one(reading(), factory_id), PassForm()
    if form.validate_on_submit():
        with told_in(form.form_errors), unit_of_work() as session:
            given, code = give_pass(
                session,
                factory_id=factory.id,
                county_code=factory.county_code,
                name=form.name.data,
                by=g.officer,
                at=now(),
            )
            address = service(Settings).public_address.rstrip("/")
            door = address + url_for("doors.door", door_code=factory.door_code)
            return render_template(
                "factories/pass.html", factory=factory, given=given, code=code, door=door
            )
    return _page(factory, form), 422 if form.errors else 200


@bp.post("/factories/<int:factory_id>/passes/<int:pass_id>/revocation")
@allow(Permission.DOOR_PASS_GIVE)
def revoke(factory_id: int, pass_id: int) -> ResponseReturnValue:
    """Make a code worthless."""
    factory = Factories.visible_to(g.officer).one(reading(), factory_id)
    with unit_of_work() as session:
        given = pass_to_change(session, factory.id, pass_id)
        revoke_pass(session, given, by=g.officer, at=now())
    flash(_("The code of %(name)s no longer works.", name=given.name))
    return redirect(url_for(".give", factory_id=factory_id))


@bp.get("/doors/<string:door_code>/pass")
@public
@limiter.limit(sign_in_limit)
def ask(door_code: str) -> ResponseReturnValue:
    """Ask for the code that the county or the inspector has given."""
    return _door_page(find_door(reading(), door_code), EnterForm(formdata=None))


@bp.post("/doors/<string:door_code>/pass")
@public
@limiter.limit(sign_in_limit)
def enter(door_code: str) -> ResponseReturnValue:
    """Let in whoever types a good code, for two hours and for sending proof only."""
    factory, form = find_door(reading(), door_code), EnterForm()
    if form.validate_on_submit():
        outcome = _enter(factory, form.code.data or "")
        if outcome.token is not None:
            carry(outcome.token)
            return redirect(url_for("accounts.home"))
        form.form_errors.append(_refusal_of(outcome))
    return _door_page(factory, form), 422


def _enter(factory: Factory, typed: str) -> Outcome:
    passes = open_passes(reading(), factory.id, now())
    close_reading()
    proven_id = prove_pass(passes, typed)
    with unit_of_work() as session:
        return enter_by_pass(
            session,
            factory_id=factory.id,
            county_code=factory.county_code,
            proven_id=proven_id,
            device=request.user_agent.string,
            address=request.remote_addr or "",
            at=now(),
        )


def _refusal_of(outcome: Outcome) -> str:
    if outcome.locked_until is None:
        return str(
            _(
                "This code does not work: it is mistyped, used, revoked or older than a day."
                " Type it once more, or ask for a new one."
            )
        )
    until = moment(outcome.locked_until)
    return str(
        _(
            "Wrong codes were typed here too often. Try again after %(until)s,"
            " or ask the county for a new code, which works at once.",
            until=until,
        )
    )


def _page(factory: Factory, form: PassForm) -> str:
    return render_template(
        "factories/passes.html",
        factory=factory,
        form=form,
        managers=managers_of(reading(), factory),
        passes=passes_of(reading(), factory.id),
        at=now(),
    )


def _door_page(factory: Factory, form: EnterForm) -> str:
    return render_template("factories/enter.html", factory=factory, form=form, hours=PASS_HOURS)
