"""The PDF of a filled-in proof of service: the number of the blank form, printed anew."""

import hashlib

from firesafe.core.db import Database
from firesafe.core.services import Services
from firesafe.jobs.worker import Work, job
from firesafe.notices.canonical import from_json
from firesafe.notices.kinds import FILLED_JOB
from firesafe.notices.models import Service
from firesafe.notices.pressroom import PressRoom
from firesafe.notices.printing import pictures_of
from firesafe.notices.serving import keep_filled_pdf
from firesafe.photos.store import Store


def filled_pdf_of(services: Services, service_id: int) -> bytes:
    """Return the kept PDF of a filled-in proof, or one made now from its snapshot and kept.

    Raises:
        Unprintable: the picture of the signature is missing or damaged.
    """
    with services.get(Database).reading() as session:
        service = session.get_one(Service, service_id)
        kept, snapshot = service.pdf_key, service.as_filled
    store = services.get(Store)
    if kept is not None:
        return store.get(kept)
    paper = from_json(snapshot)
    pdf = services.get(PressRoom).paper_pdf(paper, pictures_of(paper, store))
    sha256 = hashlib.sha256(pdf).hexdigest()
    key = f"papers/{sha256}.pdf"
    store.put(key, pdf)
    with services.get(Database).writing() as session:
        keep_filled_pdf(session, service_id, key, sha256)
    return pdf


@job(FILLED_JOB)
def print_filled(work: Work) -> None:
    """Make and keep the PDF of one filled-in proof, if that has not been done."""
    filled_pdf_of(work.services, work.payload["service_id"])
