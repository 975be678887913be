"""Photographs that nobody took: rooms drawn with a few shapes, before and after.

They are plainly drawings, so that no one takes the demo county for a real one.
"""

import math
from io import BytesIO
from random import Random
from typing import Protocol

from PIL import Image, ImageDraw, ImageFilter, ImageOps

WIDTH, HEIGHT = 1600, 1200
FLOOR = 820
Brush = ImageDraw.ImageDraw

WALL = (226, 224, 217)
CARTON = (193, 152, 101)
GREEN = (35, 127, 82)
RED = (176, 38, 30)
DARK = (70, 78, 82)


class Scene(Protocol):
    """Draws one thing into the room, wrong or put right."""

    def __call__(self, brush: Brush, random: Random, *, put_right: bool) -> None:
        """Draw it."""


def draw_scene(name: str, random: Random, *, put_right: bool = False) -> bytes:
    """Return a JPEG of a scene as it was found, or as it looks put right.

    Raises:
        KeyError: there is no such scene.
    """
    picture = Image.new("RGB", (WIDTH, HEIGHT), WALL)
    brush = ImageDraw.Draw(picture)
    _room(brush, random)
    SCENES[name](brush, random, put_right=put_right)
    framed = _framed(picture.filter(ImageFilter.BoxBlur(1)), random)
    grain = Image.frombytes("L", (WIDTH // 8, HEIGHT // 8), random.randbytes(WIDTH * HEIGHT // 64))
    softened = Image.blend(framed, grain.resize((WIDTH, HEIGHT)).convert("RGB"), 0.05)
    out = BytesIO()
    softened.save(out, "JPEG", quality=82)
    return out.getvalue()


def draw_signature(random: Random) -> bytes:
    """Return a PNG of a name nobody can read."""
    sheet = Image.new("RGB", (600, 240), "white")
    brush = ImageDraw.Draw(sheet)
    for character in range(random.randint(2, 3)):
        across, up = random.uniform(5, 9), random.uniform(8, 14)
        written = [
            (
                80 + 170 * character + 90 * way + 40 * math.sin(across * way),
                120 + 70 * math.sin(up * way + character) * math.cos(3 * way),
            )
            for way in (step / 60 for step in range(61))
        ]
        brush.line(written, fill=(20, 24, 30), width=6, joint="curve")
    out = BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _framed(picture: Image.Image, random: Random) -> Image.Image:
    """Look at the room from another place each time, so that no two pictures are alike."""
    left, top = random.randint(0, 300), random.randint(90, 200)
    width = random.randint(1150, WIDTH - 300)
    view = picture.crop((left, top, left + width, top + width * HEIGHT // WIDTH))
    view = view.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return ImageOps.mirror(view) if random.random() < 0.5 else view


def _room(brush: Brush, random: Random) -> None:
    tone = random.randint(-14, 8)
    brush.rectangle([0, 0, WIDTH, FLOOR], fill=tuple(c + tone for c in WALL))
    brush.rectangle([0, FLOOR - 260, WIDTH, FLOOR], fill=(203 + tone, 214 + tone, 206 + tone))
    for row in range(8):
        shade = 150 - row * 8 + tone
        brush.rectangle([0, FLOOR + row * 50, WIDTH, FLOOR + row * 50 + 50], fill=(shade,) * 3)


def _door(brush: Brush, left: int) -> None:
    brush.rectangle([left, 300, left + 380, FLOOR], fill=(120, 138, 142), outline=DARK, width=8)
    brush.line([left + 190, 300, left + 190, FLOOR], fill=DARK, width=6)
    for side in (60, 250):
        brush.rectangle([left + side, 580, left + side + 70, 596], fill=(235, 235, 230))
    brush.rectangle([left + 60, 200, left + 320, 270], fill=GREEN)
    brush.polygon([(left + 250, 212), (left + 300, 235), (left + 250, 258)], fill="white")
    brush.rectangle([left + 110, 226, left + 250, 244], fill="white")


def _carton(brush: Brush, left: int, bottom: int, side: int) -> None:
    brush.rectangle([left, bottom - side, left + side, bottom], fill=CARTON, outline=(140, 105, 62))
    brush.line([left, bottom - side // 2, left + side, bottom - side // 2], fill=(222, 190, 140),
               width=max(4, side // 12))  # fmt: skip


def _blocked_exit(brush: Brush, random: Random, *, put_right: bool) -> None:
    left = random.randint(460, 760)
    _door(brush, left)
    if put_right:
        for x in (left - 40, left + 400):
            brush.line(
                [x, FLOOR + 6, x + (x - left - 180) // 2, HEIGHT], fill=(230, 180, 40), width=22
            )
        return
    for row, count in ((0, 4), (1, 3), (2, random.randint(1, 2))):
        for place in range(count):
            x = left - 90 + place * 150 + row * 60 + random.randint(-12, 12)
            _carton(brush, x, FLOOR + 190 - row * 140, 140)


def _chained_sockets(brush: Brush, random: Random, *, put_right: bool) -> None:
    strips = 1 if put_right else random.randint(2, 3)
    for number in range(strips):
        left, top = 380 + number * 260, 560 + number * 150
        brush.rounded_rectangle(
            [left, top, left + 360, top + 90], 16, fill=(240, 240, 236), outline=DARK, width=4
        )
        for socket in range(4):
            brush.rectangle(
                [left + 30 + socket * 82, top + 30, left + 76 + socket * 82, top + 60], fill=DARK
            )
        if number:
            brush.arc(
                [left - 240, top - 190, left + 80, top + 60], 20, 190, fill=(30, 30, 32), width=14
            )


def _hidden_extinguisher(brush: Brush, random: Random, *, put_right: bool) -> None:
    left = random.randint(520, 820)
    brush.rectangle([left, 330, left + 200, 400], fill=RED)
    for number in (0, 1):
        x = left + number * 110
        brush.rounded_rectangle([x, 560, x + 84, 810], 30, fill=RED)
        brush.rectangle([x + 26, 520, x + 58, 566], fill=DARK)
    if put_right:
        brush.rectangle([left - 60, FLOOR + 20, left + 280, FLOOR + 40], fill=(230, 180, 40))
        return
    for number in range(5):
        x = left - 160 + number * 110
        brush.ellipse([x, 620 + random.randint(0, 60), x + 230, 900], fill=(214, 200, 190))


def _bare_wall(brush: Brush, random: Random, *, put_right: bool) -> None:
    x = random.randint(800, 900)
    for step in range(9):
        brush.rectangle(
            [x + step * 60, 780 - step * 70, x + step * 60 + 80, 830 - step * 70], fill=DARK
        )
    if put_right:
        brush.rectangle([280, 330, 780, 680], fill="white", outline=GREEN, width=14)
        brush.line([340, 620, 520, 620, 520, 420, 720, 420], fill=GREEN, width=16)
        brush.ellipse([325, 600, 365, 640], fill=RED)
        return
    brush.rectangle([330, 350, 730, 660], fill=(236, 234, 228), outline=(200, 198, 190), width=6)
    for corner in ((348, 368), (700, 368)):
        brush.ellipse([*corner, corner[0] + 14, corner[1] + 14], fill=DARK)


def _lint(brush: Brush, random: Random, *, put_right: bool) -> None:
    brush.rounded_rectangle([460, 420, 1160, 840], 40, fill=(116, 132, 140), outline=DARK, width=8)
    brush.ellipse([620, 500, 880, 760], fill=(64, 72, 76))
    if put_right:
        return
    for _tuft in range(60):
        x, y = random.randint(420, 1200), random.randint(740, 1000)
        size = random.randint(30, 110)
        brush.ellipse([x, y, x + size, y + size // 2], fill=(244, 243, 240))


def _dark_lamp(brush: Brush, random: Random, *, put_right: bool) -> None:
    _door(brush, 280)
    left = random.randint(880, 1040)
    brush.rectangle([left, 280, left + 260, 400], fill=(238, 238, 234), outline=DARK, width=5)
    for lamp in (left + 30, left + 160):
        colour = (255, 226, 120) if put_right else (96, 100, 100)
        brush.ellipse([lamp, 296, lamp + 76, 372], fill=colour, outline=DARK, width=4)


def _bed(brush: Brush, random: Random, *, put_right: bool) -> None:
    _barred_window(brush, random, put_right=True)
    if put_right:
        return
    left = random.randint(420, 540)
    brush.rectangle([left, 700, left + 620, 780], fill=(176, 160, 140), outline=DARK, width=6)
    for leg in (left + 20, left + 570):
        brush.rectangle([leg, 780, leg + 26, 880], fill=DARK)
    brush.rounded_rectangle([left, 640, left + 620, 720], 30, fill=(124, 148, 186))
    brush.rounded_rectangle([left + 24, 600, left + 200, 668], 26, fill=(238, 236, 230))


def _blank_record(brush: Brush, random: Random, *, put_right: bool) -> None:
    left, top = random.randint(480, 620), random.randint(330, 390)
    brush.rectangle([left - 40, top - 40, left + 600, top + 760], fill=(58, 82, 110))
    brush.rectangle([left, top, left + 560, top + 720], fill="white")
    for line in range(10):
        y = top + 90 + line * 60
        brush.line([left + 40, y, left + 520, y], fill=(160, 164, 168), width=3)
        if put_right or line < random.randint(0, 2):
            brush.line(
                [left + 60, y - 16, left + random.randint(240, 500), y - 20], fill=DARK, width=7
            )
    for x in (left + 200, left + 360):
        brush.line([x, top + 50, x, top + 690], fill=(160, 164, 168), width=3)


def _barred_window(brush: Brush, random: Random, *, put_right: bool) -> None:
    left = random.randint(420, 560)
    brush.rectangle(
        [left, 260, left + 520, 600], fill=(188, 210, 224), outline=(240, 240, 238), width=18
    )
    brush.line([left + 260, 260, left + 260, 600], fill=(240, 240, 238), width=14)
    if put_right:
        return
    for bar in range(9):
        x = left + 26 + bar * 58
        brush.line([x, 240, x, 620], fill=DARK, width=11)
    for y in (330, 520):
        brush.line([left, y, left + 520, y], fill=DARK, width=11)


def _faded_lines(brush: Brush, random: Random, *, put_right: bool) -> None:
    _door(brush, 560)
    for foot, far in ((300, 540), (1180, 960)):
        if put_right:
            brush.line([foot, HEIGHT, far, FLOOR + 8], fill=(230, 180, 40), width=24)
            continue
        for piece in range(random.randint(3, 4)):
            share = 0.3 + piece * 0.17
            x, y = foot + (far - foot) * share, HEIGHT - (HEIGHT - FLOOR) * share
            brush.line([x, y, x + (far - foot) / 14, y - 27], fill=(206, 178, 84), width=20)


SCENES: dict[str, Scene] = {
    "bed": _bed,
    "blank-record": _blank_record,
    "barred-window": _barred_window,
    "faded-lines": _faded_lines,
    "blocked-exit": _blocked_exit,
    "chained-sockets": _chained_sockets,
    "hidden-extinguisher": _hidden_extinguisher,
    "bare-wall": _bare_wall,
    "lint": _lint,
    "dark-lamp": _dark_lamp,
}
