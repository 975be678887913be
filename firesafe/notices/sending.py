"""Handing out PDFs."""

from io import BytesIO

from flask import Response, send_file

from firesafe.notices.models import Notice
from firesafe.notices.pressroom import PressRoom
from firesafe.notices.printing import pdf_of, pictures_of
from firesafe.notices.snapshot import Paper
from firesafe.photos.store import Store
from firesafe.web.doors import service, services


def send_paper(notice: Notice) -> Response:
    """Answer with the PDF of a paper, making it first if that has not been done."""
    return send_pdf(pdf_of(services(), notice.id), notice.number)


def send_preview(paper: Paper) -> Response:
    """Answer with the PDF of a paper as it stands, without a number; nothing is kept of it."""
    pdf = service(PressRoom).paper_pdf(paper, pictures_of(paper, service(Store)))
    return Response(pdf, mimetype="application/pdf")


def send_pdf(data: bytes, name: str) -> Response:
    """Answer with a PDF to be looked at, named for whoever keeps it."""
    response = send_file(BytesIO(data), mimetype="application/pdf", download_name=f"{name}.pdf")
    response.headers["Cache-Control"] = "private, no-cache"
    return response
