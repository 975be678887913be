"""The towns and communities that a county keeps."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import now
from firesafe.core.permissions import Permission
from firesafe.districts import actions
from firesafe.districts.forms import PlaceForm
from firesafe.districts.queries import community_of, town_of, towns_of
from firesafe.web.doors import allow, reading, unit_of_work
from firesafe.web.errors import told_in

bp = Blueprint("districts", __name__)


@bp.route("/communities", methods=["GET", "POST"])
@allow(Permission.COMMUNITY_EDIT)
def index() -> ResponseReturnValue:
    """List the towns of the county with their communities, and enter another town."""
    county_code, form = g.officer.county_code, PlaceForm()
    if form.validate_on_submit():
        with told_in(form.name.errors), unit_of_work() as session:
            actions.add_town(session, county_code, form.name.data, by=g.officer, at=now())
            flash(_("The town has been entered."))
            return redirect(url_for("districts.index"))
    towns = towns_of(reading(), county_code)
    page = render_template("districts/communities.html", form=form, towns=towns)
    return page, 422 if form.errors else 200


@bp.route("/towns/<int:town_id>", methods=["GET", "POST"])
@allow(Permission.COMMUNITY_EDIT)
def show_town(town_id: int) -> ResponseReturnValue:
    """Show one town with its communities, and enter another community."""
    county_code, form = g.officer.county_code, PlaceForm()
    if form.validate_on_submit():
        with told_in(form.name.errors), unit_of_work() as session:
            town = town_of(session, county_code, town_id)
            actions.add_community(session, town, form.name.data, by=g.officer, at=now())
            flash(_("The community has been entered."))
            return redirect(url_for("districts.show_town", town_id=town_id))
    town = town_of(reading(), county_code, town_id)
    return render_template("districts/town.html", form=form, town=town), 422 if form.errors else 200


@bp.route("/towns/<int:town_id>/name", methods=["GET", "POST"])
@allow(Permission.COMMUNITY_EDIT)
def rename_town(town_id: int) -> ResponseReturnValue:
    """Give a town another name."""
    county_code, form = g.officer.county_code, PlaceForm()
    if form.validate_on_submit():
        name, was = form.name.data, form.was.data
        with told_in(form.name.errors), unit_of_work() as session:
            town = town_of(session, county_code, town_id)
            actions.rename_town(session, town, name, was=was, by=g.officer, at=now())
            return redirect(url_for("districts.show_town", town_id=town_id))
    town = town_of(reading(), county_code, town_id)
    return _name_page(form, town.name, url_for("districts.show_town", town_id=town_id))


@bp.post("/towns/<int:town_id>/removal")
@allow(Permission.COMMUNITY_EDIT)
def remove_town(town_id: int) -> ResponseReturnValue:
    """Remove a town that is not in use."""
    with unit_of_work() as session:
        town = town_of(session, g.officer.county_code, town_id)
        actions.remove_town(session, town, by=g.officer, at=now())
    flash(_("The town has been removed."))
    return redirect(url_for("districts.index"))


@bp.route("/communities/<int:community_id>/name", methods=["GET", "POST"])
@allow(Permission.COMMUNITY_EDIT)
def rename_community(community_id: int) -> ResponseReturnValue:
    """Give a community another name."""
    county_code, form = g.officer.county_code, PlaceForm()
    community = community_of(reading(), county_code, community_id)
    back = url_for("districts.show_town", town_id=community.town_id)
    if form.validate_on_submit():
        name, was = form.name.data, form.was.data
        with told_in(form.name.errors), unit_of_work() as session:
            community = community_of(session, county_code, community_id)
            actions.rename_community(session, community, name, was=was, by=g.officer, at=now())
            return redirect(back)
    return _name_page(form, community.name, back)


@bp.post("/communities/<int:community_id>/removal")
@allow(Permission.COMMUNITY_EDIT)
def remove_community(community_id: int) -> ResponseReturnValue:
    """Remove a community that is not in use."""
    with unit_of_work() as session:
        community = community_of(session, g.officer.county_code, community_id)
        town_id = community.town_id
        actions.remove_community(session, community, by=g.officer, at=now())
    flash(_("The community has been removed."))
    return redirect(url_for("districts.show_town", town_id=town_id))


def _name_page(form: PlaceForm, name: str, back: str) -> ResponseReturnValue:
    if not form.is_submitted():
        form.name.data = form.was.data = name
    page = render_template("districts/name.html", form=form, name=name, back=back)
    return page, 422 if form.errors else 200
