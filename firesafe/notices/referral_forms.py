"""What a chief fills in of a referral: the letter, and later what the fire service did."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from firesafe.findings.correcting import LONGEST_REASON
from firesafe.findings.models import ReferralState
from firesafe.findings.referring import LONGEST_NOTE, STATE_NAMES


class LetterForm(FlaskForm):
    """To whom the letter goes, and what was done already."""

    addressee = StringField(
        _("To"),
        validators=[
            InputRequired(_("Write to whom the letter goes.")),
            Length(max=60, message=_("At most 60 characters.")),
        ],
    )
    measures = TextAreaField(
        _("What was done already"),
        validators=[
            InputRequired(_("Write what was done already; it is printed in the letter.")),
            Length(max=500, message=_("At most 500 characters.")),
        ],
    )


class ReplyForm(FlaskForm):
    """What the fire service or the government did, with its paper."""

    client_key = HiddenField(validators=[InputRequired(), Length(max=36)])
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    state = RadioField(_("What came of it"), validators=[InputRequired(_("Choose one."))])
    happened_on = DateField(_("Day"), validators=[InputRequired(_("Enter the day."))])
    document_number = StringField(
        _("Number of the paper"),
        validators=[Optional(), Length(max=60, message=_("At most 60 characters."))],
    )
    receiver = StringField(
        _("Who received the letter"),
        validators=[Optional(), Length(max=40, message=_("At most 40 characters."))],
        description=_("Only for the slip that came back."),
    )
    scan = FileField(
        _("The paper itself"),
        validators=[Optional()],
        description=_("As PDF or as a photograph."),
    )
    note = TextAreaField(
        _("Remark"),
        validators=[Optional(), Length(max=LONGEST_NOTE, message=_("At most 300 characters."))],
    )

    def offer(self, states: Iterable[ReferralState]) -> None:
        """Offer these states to choose from."""
        self.state.choices = [
            SelectChoice(each.value, gettext(STATE_NAMES[each])) for each in states
        ]


class CorrectionForm(ReplyForm):
    """What it should have been, and why it is corrected; an empty scan keeps the one there is."""

    reason = TextAreaField(
        _("Why it is corrected"),
        validators=[
            InputRequired(_("Write why it is corrected.")),
            Length(max=LONGEST_REASON, message=_("At most 200 characters.")),
        ],
    )
