"""What a phone says with a photograph, in headers of its own.

``Photo-Source: camera`` or ``gallery``; ``Photo-Taken-At: 2026-11-23T10:32:00+08:00``;
``Photo-Place: 32.68452,109.02731,12`` (degrees north, degrees east, and the radius in metres
if it is known); ``Photo-Original: <SHA-256>`` of the file before the phone shrank it;
``Photo-Drawn-Over: <SHA-256>`` of the photograph on which something was drawn. What is absent
or cannot be read is left out: a photograph is never refused for what was said about it.

A piece of a photograph says where it belongs: ``Upload-Offset: 65536`` bytes from the start,
``Upload-Length: 301234`` bytes in all. Of what is said with pieces, the last one's words count.
"""

from contextlib import suppress
from datetime import datetime

from werkzeug.datastructures import Headers

from firesafe.photos.actions import Said
from firesafe.photos.metadata import Place, place_on_earth
from firesafe.photos.pieces import Piece
from firesafe.photos.rules import Source, is_sha256

MOST_DIGITS = 15


def said_in(headers: Headers) -> Said:
    """Return what the request's headers say of the photograph."""
    return Said(
        source=_source(headers.get("Photo-Source", "")),
        taken_at=_moment(headers.get("Photo-Taken-At", "")),
        place=_place(headers.get("Photo-Place", "")),
        original_sha256=_sha256(headers.get("Photo-Original", "")),
        drawn_over_sha256=_sha256(headers.get("Photo-Drawn-Over", "")),
    )


def piece_in(headers: Headers, sha256: str, sender: int) -> Piece:
    """Return where the piece that the request brings belongs."""
    return Piece(
        sha256,
        sender,
        offset=_bytes(headers.get("Upload-Offset", "")),
        total=_bytes(headers.get("Upload-Length", "")),
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


def _sha256(text: str) -> str | None:
    return text if is_sha256(text) else None


def _bytes(text: str) -> int | None:
    """Return a plain number of bytes, or None for anything else that `int` might take."""
    is_plain = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_plain else None
