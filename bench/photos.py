"""Measures how fast a photograph is developed: ours against the code one writes at first.

Everything is CPU time of user and system, and both take turns in the same run, so the ratio
holds on a busy machine too. The photograph has 12 million pixels, about the grain and the
bytes of a real one, and lies on its side, as most do. Both make 1600, 800 and 320 pixels and
the stamped copy.
"""

import random
import statistics
import time
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from firesafe.photos.develop import develop
from firesafe.photos.rules import LARGE, SIZES
from firesafe.photos.stamp import stamp, typeface

ROUNDS = 9
LINES = ("示例玩具一厂", "A3-02 疏散通道畅通", "2026-11-23 10:32 王测试")
ORIENTATION = 0x0112
LYING_ON_ITS_SIDE = 6

Row = tuple[str, str, str, bool]
"""What was measured, the figure, the goal, whether it was reached."""


def main(arguments: list[str] | None = None) -> list[Row]:
    """Measure and return the rows; print nothing. There are no arguments."""
    photograph = from_a_phone()
    seconds = race({"ours": ours, "naive": naive}, photograph)
    mine, theirs = seconds["ours"], seconds["naive"]
    figure = f"{mine / theirs:.2f} ({mine:.3f} / {theirs:.3f} s)"
    return [
        (
            f"photograph of {len(photograph) / 1e6:.1f} MB, CPU-s",
            f"{mine:.3f}",
            "<= 0.15",
            mine <= 0.15,
        ),
        ("photograph against naive code", figure, "<= 0.40", mine <= 0.40 * theirs),
    ]


def race(contestants: dict[str, Callable[[bytes], None]], photograph: bytes) -> dict[str, float]:
    """Let all run in turn, one round unmeasured; return the median CPU seconds of each."""
    spent: dict[str, list[float]] = {name: [] for name in contestants}
    for lap in range(ROUNDS + 1):
        for name, run in contestants.items():
            started = time.process_time()
            run(photograph)
            if lap:
                spent[name].append(time.process_time() - started)
    return {name: statistics.median(seconds) for name, seconds in spent.items()}


def ours(photograph: bytes) -> None:
    """Do what the job and the first look at the stamped copy do."""
    stamp(develop(photograph).sizes[LARGE], LINES)


def naive(photograph: bytes) -> None:
    """Decode whole, turn, shrink well, write the words, save well."""
    picture = ImageOps.exif_transpose(Image.open(BytesIO(photograph)))
    for size in SIZES:
        picture.thumbnail((size, size), Image.Resampling.LANCZOS)
        picture.save(BytesIO(), "JPEG", quality=85, optimize=True)
        if size == LARGE:
            file, face = typeface()
            stamped = picture.copy()
            font = ImageFont.truetype(str(file), 32, face)
            ImageDraw.Draw(stamped).multiline_text((20, 1400), "\n".join(LINES), "white", font)
            stamped.save(BytesIO(), "JPEG", quality=85, optimize=True)


def from_a_phone(width: int = 4000, height: int = 3000) -> bytes:
    """Draw a photograph with light, things and grain; the same one each time."""
    dice = random.Random(12)  # noqa: S311 — a drawing, not a secret
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    brush = ImageDraw.Draw(picture)
    for _ in range(400):
        x, y = dice.randrange(width), dice.randrange(height)
        colour = tuple(dice.randrange(40, 230) for _ in range(3))
        brush.rectangle((x, y, x + dice.randrange(20, 500), y + dice.randrange(20, 400)), colour)
    picture = picture.filter(ImageFilter.GaussianBlur(2))
    for share, strength in ((8, 0.16), (2, 0.10), (1, 0.055)):
        size = (width // share, height // share)
        grain = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
        picture = Image.blend(picture, grain.resize((width, height)).convert("RGB"), strength)
    notes = Image.Exif()
    notes[ORIENTATION] = LYING_ON_ITS_SIDE
    sheet = BytesIO()
    picture.save(sheet, "JPEG", quality=88, exif=notes)
    return sheet.getvalue()


if __name__ == "__main__":
    for row in main():
        print(*row, sep="\t")
