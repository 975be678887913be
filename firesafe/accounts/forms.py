"""What is filled in to sign in, to change a password and to give somebody an account."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length, Optional

from firesafe.accounts.particulars import Particulars
from firesafe.accounts.posts import POST_NAMES, Post
from firesafe.accounts.rules import check_password, mobile_number, staff_number
from firesafe.core.errors import RuleBroken
from firesafe.web.errors import sentence_of

Choices = list[tuple[str, Any]]


class SignInForm(FlaskForm):
    """Who one is, and the password that proves it."""

    name = StringField(
        _("Phone or staff number"),
        validators=[InputRequired(_("Enter your phone or staff number.")), Length(max=40)],
    )
    password = PasswordField(
        _("Password"), validators=[InputRequired(_("Enter your password.")), Length(max=500)]
    )


class ChangePasswordForm(FlaskForm):
    """The present password, and twice the new one."""

    old = PasswordField(
        _("Present password"), validators=[InputRequired(_("Enter your present password."))]
    )
    new = PasswordField(
        _("New password"),
        description=_("At least 10 characters of three kinds, or 16 of any kind"),
        validators=[InputRequired(_("Enter a new password."))],
    )
    again = PasswordField(
        _("New password once more"),
        validators=[EqualTo("new", _("The two are not the same. Enter the new one again."))],
    )

    def __init__(self, personal: Iterable[str | None], **more: Any) -> None:
        super().__init__(**more)
        self._personal = tuple(personal)

    def validate_new(self, field: PasswordField) -> None:
        """Say at the field what is wrong with the password."""
        try:
            check_password(field.data, personal=self._personal)
        except RuleBroken as fault:
            raise ValidationError(sentence_of(fault)) from fault


class ParticularsForm(FlaskForm):
    """What is known of a person besides the post."""

    name = StringField(_("Name"), validators=[InputRequired(_("Enter the name.")), Length(max=40)])
    town = SelectField(
        _("Town"),
        description=_("Whoever has a town sees only the factories of that town"),
        default="",
    )
    phone = StringField(_("Mobile number"), validators=[Optional(), Length(max=20)])
    staff_number = StringField(_("Staff number"), validators=[Optional(), Length(max=20)])
    card_number = StringField(
        _("Enforcement card number"),
        description=_("Printed on the papers beside the signature"),
        validators=[Optional(), Length(max=30)],
    )

    def __init__(self, towns: Choices, **more: Any) -> None:
        super().__init__(**more)
        self.town.choices = [("", _("The whole county")), *towns]

    def validate_phone(self, field: StringField) -> None:
        """Say at the field that it is no mobile number."""
        _check(mobile_number, field)

    def validate_staff_number(self, field: StringField) -> None:
        """Say at the field that it is no staff number."""
        _check(staff_number, field)


class AddOfficerForm(ParticularsForm):
    """Who gets an account, with which post, and what for to sign in with."""

    post = SelectField(_("Post"), validators=[InputRequired(_("Choose the post."))])
    county = SelectField(_("County"), default="")

    def __init__(self, posts: Iterable[Post], counties: Choices, towns: Choices) -> None:
        super().__init__(towns)
        self.post.choices = [(post.value, _(POST_NAMES[post])) for post in posts]
        self.county.choices = counties


class EditOfficerForm(ParticularsForm):
    """What is known of somebody who has an account, and what was known when it was opened."""

    seen_name = HiddenField()
    seen_town = HiddenField()
    seen_phone = HiddenField()
    seen_staff_number = HiddenField()
    seen_card_number = HiddenField()

    def __init__(self, known: Particulars, towns: Choices) -> None:
        super().__init__(towns, data=_filled(known) | _filled(known, "seen_"))

    @property
    def told(self) -> Particulars:
        """What has been filled in."""
        return self._read("")

    @property
    def seen(self) -> Particulars:
        """What the page showed when it was opened."""
        return self._read("seen_")

    def see(self, known: Particulars) -> None:
        """Take it that the page shows what is known now."""
        for name, value in _filled(known, "seen_").items():
            self[name].data = value

    def _read(self, prefix: str) -> Particulars:
        texts = {name: self[prefix + name].data or "" for name in _FIELDS}
        town = texts.pop("town")
        return Particulars(**texts, town_id=int(town) if town.isdecimal() else None)


_FIELDS = ("name", "phone", "staff_number", "card_number", "town")


def _filled(known: Particulars, prefix: str = "") -> dict[str, str]:
    texts = asdict(known)
    town_id = texts.pop("town_id")
    texts["town"] = str(town_id) if town_id is not None else ""
    return {prefix + name: text for name, text in texts.items()}


def _check(rule: Callable[[str], str], field: StringField) -> None:
    try:
        rule(field.data)
    except RuleBroken as fault:
        raise ValidationError(sentence_of(fault)) from fault
