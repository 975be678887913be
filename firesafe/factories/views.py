"""The register on the screen: its list, and the entry of one factory."""

from collections.abc import Mapping

from flask import (
    Blueprint,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from firesafe.core.clock import county_day, now
from firesafe.core.errors import RuleBroken, require
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.districts.counties import city, county, zones_of
from firesafe.districts.models import Town
from firesafe.districts.queries import towns_of
from firesafe.factories import actions
from firesafe.factories.entry import entry_of
from firesafe.factories.forms import FactoryForm, StateForm, filled
from firesafe.factories.labels import deed, fact_shown, field_name
from firesafe.factories.models import (
    Factory,
    FactoryState,
)
from firesafe.factories.narrowing import Narrowing
from firesafe.factories.policy import may_edit
from firesafe.factories.queries import Factories, Standing, Standings, history_of, managers_of
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.paging import page_of

bp = Blueprint("factories", __name__)

for shown in (fact_shown, field_name, deed):
    bp.add_app_template_filter(shown)


@bp.get("/factories")
@allow(Permission.FACTORY_READ)
def index() -> ResponseReturnValue:
    """List the factories within sight, narrowed by words and filters."""
    asked = Narrowing.asked()
    page = page_of(
        reading(), asked.factories(g.officer).by_name(), request.args.get("page", 1, type=int)
    )
    return render_template(
        "factories/index.html",
        page=page,
        asked=asked,
        address=url_for("factories.index", **asked.given),
        export_address=url_for("exports.choose", **asked.given),
        standings=_standings([factory.id for factory in page.rows]),
        menus=asked.menus(
            city().counties if g.officer.is_city_wide else (),
            _towns(reading(), asked.county or g.officer.county_code),
        ),
    )


@bp.route("/factories/new", methods=["GET", "POST"])
@allow(Permission.FACTORY_EDIT)
def add() -> ResponseReturnValue:
    """Ask for all that the register needs to know of a new factory."""
    form = FactoryForm(is_labour_intensive=True) if request.method == "GET" else FactoryForm()
    code = g.officer.county_code
    towns = _towns(reading(), code)
    form.offer(towns, zones_of(code))
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                factory = actions.add_factory(
                    session, form.entry(towns), county_code=code, by=g.officer, at=now()
                )
        except RuleBroken as fault:
            form.form_errors.append(sentence_of(fault))
        else:
            flash(_("%(name)s is in the register.", name=factory.name))
            return redirect(url_for("factories.record", factory_id=factory.id))
    return _form_page(form), 422 if form.errors else 200


@bp.route("/factories/<int:factory_id>/edit", methods=["GET", "POST"])
@allow(Permission.FACTORY_EDIT)
def edit(factory_id: int) -> ResponseReturnValue:
    """Show the entry to be changed, and change it."""
    factory = Factories.visible_to(g.officer).one(reading(), factory_id)
    old = entry_of(factory)
    form = FactoryForm(data=filled(old) | {"version": factory.version})
    towns = _towns(reading(), factory.county_code)
    form.offer(towns, zones_of(factory.county_code))
    if not form.validate_on_submit():
        return _form_page(form, factory), 422 if form.errors else 200
    try:
        _change(factory_id, form, towns)
    except actions.FactoryChanged as fault:
        factory = Factories.visible_to(g.officer).one(reading(), factory_id)
        form.take_version(factory.version)
        return _form_page(form, factory, fault), 409
    except RuleBroken as fault:
        form.form_errors.append(sentence_of(fault))
        return _form_page(form, factory), 422
    return redirect(url_for("factories.record", factory_id=factory_id))


@bp.get("/factories/<int:factory_id>/record")
@allow(Permission.FACTORY_READ)
def record(factory_id: int) -> ResponseReturnValue:
    """Show the whole entry of one factory, its managers, its door code and its history."""
    factory = Factories.visible_to(g.officer).one(reading(), factory_id)
    return render_template(
        "factories/record.html",
        factory=factory,
        entry=entry_of(factory),
        county=county(factory.county_code),
        managers=managers_of(reading(), factory),
        history=history_of(reading(), factory),
        door_address=_door_address(factory),
        state_form=StateForm(state=factory.state),
        may_edit=may_edit(g.officer, factory),
    )


@bp.post("/factories/<int:factory_id>/state")
@allow(Permission.FACTORY_EDIT)
def change_state(factory_id: int) -> ResponseReturnValue:
    """Note that a factory works, stands still or has closed down."""
    Factories.visible_to(g.officer).one(reading(), factory_id)
    form = StateForm()
    if form.validate_on_submit():
        with unit_of_work() as session:
            factory = Factories.visible_to(g.officer).one(session, factory_id)
            state = FactoryState(form.state.data)
            actions.change_state(session, factory, state, by=g.officer, at=now())
        flash(_("%(name)s: the state has been noted.", name=factory.name))
    return redirect(url_for("factories.record", factory_id=factory_id))


@bp.get("/factories/<int:factory_id>/door-code")
@allow(Permission.FACTORY_READ)
def door_code(factory_id: int) -> ResponseReturnValue:
    """Show the sheet with the code for the factory's door, to be printed."""
    factory = Factories.visible_to(g.officer).one(reading(), factory_id)
    return render_template(
        "factories/door_code.html", factory=factory, door_address=_door_address(factory)
    )


def _standings(ids: list[int]) -> Mapping[int, Standing] | None:
    told = service(Standings).of
    return told(reading(), ids, county_day(now())) if told else None


def _towns(session: Session, county_code: str | None) -> list[Town]:
    """Return the towns of a county that the officer may look into."""
    towns = towns_of(session, county_code) if county_code else []
    return [town for town in towns if g.officer.town_id in (None, town.id)]


def _change(factory_id: int, form: FactoryForm, towns: list[Town]) -> None:
    with unit_of_work() as session:
        factory = Factories.visible_to(g.officer).one(session, factory_id)
        entry = form.entry(towns, entry_of(factory))
        changes = actions.edit_factory(
            session, factory, entry, version=form.version.data, by=g.officer, at=now()
        )
    flash(_("Saved.") if changes else _("Nothing was different, so nothing was saved."))


def _form_page(
    form: FactoryForm, factory: Factory | None = None, changed: actions.FactoryChanged | None = None
) -> str:
    if factory is not None:
        require(may_edit(g.officer, factory), "You do not keep the entry of this factory.")
    sentence = sentence_of(changed) if changed else ""
    changes = changed.changes if changed else ()
    return render_template(
        "factories/edit.html", form=form, factory=factory, sentence=sentence, changes=changes
    )


def _door_address(factory: Factory) -> str:
    path = url_for("doors.door", door_code=factory.door_code)
    return service(Settings).public_address.rstrip("/") + path
