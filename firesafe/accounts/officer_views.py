"""The accounts that an officer looks after: adding, changing, new passwords, shutting, opening."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.accounts import actions
from firesafe.accounts.forms import AddOfficerForm, Choices, EditOfficerForm
from firesafe.accounts.models import Officer
from firesafe.accounts.particulars import (
    Change,
    OfficerChanged,
    changes_of,
    edit_officer,
    particulars_of,
)
from firesafe.accounts.policy import may_disable, may_edit, posts_to_give
from firesafe.accounts.posts import COUNTY_POSTS, POST_NAMES, Post
from firesafe.accounts.queries import Officers, names_of, open_sign_ins
from firesafe.audit.models import AuditEntry
from firesafe.core.clock import now
from firesafe.core.errors import require
from firesafe.core.permissions import Permission
from firesafe.districts.counties import city
from firesafe.districts.queries import towns_in
from firesafe.web.doors import allow, reading, unit_of_work
from firesafe.web.errors import sentence_of, told_in
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
        may_edit=may_edit(g.officer, officer),
        history=_history(officer),
        told=_told_in(_towns_of(officer)),
    )


@bp.route("/officers/<int:officer_id>/edit", methods=["GET", "POST"])
@allow(Permission.ACCOUNT_MANAGE)
def edit(officer_id: int) -> ResponseReturnValue:
    """Show what is known of somebody to be changed, and change it."""
    officer = Officers.looked_after_by(g.officer).one(reading(), officer_id)
    require(may_edit(g.officer, officer), "Somebody else who looks after accounts changes yours.")
    form = EditOfficerForm(particulars_of(officer), _towns_of(officer))
    if not form.validate_on_submit():
        return _edit_page(form, officer), 422 if form.errors else 200
    try:
        with told_in(form.form_errors):
            return _change(officer_id, form)
    except OfficerChanged as fault:
        officer = Officers.looked_after_by(g.officer).one(reading(), officer_id)
        form.see(particulars_of(officer))
        return _edit_page(form, officer, fault), 409
    return _edit_page(form, officer), 422


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


def _change(officer_id: int, form: EditOfficerForm) -> ResponseReturnValue:
    with unit_of_work() as session:
        officer = Officers.looked_after_by(g.officer).one(session, officer_id)
        changes = edit_officer(session, officer, form.told, seen=form.seen, by=g.officer, at=now())
    flash(_("Saved.") if changes else _("Nothing was different, so nothing was saved."))
    return redirect(url_for("officers.show", officer_id=officer_id))


def _edit_page(
    form: EditOfficerForm, officer: Officer, changed: OfficerChanged | None = None
) -> str:
    return render_template(
        "accounts/edit_officer.html",
        form=form,
        one=officer,
        has_town=officer.post in COUNTY_POSTS,
        has_card=officer.post is not Post.FACTORY_MANAGER,
        sentence=sentence_of(changed) if changed else None,
        changes=changed.changes if changed else (),
        told=_told_in(_towns_of(officer)),
    )


def _history(officer: Officer) -> list[tuple[AuditEntry, str, list[Change]]]:
    """Return the changes of an account, each with the name of whoever made it."""
    entries = changes_of(reading(), officer)
    names = names_of(reading(), [entry.by_id for entry, _made in entries if entry.by_id])
    return [(entry, names.get(entry.by_id or 0, "–"), made) for entry, made in entries]


def _told_in(towns: Choices) -> Callable[[str, object], str]:
    """Return how what a field holds is told: a town by its name, nothing as a dash."""
    names = dict(towns)

    def told(field: str, held: object) -> str:
        return names.get(str(held), "–") if field == "town_id" else str(held or "–")

    return told


def _towns_of(officer: Officer) -> Choices:
    if officer.post not in COUNTY_POSTS or officer.county_code is None:
        return []
    return [(str(town.id), town.name) for town in towns_in(reading(), [officer.county_code])]


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
