"""Reads back where the ink of a PDF lies; lengths are millimetres from the upper left."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import pdfplumber
import pikepdf

MM = 25.4 / 72
TEXT_LEFT, TEXT_RIGHT, TEXT_TOP, TEXT_BOTTOM = 28, 184, 37, 262
PITCH = 225 / 22


@dataclass(frozen=True)
class Glyph:
    """One printed character: its box, its baseline, its size in points, its typeface."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    points: float
    font: str


@dataclass(frozen=True)
class Mark:
    """The box of a picture, a rule or another drawing."""

    kind: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Page:
    glyphs: list[Glyph]
    marks: list[Mark]

    @property
    def body(self) -> list[Glyph]:
        """What stands in the type area: all but the page number."""
        return [glyph for glyph in self.glyphs if glyph.baseline < TEXT_BOTTOM]

    @property
    def page_number(self) -> list[Glyph]:
        return [
            glyph for glyph in self.glyphs if glyph.baseline >= TEXT_BOTTOM and glyph.text.strip()
        ]

    def lines(self, points: float = 16) -> list[list[Glyph]]:
        """The lines of running text of one size, from top to bottom, each from left to right."""
        rows: dict[float, list[Glyph]] = defaultdict(list)
        for glyph in self.body:
            if abs(glyph.points - points) < 0.05:
                rows[round(glyph.baseline, 1)].append(glyph)
        return [sorted(rows[y], key=lambda glyph: glyph.left) for y in sorted(rows)]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


class Printed:
    """A PDF that was printed, and what can be measured in it."""

    def __init__(self, pdf: bytes) -> None:
        self.bytes = pdf

    @cached_property
    def pages(self) -> list[Page]:
        with pdfplumber.open(BytesIO(self.bytes)) as document:
            return [_read(page) for page in document.pages]

    @cached_property
    def row_counts(self) -> list[int]:
        """How many rows of tables stand on each page."""
        with pdfplumber.open(BytesIO(self.bytes)) as document:
            return [sum(len(table.rows) for table in page.find_tables()) for page in document.pages]

    @property
    def text(self) -> str:
        return "".join(page.text for page in self.pages)

    @cached_property
    def colours(self) -> set[tuple[float, float, float]]:
        """Every colour in which something is written or drawn, as red, green and blue."""
        with pdfplumber.open(BytesIO(self.bytes)) as document:
            return {
                _rgb(item[key])
                for page in document.pages
                for kind in ("char", "rect", "line", "curve")
                for item in page.objects.get(kind, [])
                for key in ("stroking_color", "non_stroking_color")
            }

    @property
    def fonts(self) -> set[str]:
        """The typefaces that were used, without the mark of the subset."""
        return {glyph.font.partition("+")[2] for page in self.pages for glyph in page.glyphs}

    def opened(self) -> pikepdf.Pdf:
        return pikepdf.open(BytesIO(self.bytes))


def _rgb(colour: Any) -> tuple[float, float, float]:
    parts = tuple(colour) if isinstance(colour, tuple | list) else (colour or 0,)
    return parts * 3 if len(parts) == 1 else parts


def _read(page: Any) -> Page:
    glyphs = [
        Glyph(
            text=char["text"],
            left=char["matrix"][4] * MM,
            right=char["x1"] * MM,
            top=char["top"] * MM,
            bottom=char["bottom"] * MM,
            baseline=(page.height - char["matrix"][5]) * MM,
            points=char["size"],
            font=char["fontname"],
        )
        for char in page.chars
    ]
    marks = [
        Mark(kind, item["x0"] * MM, item["x1"] * MM, item["top"] * MM, item["bottom"] * MM)
        for kind in ("image", "rect", "line", "curve")
        for item in page.objects.get(kind, [])
    ]
    return Page(glyphs, marks)
