"""What an officer of the fire service or the police fills in before he orders."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from firesafe.notices.kinds import PaperKind
from firesafe.notices.offences import offences
from firesafe.notices.rules import LONGEST_GRACE


class BreachForm(Form):
    """One finding: which box of the form it falls under, if it is ordered, and what was seen."""

    finding_id = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    offence = SelectField(_("What it breaks"))
    problem = TextAreaField(
        _("What was found"),
        validators=[Length(max=500, message=_("At most 500 characters."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = [
            SelectChoice(box.code, f"{number}. {box.text}")
            for number, box in enumerate(offences().values(), start=1)
        ]
        self.offence.choices = [SelectChoice("", gettext("Not in this order")), *boxes]

    def validate_problem(self, field: TextAreaField) -> None:
        """Ask for what was found where something is ordered."""
        if self.offence.data and not (field.data or "").strip():
            raise ValidationError(gettext("Write of each what was found."))


class OrderForm(FlaskForm):
    """What is ordered of one visit, and until when."""

    kind = RadioField(
        _("When it is to be corrected"),
        validators=[InputRequired(_("Choose whether it is to be corrected at once or by a day."))],
    )
    due_on = DateField(
        _("Last day"),
        validators=[Optional()],
        description=_(
            "Only for an order by a day; at most %(days)s days ahead.", days=LONGEST_GRACE
        ),
    )
    breaches = FieldList(FormField(BreachForm))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the last day besides, where one is ordered by."""
        is_whole: bool = super().validate(extra_validators)
        is_dated = self.kind.data == PaperKind.DATED_ORDER.value
        if is_dated and not self.due_on.data and not self.due_on.errors:
            self.due_on.errors = [gettext("Choose the last day.")]
            return False
        return is_whole

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            SelectChoice(PaperKind.IMMEDIATE_ORDER.value, gettext("At once (责令立即改正)")),
            SelectChoice(PaperKind.DATED_ORDER.value, gettext("By a day (责令限期改正)")),
        ]
