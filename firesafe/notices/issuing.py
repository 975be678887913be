"""What every kind of paper has in common: its number, its frozen snapshot, its print job.

All of it happens in the unit of work of the act that the paper tells of, so there is never
the one without the other, nor a number without a paper.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken
from firesafe.inspections.models import Inspection
from firesafe.jobs.actions import enqueue
from firesafe.notices import freezing
from firesafe.notices.canonical import from_json, printed_text, to_json
from firesafe.notices.fonts import missing_characters
from firesafe.notices.kinds import LETTER_KINDS, PRINT_JOB, PaperKind
from firesafe.notices.models import Issuer, Notice
from firesafe.notices.numbering import next_sequence
from firesafe.notices.rules import new_check_code, number_text
from firesafe.notices.snapshot import Head, Paper, RectificationNotice
from firesafe.notices.unnumbered import Printable
from firesafe.notices.wording import wording
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.queries import photos_by_sha


@dataclass(frozen=True, slots=True)
class Occasion:
    """One act of issuing: for which visit, in whose name, by whom and when.

    ``public_address`` is the service's own address, which the QR code leads to.
    """

    session: Session
    inspection: Inspection
    issuer: Issuer
    by: Officer
    at: datetime
    public_address: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number taken from its series, and the head of the paper that bears it."""

    year: int
    sequence: int
    head: Head


def hold_visit(session: Session, inspection: Inspection) -> None:
    """Let nobody else issue or withdraw for this visit until this unit of work is over."""
    session.execute(select(Inspection.id).where(Inspection.id == inspection.id).with_for_update())


def ready_photos(session: Session, sha256s: Collection[str]) -> dict[str, Photo]:
    """Return the photographs that a paper is to print, by their SHA-256.

    Raises:
        RuleBroken: one has not arrived or is not readable yet.
    """
    found = photos_by_sha(session, sha256s)
    missing = sum(
        sha not in found or found[sha].state is not PhotoState.READABLE for sha in set(sha256s)
    )
    if missing:
        raise RuleBroken(
            "%(count)s photographs have not arrived or cannot be read yet. "
            "Wait until they are there, then issue.",
            count=missing,
        )
    return found


def notice_as_issued(notice: Notice) -> RectificationNotice:
    """Return what a rectification notice says, which later papers repeat.

    Raises:
        TypeError: it is a paper of another kind.
    """
    paper = from_json(notice.as_issued)
    if not isinstance(paper, RectificationNotice):
        raise TypeError("Only a rectification notice asks for something to be put right.")
    return paper


def take_number(occasion: Occasion, kind: PaperKind) -> Numbered:
    """Take the next number of the kind's series for a paper that is issued on this occasion."""
    today = county_day(occasion.at)
    sequence = next_sequence(occasion.session, occasion.issuer, kind, today.year)
    mark = wording().number_marks[kind]
    number = number_text(
        occasion.issuer.abbreviation, mark, today.year, sequence, is_letter=kind in LETTER_KINDS
    )
    head = freezing.head(occasion.issuer, number, today, new_check_code(), occasion.public_address)
    return Numbered(today.year, sequence, head)


def keep_paper(
    occasion: Occasion,
    numbered: Numbered,
    paper: Paper,
    *,
    refers_to: Notice | None = None,
    due_on: date | None = None,
    **tells_of: int,
) -> Notice:
    """Freeze the paper under its number, ask for its PDF, and enter it in the trail.

    ``tells_of`` is the column of `Notice` that names what the paper tells of, as
    ``recheck_id=7``.

    Raises:
        RuleBroken: a character of it is in no typeface.
    """
    require_characters(paper)
    notice = Notice(
        kind=paper.kind,
        issuer=occasion.issuer,
        county_code=occasion.inspection.county_code,
        year=numbered.year,
        sequence=numbered.sequence,
        number=numbered.head.number,
        inspection=occasion.inspection,
        refers_to_id=refers_to.id if refers_to else None,
        issued_at=occasion.at,
        issued_by_id=occasion.by.id,
        due_on=due_on,
        as_issued=to_json(paper),
        check_code=numbered.head.check_code,
        **tells_of,
    )
    occasion.session.add(notice)
    occasion.session.flush()  # the job and the trail need the id
    asked, key = {"notice_id": notice.id}, f"{PRINT_JOB}:{notice.id}"
    enqueue(occasion.session, PRINT_JOB, key, asked, at=occasion.at)
    record(
        occasion.session,
        Event.NOTICE_ISSUED,
        by=occasion.by.id,
        county=notice.county_code,
        subject=f"notice:{notice.id}",
        at=occasion.at,
        number=notice.number,
        kind=paper.kind.value,
        inspection=occasion.inspection.id,
    )
    return notice


def require_characters(paper: Printable) -> None:
    """Go on if every character of the paper can be printed.

    Raises:
        RuleBroken: one is in no typeface.
    """
    missing = missing_characters(printed_text(paper))
    if missing:
        raise RuleBroken(
            "No typeface has the characters %(characters)s. Write them in another way.",
            characters=" ".join(missing),
        )
