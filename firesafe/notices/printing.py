"""From a frozen paper to a kept PDF, one at a time and forty in one print job.

A proof of service has two: the blank form, and the same number printed anew as it is filled in.
"""

import hashlib
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf

from firesafe.core.db import Database
from firesafe.core.services import Services
from firesafe.inspections.ink import ink_key
from firesafe.jobs.worker import Work, job
from firesafe.notices.actions import keep_pdf
from firesafe.notices.binding import merge_papers
from firesafe.notices.canonical import from_json, ink_names, photo_names, unnumbered_from_json
from firesafe.notices.kinds import APPLICATION_JOB, BATCH_JOB, CONSENT_JOB, FILLED_JOB, PRINT_JOB
from firesafe.notices.models import ApplicationPaper, ConsentPaper, Notice, Service
from firesafe.notices.pressroom import PressRoom
from firesafe.notices.queries import services_proved_by
from firesafe.notices.serving import keep_filled_pdf
from firesafe.notices.unnumbered import Printable
from firesafe.photos.prints import sized_photo
from firesafe.photos.rules import MEDIUM
from firesafe.photos.store import Store


@dataclass(frozen=True, slots=True)
class Pressed:
    """A PDF that has just been made of a snapshot, and where the store keeps it."""

    pdf: bytes
    key: str
    sha256: str


def pdf_of(services: Services, notice_id: int) -> bytes:
    """Return the PDF of a paper: the kept one, or one made now from the snapshot and kept.

    The snapshot decides every byte, so it does not matter who prints first.

    Raises:
        Unprintable: a photograph is missing or damaged.
    """
    with services.get(Database).reading() as session:
        notice = session.get_one(Notice, notice_id)
        kept, snapshot = notice.pdf_key, notice.as_issued
    if kept is not None:
        return services.get(Store).get(kept)
    made = press(services, from_json(snapshot))
    with pikepdf.open(BytesIO(made.pdf)) as opened:
        page_count = len(opened.pages)
    with services.get(Database).writing() as session:
        keep_pdf(session, notice_id, made.key, made.sha256, page_count)
    return made.pdf


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
    made = press(services, from_json(snapshot))
    with services.get(Database).writing() as session:
        keep_filled_pdf(session, service_id, made.key, made.sha256)
    return made.pdf


def unnumbered_pdf_of(
    services: Services, table: type[ConsentPaper] | type[ApplicationPaper], key: int
) -> bytes:
    """Return the kept PDF of a form without a number, or one made now and kept.

    Raises:
        Unprintable: see `press`.
    """
    with services.get(Database).reading() as session:
        paper: Any = session.get_one(table, key)
        kept, snapshot = paper.pdf_key, paper.as_given
    if kept is not None:
        return services.get(Store).get(kept)
    made = press(services, unnumbered_from_json(snapshot))
    with services.get(Database).writing() as session:
        paper = session.get_one(table, key)
        paper.pdf_key, paper.pdf_sha256 = made.key, made.sha256
    return made.pdf


def press(services: Services, paper: Printable) -> Pressed:
    """Make the PDF of a frozen paper and keep it in the store, under its own checksum.

    Raises:
        Unprintable: a picture is missing or damaged.
    """
    store = services.get(Store)
    pdf = services.get(PressRoom).paper_pdf(paper, pictures_of(paper, store))
    sha256 = hashlib.sha256(pdf).hexdigest()
    key = f"papers/{sha256}.pdf"
    store.put(key, pdf)
    return Pressed(pdf, key, sha256)


def pictures_of(paper: Printable, store: Store) -> dict[str, bytes]:
    """Return the pictures a paper prints: photographs at 800 pixels, signatures as they are.

    One that is not in the store is left out; the press says which.
    """
    inks = set(ink_names(paper))
    pictures = {}
    for name in photo_names(paper):
        with suppress(FileNotFoundError):
            is_ink = name in inks
            pictures[name] = (
                store.get(ink_key(name)) if is_ink else sized_photo(store, name, MEDIUM)
            )
    return pictures


@job(PRINT_JOB)
def print_notice(work: Work) -> None:
    """Make and keep the PDF of one paper, if that has not been done."""
    pdf_of(work.services, work.payload["notice_id"])


@job(FILLED_JOB)
def print_filled(work: Work) -> None:
    """Make and keep the PDF of one filled-in proof, if that has not been done."""
    filled_pdf_of(work.services, work.payload["service_id"])


@job(CONSENT_JOB)
def print_consent(work: Work) -> None:
    """Make and keep the PDF of one confirmation of service, if that has not been done."""
    unnumbered_pdf_of(work.services, ConsentPaper, work.payload["consent_id"])


@job(APPLICATION_JOB)
def print_application(work: Work) -> None:
    """Make and keep the PDF of one application for more time, if that has not been done."""
    unnumbered_pdf_of(work.services, ApplicationPaper, work.payload["extension_id"])


@job(BATCH_JOB)
def print_batch(work: Work) -> dict[str, str]:
    """Join the papers of a batch to one PDF in which each begins on an odd page.

    A proof of service goes in as it is filled in, once it is.
    """
    notice_ids = work.payload["notice_ids"]
    store = work.services.get(Store)
    steps = 2 * len(notice_ids)
    with tempfile.TemporaryDirectory() as folder:
        files, filled = [], _filled_among(work.services, notice_ids)
        for count, notice_id in enumerate(notice_ids, start=1):
            files.append(Path(folder) / f"{notice_id}.pdf")
            files[-1].write_bytes(_pdf_in_batch(work.services, notice_id, filled))
            work.progress(count, steps)
        with store.spool() as joined:
            told = len(notice_ids)
            merge_papers(files, joined, lambda done: work.progress(told + done, steps))
            key = f"papers/batch-{_sha256_of(joined)}.pdf"
            store.take_over(joined, key)
    return {"key": key}


def _filled_among(services: Services, notice_ids: list[int]) -> dict[int, int]:
    """Return the services that filled in proofs among these papers, by the proof's id."""
    with services.get(Database).reading() as session:
        return {each.receipt_id: each.id for each in services_proved_by(session, notice_ids)}


def _pdf_in_batch(services: Services, notice_id: int, filled: dict[int, int]) -> bytes:
    if notice_id in filled:
        return filled_pdf_of(services, filled[notice_id])
    return pdf_of(services, notice_id)


def _sha256_of(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for piece in iter(lambda: file.read(1 << 20), b""):
        digest.update(piece)
    return digest.hexdigest()
