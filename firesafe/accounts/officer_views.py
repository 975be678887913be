"""The accounts that an officer looks after: adding, new passwords, shutting and opening."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.accounts import actions
from firesafe.accounts.forms import AddOfficerForm, Choices
from firesafe.accounts.models import Officer
from firesafe.accounts.policy import may_disable, posts_to_give
from firesafe.accounts.posts import POST_NAMES, Post
from firesafe.accounts.queries import Officers, open_sign_ins
from firesafe.core.clock import now
from firesafe.core.permissions import Permission
from firesafe.districts.counties import city
from firesafe.districts.queries import towns_in
from firesafe.web.doors import allow, reading, unit_of_work
from firesafe.web.errors import told_in
from firesafe.web.language import chosen_language
from firesafe.web.paging import page_of

bp = Blueprint("officers", __name__)


@bp.get("/officers")
@allow(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    """List the accounts, narrowed by words and post."""
    words = request.args.get("words", "")
    post = request.args.get("post", type=Post)
    found = Officers.looked_after_by(g.officer).matching(words).with_post(post)
    return render_template(
        "accounts/officers.html",
        page=page_of(reading(), found.rows, request.args.get("page", 1, type=int)),
        words=words,
        post=post,
        post_names=POST_NAMES,
        county_names=_county_names(),
    )


@bp.route("/officers/new", methods=["GET", "POST"])
@allow(Permission.ACCOUNT_MANAGE)
def add() -> ResponseReturnValue:
    """Ask for what is needed to give somebody an account."""
    form = AddOfficerForm(posts_to_give(g.officer), _counties(), _towns())
    if form.validate_on_submit():
        with told_in(form.form_errors), unit_of_work() as session:
            made, password = actions.add_officer(session, _new(form), by=g.officer, at=now())
            return _one_time_password(made, password)
    return render_template("accounts/add_officer.html", form=form), 422 if form.errors else 200


@bp.get("/officers/<int:officer_id>")
@allow(Permission.ACCOUNT_MANAGE)
def show(officer_id: int) -> ResponseReturnValue:
    """Show one account, and what may be done with it."""
    officer = Officers.looked_after_by(g.officer).one(reading(), officer_id)
    return render_template(
        "accounts/officer.html",
        one=officer,
        post=POST_NAMES[officer.post],
        county=_county_names().get(officer.county_code or ""),
        sign_ins=open_sign_ins(reading(), officer, now()),
        is_locked=officer.is_locked_at(now()),
        may_disable=may_disable(g.officer, officer),
    )


@bp.post("/officers/<int:officer_id>/one-time-password")
@allow(Permission.ACCOUNT_MANAGE)
def reset(officer_id: int) -> ResponseReturnValue:
    """Give a new one-time password, shown only on the page that answers."""
    with unit_of_work() as session:
        officer = Officers.looked_after_by(g.officer).one(session, officer_id)
        password = actions.reset_password(session, officer, by=g.officer, at=now())
    return _one_time_password(officer, password)


@bp.post("/officers/<int:officer_id>/end")
@allow(Permission.ACCOUNT_MANAGE)
def disable(officer_id: int) -> ResponseReturnValue:
    """Shut the account."""
    with unit_of_work() as session:
        officer = Officers.looked_after_by(g.officer).one(session, officer_id)
        actions.disable_officer(session, officer, by=g.officer, at=now())
    flash(_("%(name)s can no longer sign in.", name=officer.name))
    return redirect(url_for("officers.show", officer_id=officer_id))


@bp.post("/officers/<int:officer_id>/return")
@allow(Permission.ACCOUNT_MANAGE)
def enable(officer_id: int) -> ResponseReturnValue:
    """Open the account again."""
    with unit_of_work() as session:
        officer = Officers.looked_after_by(g.officer).one(session, officer_id)
        actions.enable_officer(session, officer, by=g.officer, at=now())
    flash(_("%(name)s can sign in again.", name=officer.name))
    return redirect(url_for("officers.show", officer_id=officer_id))


def _one_time_password(officer: Officer, password: str) -> ResponseReturnValue:
    return render_template("accounts/one_time_password.html", one=officer, password=password)


def _new(form: AddOfficerForm) -> actions.NewOfficer:
    return actions.NewOfficer(
        name=form.name.data,
        post=Post(form.post.data),
        county_code=form.county.data or None,
        town_id=int(form.town.data) if form.town.data else None,
        phone=form.phone.data or "",
        staff_number=form.staff_number.data or "",
        card_number=form.card_number.data or "",
    )


def _county_names() -> dict[str, str]:
    language = chosen_language()
    return {county.code: county.name_in(language) for county in city().counties}


def _counties() -> Choices:
    """Return the counties in which the officer may add somebody; a chief has only his own."""
    names = _county_names()
    if g.officer.post is Post.ADMINISTRATOR:
        return [("", _("The whole city")), *names.items()]
    return [(g.officer.county_code, names[g.officer.county_code])]


def _towns() -> Choices:
    counties = dict(_counties())
    return [
        (str(town.id), f"{counties[town.county_code]} {town.name}")
        for town in towns_in(reading(), counties)
    ]
