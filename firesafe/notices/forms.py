"""What a chief fills in before issuing, and what anyone types to check a paper."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from firesafe.notices.models import IssuerType
from firesafe.notices.wording import wording
from firesafe.standard.terms import GRADE_NAMES, Grade

LONGEST_GRACE = 60


class FindingForm(Form):
    """One finding as it will stand in the notice."""

    finding_id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    wording = TextAreaField(
        _("What was found"),
        validators=[
            InputRequired(_("Write what was found.")),
            Length(max=500, message=_("At most 500 characters.")),
        ],
    )
    grade = SelectField(_("Grade"))
    grace_days = IntegerField(
        _("Days to put it right"),
        validators=[
            InputRequired(_("Enter the number of days; 0 means on the spot.")),
            NumberRange(0, LONGEST_GRACE, _("Between 0 and 60 days.")),
        ],
    )
    requirement = TextAreaField(
        _("What has to be done"),
        validators=[
            InputRequired(_("Write what has to be done.")),
            Length(max=500, message=_("At most 500 characters.")),
        ],
    )
    bases = SelectMultipleField(
        _("Legal basis"), validators=[InputRequired(_("Tick at least one article."))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grade.choices = [SelectChoice(g.value, gettext(GRADE_NAMES[g])) for g in Grade]


class IssueForm(FlaskForm):
    """All findings of a visit and what the chief adds to them."""

    findings = FieldList(FormField(FindingForm))
    interim_measures = TextAreaField(
        _("Measures until it is put right"),
        validators=[
            InputRequired(_("Write what keeps people safe until then.")),
            Length(max=300, message=_("At most 300 characters.")),
        ],
    )
    joined_by = StringField(
        _("Inspected together with"),
        validators=[Optional(), Length(max=120, message=_("At most 120 characters."))],
        description=_("Other bodies, separated by a comma."),
    )
    copied_to = SelectMultipleField(_("Copies to"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.copied_to.choices = [SelectChoice(name, name) for name in wording().copies]


class WithdrawForm(FlaskForm):
    """Why a notice is taken back; the reason is printed."""

    reason = TextAreaField(
        _("Why the notice is withdrawn"),
        validators=[
            InputRequired(_("Write the reason; it is printed on the paper.")),
            Length(max=200, message=_("At most 200 characters.")),
        ],
    )


class BatchForm(FlaskForm):
    """The papers ticked for one print job; ``key`` makes sending twice harmless."""

    key = HiddenField(validators=[InputRequired(), Length(max=40)])
    notice_id = SelectMultipleField(coerce=int, validate_choice=False)


class CheckForm(FlaskForm):
    """The code printed beside the QR code of a paper."""

    class Meta:
        """Anyone may ask, from anywhere; nothing is changed by asking."""

        csrf = False

    code = StringField(
        _("Code on the paper"),
        validators=[InputRequired(_("Type the twelve characters beside the square code."))],
    )


class IssuerForm(FlaskForm):
    """In whose name the county's papers go out."""

    version = HiddenField()
    name = StringField(
        _("Name of the issuing body"),
        validators=[InputRequired(_("Write the full name.")), Length(max=80)],
    )
    department = StringField(_("Department"), validators=[Optional(), Length(max=80)])
    abbreviation = StringField(
        _("Mark in the numbers"),
        validators=[
            InputRequired(_("Write the mark the county office approved.")),
            Length(max=20),
        ],
        description=_("Without the character for the kind of paper, which is added."),
    )
    type = SelectField(_("Kind of body"))
    contact = StringField(
        _("Contact"), validators=[InputRequired(_("Write who can be asked.")), Length(max=40)]
    )
    phone = StringField(
        _("Telephone"), validators=[InputRequired(_("Write the telephone number.")), Length(max=40)]
    )
    address = StringField(
        _("Address"), validators=[InputRequired(_("Write the address.")), Length(max=120)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {
            IssuerType.DEPARTMENT: gettext("Department of the county"),
            IssuerType.FIRE_SERVICE: gettext("Fire service"),
            IssuerType.POLICE_STATION: gettext("Police station"),
        }
        self.type.choices = [SelectChoice(kind.value, names[kind]) for kind in IssuerType]
