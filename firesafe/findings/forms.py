"""The form that ends a visit."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from firesafe.inspections.rules import DEED_LIMITS


class CloseForm(FlaskForm):
    """What the factory had to say before the visit is closed."""

    statement = TextAreaField(
        _("What the factory has to say"),
        validators=[Optional(), Length(max=DEED_LIMITS["statement"])],
    )
