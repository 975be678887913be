"""What is filled in on the way of a table into the register."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    FieldList,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from firesafe.core.words import N_
from firesafe.factories.entry import FIELD_NAMES, FIELDS
from firesafe.imports.plan import Judgement

COLUMN_NAMES = {
    **{name: FIELD_NAMES[name] for name in FIELDS if not name.endswith("_id")},
    "county": N_("County"),
    "town": N_("Town"),
    "community": N_("Community"),
}
NOT_TAKEN = ""


class UploadForm(FlaskForm):
    """The county's own table."""

    table = FileField(
        _("The county's table"),
        description=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, at most 10 MB"),
        validators=[FileRequired(_("Choose the file with the table."))],
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.txt"},
    )


class ColumnsForm(FlaskForm):
    """Which column of the table holds what, one choice for each column."""

    columns = FieldList(SelectField(choices=[]))

    def offer(self, header: Sequence[str]) -> None:
        """Put what a column may hold into each menu."""
        choices = [SelectChoice(NOT_TAKEN, gettext("Is not taken")), *_named()]
        for entry, heading in zip(self.columns, [*header, *[""] * len(self.columns)], strict=False):
            entry.choices = choices
            entry.label.text = heading or gettext("Column %(number)s", number=_place(entry) + 1)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that nothing is chosen twice, and that factories can be told apart."""
        is_valid = bool(super().validate(extra_validators))
        chosen = [entry.data for entry in self.columns if entry.data != NOT_TAKEN]
        for name in COLUMN_NAMES:
            if chosen.count(name) > 1:
                sentence = gettext("Two columns hold “%(name)s”.", name=gettext(COLUMN_NAMES[name]))
                self.form_errors.append(sentence)
        if "name" not in chosen and "point_number" not in chosen:
            self.form_errors.append(gettext("Say which column holds the name of the factory."))
        return is_valid and not self.form_errors

    @property
    def chosen(self) -> dict[str, int]:
        """Return which column holds which field."""
        return {entry.data: _place(entry) for entry in self.columns if entry.data != NOT_TAKEN}


class PlacesForm(FlaskForm):
    """Which of the towns and communities that the county does not have are to be made."""

    places = SelectMultipleField(
        _("Make these places"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, missing: Sequence[str], wanted: Sequence[str]) -> None:
        """Put the unknown places to be ticked, and those ticked before."""
        names = [*wanted, *(name for name in missing if name not in wanted)]
        self.places.choices = [SelectChoice(name, name.replace("/", " · ")) for name in names]


class JudgementForm(FlaskForm):
    """What a doubtful row is; nothing takes an answer back."""

    judgement = RadioField(
        choices=[SelectChoice(name, name) for name in ("", *Judgement)], default=""
    )


class CommitForm(FlaskForm):
    """The plan that the officer has seen, by its fingerprint."""

    fingerprint = HiddenField(validators=[InputRequired()])


def _place(entry: SelectField) -> int:
    return int(entry.name.rpartition("-")[2])


def _named() -> list[SelectChoice]:
    return [SelectChoice(name, gettext(label)) for name, label in COLUMN_NAMES.items()]
