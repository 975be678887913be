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
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

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
    _spread(context, line, extra_width / gaps, 0)


def _count_characters(box: Any) -> int:
    if isinstance(box, boxes.TextBox):
        return len(box.text)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(map(_count_characters, box.children))
    return 0


def _spread(context: Any, box: Any, spacing: float, moved: float) -> float:
    """Widen ``box`` by ``spacing`` a character and return how far what follows is moved."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        return moved + _widen(context, box, spacing)
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(moved, 0)
        return moved
    box.position_x += moved
    before = moved
    for child in box.children:
        if child.is_in_normal_flow():
            moved = _spread(context, child, spacing, moved)
    box.width += moved - before
    return moved


def _widen(context: Any, box: Any, spacing: float) -> float:
    """Set the text of ``box`` again with ``spacing`` after each character."""
    style = box.style.copy()
    own = style["letter_spacing"]
    style["letter_spacing"] = spacing + (0 if own == "normal" else own)
    layout = create_layout(box.text, style, context, None, 0)
    layout.deactivate()
    box.style, box.pango_layout = style, layout
    added = spacing * len(box.text)
    box.width += added
    return added
