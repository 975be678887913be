"""Handing out PDFs."""

from io import BytesIO

from flask import Response, send_file

from firesafe.core.errors import NotFound
from firesafe.factories.models import Factory
from firesafe.findings.models import Extension
from firesafe.notices.models import ApplicationPaper, ConsentPaper, Notice
from firesafe.notices.pressroom import PressRoom
from firesafe.notices.printing import pdf_of, pictures_of, unnumbered_pdf_of
from firesafe.notices.queries import confirmation_of, has_application_paper
from firesafe.notices.unnumbered import Printable
from firesafe.notices.wording import wording
from firesafe.photos.store import Store
from firesafe.web.doors import reading, service, services


def send_paper(notice: Notice) -> Response:
    """Answer with the PDF of a paper, making it first if that has not been done."""
    return send_pdf(pdf_of(services(), notice.id), notice.number)


def send_confirmation(factory: Factory, consent_id: int) -> Response:
    """Answer with the confirmation of service that went with one of a factory's agreements.

    Raises:
        NotFound: it is none of this factory, or nothing was frozen of it.
    """
    kept = confirmation_of(reading(), factory, consent_id)
    pdf = unnumbered_pdf_of(services(), ConsentPaper, kept.consent_id)
    return send_pdf(pdf, wording().confirmation.title)


def send_application(extension: Extension) -> Response:
    """Answer with a factory's application for more time, as it was sent.

    Raises:
        NotFound: it is of before applications were printed.
    """
    if not has_application_paper(reading(), extension.id):
        raise NotFound("This application was not printed.")
    pdf = unnumbered_pdf_of(services(), ApplicationPaper, extension.id)
    return send_pdf(pdf, wording().extension["application"])


def send_preview(paper: Printable) -> Response:
    """Answer with the PDF of a paper as it stands, without a number; nothing is kept of it."""
    pdf = service(PressRoom).paper_pdf(paper, pictures_of(paper, service(Store)))
    return Response(pdf, mimetype="application/pdf")


def send_pdf(data: bytes, name: str) -> Response:
    """Answer with a PDF to be looked at, named for whoever keeps it."""
    response = send_file(BytesIO(data), mimetype="application/pdf", download_name=f"{name}.pdf")
    response.headers["Cache-Control"] = "private, no-cache"
    return response
