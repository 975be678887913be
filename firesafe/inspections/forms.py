"""The forms of a visit: how it begins, one for each checkpoint, and how it ends."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from flask_babel import gettext as translated
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    Form,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from firesafe.accounts.models import Officer
from firesafe.inspections.models import KIND_NAMES, Answer, InspectionKind, SignatureRole
from firesafe.inspections.rules import DEED_LIMITS, FIELDS, MOST_WORKERS
from firesafe.standard.checklist import Checkpoint, Drill, Edition
from firesafe.standard.rules import Sample
from firesafe.standard.terms import GRADE_NAMES, Grade, Verdict


def choices(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    """Return the options of a menu from their values and labels."""
    return [SelectChoice(str(value), label) for value, label in pairs]


class StartForm(FlaskForm):
    """How a visit begins. ``client_key`` comes with the page, so that a second tap begins none."""

    client_key = HiddenField(validators=[InputRequired(), Length(max=36)])
    kind = SelectField(_("Why"), default=InspectionKind.PLANNED.value)
    second_id = SelectField(
        _("Second inspector"), coerce=int, description=_("A visit is made by two.")
    )
    workers_on_shift = IntegerField(
        _("People at work now"),
        description=_("Decides how many are asked and tried."),
        validators=[
            InputRequired(_("Enter how many people are at work.")),
            NumberRange(1, MOST_WORKERS, _("Enter a number from 1 to 2000.")),
        ],
    )
    cards_shown = BooleanField(_("We have shown our inspection cards"))


def start_form(others: Iterable[Officer], **options: Any) -> StartForm:
    """Return the form with the kinds of visits, and those who may go along, to choose from."""
    form = StartForm(**options)
    form.kind.choices = choices((kind.value, translated(name)) for kind, name in KIND_NAMES.items())
    form.second_id.choices = choices((other.id, other.name) for other in others)
    return form


def _number_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


def _text_or_none(value: Any) -> str | None:
    return str(value) if value else None


class StepsField(Field):
    """The steps of a drill: a number of seconds each, or ticks that name those made."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the values as they came; `read` knows what they mean."""
        self.data = list(valuelist)

    def read(self, drill: Drill) -> None:
        """Turn what came in into one value per step; what is no number is left for the rules."""
        sent: list[str] = self.data
        steps: list[Any] = [int(text) if text.isdecimal() else text or None for text in sent]
        if not drill.limit_seconds:
            steps = [0 if place in steps else None for place in range(len(drill.steps))]
        self.data = steps


