"""Signing in and out, and one's own account."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from firesafe.accounts import actions
from firesafe.accounts.forms import ChangePasswordForm, SignInForm
from firesafe.accounts.models import Officer
from firesafe.accounts.passwords import prove_password
from firesafe.accounts.posts import POST_NAMES, Post
from firesafe.accounts.queries import officer_by_name, open_sign_ins, own_sign_in
from firesafe.accounts.rules import device_name, hash_of
from firesafe.accounts.upload_tokens import (
    own_upload_token,
    revoke_upload_token,
    sending_phones,
)
from firesafe.core.clock import now
from firesafe.core.errors import RuleBroken
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.districts.counties import find_county
from firesafe.web.doors import allow, public, reading, service, unit_of_work
from firesafe.web.errors import told_in
from firesafe.web.filters import moment
from firesafe.web.gate import carried, carry, drop
from firesafe.web.language import COOKIE, LANGUAGES, chosen_language, keep
from firesafe.web.limits import limiter, sign_in_limit
from firesafe.web.safe_return import safe_return

bp = Blueprint("accounts", __name__)

LAYOUTS = {
    Post.INSPECTOR: "layouts/page.html",
    Post.FACTORY_MANAGER: "layouts/manager.html",
    Post.CODE_BEARER: "layouts/manager.html",
}


@bp.get("/")
@allow(Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """Lead each post to where its day begins."""
    endpoint = current_app.config["HOME"].get(g.officer.post)
    return redirect(url_for(endpoint if endpoint in current_app.view_functions else "accounts.me"))


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@limiter.limit(sign_in_limit, methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for phone or staff number and password."""
    if g.officer is not None:
        return redirect(safe_return(request.args.get("next")))
    form = SignInForm()
    if form.validate_on_submit():
        outcome = _try_to_sign_in(form)
        if outcome.token is not None:
            carry(outcome.token)
            return redirect(safe_return(request.args.get("next")))
        form.form_errors.append(_refusal_of(outcome))
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


@bp.post("/sign-out")
@allow(Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """Sign out on this device."""
    with unit_of_work() as session:
        actions.sign_out(session, g.officer, carried(), at=now())
    drop()
    return redirect(url_for("accounts.sign_in"))


@bp.post("/sign-out-everywhere")
@allow(Permission.SIGNED_IN)
def sign_out_everywhere() -> ResponseReturnValue:
    """Sign out on every device."""
    with unit_of_work() as session:
        actions.sign_out_everywhere(session, g.officer, at=now())
    drop()
    return redirect(url_for("accounts.sign_in"))


@bp.route("/password", methods=["GET", "POST"])
@allow(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Ask for the present password and a new one; a one-time password leads here first."""
    form = ChangePasswordForm(actions.personal_words(g.officer))
    if form.validate_on_submit():
        with told_in(form.form_errors):
            _change_password(form)
            flash(_("Your password has been changed. Other devices are signed out."))
            return redirect(url_for("accounts.home"))
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200


@bp.get("/me")
@allow(Permission.SIGNED_IN)
def me() -> ResponseReturnValue:
    """Show one's own account, how the pages look, where one is signed in and what may send."""
    county = find_county(g.officer.county_code or "")
    return render_template(
        "accounts/me.html",
        layout=LAYOUTS.get(g.officer.post, "layouts/desk.html"),
        post=POST_NAMES[g.officer.post],
        county=county.name_in(chosen_language()) if county else None,
        sign_ins=open_sign_ins(reading(), g.officer, now()),
        here=hash_of(carried()),
        phones=sending_phones(reading(), g.officer, now()),
        device_name=device_name,
    )


@bp.post("/me/sign-ins/<int:sign_in_id>/end")
@allow(Permission.SIGNED_IN)
def revoke(sign_in_id: int) -> ResponseReturnValue:
    """Sign out another of one's own devices."""
    with unit_of_work() as session:
        sign_in = own_sign_in(session, g.officer, sign_in_id, now())
        actions.revoke_sign_in(session, sign_in, by=g.officer, at=now())
    flash(_("That device is signed out."))
    return redirect(url_for("accounts.me"))


@bp.post("/me/phones/<int:upload_token_id>/end")
@allow(Permission.SIGNED_IN)
def stop_phone(upload_token_id: int) -> ResponseReturnValue:
    """Let one of one's own phones send no more."""
    with unit_of_work() as session:
        token = own_upload_token(session, g.officer, upload_token_id, now())
        revoke_upload_token(session, token, by=g.officer, at=now())
    flash(_("That phone sends no more."))
    return redirect(url_for("accounts.me"))


@bp.post("/me/language")
@allow(Permission.SIGNED_IN)
def choose_language() -> ResponseReturnValue:
    """Choose the language for this account, and with it for this browser."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise RuleBroken("Choose one of the languages on the page.")
    with unit_of_work() as session:
        actions.set_language(session, _myself(session), language, at=now())
    response = redirect(url_for("accounts.me"))
    keep(response, COOKIE, language)
    return response


def _try_to_sign_in(form: SignInForm) -> actions.Outcome:
    officer = officer_by_name(reading(), form.name.data)
    proof = prove_password(officer, form.password.data)
    with unit_of_work() as session:
        return actions.sign_in(
            session,
            proof,
            device=request.user_agent.string,
            address=request.remote_addr or "",
            at=now(),
            hours=service(Settings).session_hours,
        )


def _refusal_of(outcome: actions.Outcome) -> str:
    if outcome.locked_until is None:
        return str(_("Number and password do not go together. Check both and try again."))
    until = moment(outcome.locked_until)
    return str(
        _("The password was wrong too often. This account is locked until %(until)s.", until=until)
    )


def _change_password(form: ChangePasswordForm) -> None:
    with unit_of_work() as session:
        actions.change_password(
            session,
            _myself(session),
            old=form.old.data,
            new=form.new.data,
            token=carried(),
            at=now(),
        )


def _myself(session: Session) -> Officer:
    return session.get_one(Officer, g.officer.id)
