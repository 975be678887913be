"""What is said with a photograph, in headers of its own, read: they are in `photos.described`."""

from contextlib import suppress
from datetime import datetime

from werkzeug.datastructures import Headers

from firesafe.photos.actions import Said
from firesafe.photos.described import PhotoHeaders
from firesafe.photos.metadata import Place, place_on_earth
from firesafe.photos.rules import Source, is_sha256
from firesafe.web.typed import heard


def said_in(headers: PhotoHeaders) -> Said:
    """Return what the headers say of the photograph."""
    return Said(
        source=_source(headers.source),
        taken_at=_moment(headers.taken_at),
        place=_place(headers.place),
        original_sha256=_sha256(headers.original),
        drawn_over_sha256=_sha256(headers.drawn_over),
    )


def said_with(headers: Headers) -> Said:
    """Return the same of headers as they came."""
    return said_in(heard(PhotoHeaders, headers))


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


def _sha256(text: str) -> str | None:
    return text if is_sha256(text) else None
