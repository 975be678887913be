"""Files that must be refused, each with the fault that names it."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from firesafe.photos.container import MAX_EXTRAS_BYTES, MAX_SCANS
from firesafe.photos.rules import Fault
from tests.photos.pictures import (
    chunk,
    heic,
    jpeg,
    png,
    riff,
    saved,
    scene,
    segment,
    webp,
    with_chunks,
    with_segments,
)

MEGABYTE = 1024 * 1024
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PHP = b"<?php system($_GET['c']); ?>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


class Hostile(NamedTuple):
    """One file: what it is, its bytes, and what is said about it."""

    name: str
    data: bytes
    fault: Fault


Case = tuple[str, bytes, Fault]


@cache
def hostile_files() -> tuple[Hostile, ...]:
    return tuple(each for family in FAMILIES.values() for each in files_of(family))


def files_of(family: Callable[[], Iterator[Case]]) -> tuple[Hostile, ...]:
    return tuple(Hostile(*each) for each in family())


def strangers() -> Iterator[Case]:
    """Files that are no picture at all, whatever they are called."""
    yield "nothing", b"", Fault.EMPTY
    dice = random.Random(7)  # noqa: S311 — noise, not a secret
    files = {
        "one byte": b"\xff",
        "zeros": bytes(1024),
        "ones": b"\xff" * 1024,
        "noise": dice.randbytes(4096),
        "text": b"photo.jpg\n",
        "json": b'{"photo": true}',
        "html": HTML,
        "script": b"alert(document.cookie)",
        "php": PHP,
        "svg": SVG,
        "svg with prolog": b'<?xml version="1.0"?>' + SVG,
        "xml bomb": b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>',
        "zip": archive(),
        "empty zip": b"PK\x05\x06" + bytes(18),
        "gzip": zlib.compress(b"x" * 100, wbits=31),
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
        "windows program": b"MZ" + bytes(126),
        "linux program": b"\x7fELF" + bytes(124),
        "shell script": b"#!/bin/sh\nrm -rf /\n",
        "video": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(64),
        "picture name only": b"\xff\xd8",
    }
    for name, data in files.items():
        yield name, data, Fault.NOT_A_PHOTOGRAPH


def other_pictures() -> Iterator[Case]:
    """Pictures of kinds that are not taken, sent as if they were."""
    drawing = scene(64, 48)
    for kind in (
        "GIF",
        "TIFF",
        "BMP",
        "ICO",
        "PPM",
        "EPS",
        "TGA",
        "PCX",
        "JPEG2000",
        "AVIF",
        "DDS",
    ):
        yield f"{kind} named jpg", saved(drawing, kind), Fault.NOT_A_PHOTOGRAPH
    yield "photoshop", b"8BPS\0\1" + bytes(64), Fault.NOT_A_PHOTOGRAPH
    yield "jpeg xl", b"\xff\x0a" + bytes(64), Fault.NOT_A_PHOTOGRAPH
    yield "heic video", b"\0\0\0\x18ftyphevc\0\0\0\0hevcmsf1" + bytes(64), Fault.NOT_A_PHOTOGRAPH
    yield (
        "avif inside mif1",
        b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif" + bytes(64),
        Fault.NOT_A_PHOTOGRAPH,
    )


def cut_short() -> Iterator[Case]:
    """Whole pictures without their end."""
    whole = {
        "jpeg": jpeg(),
        "progressive": jpeg(progressive=True),
        "grey jpeg": saved(scene().convert("L")),
        "png": png(),
        "webp": webp(),
        "lossless webp": webp(lossless=True),
        "heic": heic(),
    }
    for name, data in whole.items():
        for percent in (10, 35, 50, 75, 99):
            yield f"{name} cut at {percent} %", data[: len(data) * percent // 100], Fault.CUT_SHORT
        yield f"{name} without its last byte", data[:-1], Fault.CUT_SHORT
    yield "jpeg of three bytes", jpeg()[:3], Fault.CUT_SHORT
    yield "jpeg without end mark", jpeg()[:-2], Fault.CUT_SHORT
    yield "png of eight bytes", png()[:8], Fault.CUT_SHORT
    yield "webp of twelve bytes", webp()[:12], Fault.CUT_SHORT


def bombs() -> Iterator[Case]:
    """Small files that would unfold to enormous pictures."""
    for width, height in ((8000, 7000), (10_000, 10_000), (20_000, 20_000), (60_000, 60_000)):
        yield f"png of {width} x {height}", png_bomb(width, height), Fault.TOO_MANY_PIXELS
    for width, height in ((10_000, 6000), (16_000, 12_000), (65_535, 65_535)):
        data = jpeg_claiming(width, height)
        yield f"jpeg of {width} x {height}", data, Fault.TOO_MANY_PIXELS
    yield "webp of 16383 x 16383", webp_claiming(16_383, 16_383), Fault.TOO_MANY_PIXELS
    packed = zlib.compress(bytes(50 * MEGABYTE))
    yield (
        "png with 50 MB of packed text",
        with_chunks(png(), chunk(b"zTXt", b"Comment\0\0" + packed)),
        Fault.DAMAGED,
    )


def polyglots() -> Iterator[Case]:
    """Pictures with something else behind their end."""
    cargo = {
        "zip": archive(),
        "zip with comment": archive(b"-" * 2000),
        "zip after zeros": bytes(100) + archive(),
        "zip in a clip": b"\0\0\0\x18ftypmp42" + bytes(500) + archive(),
        "php": PHP,
        "page": b"\n" + HTML,
        "page after notes": b"maker notes " * 9 + HTML,
        "svg": SVG,
        "script": b"<script >alert(1)</script>",
        "pdf": b"%PDF-1.7\n",
        "windows program": b"MZ" + bytes(200),
        "linux program": b"\x7fELF" + bytes(200),
        "java classes": b"\xca\xfe\xba\xbe" + bytes(200),
        "rar": b"Rar!\x1a\x07\x01\x00" + bytes(200),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(200),
        "gzip": zlib.compress(bytes(200), wbits=31),
        "gif": saved(scene(64, 48), "GIF"),
        "100 KB of anything": random.Random(3).randbytes(100_000),  # noqa: S311 — noise
    }
    for name, data in cargo.items():
        yield f"jpeg with {name}", jpeg() + data, Fault.FOREIGN_CONTENT
    for name in ("zip", "php", "page", "100 KB of anything"):
        yield f"png with {name}", png() + cargo[name], Fault.FOREIGN_CONTENT
        yield f"webp with {name}", webp() + cargo[name], Fault.FOREIGN_CONTENT
    yield "heic with zip", heic() + archive(), Fault.FOREIGN_CONTENT
    yield "second picture with zip", jpeg() + jpeg(64, 48) + archive(), Fault.FOREIGN_CONTENT
    yield "zip in a comment", _zip_in_a_comment(), Fault.FOREIGN_CONTENT
    yield "zip in a text chunk", _zip_in_a_chunk(), Fault.FOREIGN_CONTENT


def hidden_in_front() -> Iterator[Case]:
    """Something else that goes on as a picture."""
    fronts = {"page": HTML, "php": PHP, "zip": archive(), "space": b" ", "bom": b"\xef\xbb\xbf"}
    for name, front in fronts.items():
        yield f"{name} before jpeg", front + jpeg(), Fault.NOT_A_PHOTOGRAPH
    yield "gif before jpeg", b"GIF89a" + jpeg(), Fault.NOT_A_PHOTOGRAPH


def heavy_extras() -> Iterator[Case]:
    """Pictures with megabytes of notes, profiles and comments."""
    count = MAX_EXTRAS_BYTES // 60_000 + 1
    markers = {"comments": 0xFE, "exif": 0xE1, "profile": 0xE2, "application notes": 0xED}
    starts = {"exif": b"Exif\0\0", "profile": b"ICC_PROFILE\0"}
    for name, marker in markers.items():
        part = segment(marker, starts.get(name, b"") + bytes(60_000))
        data = with_segments(jpeg(), part * count)
        yield f"jpeg with 4 MB of {name}", data, Fault.HEAVY_EXTRAS
    for kind in (b"tEXt", b"eXIf", b"iCCP", b"juNk"):
        data = with_chunks(png(), chunk(kind, b"Comment\0" + bytes(MAX_EXTRAS_BYTES)))
        yield f"png with 4 MB of {kind.decode()}", data, Fault.HEAVY_EXTRAS
    picture = webp()[20:]
    for kind in (b"EXIF", b"XMP ", b"ICCP", b"JUNK"):
        data = riff((b"VP8 ", picture), (kind, bytes(MAX_EXTRAS_BYTES + 1)))
        yield f"webp with 4 MB of {kind.decode()}", data, Fault.HEAVY_EXTRAS
    box = struct.pack(">I", MAX_EXTRAS_BYTES + 16) + b"free" + bytes(MAX_EXTRAS_BYTES + 8)
    yield "heic with 4 MB of nothing", heic() + box, Fault.HEAVY_EXTRAS


def broken_frames() -> Iterator[Case]:
    """Files whose outside makes no sense, or is made to burn time."""
    whole = jpeg()
    start_of_scan = whole.index(b"\xff\xda")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x11"
    yield "jpeg of start and end", b"\xff\xd8\xff\xd9", Fault.DAMAGED
    yield "jpeg without a scan", whole[:start_of_scan] + b"\xff\xd9", Fault.DAMAGED
    scans = whole[:start_of_scan] + scan * (MAX_SCANS + 1) + b"\xff\xd9"
    yield "jpeg of endless scans", scans, Fault.DAMAGED
    yield "jpeg of endless parts", with_segments(whole, b"\xff\x01" * 70_000), Fault.DAMAGED
    yield "png of endless parts", with_chunks(png(), chunk(b"juNk", b"") * 70_000), Fault.DAMAGED
    yield "png with a part of 2 GB", with_chunks(png(), b"\x7f\xff\xff\xffjuNk"), Fault.CUT_SHORT
    endless = riff((b"VP8 ", webp()[20:]), *[(b"JUNK", b"")] * 70_000)
    yield "webp of endless parts", endless, Fault.DAMAGED
    yield "heic with a box of four bytes", heic() + b"\0\0\0\4free", Fault.DAMAGED
    yield "heic with a box of 2 GB", heic() + b"\x7f\xff\xff\xfffree", Fault.CUT_SHORT


def broken_pictures() -> Iterator[Case]:
    """Files that are whole on the outside and cannot be decoded."""
    start_of_frame = jpeg().index(b"\xff\xc0")
    header = png()[:33]
    middle = len(png()) // 2
    yield "jpeg of no width", jpeg_claiming(0, 480), Fault.DAMAGED
    yield "jpeg without a frame", _blanked(jpeg(), start_of_frame), Fault.DAMAGED
    yield "jpeg of nine components", _changed(jpeg(), start_of_frame + 9, 9), Fault.DAMAGED
    yield "jpeg of 12 bits", _changed(jpeg(), start_of_frame + 4, 12), Fault.DAMAGED
    yield "png without a picture", header + chunk(b"IEND", b""), Fault.DAMAGED
    yield "png of no height", _png_header(320, 0) + png()[33:], Fault.DAMAGED
    yield "png with a false checksum", _changed(png(), 30, png()[30] ^ 255), Fault.DAMAGED
    yield "png with a changed row", _changed(png(), middle, png()[middle] ^ 255), Fault.DAMAGED
    yield "png with no header", png()[:8] + png()[33:], Fault.DAMAGED
    yield "webp of zeros", riff((b"VP8 ", bytes(400))), Fault.DAMAGED
    yield "webp without a picture", riff((b"JUNK", b"")), Fault.DAMAGED
    yield "heic of zeros", _heic_of_zeros(), Fault.DAMAGED
    yield "heic without a picture", heic()[: int.from_bytes(heic()[:4], "big")], Fault.DAMAGED


def moving() -> Iterator[Case]:
    """Pictures that move."""
    frames = [
        Image.new("RGB", (32, 32), (number * 53 % 256, number % 256, 0)) for number in range(500)
    ]
    film = {"save_all": True, "append_images": frames[1:]}
    yield "webp of 500 frames", saved(frames[0], "WEBP", **film), Fault.MOVING
    film["append_images"] = frames[1:5]
    yield "webp of 5 frames", saved(frames[0], "WEBP", **film), Fault.MOVING
    yield "png of 5 frames", saved(frames[0], "PNG", **film), Fault.MOVING
    yield "heic with a film", heic() + b"\0\0\0\x10moov" + bytes(8), Fault.MOVING


def archive(comment: bytes = b"") -> bytes:
    """Return a small zip."""
    sheet = BytesIO()
    with zipfile.ZipFile(sheet, "w") as packed:
        packed.writestr("shell.php", PHP)
        packed.comment = comment
    return sheet.getvalue()


def png_bomb(width: int, height: int) -> bytes:
    """Return a PNG of one colour, a thousandth of what it unfolds to."""
    packer = zlib.compressobj(9)
    rows = packer.compress(bytes(100_000)) + packer.flush()
    return _png_header(width, height) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    """Return a JPEG whose header speaks of another size."""
    whole = jpeg(64, 48)
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]


def webp_claiming(width: int, height: int) -> bytes:
    """Return a WebP whose canvas is of another size than its picture."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return riff((b"VP8X", bytes(4) + size), (b"VP8 ", webp(64, 48)[20:]))


def _png_header(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)


def _heic_of_zeros() -> bytes:
    at = heic().index(b"mdat") + 4
    return heic()[:at] + bytes(len(heic()) - at)


def _zip_in_a_comment() -> bytes:
    """Return a JPEG that a zip reader opens: the archive lies in its comment."""
    return with_segments(jpeg(), segment(0xFE, archive()))


def _zip_in_a_chunk() -> bytes:
    return with_chunks(png(64, 48), chunk(b"tEXt", b"Comment\0" + archive()))


def _changed(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + bytes((value,)) + data[at + 1 :]


def _blanked(data: bytes, at: int) -> bytes:
    """Turn a segment into application notes, so that nothing moves and it is gone."""
    return data[: at + 1] + b"\xee" + data[at + 2 :]


FAMILIES = {
    family.__name__: family
    for family in (
        *(strangers, other_pictures, cut_short, bombs, polyglots),
        *(hidden_in_front, heavy_extras, broken_frames, broken_pictures, moving),
    )
}
