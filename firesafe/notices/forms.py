"""What a chief fills in before issuing, and what anyone types to check a paper."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from firesafe.notices.models import IssuerType
from firesafe.notices.wording import wording
from firesafe.standard.terms import GRADE_NAMES, Grade

LONGEST_GRACE = 60


class FindingForm(Form):
    """One finding as it will stand in the notice."""

    finding_id = HiddenField()
    version = HiddenField()
    wording = TextAreaField(
        _l("What was found"),
        validators=[
            InputRequired(_l("Write what was found.")),
            Length(max=500, message=_l("At most 500 characters.")),
        ],
    )
    grade = SelectField(_l("Grade"))
    grace_days = IntegerField(
        _l("Days to put it right"),
        validators=[
            InputRequired(_l("Enter the number of days; 0 means on the spot.")),
            NumberRange(0, LONGEST_GRACE, _l("Between 0 and 60 days.")),
        ],
    )
    requirement = TextAreaField(
        _l("What has to be done"),
        validators=[
            InputRequired(_l("Write what has to be done.")),
            Length(max=500, message=_l("At most 500 characters.")),
        ],
    )
    bases = SelectMultipleField(
        _l("Legal basis"), validators=[InputRequired(_l("Tick at least one article."))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grade.choices = [(grade.value, gettext(GRADE_NAMES[grade])) for grade in Grade]


class IssueForm(FlaskForm):
    """All findings of a visit and what the chief adds to them."""

    findings = FieldList(FormField(FindingForm))
    interim_measures = TextAreaField(
        _l("Measures until it is put right"),
        validators=[
            InputRequired(_l("Write what keeps people safe until then.")),
            Length(max=300, message=_l("At most 300 characters.")),
        ],
    )
    joined_by = StringField(
        _l("Inspected together with"),
        validators=[Optional(), Length(max=120, message=_l("At most 120 characters."))],
        description=_l("Other bodies, separated by a comma."),
    )
    copied_to = SelectMultipleField(_l("Copies to"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.copied_to.choices = [(name, name) for name in wording().copies]


class WithdrawForm(FlaskForm):
    """Why a notice is taken back; the reason is printed."""

    reason = TextAreaField(
        _l("Why the notice is withdrawn"),
        validators=[
            InputRequired(_l("Write the reason; it is printed on the paper.")),
            Length(max=200, message=_l("At most 200 characters.")),
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
        _l("Code on the paper"),
        validators=[InputRequired(_l("Type the twelve characters beside the square code."))],
    )


class IssuerForm(FlaskForm):
    """In whose name the county's papers go out."""

    version = HiddenField()
    name = StringField(
        _l("Name of the issuing body"),
        validators=[InputRequired(_l("Write the full name.")), Length(max=80)],
    )
    department = StringField(_l("Department"), validators=[Optional(), Length(max=80)])
    abbreviation = StringField(
        _l("Mark in the numbers"),
        validators=[
            InputRequired(_l("Write the mark the county office approved.")),
            Length(max=20),
        ],
        description=_l("Without the character for the kind of paper, which is added."),
    )
    type = SelectField(_l("Kind of body"))
    contact = StringField(_l("Contact"), validators=[InputRequired(), Length(max=40)])
    phone = StringField(_l("Telephone"), validators=[InputRequired(), Length(max=40)])
    address = StringField(_l("Address"), validators=[InputRequired(), Length(max=120)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {
            IssuerType.DEPARTMENT: gettext("Department of the county"),
            IssuerType.FIRE_SERVICE: gettext("Fire service"),
            IssuerType.POLICE_STATION: gettext("Police station"),
        }
        self.type.choices = [(kind.value, names[kind]) for kind in IssuerType]
