"""What a stranger fills in at the door, and how the county deals with it."""

import uuid
from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from firesafe.accounts.models import Officer
from firesafe.core.errors import RuleBroken
from firesafe.factories.rules import phone
from firesafe.inspections.models import Inspection
from firesafe.reports.actions import Outcome, Told
from firesafe.reports.rules import (
    LONGEST_ANSWER,
    LONGEST_WHAT,
    LONGEST_WHERE,
    STATE_NAMES,
    ReportState,
)
from firesafe.web.errors import sentence_of
from firesafe.web.filters import moment


class ReportForm(FlaskForm):
    """What is dangerous, where, pictures of it, and a number if one wants to be called."""

    client_key = HiddenField()
    what = TextAreaField(
        _("What is dangerous?"),
        description=_("For example: the exit is locked, boxes stand on the stairs, wires lie bare"),
        validators=[
            DataRequired(_("Write what is dangerous.")),
            Length(max=LONGEST_WHAT, message=_("At most 500 characters.")),
        ],
    )
    place = StringField(
        _("Where exactly?"),
        description=_("For example: second floor, by the back stairs"),
        validators=[
            Optional(),
            Length(max=LONGEST_WHERE, message=_("At most 100 characters.")),
        ],
    )
    photos = MultipleFileField(_("Photographs of it"), validators=[Optional()])
    phone = StringField(
        _("Your telephone number"),
        description=_("Only if you want to be called back"),
        validators=[Optional(), Length(max=30, message=_("This is no phone number."))],
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )

    def validate_client_key(self, field: HiddenField) -> None:
        """Refuse a key that no page of ours has made."""
        try:
            field.data = str(uuid.UUID(field.data or ""))
        except ValueError as fault:
            raise ValidationError(gettext("Reload this page, then send it again.")) from fault

    def validate_phone(self, field: StringField) -> None:
        """Read the number as the register reads numbers."""
        try:
            field.data = phone(field.data or "")
        except RuleBroken as fault:
            raise ValidationError(sentence_of(fault)) from fault

    def told(self, photos: Iterable[str]) -> Told:
        """Return what was filled in, with the names of the pictures that are kept."""
        return Told(
            client_key=self.client_key.data or "",
            what=(self.what.data or "").strip(),
            place=(self.place.data or "").strip(),
            phone=self.phone.data or "",
            photos=tuple(photos),
        )


class HandingForm(FlaskForm):
    """Who is to go there."""

    inspector = SelectField(
        _("Who goes there?"),
        coerce=int,
        validators=[InputRequired(_("Choose an inspector of the county."))],
    )

    def offer(self, inspectors: Iterable[Officer]) -> None:
        """Put those who may go into the menu."""
        self.inspector.choices = [SelectChoice(each.id, each.name) for each in inspectors]


class OutcomeForm(FlaskForm):
    """What came of the report."""

    state = RadioField(
        _("What came of it?"),
        choices=[
            SelectChoice(state.value, _(STATE_NAMES[state]))
            for state in (ReportState.LOOKED_INTO, ReportState.UNFOUNDED)
        ],
        validators=[InputRequired(_("Choose what came of it."))],
    )
    visit = SelectField(_("The visit that was made of it"), coerce=int, default=0)
    answer = TextAreaField(
        _("A sentence about it"),
        description=_("Whoever reported it reads this on his page. Name nobody."),
        validators=[
            DataRequired(_("Write in a sentence what came of it.")),
            Length(max=LONGEST_ANSWER, message=_("At most 500 characters.")),
        ],
    )

    def offer(self, visits: Iterable[Inspection]) -> None:
        """Put the visits since the report into the menu."""
        made = [SelectChoice(each.id, _told(each)) for each in visits]
        self.visit.choices = [SelectChoice(0, gettext("No visit")), *made]

    @property
    def outcome(self) -> Outcome:
        """What was filled in."""
        answer = (self.answer.data or "").strip()
        return Outcome(ReportState(self.state.data), answer, self.visit.data or None)


def _told(visit: Inspection) -> str:
    return f"{moment(visit.opened_at)} · {visit.lead.name}"
