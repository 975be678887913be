"""The outside of a picture file: whether it is whole, and what it carries besides the picture.

The decoder is not asked: it is told by a switch shared with the whole process whether a
picture without its end is good enough, and it never looks behind the end. So the frame of
the file is walked here first, without decoding anything.

Behind the end of a picture cameras leave things of their own: further pictures (MPO), a
short clip (a "moving photograph") or up to 64 KiB of notes. These are let pass, and are
gone once the picture is encoded anew. Archives, programs and pages are refused.
"""

import re
from collections.abc import Callable
from zlib import crc32

from firesafe.photos.rules import BadPhotograph, Fault, MediaType

MAX_EXTRAS_BYTES = 4 * 1024 * 1024  # what cameras write into a file besides the picture
MAX_PARTS = 65_536
MAX_SCANS = 64  # a progressive JPEG has about ten; thousands only serve to burn time
MAX_TRAILER_BYTES = 64 * 1024
MAX_FURTHER_PICTURES = 16

_JPEG_MARKER = re.compile(rb"\xff([\x01-\xfe])")
_JPEG_AFTER_SCAN = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # neither stuffing nor restart
_BOX_NAME = re.compile(rb"[A-Za-z0-9 ]{4}")
_PAGE_OR_SCRIPT = re.compile(rb"<\?php|<!doctype|<(?:html|script|svg|iframe|body)[\s>]", re.I)
_OTHER_FILES = (
    *(b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"MZ", b"\x7fELF", b"%PDF"),
    *(b"#!", b"GIF8", b"\xca\xfe\xba\xbe", b"\xd0\xcf\x11\xe0"),
)
_ZIP_END = b"PK\x05\x06"
_ZIP_END_BYTES = 22
_ZIP_COMMENT_BYTES = 65_535


def check_container(media_type: MediaType, data: bytes) -> None:
    """Check that the file is one whole still picture with nothing foreign in or behind it.

    Raises:
        BadPhotograph: cut short, damaged, moving, or carrying too much or something foreign.
    """
    end = _WALKS[media_type](data, 0)
    if _ends_as_archive(data):
        raise BadPhotograph(Fault.FOREIGN_CONTENT)
    _check_trailer(data, end)


def _jpeg_end(data: bytes, start: int) -> int:
    """Walk the segments of the JPEG at ``start``; return where it ends."""
    at, extras, scans = start + 2, 0, 0
    for _ in range(MAX_PARTS):
        found = (_JPEG_AFTER_SCAN if scans else _JPEG_MARKER).search(data, at)
        if found is None:
            raise BadPhotograph(Fault.CUT_SHORT)
        marker, at = found[1][0], found.end()
        if marker == 0xD9:
            return _only_with_a_scan(scans, at)
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        scans += marker == 0xDA
        extras += length if 0xE0 <= marker <= 0xEF or marker == 0xFE else 0
        _check_measure(extras, scans)
        at += length
    raise BadPhotograph(Fault.DAMAGED)


def _only_with_a_scan(scans: int, at: int) -> int:
    if not scans:
        raise BadPhotograph(Fault.DAMAGED)
    return at


def _check_measure(extras: int, scans: int = 0) -> None:
    if extras > MAX_EXTRAS_BYTES:
        raise BadPhotograph(Fault.HEAVY_EXTRAS)
    if scans > MAX_SCANS:
        raise BadPhotograph(Fault.DAMAGED)


def _png_end(data: bytes, start: int) -> int:
    """Walk the chunks of a PNG and prove their checksums; a small first letter marks extras."""
    at, extras, view = start + 8, 0, memoryview(data)
    for _ in range(MAX_PARTS):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data):
            raise BadPhotograph(Fault.CUT_SHORT)
        if crc32(view[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise BadPhotograph(Fault.DAMAGED)  # the decoder does not look at those of the rows
        if name == b"acTL":
            raise BadPhotograph(Fault.MOVING)
        extras += length if name[:1].islower() else 0
        _check_measure(extras)
        if name == b"IEND":
            return end
        at = end
    raise BadPhotograph(Fault.DAMAGED)


def _webp_end(data: bytes, start: int) -> int:
    """Walk the chunks of a WebP, as far as its own length says."""
    end = start + 8 + int.from_bytes(data[start + 4 : start + 8], "little")
    if end > len(data):
        raise BadPhotograph(Fault.CUT_SHORT)
    at, extras = start + 12, 0
    for _ in range(MAX_PARTS):
        if at >= end:
            return end
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name in {b"ANIM", b"ANMF"}:
            raise BadPhotograph(Fault.MOVING)
        extras += length if name not in {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"} else 0
        _check_measure(extras)
        at += 8 + length + length % 2
    raise BadPhotograph(Fault.DAMAGED)


def _heic_end(data: bytes, start: int) -> int:
    """Walk the outermost boxes of a HEIC, up to the first thing that is none."""
    at, extras = start, 0
    for _ in range(MAX_PARTS):
        name = data[at + 4 : at + 8]
        if not _BOX_NAME.fullmatch(name):
            return at
        if name == b"moov":
            raise BadPhotograph(Fault.MOVING)
        length = _box_length(data, at)
        at += length
        if at > len(data):
            raise BadPhotograph(Fault.CUT_SHORT)
        extras += length if name in {b"meta", b"uuid", b"free", b"skip"} else 0
        _check_measure(extras)
    raise BadPhotograph(Fault.DAMAGED)


def _box_length(data: bytes, at: int) -> int:
    length, least = int.from_bytes(data[at : at + 4], "big"), 8
    if length == 0:
        return len(data) - at  # the last box reaches to the end
    if length == 1:
        length, least = int.from_bytes(data[at + 8 : at + 16], "big"), 16
    if length < least:
        raise BadPhotograph(Fault.DAMAGED)
    return length


def _ends_as_archive(data: bytes) -> bool:
    """Tell whether a zip reader, which starts from the end, would find an archive.

    Its end record says where the directory lies, which must be before the record itself:
    that keeps four bytes of chance in a picture from being taken for one.
    """
    at = data.rfind(_ZIP_END, max(0, len(data) - _ZIP_END_BYTES - _ZIP_COMMENT_BYTES))
    if at < 0 or at + _ZIP_END_BYTES > len(data):
        return False
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    offset = int.from_bytes(data[at + 16 : at + 20], "little")
    return size + offset <= at


def _check_trailer(data: bytes, end: int) -> None:
    """Let pass what cameras leave behind a picture, and refuse everything else."""
    for _ in range(MAX_FURTHER_PICTURES):
        trailer = data[end:].lstrip(b"\0")
        if not trailer.startswith(b"\xff\xd8\xff"):
            break
        end = _jpeg_end(data, len(data) - len(trailer))
    if trailer.startswith(_OTHER_FILES) or _PAGE_OR_SCRIPT.search(trailer[:MAX_TRAILER_BYTES]):
        raise BadPhotograph(Fault.FOREIGN_CONTENT)
    is_clip = b"ftyp" in trailer[:4096]
    if len(trailer) > MAX_TRAILER_BYTES and not is_clip:
        raise BadPhotograph(Fault.FOREIGN_CONTENT)


_WALKS: dict[MediaType, Callable[[bytes, int], int]] = {
    MediaType.JPEG: _jpeg_end,
    MediaType.PNG: _png_end,
    MediaType.WEBP: _webp_end,
    MediaType.HEIC: _heic_end,
}
