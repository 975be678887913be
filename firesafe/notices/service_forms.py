"""What is filled in about service, by those who serve and by those who receive."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    MultipleFileField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from firesafe.notices.models import ServiceManner


class ServiceForm(FlaskForm):
    """What may be told of any service; `told` gives the words that were written."""

    remark = StringField(
        _("Remark"), validators=[Optional(), Length(max=200, message=_("At most 200 characters."))]
    )

    def told(self) -> dict[str, Any]:
        """Return what was written in the fields of `TOLD` that this form has."""
        return {name: (self[name].data or "").strip() for name in TOLD if name in self}

    def pictures(self) -> list[FileStorage]:
        """Return the pictures that were chosen."""
        chosen = self["photos"].data if "photos" in self else ()
        return [each for each in chosen or () if each and each.filename]

    def servers(self) -> tuple[str, ...]:
        """Return the names of those who served."""
        names = [self[name].data for name in ("server_1", "server_2") if name in self]
        return tuple(name.strip() for name in names if name and name.strip())


TOLD = ("place", "receiver", "relation", "refusal", "witness", "tracking_number", "remark")


class ElectronicForm(ServiceForm):
    """Nothing is told of what is known: when it came up on the factory's page."""


class PostForm(ServiceForm):
    """A letter whose return receipt has come back."""

    received_on = DateField(
        _("Day on the return receipt"), validators=[InputRequired(_("Enter the day."))]
    )
    tracking_number = StringField(
        _("Tracking number"),
        validators=[InputRequired(_("Write the tracking number of the letter.")), Length(max=40)],
    )
    place = StringField(
        _("Sent to"), validators=[InputRequired(_("Write the address.")), Length(max=120)]
    )
    photos = MultipleFileField(
        _("Pictures"), description=_("The return receipt, if it was photographed.")
    )


class HandoverForm(ServiceForm):
    """A paper that two people brought."""

    received_at = DateTimeLocalField(
        _("Day and time of receipt"), validators=[InputRequired(_("Enter day and time."))]
    )
    place = StringField(
        _("Place"), validators=[InputRequired(_("Write where it was.")), Length(max=120)]
    )


def _servers() -> tuple[StringField, StringField]:
    """Return the fields of the two who served, for a form to declare where its page has them.

    What is missing is told in the order in which a form declares its fields.
    """
    first = StringField(
        _("Served by"), validators=[InputRequired(_("Write who served it.")), Length(max=40)]
    )
    second = StringField(
        _("and by"),
        validators=[InputRequired(_("Write who was there as the second.")), Length(max=40)],
    )
    return first, second


class DirectForm(HandoverForm):
    """Taken and signed for, on the screen or on the paper."""

    receiver = StringField(
        _("Who received it"),
        validators=[InputRequired(_("Write who received it.")), Length(max=40)],
    )
    relation = StringField(
        _("Post, or relation to the factory"),
        validators=[InputRequired(_("Write the post of the receiver.")), Length(max=40)],
    )
    picture = FileField(_("Signature"))
    server_1, server_2 = _servers()
    photos = MultipleFileField(
        _("Pictures of the signed paper"),
        description=_("In place of a signature on the screen: a scan or photograph."),
    )


class LeftForm(HandoverForm):
    """Left there because nobody would take it."""

    refusal = StringField(
        _("Why they would not take it"),
        validators=[
            InputRequired(_("Write why they would not take it.")),
            Length(max=200, message=_("At most 200 characters.")),
        ],
    )
    witness = StringField(
        _("Witness"),
        description=_("Name and post, for example of somebody from the community."),
        validators=[Optional(), Length(max=80)],
    )
    server_1, server_2 = _servers()
    photos = MultipleFileField(
        _("Photographs"), description=_("Of leaving it there; needed without a witness.")
    )


SERVICE_FORMS: dict[ServiceManner, type[ServiceForm]] = {
    ServiceManner.DIRECT: DirectForm,
    ServiceManner.LEFT: LeftForm,
    ServiceManner.POST: PostForm,
    ServiceManner.ELECTRONIC: ElectronicForm,
}


class ConsentForm(FlaskForm):
    """Where the factory is reached, and that it agrees to electronic service."""

    address = StringField(
        _("Address for papers"),
        validators=[InputRequired(_("Write the address.")), Length(max=120)],
    )
    phone = StringField(
        _("Telephone"), validators=[InputRequired(_("Write the telephone number.")), Length(max=40)]
    )
    agreed = BooleanField(
        _("I have read this, and my factory agrees to be served on this page."),
        validators=[InputRequired(_("Tick that your factory agrees."))],
    )


class ViewForm(FlaskForm):
    """What the factory has to say to a paper; ``key`` makes sending twice harmless."""

    key = HiddenField(validators=[InputRequired(), Length(max=36)])
    text = TextAreaField(
        _("Your view"),
        validators=[
            InputRequired(_("Write what you have to say.")),
            Length(max=1000, message=_("At most 1000 characters.")),
        ],
    )
