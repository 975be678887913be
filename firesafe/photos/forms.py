"""What a phone says with a photograph, in three headers of its own.

``Photo-Source: camera`` or ``gallery``; ``Photo-Taken-At: 2026-11-23T10:32:00+08:00``;
``Photo-Place: 32.68452,109.02731,12`` (degrees north, degrees east, and the radius in metres
if it is known). What is absent or cannot be read is left out: a photograph is never refused
for what was said about it.
"""

from contextlib import suppress
from datetime import datetime

from werkzeug.datastructures import Headers

from firesafe.photos.actions import Said
from firesafe.photos.metadata import Place, place_on_earth
from firesafe.photos.rules import Source


def said_in(headers: Headers) -> Said:
    """Return what the request's headers say of the photograph."""
    return Said(
        source=_source(headers.get("Photo-Source", "")),
        taken_at=_moment(headers.get("Photo-Taken-At", "")),
        place=_place(headers.get("Photo-Place", "")),
    )


def _source(text: str) -> Source:
    with suppress(ValueError):
        return Source(text)
    return Source.UNKNOWN


def _moment(text: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text)
        return moment if moment.utcoffset() is not None else None
    return None


def _place(text: str) -> Place | None:
    with suppress(ValueError):
        latitude, longitude, *radius = (float(part) for part in text.split(","))
        return place_on_earth(latitude, longitude, radius[0] if radius else None)
    return None
