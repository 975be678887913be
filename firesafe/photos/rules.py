"""What counts as a photograph, how it is refused, what it is called, and what is alike."""

import hashlib
import math
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from firesafe.core.errors import RuleBroken
from firesafe.core.words import N_

MAX_MEGAPIXELS = 50
MAX_PIXELS = MAX_MEGAPIXELS * 1_000_000
LARGE, MEDIUM, SMALL = SIZES = (1600, 800, 320)  # longest edge, in pixels
ORIGINAL = "orig"

EARTH_RADIUS_M = 6_371_009
FAR_M = 200  # a workshop's yard, and what a phone is usually off between houses

FINGERPRINT_BITS = 64
BAND_BITS = 16
BAND_COUNT = FINGERPRINT_BITS // BAND_BITS
MAX_DISTANCE = 2 * BAND_COUNT - 1  # beyond it, two bands could each differ in two bits

_SHA256 = re.compile(r"[0-9a-f]{64}")


class MediaType(StrEnum):
    """The kinds of picture that are taken."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"


class Source(StrEnum):
    """Where the phone had the picture from, as far as it says."""

    CAMERA = "camera"
    GALLERY = "gallery"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """Why a file is not taken, or a photograph that was taken cannot be read."""

    LENGTH_MISSING = "length-missing"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    INCOMPLETE = "incomplete"
    BEYOND_LENGTH = "beyond-length"
    CHECKSUM = "checksum"
    NOT_A_PHOTOGRAPH = "not-a-photograph"
    CUT_SHORT = "cut-short"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too-many-pixels"
    MOVING = "moving"
    HEAVY_EXTRAS = "heavy-extras"
    FOREIGN_CONTENT = "foreign-content"


SENTENCES = {
    Fault.LENGTH_MISSING: N_("The length of the photograph was not given. Send it again."),
    Fault.EMPTY: N_("This file is empty. Take the photograph again."),
    Fault.TOO_LARGE: N_(
        "This file is larger than %(megabytes)s MB. Choose a smaller picture size in the camera."
    ),
    Fault.INCOMPLETE: N_("Only part of the photograph arrived. Send it again."),
    Fault.BEYOND_LENGTH: N_("More of the photograph arrived than was announced. Send it again."),
    Fault.CHECKSUM: N_("The photograph changed on its way: its checksum differs. Send it again."),
    Fault.NOT_A_PHOTOGRAPH: N_(
        "This file is not a photograph. Use a JPEG, PNG, WebP or HEIC picture."
    ),
    Fault.CUT_SHORT: N_("The end of this photograph is missing. Take it again."),
    Fault.DAMAGED: N_("This photograph is damaged and cannot be read. Take it again."),
    Fault.TOO_MANY_PIXELS: N_(
        "This photograph has more than %(megapixels)s million pixels. "
        "Choose a smaller picture size in the camera."
    ),
    Fault.MOVING: N_("This is a moving picture. Take a photograph."),
    Fault.HEAVY_EXTRAS: N_(
        "This file carries too much besides the picture. Take the photograph with the camera."
    ),
    Fault.FOREIGN_CONTENT: N_(
        "Something else is hidden in this file. Take the photograph with the camera."
    ),
}


class BadPhotograph(RuleBroken):
    """A file that is refused, with the named fault beside the sentence."""

    def __init__(self, fault: Fault, **words: object) -> None:
        super().__init__(SENTENCES[fault], **words)
        self.fault = fault


def unreadable(fault: Fault) -> BadPhotograph:
    """Return the refusal of a photograph that was taken, and then could not be read."""
    return BadPhotograph(fault, megapixels=MAX_MEGAPIXELS)


def is_sha256(text: str) -> bool:
    """Tell whether ``text`` is a SHA-256 as we write it: 64 digits, lower case."""
    return _SHA256.fullmatch(text) is not None


def media_type_of(head: bytes) -> MediaType | None:
    """Tell the kind of picture by its first 64 bytes; a name or a header is not believed."""
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    return MediaType.HEIC if head[4:8] == b"ftyp" and _is_heic(head) else None


def photo_key(sha256: str, size: int | str) -> str:
    """Return where the store keeps a photograph: ``size`` is one of `SIZES` or `ORIGINAL`."""
    name = ORIGINAL if size == ORIGINAL else f"{size}.jpg"
    return f"photos/{sha256[:2]}/{sha256}.{name}"


def stamped_key(sha256: str, lines: Sequence[str]) -> str:
    """Return where the copy with these words stamped on it is kept; other words, other key."""
    words = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return photo_key(sha256, f"stamped-{words[:32]}")


def metres_between(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return how far two places lie apart, each in degrees north and east.

    By the haversine on a sphere, which is off by at most one part in two hundred.
    """
    (north_1, east_1), (north_2, east_2) = (map(math.radians, place) for place in (first, second))
    chord = (
        math.sin((north_2 - north_1) / 2) ** 2
        + math.cos(north_1) * math.cos(north_2) * math.sin((east_2 - east_1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def is_far(metres: float, accuracy_m: float | None) -> bool:
    """Tell whether a photograph was taken elsewhere, however much its phone may have been off."""
    return metres > FAR_M + (accuracy_m or 0)


def distance(first: str, second: str) -> int:
    """Return in how many of their 64 bits two fingerprints differ. Zero is the same picture."""
    return (int(first, 16) ^ int(second, 16)).bit_count()


def bands(fingerprint: str) -> tuple[int, int, int, int]:
    """Cut a fingerprint of 16 hexadecimal digits into its four bands of 16 bits."""
    first, second, third, fourth = (int(fingerprint[at : at + 4], 16) for at in (0, 4, 8, 12))
    return first, second, third, fourth


def nearby_bands(band: int) -> Iterator[int]:
    """Yield ``band`` and its sixteen neighbours that differ from it in a single bit.

    Two fingerprints that differ in at most `MAX_DISTANCE` bits differ in at most one bit in
    one band at least, so looking these up misses none of them.
    """
    yield band
    for bit in range(BAND_BITS):
        yield band ^ (1 << bit)


def _is_heic(head: bytes) -> bool:
    """Tell a still HEIC from its relatives (AVIF, video) by the brands after ``ftyp``."""
    still = {b"heic", b"heix", b"heim", b"heis"}
    end = min(int.from_bytes(head[:4], "big"), len(head))
    major, others = head[8:12], {head[at : at + 4] for at in range(16, end - 3, 4)}
    return major in still or (major == b"mif1" and bool(still & others))
