"""What is filled in about a factory, its state, its managers and its leaving as a table."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import (
    DataRequired,
    EqualTo,
    InputRequired,
    Length,
    Optional,
    StopValidation,
)
from wtforms.widgets import HiddenInput

from firesafe.accounts.rules import check_password
from firesafe.core.errors import RuleBroken
from firesafe.districts.counties import Zone
from firesafe.districts.models import Town
from firesafe.factories.entry import FIELD_NAMES, FIELDS, LENGTHS, RANGES, RegisterEntry
from firesafe.factories.models import (
    BUILDING_USE_NAMES,
    FACTORY_STATE_NAMES,
    FIRE_RESISTANCE_NAMES,
    BuildingUse,
    FactoryState,
)
from firesafe.factories.rules import coordinate, credit_code, phone, plain, whole_number
from firesafe.web.errors import sentence_of
from firesafe.web.language import chosen_language

NUMBERS = {"inputmode": "numeric"}


class DoorForm(FlaskForm):
    """The number of a factory, as its door bears it."""

    class Meta:
        """Nothing is changed by asking, so the address may be kept and opened again."""

        csrf = False

    code = StringField(_("Point number or door code"), validators=[Length(max=120)])


class RuledField(StringField):
    """A box whose text is read by a rule of the register; its refusal is shown at the field."""

    data: Any

    def __init__(self, label: Any, rule: Callable[[str], Any], **more: Any) -> None:
        super().__init__(label, **more)
        self._rule = rule

    def pre_validate(self, form: Any) -> None:
        """Read the text.

        Raises:
            StopValidation: the rule refused it.
        """
        try:
            self.data = self._rule(str(self.data or ""))
        except RuleBroken as fault:
            raise StopValidation(sentence_of(fault)) from fault

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)


def _named(name: str) -> Any:
    return _(FIELD_NAMES[name])


def _text(name: str, **more: Any) -> RuledField:
    checks = [Length(max=LENGTHS[name]), Optional()]
    return RuledField(_named(name), plain, validators=checks, **more)


def _phone(name: str) -> RuledField:
    return RuledField(_named(name), phone, validators=[Optional()], render_kw={"inputmode": "tel"})


def _number(name: str, **more: Any) -> RuledField:
    rule = _within_range(name)
    return RuledField(_named(name), rule, validators=[Optional()], render_kw=NUMBERS, **more)


def _people(name: str) -> RuledField:
    # Nobody is what is known of a factory of which nothing is known.
    rule = _within_range(name)
    return RuledField(_named(name), lambda text: rule(text) or 0, render_kw=NUMBERS)


def _within_range(name: str) -> Callable[[str], int | None]:
    least, most = RANGES[name]
    return partial(whole_number, least=least, most=most)


def _tick(name: str) -> BooleanField:
    return BooleanField(_named(name))


def _labels(names: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(str(value), _(label)) for value, label in names.items()]


class FactoryForm(FlaskForm):
    """The whole entry of one factory; a place is ``t`` and a town's id, or ``c`` and a community's.

    ``version`` is that of the entry when the page was opened.
    """

    version = IntegerField(widget=HiddenInput(), default=0)
    name = RuledField(
        _named("name"),
        plain,
        validators=[
            DataRequired(_("Enter the name of the factory.")),
            Length(max=LENGTHS["name"]),
        ],
    )
    place = SelectField(
        _("Town and community"), validators=[InputRequired(_("Choose town and community."))]
    )
    address = _text("address")
    zone_code = SelectField(_named("zone_code"), validators=[Optional()])
    credit_code = RuledField(
        _named("credit_code"),
        credit_code,
        description=_("18 characters from the licence; leave it empty if there is none"),
        validators=[Optional()],
    )
    point_number = _text("point_number", description=_("Empty: the county's next number"))
    trade = _text("trade")
    state = SelectField(_named("state"), choices=_labels(FACTORY_STATE_NAMES))
    responsible_name = _text("responsible_name")
    responsible_phone = _phone("responsible_phone")
    fire_manager_name = _text("fire_manager_name")
    fire_manager_phone = _phone("fire_manager_phone")
    is_key_unit = _tick("is_key_unit")
    is_labour_intensive = _tick("is_labour_intensive")
    workers_on_shift = _people("workers_on_shift")
    most_on_shift = _people("most_on_shift")
    building_use = SelectField(
        _named("building_use"),
        description=_("Decides whether the case goes to the fire service and the housing office"),
        validators=[InputRequired(_("Choose the building use."))],
    )
    is_below_housing = _tick("is_below_housing")
    is_high_rise = _tick("is_high_rise")
    storeys = _number("storeys")
    on_floor = _number("on_floor")
    fire_resistance = SelectField(_named("fire_resistance"), validators=[Optional()])
    floor_area_m2 = _number("floor_area_m2")
    largest_floor_m2 = _number("largest_floor_m2")
    total_area_m2 = _number("total_area_m2")
    footprint_m2 = _number("footprint_m2")
    dormitory_area_m2 = _number("dormitory_area_m2")
    has_hydrant = _tick("has_hydrant")
    has_sprinkler = _tick("has_sprinkler")
    has_filling_machine = _tick("has_filling_machine")
    has_solvents = _tick("has_solvents")
    has_dormitory = _tick("has_dormitory")
    latitude = RuledField(
        _named("latitude"),
        partial(coordinate, most=90),
        description=_("As a phone tells it (WGS 84, CGCS2000); Amap and Baidu are up to 1 km off"),
        validators=[Optional()],
    )
    longitude = RuledField(
        _named("longitude"), partial(coordinate, most=180), validators=[Optional()]
    )
    note = TextAreaField(_named("note"), validators=[Length(max=LENGTHS["note"]), Optional()])

    def offer(self, towns: Iterable[Town], zones: Iterable[Zone]) -> None:
        """Put the county's towns, communities and zones into the menus."""
        choose = SelectChoice("", gettext("Choose one"))
        unknown = SelectChoice("", gettext("Not known"))
        named = [SelectChoice(zone.code, _zone_name(zone)) for zone in zones]
        self.place.choices = [choose, *_places(towns)]
        self.zone_code.choices = [SelectChoice("", gettext("None")), *named]
        self.building_use.choices = [choose, *_labels(BUILDING_USE_NAMES)]
        self.fire_resistance.choices = [unknown, *_labels(FIRE_RESISTANCE_NAMES)]

    def take_version(self, version: int) -> None:
        """Let the next saving begin from a newer version, which the officer has been shown."""
        self.version.data, self.version.raw_data = version, None

    def entry(self, towns: Iterable[Town], old: RegisterEntry | None = None) -> RegisterEntry:
        """Return what was filled in; to be asked only of a form that has passed its checks.

        What the form does not ask for is taken from the ``old`` entry.
        """
        chosen = {name: field.data for name, field in self._fields.items() if name in FIELDS}
        town_id, community_id = _chosen_place(self.place.data, towns)
        chosen |= {
            "town_id": town_id,
            "community_id": community_id,
            "building_use": BuildingUse(self.building_use.data),
            "state": FactoryState(self.state.data),
            "zone_code": self.zone_code.data or None,
            "credit_code": self.credit_code.data or None,
            "note": (self.note.data or "").strip(),
            "former_county_code": old.former_county_code if old else None,
        }
        return RegisterEntry(**chosen)


