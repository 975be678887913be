"""The form that ends a visit, and the one that a manager sends proof with."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, MultipleFileField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from firesafe.findings.evidence import LONGEST_NOTE
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
