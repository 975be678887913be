"""Handing out PDFs."""

from io import BytesIO

from flask import Response, send_file

from firesafe.notices.models import Notice
from firesafe.notices.printing import pdf_of
from firesafe.web.doors import services


def send_paper(notice: Notice) -> Response:
    """Answer with the PDF of a paper, making it first if that has not been done."""
    return send_pdf(pdf_of(services(), notice.id), notice.number)


def send_pdf(data: bytes, name: str) -> Response:
    """Answer with a PDF to be looked at, named for whoever keeps it."""
    response = send_file(BytesIO(data), mimetype="application/pdf", download_name=f"{name}.pdf")
    response.headers["Cache-Control"] = "private, no-cache"
    return response
