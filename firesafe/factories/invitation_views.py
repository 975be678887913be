"""Who manages a factory: inviting managers, and taking a factory out of their hands."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from firesafe.accounts.invitations import (
    invite_manager,
    open_invitations_for,
    withdraw_invitation,
)
from firesafe.accounts.models import Invitation
from firesafe.core.clock import now
from firesafe.core.errors import require
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.factories.actions import remove_manager
from firesafe.factories.forms import InvitationForm
from firesafe.factories.models import Factory
from firesafe.factories.policy import may_edit
from firesafe.factories.queries import Factories, invitation_of, manager_of, managers_of
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import told_in

bp = Blueprint("invitations", __name__)


@bp.route("/factories/<int:factory_id>/invitations", methods=["GET", "POST"])
@allow(Permission.FACTORY_EDIT)
def invite(factory_id: int) -> ResponseReturnValue:
    """Show who manages the factory and who is invited; invite one more, on a sheet to print.

    The sheet is the answer itself and not a page of its own, because its token is told once.
    """
    form = InvitationForm()
    if form.validate_on_submit():
        with told_in(form.phone.errors), unit_of_work() as session:
            factory = _own(session, factory_id)
            invitation, token = invite_manager(
                session,
                factory_id=factory.id,
                county_code=factory.county_code,
                name=form.name.data,
                phone=form.phone.data,
                by=g.officer,
                at=now(),
            )
            return _sheet(factory, invitation, token)
    return _page(form, factory_id), 422 if form.errors else 200


@bp.post("/factories/<int:factory_id>/invitations/<int:invitation_id>/withdraw")
@allow(Permission.FACTORY_EDIT)
def withdraw(factory_id: int, invitation_id: int) -> ResponseReturnValue:
    """Make an open invitation worthless."""
    with unit_of_work() as session:
        factory = _own(session, factory_id)
        invitation = invitation_of(session, factory, invitation_id, now())
        withdraw_invitation(session, invitation, by=g.officer, at=now())
    flash(_("The invitation of %(name)s no longer works.", name=invitation.name))
    return redirect(url_for("invitations.invite", factory_id=factory_id))


@bp.post("/factories/<int:factory_id>/managers/<int:officer_id>/remove")
@allow(Permission.FACTORY_EDIT)
def remove(factory_id: int, officer_id: int) -> ResponseReturnValue:
    """Take the factory out of a manager's hands; his account stays."""
    with unit_of_work() as session:
        factory = _own(session, factory_id)
        link = manager_of(session, factory, officer_id)
        remove_manager(session, factory, link, by=g.officer, at=now())
    flash(_("%(name)s no longer manages this factory.", name=link.officer.name))
    return redirect(url_for("invitations.invite", factory_id=factory_id))


def _own(session: Session, factory_id: int) -> Factory:
    factory = Factories.visible_to(g.officer).one(session, factory_id)
    require(may_edit(g.officer, factory), "You do not keep the entry of this factory.")
    return factory


def _sheet(factory: Factory, invitation: Invitation, token: str) -> str:
    link = service(Settings).public_address.rstrip("/") + url_for("joining.join", token=token)
    return render_template(
        "factories/invitation_sheet.html", factory=factory, invitation=invitation, link=link
    )


def _page(form: InvitationForm, factory_id: int) -> str:
    factory = _own(reading(), factory_id)
    return render_template(
        "factories/managers.html",
        form=form,
        factory=factory,
        managers=managers_of(reading(), factory),
        invitations=open_invitations_for(reading(), factory.id, now()),
    )
