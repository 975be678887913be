"""The page behind the code on an invitation: the manager makes an account and has his factory."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.accounts.actions import open_sign_in
from firesafe.accounts.invitations import has_account, is_meant_for, open_invitation
from firesafe.accounts.models import Invitation
from firesafe.core.clock import now
from firesafe.core.settings import Settings
from firesafe.factories.actions import join_another_factory, join_factory
from firesafe.factories.forms import JoinForm
from firesafe.factories.queries import invited_factory
from firesafe.web.doors import public, reading, service, unit_of_work
from firesafe.web.errors import told_in
from firesafe.web.gate import carry
from firesafe.web.limits import limiter, sign_in_limit

bp = Blueprint("joining", __name__)


@bp.route("/invitations/<string:token>", methods=["GET", "POST"])
@public
@limiter.limit(sign_in_limit)
def join(token: str) -> ResponseReturnValue:
    """Ask an invited manager for name and password; whoever has an account signs in first."""
    invitation = open_invitation(reading(), token, now())
    if has_account(reading(), invitation):
        return _page(invitation, token, None)
    form = JoinForm(invitation.phone, name=invitation.name)
    if form.validate_on_submit():
        with told_in(form.form_errors):
            carry(_join(token, form))
            flash(_("Your account is ready. From now on you sign in with your mobile number."))
            return redirect(url_for("accounts.home"))
    return _page(invitation, token, form)


@bp.post("/invitations/<string:token>/acceptance")
@public
@limiter.limit(sign_in_limit)
def accept(token: str) -> ResponseReturnValue:
    """Take one more factory with the account that one is signed in with."""
    if g.officer is None:
        return redirect(url_for("accounts.sign_in", next=url_for("joining.join", token=token)))
    with unit_of_work() as session:
        join_another_factory(session, token, by=g.officer, at=now())
    flash(_("The factory is yours to look after now."))
    return redirect(url_for("accounts.home"))


def _join(token: str, form: JoinForm) -> str:
    with unit_of_work() as session:
        name, password = form.name.data, form.password.data
        manager = join_factory(session, token, name=name, password=password, at=now())
        hours = service(Settings).session_hours
        device = request.user_agent.string
        return open_sign_in(session, manager, device=device, at=now(), hours=hours)


def _page(invitation: Invitation, token: str, form: JoinForm | None) -> ResponseReturnValue:
    page = render_template(
        "factories/manager/join.html",
        invitation=invitation,
        factory=invited_factory(reading(), invitation),
        is_mine=g.officer is not None and is_meant_for(invitation, g.officer),
        token=token,
        form=form,
    )
    return page, 422 if form is not None and form.errors else 200
