"""What officers fill in before a paper is issued, and what anyone types to check one."""

from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import (
    DateField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from firesafe.findings.extending import LONGEST_TEXT
from firesafe.findings.models import ExtensionState, Finding, Manner, Occasion, Result
from firesafe.findings.rechecking import LONGEST_REASON, LONGEST_STATEMENT
from firesafe.notices.models import IssuerType
from firesafe.notices.opinion import Step
from firesafe.notices.rules import LONGEST_GRACE
from firesafe.notices.wording import wording
from firesafe.standard.terms import GRADE_NAMES, Grade

RESULTS = ("", *(result.value for result in Result))


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
            NumberRange(0, LONGEST_GRACE, _("Between 0 and %(days)s days.", days=LONGEST_GRACE)),
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
    """In whose name papers go out; only a body that may order says which of the two it is."""

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
            IssuerType.FIRE_SERVICE: gettext("Fire service"),
            IssuerType.POLICE_STATION: gettext("Police station"),
        }
        self.type.choices = [SelectChoice(kind.value, name) for kind, name in names.items()]


class JudgementForm(Form):
    """What was found of one finding; without a result it is left out of this re-check."""

    version = HiddenField(validators=[Regexp(r"^\d{1,9}$")])
    result = HiddenField(validators=[AnyOf(RESULTS)], default="")
    reason = TextAreaField(
        _("What is still missing"),
        validators=[
            Optional(),
            Length(max=LONGEST_REASON, message=_("At most 300 characters.")),
        ],
    )
    arrived = SelectMultipleField(validate_choice=False)
    photos = MultipleFileField(_("Photographs of the re-check"))


class RecheckForm(FlaskForm):
    """How a re-check was made, and what the county does about what is not put right."""

    client_key = HiddenField(validators=[InputRequired(), Length(max=36)])
    manner = HiddenField(validators=[AnyOf([manner.value for manner in Manner])])
    occasion = RadioField(_("Why it is re-checked"))
    second_id = SelectField(_("Second officer"), coerce=int)
    rechecked_at = DateTimeLocalField(
        _("When"), format="%Y-%m-%dT%H:%M", validators=[InputRequired(_("Enter day and time."))]
    )
    statement = TextAreaField(
        _("What the factory has to say"),
        validators=[
            Optional(),
            Length(max=LONGEST_STATEMENT, message=_("At most 500 characters.")),
        ],
    )
    steps = SelectMultipleField(
        _("If something is not put right"),
        validators=[Optional()],
        description=_("It goes back to the factory in any case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occasions = {
            Occasion.ASKED: gettext("The factory has sent proof, or asked"),
            Occasion.EXPIRED: gettext("The last day has passed"),
        }
        steps = {
            Step.REFER: gettext("Refer it to the fire service"),
            Step.REPORT: gettext("Report it to the county government"),
        }
        self.occasion.choices = [SelectChoice(each.value, name) for each, name in occasions.items()]
        self.steps.choices = [SelectChoice(each.value, name) for each, name in steps.items()]


class ExtensionReplyForm(FlaskForm):
    """Whether more time is given, until when, why, and what is asked for in the meantime."""

    answer = RadioField(_("Decision"), validators=[InputRequired(_("Choose one."))])
    due_on = DateField(
        _("New last day"), validators=[Optional()], description=_("Only if you grant it.")
    )
    grounds = TextAreaField(
        _("Reason"),
        validators=[
            InputRequired(_("Write the reason; it is printed on the paper.")),
            Length(max=LONGEST_TEXT, message=_("At most 300 characters.")),
        ],
    )
    required_measures = TextAreaField(
        _("What has to keep people safe until then"),
        validators=[Optional(), Length(max=LONGEST_TEXT, message=_("At most 300 characters."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = {
            ExtensionState.GRANTED: gettext("Grant more time"),
            ExtensionState.DENIED: gettext("Deny it"),
        }
        self.answer.choices = [SelectChoice(each.value, name) for each, name in answers.items()]


class SupervisionForm(FlaskForm):
    """What a letter about overdue findings asks for; ``finding_ids`` are those that were shown."""

    finding_ids = SelectMultipleField(coerce=int, validate_choice=False)
    measures = TextAreaField(
        _("What has to keep people safe until it is put right"),
        validators=[
            InputRequired(_("Write what keeps people safe until then.")),
            Length(max=LONGEST_TEXT, message=_("At most 300 characters.")),
        ],
    )


def judgement_forms(findings: list[Finding]) -> dict[int, JudgementForm]:
    """Return the forms of these findings by their ids, as the request has filled them in."""
    sent: Any = None
    if request.method == "POST":
        sent = CombinedMultiDict[str, Any]([request.files, request.form])
    return {
        finding.id: JudgementForm(
            sent, prefix=f"finding-{finding.id}-", version=str(finding.version)
        )
        for finding in findings
    }
