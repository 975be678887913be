"""What a town or community is called."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from firesafe.districts.rules import LONGEST_NAME


class PlaceForm(FlaskForm):
    """A name; ``was`` is the one that stood there when the page was opened."""

    name = StringField(
        _("Name of the place"),
        validators=[
            InputRequired(_("Enter a name.")),
            Length(max=LONGEST_NAME, message=_("At most 40 characters.")),
        ],
    )
    was = HiddenField()