class StateForm(FlaskForm):
    """Whether the factory is at work."""

    state = SelectField(_named("state"), choices=_labels(FACTORY_STATE_NAMES))


class InvitationForm(FlaskForm):
    """Whom the county invites to look after a factory's findings."""

    name = RuledField(
        _("Name of the manager"),
        plain,
        validators=[DataRequired(_("Enter the name of the manager.")), Length(max=40)],
    )
    phone = StringField(
        _("Mobile number"),
        description=_("What the manager will sign in with"),
        validators=[InputRequired(_("Enter the mobile number.")), Length(max=20)],
        render_kw={"inputmode": "tel"},
    )


class JoinForm(FlaskForm):
    """What an invited manager gives to have an account: the name, and twice a password."""

    name = RuledField(
        _("Your name"),
        plain,
        validators=[DataRequired(_("Enter your name.")), Length(max=40)],
    )
    password = PasswordField(
        _("Choose a password"),
        description=_("At least 10 characters of three kinds, or 16 of any kind"),
        validators=[InputRequired(_("Enter a password."))],
    )
    again = PasswordField(
        _("The password once more"),
        validators=[EqualTo("password", _("The two are not the same. Enter it again."))],
    )

    def __init__(self, phone: str, **more: Any) -> None:
        super().__init__(**more)
        self._phone = phone

    def validate_password(self, field: PasswordField) -> None:
        """Say at the field what is wrong with the password."""
        try:
            check_password(field.data, personal=(self.name.data, self._phone))
        except RuleBroken as fault:
            raise ValidationError(sentence_of(fault)) from fault


class PassForm(FlaskForm):
    """Whom of the factory a code for the door is given to."""

    name = RuledField(
        _("Name of whoever gets it"),
        plain,
        validators=[DataRequired(_("Enter who gets the code.")), Length(max=40)],
    )


class EnterForm(FlaskForm):
    """The code that the county or the inspector has given."""

    code = StringField(
        _("One-time code"),
        description=_("Eight digits"),
        validators=[InputRequired(_("Type the code.")), Length(max=40)],
    )


class ClearNumbersForm(FlaskForm):
    """Whether phone numbers leave the service in clear, and why."""

    clear = BooleanField(_("Phone numbers in clear, not as 138****0000"))
    reason = StringField(
        _("Reason for clear phone numbers"),
        description=_("Is kept in the trail with your name"),
        validators=[Length(max=200), Optional()],
    )

    @property
    def given_reason(self) -> str | None:
        """The reason for clear numbers, which may be empty; None if they are to be masked."""
        return (self.reason.data or "") if self.clear.data else None


class ExportForm(ClearNumbersForm):
    """As what the register leaves the service, and why if phones are to be shown in clear."""

    form = RadioField(
        _("As what"),
        choices=[
            SelectChoice("xlsx", _("Excel table")),
            SelectChoice("csv", _("CSV text, for other programs")),
        ],
        default="xlsx",
    )


def filled(entry: RegisterEntry) -> dict[str, Any]:
    """Return what a form about ``entry`` shows when it is opened."""
    values = {name: getattr(entry, name) for name in FIELDS}
    town, community = entry.town_id, entry.community_id
    return values | {"place": f"c{community}" if community else f"t{town}"}


def _places(towns: Iterable[Town]) -> list[SelectChoice]:
    choices = []
    for town in towns:
        choices.append(SelectChoice(f"t{town.id}", town.name))
        for community in town.communities:
            label = f"{town.name} · {community.name}"
            choices.append(SelectChoice(f"c{community.id}", label))
    return choices


def _chosen_place(choice: str, towns: Iterable[Town]) -> tuple[int, int | None]:
    """Return the ids of town and community; the choice is one of those offered."""
    kind, place_id = choice[0], int(choice[1:])
    if kind == "t":
        return place_id, None
    return next((town.id, place_id) for town in towns for c in town.communities if c.id == place_id)


def _zone_name(zone: Zone) -> str:
    return zone.name_en if chosen_language() == "en" else zone.name_zh
