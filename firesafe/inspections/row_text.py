"""The rows of the empty checklist as phones fetch them: one text, as small as it gets.

A row of the checklist bears the code of its checkpoint in twenty places. In the text it stands
once, in a comment before the row, and elsewhere marks stand for it: rows are alike then, and the
text weighs a fifth less. `static/src/inspections/row-text.mjs` puts the codes back.
"""

import hashlib
import re
from dataclasses import dataclass

import brotli

CODE, ID = "{code}", "{id}"
"""What stands for a checkpoint's code, and for the code in the lower case of its element's id."""

_ROW = re.compile(r'(?=<details class="checkpoint")')
_NAMED = re.compile(r'data-code="([^"]+)"')
_INDENT = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class RowText:
    """The text with the version that its address bears, and what browsers unpack from Brotli."""

    text: str
    version: str
    brotli: bytes


def row_text(drawn: str) -> RowText:
    """Return the text of the rows that ``inspections/rows.html`` has drawn."""
    head, *rows = _ROW.split(_INDENT.sub("\n", drawn))
    text = head + "".join(map(_marked, rows))
    raw = text.encode()
    version = hashlib.sha256(raw).hexdigest()[:12]
    return RowText(text=text, version=version, brotli=brotli.compress(raw, brotli.MODE_TEXT))


def _marked(row: str) -> str:
    (code,) = _NAMED.findall(row)
    return f"<!--{code}-->" + row.replace(code, CODE).replace(code.lower(), ID)