class AnswerForm(Form):
    """What stands at one checkpoint; what it has no use for is taken out by `answer_form`.

    ``was`` is a fingerprint of the fields as they were shown. A form that comes back with
    the same fingerprint was not touched, and must not overwrite what a colleague has
    written in the meantime.
    """

    version = IntegerField()
    was = HiddenField()
    verdict = RadioField(
        choices=choices((each.value, each.value) for each in Verdict),
        coerce=_text_or_none,
        validate_choice=False,
    )
    not_applicable_reason = StringField(_("Why does it not apply"))
    seen = TextAreaField(_("What was seen"))
    place = StringField(_("Where"))
    escalated = BooleanField()
    grade = SelectField(_("Grade"), coerce=_text_or_none)
    grace_days = SelectField(_("Deadline"), coerce=_number_or_none)
    requirement = TextAreaField(_("What is to be done"))
    put_right_on_the_spot = BooleanField(_("Put right on the spot"))
    asked_count = IntegerField(_("Asked"), validators=[Optional()])
    correct_count = IntegerField(_("Answered rightly"), validators=[Optional()])
    drill_seconds = IntegerField(_("Whole time"), validators=[Optional()])
    drill_steps = StepsField()
    remark = StringField(_("Remark"))
    photos_found = MultipleFileField(_("Photographs"))
    photos_put_right = MultipleFileField(_("After it was put right"))

    def values(self) -> dict[str, Any]:
        """Return the fields as the rules take them, without what belongs to the form alone."""
        return {name: self[name].data for name in FIELDS if name in self}

    @property
    def fingerprint(self) -> str:
        """What tells whether the fields are as they were when the form was shown."""
        text = json.dumps(self.values(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:10]

    @property
    def is_touched(self) -> bool:
        """Whether somebody has changed a field since the form was shown."""
        return bool(self.fingerprint != self.was.data)

    def pictures(self, name: str) -> list[FileStorage]:
        """Return the files that were chosen in one of the two fields for photographs."""
        return [each for each in self[name].data or [] if each and each.filename]


def answer_form(
    edition: Edition,
    checkpoint: Checkpoint,
    answer: Answer,
    sample: Sample | None,
    formdata: Any = None,
) -> AnswerForm:
    """Return the form of one checkpoint, filled with what stands there or with what came in.

    How many to ask is proposed; what is to be done is the standard's, until reworded.
    """
    entry = asdict(answer.entry)
    entry["requirement"] = answer.requirement or checkpoint.rectify
    if sample and answer.asked_count is None:
        entry["asked_count"] = sample.asked
    if checkpoint.drill:
        entry["drill_steps"] = answer.drill_steps or [None] * len(checkpoint.drill.steps)
    form = AnswerForm(formdata, prefix=checkpoint.code, data=entry)
    _offer_choices(form, edition, checkpoint)
    if formdata is not None and checkpoint.drill:
        form.drill_steps.read(checkpoint.drill)
    _leave_out(form, checkpoint)
    if formdata is None:
        form.version.data, form.was.data = answer.version, form.fingerprint
    return form


def _offer_choices(form: AnswerForm, edition: Edition, checkpoint: Checkpoint) -> None:
    """Offer other grades and other days; the empty choice is the standard's own.

    The gravest of all comes from the deciding question alone, and is not offered.
    """
    own = {checkpoint.grade, checkpoint.gravest}
    grades = [g for g in Grade if g.rank <= checkpoint.gravest.rank and g not in own]
    form.grade.choices = choices([("", ""), *((g.value, GRADE_NAMES[g]) for g in grades)])
    days = [each for each in edition.days_allowed if each != checkpoint.days]
    form.grace_days.choices = choices([("", ""), *((each, str(each)) for each in days)])


def _leave_out(form: AnswerForm, checkpoint: Checkpoint) -> None:
    if checkpoint.escalation is None:
        del form.escalated
    if checkpoint.counting is None:
        del form.asked_count, form.correct_count
    if checkpoint.drill is None:
        del form.drill_steps
    if checkpoint.drill is None or not checkpoint.drill.limit_seconds:
        del form.drill_seconds


class ItemForm(FlaskForm):
    """The guard of one item's form; the fields of its checkpoints are `AnswerForm`s."""


class SignForm(FlaskForm):
    """A signature as a picture: drawn on the screen, or photographed from paper."""

    role = HiddenField(validators=[AnyOf([role.value for role in SignatureRole])])
    name = StringField(_("Name"), validators=[Length(max=DEED_LIMITS["signer"])])
    picture = FileField(_("Signature"), validators=[FileRequired(_("Sign, or take a picture."))])


class LateSignForm(FlaskForm):
    """The signature of a manager who signs in his own name after the visit."""

    picture = FileField(_("Signature"), validators=[FileRequired(_("Sign, or take a picture."))])


class RefuseForm(FlaskForm):
    """Why the factory would not sign, and who saw it."""

    reason = StringField(
        _("Why they will not sign"),
        validators=[
            InputRequired(_("Write down the reason.")),
            Length(max=DEED_LIMITS["refusal_reason"]),
        ],
    )
    witness = StringField(
        _("Witness"),
        description=_("Name and post of somebody who was there."),
        validators=[
            InputRequired(_("Write down who was there.")),
            Length(max=DEED_LIMITS["refusal_witness"]),
        ],
    )


class VoidForm(FlaskForm):
    """Why a draft is given up."""

    reason = StringField(
        _("Why"),
        validators=[
            InputRequired(_("Write down the reason.")),
            Length(max=DEED_LIMITS["void_reason"]),
        ],
    )


class TakeBackForm(FlaskForm):
    """Why a visit that was handed in becomes a draft again."""

    reason = StringField(
        _("Why"),
        validators=[
            InputRequired(_("Write down the reason.")),
            Length(max=DEED_LIMITS["take_back_reason"]),
        ],
    )


class CorrectForm(FlaskForm):
    """A correction beside a closed visit."""

    subject = SelectField(_("What it is about"))
    was = TextAreaField(
        _("What was written"),
        validators=[InputRequired(_("Write down what was written.")), Length(max=500)],
    )
    should_be = TextAreaField(
        _("What is right"),
        validators=[InputRequired(_("Write down what is right.")), Length(max=500)],
    )
    reason = StringField(
        _("Why"), validators=[InputRequired(_("Write down the reason.")), Length(max=200)]
    )
