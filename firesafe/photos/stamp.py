"""The stamped copy: what, where, when and by whom, drawn on the lower edge of a photograph.

A stamp is for the eye of whoever holds a print; proof is the SHA-256 of the original. The
typeface must know every character of people's names, so Noto Sans CJK is looked for first
and LXGW WenKai, which set-up installs, next.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from firesafe.photos.develop import encoded

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
FONT_FILES = (
    ("NotoSansCJK-Regular.ttc", 2),  # the third face of the collection has the mainland's shapes
    ("NotoSansSC-Regular.otf", 0),
    ("LXGWWenKai-Regular.ttf", 0),
    ("FandolHei-Regular.otf", 0),
)
_LETTERS_PER_EDGE = 44  # full-width characters that would fit along the shorter edge
_SMALLEST_LETTER_PX = 9
_LINE_PITCH = 1.4  # of the letter's height
_BRIGHTNESS = 0.35
_MORE = "…"


class NoTypeface(RuntimeError):
    """No typeface with Chinese characters is installed; set-up installs one."""


def stamp(photograph: bytes, lines: Sequence[str]) -> bytes:
    """Return the JPEG with ``lines``, one to three of them, on a dark strip along its foot.

    A line too long for the picture is set smaller, and cut with an ellipsis if that is not
    enough. The same picture and lines give the same bytes.

    Raises:
        NoTypeface: none is installed.
    """
    with Image.open(BytesIO(photograph), formats=("JPEG",)) as opened:
        picture = opened.convert("RGB")
    letter = max(_SMALLEST_LETTER_PX, min(picture.size) // _LETTERS_PER_EDGE)
    pitch, margin = round(letter * _LINE_PITCH), letter // 2
    top = max(0, picture.height - pitch * len(lines) - margin)
    _darken(picture, top)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        text, font = _fitted(line, letter, picture.width - 2 * margin)
        baseline = top + pitch * (number + 1) - round(letter * 0.2)
        pen.text((margin, baseline), text, "white", font, anchor="ls")
    return encoded(picture)


def typeface(folders: Iterable[Path] = FONT_FOLDERS) -> tuple[Path, int]:
    """Return the first typeface of `FONT_FILES` found, and which face of its file is meant.

    Raises:
        NoTypeface: none is installed.
    """
    installed = {file.name: file for folder in folders for file in folder.rglob("*.[ot]t[cf]")}
    for name, face in FONT_FILES:
        if name in installed:
            return installed[name], face
    raise NoTypeface("No typeface for stamps is installed. Set-up installs LXGW WenKai.")


def _darken(picture: Image.Image, top: int) -> None:
    """Darken everything below ``top``, so that white letters can be read on any picture."""
    box = (0, top, picture.width, picture.height)
    picture.paste(picture.crop(box).point([round(v * _BRIGHTNESS) for v in range(256)] * 3), box)


def _fitted(line: str, letter: int, width: int) -> tuple[str, ImageFont.FreeTypeFont]:
    """Return the line and a size at which it fits: smaller by a quarter, and then cut."""
    font = _font(letter)
    if font.getlength(line) <= width:
        return line, font
    font = _font(max(_SMALLEST_LETTER_PX, letter * 3 // 4))
    if font.getlength(line) <= width:
        return line, font
    while line and font.getlength(line + _MORE) > width:
        line = line[:-1]
    return line + _MORE, font


@cache
def _font(letter: int) -> ImageFont.FreeTypeFont:
    file, face = _installed_typeface()
    return ImageFont.truetype(str(file), letter, face, layout_engine=ImageFont.Layout.BASIC)


@cache
def _installed_typeface() -> tuple[Path, int]:
    """Look through the folders once per process; that takes some milliseconds."""
    return typeface()
