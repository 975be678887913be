"""What phones say with a photograph and are told of it, described for machines."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from firesafe.core.sealed import Problem, Sealed
from firesafe.photos.rules import Fault

MOST_DIGITS = 15

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def _plain(text: Any) -> Any:
    """Leave no number but plain digits: ``int`` would take more."""
    is_plain = isinstance(text, str) and text.isascii() and text.isdigit()
    if not is_plain or len(text) > MOST_DIGITS:
        raise ValueError("this is no plain number of bytes")
    return text


Bytes = Annotated[int, BeforeValidator(_plain)]


def _said(name: str, description: str) -> Any:
    return Field("", alias=name, description=description)


class PhotoHeaders(Sealed):
    """What the phone knows of a picture, whose own notes are lost when a browser shrinks it.

    What is absent or cannot be read is left out: a photograph is never refused for what was
    said about it.
    """

    source: str = _said("Photo-Source", "camera or gallery")
    taken_at: str = _said("Photo-Taken-At", "With its zone: 2026-11-23T10:32:00+08:00")
    place: str = _said(
        "Photo-Place",
        "Degrees north, degrees east, and the radius in metres if it is known:"
        " 32.68452,109.02731,12",
    )
    original: str = _said("Photo-Original", "SHA-256 of the file before the phone shrank it")
    drawn_over: str = _said(
        "Photo-Drawn-Over", "SHA-256 of the photograph on which something was drawn"
    )


class PieceHeaders(PhotoHeaders):
    """Where a piece belongs. Of what is said with pieces, the last one's words count."""

    offset: Bytes = Field(alias="Upload-Offset", ge=0, description="Bytes that come before it")
    total: Bytes = Field(alias="Upload-Length", ge=1, description="Bytes of the whole photograph")


class Kept(Sealed):
    """The photograph lies safely here; the phone may forget its own once it is readable."""

    sha256: Sha256
    state: Literal["received", "readable"]


class Unreadable(Sealed):
    """The photograph arrived, and could not be read; it has to be taken again."""

    sha256: Sha256
    state: Literal["unreadable"]
    fault: Fault
    sentence: str


class PartlyCome(Sealed):
    """The first ``offset`` bytes of the photograph lie here."""

    sha256: Sha256
    state: Literal["partial"]
    offset: int


Standing = Kept | Unreadable


class NotTaken(Problem):
    """The file is not taken: ``fault`` tells whether to send it again."""

    fault: Fault | None = None


class PieceElsewhere(Problem):
    """Another piece is wanted next: the one that begins after ``offset`` bytes."""

    offset: int
