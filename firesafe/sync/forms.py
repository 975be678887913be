"""What is filled in at the desk about phones."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class RescueForm(FlaskForm):
    """The file that a phone saved."""

    file = FileField(
        _("The file from the phone"),
        description=_("It ends in .zip and is 16 MB at most. Several files are taken one by one."),
        validators=[FileRequired(_("Choose the file that the phone has saved."))],
        render_kw={"accept": ".zip,application/zip"},
    )
