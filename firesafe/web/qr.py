"""Codes to be scanned, drawn straight into the page."""

import segno
from flask import Flask
from markupsafe import Markup


def qr(text: str) -> Markup:
    """Return ``text`` as a QR code in SVG that grows to the size of what is around it.

    Medium correction, and the quiet zone of four modules that ISO/IEC 18004 asks for.
    """
    drawn = segno.make(text, error="m", micro=False).svg_inline(omitsize=True, border=4)
    return Markup(drawn)  # noqa: S704 — drawn by us; the text is in its modules, not in its markup


def add_qr(app: Flask) -> None:
    """Give the templates ``{{ text | qr }}``."""
    app.add_template_filter(qr)
