"""The form that ends a visit, and those with which a manager sends proof or asks for time."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    MultipleFileField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from firesafe.findings.evidence import LONGEST_NOTE
from firesafe.findings.extending import LONGEST_TEXT
from firesafe.inspections.rules import DEED_LIMITS


class CloseForm(FlaskForm):
    """What the factory had to say before the visit is closed."""

    statement = TextAreaField(
        _("What the factory has to say"),
        validators=[Optional(), Length(max=DEED_LIMITS["statement"])],
    )


class EvidenceForm(FlaskForm):
    """What a manager sends: photographs as files, or as names of those that have arrived."""

    client_key = HiddenField(validators=[InputRequired(), Length(max=36)])
    arrived = SelectMultipleField(validate_choice=False)
    photos = MultipleFileField(_("Photographs of how it looks now"))
    note = TextAreaField(
        _("A word about it"),
        validators=[
            Optional(),
            Length(max=LONGEST_NOTE, message=_("At most 300 characters.")),
        ],
    )


class ExtensionForm(FlaskForm):
    """Why more time is needed, until when, and what keeps people safe in the meantime."""

    client_key = HiddenField(validators=[InputRequired(), Length(max=36)])
    wished_on = DateField(
        _("New last day"), validators=[InputRequired(_("Choose the day until which you need."))]
    )
    reason = TextAreaField(
        _("Why it cannot be done in time"),
        validators=[
            InputRequired(_("Write why it cannot be done in time.")),
            Length(max=LONGEST_TEXT, message=_("At most 300 characters.")),
        ],
    )
    measures = TextAreaField(
        _("What keeps people safe until then"),
        validators=[
            InputRequired(_("Write what keeps people safe until then.")),
            Length(max=LONGEST_TEXT, message=_("At most 300 characters.")),
        ],
    )
    arrived = SelectMultipleField(validate_choice=False)
    photos = MultipleFileField(_("Photographs to go with it"), validators=[Optional()])
