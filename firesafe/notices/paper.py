"""The page of a paper: its form, filled in from the snapshot, to be printed or shown as a proof."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from firesafe.core.clock import county_time, start_of
from firesafe.notices.unnumbered import Printable


def paper_html(
    paper: Printable,
    templates: Path,
    *,
    is_preview: bool = False,
    photo_address: Callable[[str], str] = "photo:{}".format,
    styles: tuple[str, ...] = (),
) -> str:
    """Return the page of ``paper``.

    A preview is for the screen: it bears the word for a proof and shows where the seal
    goes. It needs addresses of its own for the photographs and the style sheets.
    """
    form = _forms(templates).get_template(f"notices/pdf/{paper.kind.name.lower()}.html")
    return form.render(
        paper=paper,
        frozen_at=county_time(start_of(paper.head.issued_on)).isoformat(),
        is_preview=is_preview,
        photo_address=photo_address,
        styles=styles,
    )


@cache
def _forms(templates: Path) -> Environment:
    forms = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    for function in (written_day, written_moment, without_stop, in_fours, qr):
        forms.globals[function.__name__] = function
    return forms


def written_day(day: date) -> str:
    """Write a day, or that of a moment in Ankang: the year in full, no leading zeros."""
    if isinstance(day, datetime):
        day = county_time(day)
    return f"{day.year}年{day.month}月{day.day}日"


def written_moment(moment: datetime) -> str:
    """Write a moment in Ankang, by the 24-hour clock."""
    there = county_time(moment)
    return f"{written_day(there)}{there.hour}时{there.minute:02}分"


def without_stop(sentence: str) -> str:
    """Return ``sentence`` without its own full stop, to stand inside another."""
    return sentence.strip().rstrip("。；;.")


def in_fours(code: str) -> str:
    """Write a check code in groups of four, as it is read out: 7K2M-9QXA-4TBD."""
    plain = code.replace("-", "")
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def qr(address: str) -> Markup:
    """Return ``address`` as a QR code, drawn sharp at any size."""
    drawing = BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(drawing, "svg", xmldecl=False, nl=False, border=2, omitsize=True)
    return Markup(drawing.getvalue().decode())  # noqa: S704 — segno's own drawing
