"""What is asked before a case leaves the service."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import Length, Optional


class TakingForm(FlaskForm):
    """Whether phone numbers are to be shown in clear, and why."""

    clear = BooleanField(_("Phone numbers in clear, not as 138****0000"))
    reason = StringField(
        _("Reason for clear phone numbers"),
        description=_("Is kept in the trail with your name"),
        validators=[Length(max=200), Optional()],
    )

    @property
    def given_reason(self) -> str | None:
        """The reason for clear numbers, which may be empty; None if they are to be masked."""
        return (self.reason.data or "") if self.clear.data else None
