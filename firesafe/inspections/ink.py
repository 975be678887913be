"""Signatures as pictures: written on the screen, or photographed from paper."""

import hashlib
from io import BytesIO

from PIL import Image

from firesafe.core.errors import NotFound, RuleBroken
from firesafe.photos.develop import develop
from firesafe.photos.rules import MEDIUM
from firesafe.photos.store import Store

_GREYS = 17  # sixteen steps: smooth enough for ink, and a tenth of the size of a photograph
_DARK = 140  # a stroke is darker than this, of 255


def keep_ink(store: Store, picture: bytes) -> str:
    """Keep the picture of a signature as a small grey PNG, and return its SHA-256.

    The picture may be of any kind that photographs may be. Call it before the unit of
    work, so that the file is safe before a row speaks of it.

    Raises:
        RuleBroken: it is no picture (`BadPhotograph`), or nothing is written on it.
    """
    ink = _ink(picture)
    sha256 = hashlib.sha256(ink).hexdigest()
    store.put(ink_key(sha256), ink)
    return sha256


def read_ink(store: Store, sha256: str) -> bytes:
    """Return the picture of a signature as a PNG.

    Raises:
        NotFound: the store has none of that name.
    """
    try:
        return store.get(ink_key(sha256))
    except FileNotFoundError as fault:
        raise NotFound("The picture of this signature is not there.") from fault


def ink_key(sha256: str) -> str:
    """Return where the store keeps the picture of a signature."""
    return f"signatures/{sha256[:2]}/{sha256}.png"


def _ink(picture: bytes) -> bytes:
    with Image.open(BytesIO(develop(picture).sizes[MEDIUM]), formats=("JPEG",)) as opened:
        grey = opened.convert("L")
    darkest, _lightest = grey.getextrema()
    if not isinstance(darkest, int | float) or darkest > _DARK:
        raise RuleBroken("Nothing is written there. Sign once more.")
    even = grey.point([value // _GREYS * _GREYS for value in range(256)])
    sheet = BytesIO()
    even.save(sheet, "PNG", optimize=True)
    return sheet.getvalue()
