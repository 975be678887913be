"""The PDF of a filled-in proof of service: the number of the blank form, printed anew."""

from firesafe.core.db import Database
from firesafe.core.services import Services
from firesafe.jobs.worker import Work, job
from firesafe.notices.kinds import FILLED_JOB
from firesafe.notices.models import Service
from firesafe.notices.printing import press
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
    if kept is not None:
        return services.get(Store).get(kept)
    made = press(services, snapshot)
    with services.get(Database).writing() as session:
        keep_filled_pdf(session, service_id, made.key, made.sha256)
    return made.pdf


@job(FILLED_JOB)
def print_filled(work: Work) -> None:
    """Make and keep the PDF of one filled-in proof, if that has not been done."""
    filled_pdf_of(work.services, work.payload["service_id"])
