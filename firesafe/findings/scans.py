"""Papers of others that are kept as they came: a PDF, or a photograph of the sheet."""

import hashlib
from io import BytesIO

import pikepdf

from firesafe.core.errors import RuleBroken
from firesafe.photos.develop import develop
from firesafe.photos.intake import MAX_BYTES, MEGABYTE
from firesafe.photos.rules import MediaType, media_type_of
from firesafe.photos.store import Store

PDF = "application/pdf"
_SUFFIXES = {
    PDF: "pdf",
    MediaType.JPEG.value: "jpg",
    MediaType.PNG.value: "png",
    MediaType.WEBP.value: "webp",
    MediaType.HEIC.value: "heic",
}
_TYPES = {suffix: kind for kind, suffix in _SUFFIXES.items()}


def keep_scan(store: Store, data: bytes) -> str:
    """Keep a paper that was handed in, under its own checksum; return its key in the store.

    Raises:
        RuleBroken: it is too large, or neither a PDF that opens without a password nor a
            photograph that can be read.
    """
    if len(data) > MAX_BYTES:
        raise RuleBroken("The file is larger than %(most)s MB.", most=MAX_BYTES // MEGABYTE)
    kind = _kind_of(data)
    key = f"referrals/{hashlib.sha256(data).hexdigest()}.{_SUFFIXES[kind]}"
    store.put(key, data)
    return key


def type_of_scan(key: str) -> str:
    """Return the media type of a paper that is kept under ``key``."""
    return _TYPES[key.rpartition(".")[2]]


def _kind_of(data: bytes) -> str:
    photograph = media_type_of(data[:64])
    if photograph is not None:
        develop(data)  # refuses what is damaged or carries something foreign
        return photograph.value
    if not data.startswith(b"%PDF-"):
        raise RuleBroken("This is neither a PDF nor a photograph.")
    try:
        with pikepdf.open(BytesIO(data)) as opened:
            page_count = len(opened.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError) as fault:
        raise RuleBroken("This PDF cannot be opened. Scan or save it anew.") from fault
    if not page_count:
        raise RuleBroken("This PDF has no page.")
    return PDF
