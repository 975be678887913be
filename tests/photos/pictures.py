"""Makers of photographs, whole ones; what is wrong with the others is in `hostile`."""

import random
import struct
import zlib
from functools import cache
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw
from PIL.ExifTags import IFD, Base

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (40, 60, 190), (240, 240, 240)


@cache
def scene(width: int = 640, height: int = 480, seed: int = 1) -> Image.Image:
    """Draw something with light, shapes and grain; the same seed draws the same."""
    dice = random.Random(seed)  # noqa: S311 — a drawing, not a secret
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    brush = ImageDraw.Draw(picture)
    for _ in range(24):
        x, y = dice.randrange(width), dice.randrange(height)
        colour = tuple(dice.randrange(256) for _ in range(3))
        right, bottom = x + dice.randrange(10, width // 3), y + dice.randrange(10, height // 3)
        brush.rectangle((x, y, right, bottom), colour)
    grain = Image.frombytes("L", (width // 4, height // 4), dice.randbytes(width * height // 16))
    return Image.blend(picture, grain.resize((width, height)).convert("RGB"), 0.12)


def four_corners(width: int = 400, height: int = 300) -> Image.Image:
    """Red, green, blue, white from the top left clockwise: shows which way is up."""
    picture = Image.new("RGB", (width, height), WHITE)
    half, middle = width // 2, height // 2
    picture.paste(RED, (0, 0, half, middle))
    picture.paste(GREEN, (half, 0, width, middle))
    picture.paste(BLUE, (half, middle, width, height))
    return picture


def corners_of(jpeg: bytes) -> list[tuple[int, int, int]]:
    """Return the colour in the middle of each corner, from the top left clockwise."""
    with Image.open(BytesIO(jpeg)) as picture:
        width, height = picture.size
        places = [(1, 1), (3, 1), (3, 3), (1, 3)]
        return [picture.getpixel((width * x // 4, height * y // 4)) for x, y in places]


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    sheet = BytesIO()
    picture.save(sheet, kind, **options)
    return sheet.getvalue()


def jpeg(width: int = 640, height: int = 480, *, seed: int = 1, **options: Any) -> bytes:
    return saved(scene(width, height, seed), "JPEG", **options)


def png(width: int = 320, height: int = 240, **options: Any) -> bytes:
    return saved(scene(width, height), "PNG", **options)


def webp(width: int = 320, height: int = 240, **options: Any) -> bytes:
    return saved(scene(width, height), "WEBP", **options)


@cache
def heic(width: int = 320, height: int = 240) -> bytes:
    return heic_of(scene(width, height))


def heic_of(picture: Image.Image, **options: Any) -> bytes:
    sheet = BytesIO()
    pillow_heif.from_pillow(picture).save(sheet, quality=60, **options)
    return sheet.getvalue()


def exif(orientation: int = 1, gps: dict[int, Any] | None = None, **texts: str) -> Image.Exif:
    """Return an EXIF block; ``texts`` are tags of the shutter, by their names."""
    block = Image.Exif()
    block[Base.Orientation] = orientation
    for name, text in texts.items():
        block.get_ifd(IFD.Exif)[Base[name]] = text
    if gps is not None:
        block.get_ifd(IFD.GPSInfo).update(gps)
    return block


def segment(marker: int, content: bytes) -> bytes:
    """Return one segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def with_segments(photograph: bytes, *segments: bytes) -> bytes:
    """Return the JPEG with segments put in right after its start."""
    return photograph[:2] + b"".join(segments) + photograph[2:]


def chunk(name: bytes, content: bytes) -> bytes:
    """Return one chunk of a PNG, with a true checksum."""
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def with_chunks(photograph: bytes, *chunks: bytes) -> bytes:
    """Return the PNG with chunks put in right after its header."""
    return photograph[:33] + b"".join(chunks) + photograph[33:]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a WebP made of these chunks."""
    body = b"".join(
        name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for name, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
