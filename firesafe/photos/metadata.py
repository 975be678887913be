"""What a photograph says about itself: when and where it was taken.

Phones write this as text and fractions that may be blank, zero or nonsense; whatever cannot
be a time or a place on earth is left out, never guessed at.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from firesafe.core.clock import COUNTY_ZONE

_TIME = "%Y:%m:%d %H:%M:%S"
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_MOMENTS = (
    (Base.DateTimeOriginal, Base.OffsetTimeOriginal),
    (Base.DateTimeDigitized, Base.OffsetTimeDigitized),
)
_FAULTS = (ValueError, TypeError, LookupError, ArithmeticError, SyntaxError, OSError)


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east; ``accuracy_m`` is the radius the phone was sure of, if it said."""

    latitude: float
    longitude: float
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """Time, place and the way up; ``is_zone_assumed`` when the time came without a zone."""

    taken_at: datetime | None = None
    is_zone_assumed: bool = False
    place: Place | None = None
    orientation: int = 1


def read_metadata(picture: Image.Image) -> Metadata:
    """Read what the picture says; a block that cannot be read says nothing."""
    try:
        exif = picture.getexif()
        details = exif.get_ifd(IFD.Exif)
        gps = exif.get_ifd(IFD.GPSInfo)
        orientation = exif.get(Base.Orientation, 1)
    except _FAULTS:
        return Metadata()
    taken_at, is_zone_assumed = _taken_at(details)
    return Metadata(
        taken_at=taken_at,
        is_zone_assumed=is_zone_assumed,
        place=_place(gps),
        orientation=orientation if orientation in range(1, 9) else 1,
    )


def place_on_earth(latitude: float, longitude: float, accuracy_m: float | None) -> Place | None:
    """Return the place, or None if there is none such; 0° north 0° east is a phone's nothing."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or latitude == longitude == 0:
        return None
    is_radius = accuracy_m is not None and math.isfinite(accuracy_m) and accuracy_m >= 0
    return Place(latitude, longitude, accuracy_m if is_radius else None)


def _taken_at(details: Mapping[int, object]) -> tuple[datetime | None, bool]:
    """Return the moment the shutter was pressed, and whether its zone had to be assumed."""
    for time_tag, offset_tag in _MOMENTS:
        try:
            written = datetime.strptime(_text(details.get(time_tag)), _TIME)  # noqa: DTZ007 — the zone stands in another tag
            zone = _zone(_text(details.get(offset_tag)))
            moment = written.replace(tzinfo=zone or COUNTY_ZONE)
            return moment.astimezone(UTC), zone is None
        except (ValueError, OverflowError):
            continue
    return None, False


def _zone(offset: str) -> tzinfo | None:
    found = _OFFSET.fullmatch(offset)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


def _place(gps: Mapping[int, object]) -> Place | None:
    try:
        latitude = _degrees(gps[GPS.GPSLatitude], gps[GPS.GPSLatitudeRef], "S")
        longitude = _degrees(gps[GPS.GPSLongitude], gps[GPS.GPSLongitudeRef], "W")
        return place_on_earth(latitude, longitude, _accuracy_m(gps))
    except _FAULTS:
        return None


def _degrees(parts: object, side: object, negative: str) -> float:
    """Turn degrees, minutes and seconds into degrees.

    Raises:
        ValueError: they are not three numbers.
    """
    if not isinstance(parts, tuple) or len(parts) != 3:
        raise ValueError("a position has three parts")
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if _text(side) == negative else value


def _accuracy_m(gps: Mapping[int, object]) -> float | None:
    radius = gps.get(GPS.GPSHPositioningError)
    return None if radius is None else float(str(radius))


def _text(value: object) -> str:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value or "")
    return text.strip("\0 ")
