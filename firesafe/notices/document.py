"""Prints a snapshot: PDF from the page that its form gives.

Nothing here knows a row, a request or the clock. The same snapshot and the same
photographs give the same bytes, in any process. `pressroom` loads this where it is needed.
"""

import threading
import zlib
from collections.abc import Mapping
from io import BytesIO
from multiprocessing.util import Finalize
from pathlib import Path
from shutil import rmtree
from typing import Any

import pydyf
from PIL import Image, ImageFile
from weasyprint import CSS, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from firesafe.core.clock import county_time, start_of
from firesafe.core.errors import RuleBroken
from firesafe.core.words import N_
from firesafe.notices.canonical import photo_names, printed_text, to_json
from firesafe.notices.fonts import missing_characters
from firesafe.notices.page import PaperPage
from firesafe.notices.paper import paper_html
from firesafe.notices.sparing import spare_work
from firesafe.notices.typesetting import set_lines_flush
from firesafe.notices.unnumbered import Printable

SNAPSHOT_NAME = "snapshot.json"

# WeasyPrint lets the whole process accept truncated pictures; no part of this service may.
ImageFile.LOAD_TRUNCATED_IMAGES = False
set_lines_flush()
spare_work()


class Unprintable(RuleBroken):
    """The paper cannot be printed as it stands; nothing is left out silently."""


class Press:
    """Makes PDFs in one thread, with typefaces and styles that are read once.

    The typefaces' library damages its own lists when two threads share one
    configuration, so a press refuses to work in a thread other than its maker's.
    """

    def __init__(self, templates: Path, static: Path) -> None:
        self._templates = templates
        self._fonts = FontConfiguration()
        self._elements = self._sheet(static / "css" / "pdf" / "elements.css")
        self._style = self._sheet(static / "css" / "pdf" / "paper.css")
        self._thread = threading.get_ident()
        # Copies of typefaces, 10 MB. A process that was forked ends without its objects' farewells.
        copies = self._fonts._folder
        if copies:
            Finalize(None, rmtree, (copies,), {"ignore_errors": True}, exitpriority=0)

    def paper_pdf(self, paper: Printable, photos: Mapping[str, bytes]) -> bytes:
        """Lay ``paper`` out as PDF/A-3b with its snapshot attached as JSON.

        ``photos`` maps the SHA-256 of a stored photograph to the JPEG that is printed,
        upright and without metadata: such a JPEG is embedded byte for byte.

        Raises:
            Unprintable: a photograph is missing or damaged, or a character is in no
                typeface.
            RuntimeError: called in a thread other than the one the press was made in.
        """
        if threading.get_ident() != self._thread:
            raise RuntimeError("A press works only in the thread it was made in.")
        _require_characters(paper)
        _require_photos(paper, photos)
        page = paper_html(paper, self._templates)
        try:
            pdf = PaperPage(page, self._elements, photos).write_pdf(
                font_config=self._fonts,
                stylesheets=[self._style],
                attachments=[_attached_snapshot(paper)],
                pdf_variant="pdf/a-3b",
                finisher=_compress_once,
            )
        except FatalURLFetchingError as fault:  # not an Exception: it would pass every handler
            raise Unprintable(
                N_("This paper points at something that is not its own."), address=str(fault)
            ) from fault
        return bytes(pdf)

    def _sheet(self, file: Path) -> CSS:
        return CSS(filename=file, font_config=self._fonts)


def _require_characters(paper: Printable) -> None:
    missing = missing_characters(printed_text(paper))
    if missing:
        raise Unprintable(
            N_("No typeface has the characters %(characters)s. Write them in another way."),
            characters=" ".join(missing),
        )


def _require_photos(paper: Printable, photos: Mapping[str, bytes]) -> None:
    codes = {photo.sha256: photo.code for photo in getattr(paper, "photos", ())}
    for sha256 in photo_names(paper):
        name = codes.get(sha256, sha256)
        if sha256 not in photos:
            raise Unprintable(N_("The photograph %(name)s of this paper is missing."), name=name)
        if not _is_whole(photos[sha256]):
            raise Unprintable(N_("The photograph %(name)s of this paper is damaged."), name=name)


def _is_whole(picture: bytes) -> bool:
    """Tell whether a picture begins and ends as it should; WeasyPrint would print half of one."""
    is_jpeg = picture.startswith(b"\xff\xd8") and picture.endswith(b"\xff\xd9")
    is_png = picture.startswith(b"\x89PNG") and picture.endswith(b"IEND\xaeB`\x82")
    if not (is_jpeg or is_png):
        return False
    try:
        with Image.open(BytesIO(picture), formats=("JPEG", "PNG")):
            return True
    except OSError:
        return False


def _compress_once(document: Any, pdf: Any) -> None:
    """Compress the streams of ``pdf``, which would otherwise be done twice and at the slowest.

    The quickest way saves four fifths of the time and costs half a hundredth in size.
    """
    for item in pdf.objects:
        if not isinstance(item, pydyf.Stream) or not item.compress:
            continue
        if all(isinstance(part, bytes) for part in item.stream):
            item.stream = [zlib.compress(b"\n".join(item.stream), zlib.Z_BEST_SPEED)]
            item.extra["Filter"] = "/FlateDecode"
            item.compress = False


def _attached_snapshot(paper: Printable) -> Attachment:
    """Return the snapshot as an attachment; its dates are the paper's, so bytes repeat."""
    issued_at = county_time(start_of(paper.head.issued_on))
    return Attachment(
        string=to_json(paper),
        name=SNAPSHOT_NAME,
        description=paper.head.number,
        relationship="Source",
        created=issued_at,
        modified=issued_at,
    )
