"""Sets Chinese lines flush with the right edge of the type area.

The standard wants each line to fill the 156 mm. WeasyPrint justifies only at the spaces
between words, of which Chinese has none, so a line that gave up its last character to a
rule of punctuation, or that holds digits, would end up to a character short. Here the
rest is shared out between all characters of the line.

This replaces one function inside WeasyPrint, which its makers may change without notice.
Its version is pinned, a test measures the lines, and where the function no longer looks
as expected it is left alone: the lines are then ragged, and nothing else is lost.
"""

import inspect
from collections import ChainMap
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import Layout

LOOSEST_EM = 0.25
"""A line that would be set looser than this, as before a long word, stays ragged."""


def set_lines_flush() -> bool:
    """Make WeasyPrint justify between characters; tell whether it could be done."""
    expected = ["context", "line", "extra_width"]
    if list(inspect.signature(inline.justify_line).parameters) != expected:
        return False
    inline.justify_line = spread_line
    return True


def spread_line(context: Any, line: Any, extra_width: float) -> None:
    """Share ``extra_width``, in CSS pixels, between the characters of one line."""
    gaps = _count_characters(line) - 1
    if gaps < 1 or extra_width / gaps > LOOSEST_EM * line.style["font_size"]:
        return
    _spread(line, extra_width / gaps, 0)


def _count_characters(box: Any) -> int:
    if isinstance(box, boxes.TextBox):
        return len(box.text)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(map(_count_characters, box.children))
    return 0


def _spread(box: Any, spacing: float, moved: float) -> float:
    """Widen ``box`` by ``spacing`` a character and return how far what follows is moved."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        return moved + _widen(box, spacing)
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(moved, 0)
        return moved
    box.position_x += moved
    before = moved
    for child in box.children:
        if child.is_in_normal_flow():
            moved = _spread(child, spacing, moved)
    box.width += moved - before
    return moved


def _widen(box: Any, spacing: float) -> float:
    """Have the text of ``box`` drawn with ``spacing`` more after each character."""
    own = box.style["letter_spacing"]
    box.pango_layout = LooseText(box.text, spacing + (0 if own == "normal" else own))
    added = spacing * len(box.text)
    box.width += added
    return added


class LooseText(Layout):  # type: ignore[misc]  # WeasyPrint has no types
    """The text of one line with a letter spacing of its own, in CSS pixels.

    Its width is known, so it is set only when it is drawn: WeasyPrint calls `reactivate`
    then, as it does for every text.
    """

    def __init__(self, text: str, letter_spacing: float) -> None:  # set up when it is drawn
        self.text = text
        self.letter_spacing = letter_spacing
        self.justification_spacing = 0
        self.max_width = None

    def setup(self, style: Any) -> None:
        """Take on ``style``, but for the spacing."""
        super().setup(style)
        self.style = ChainMap({"letter_spacing": self.letter_spacing}, style)
