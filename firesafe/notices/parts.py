"""What snapshots are made of: heads, people, premises, findings and photographs, all frozen."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Issuer:
    """The office whose seal the paper takes, and where it can be reached.

    ``department`` is the section that answers the telephone, or empty.
    """

    name: str
    department: str
    abbreviation: str
    contact: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Head:
    """What every paper has.

    ``paper_id`` is the paper's address in the register, ``check_url`` what the QR code
    opens, ``check_code`` what is typed where nothing can be scanned. ``county`` is the
    county's name as it is printed.
    """

    paper_id: str
    number: str
    issuer: Issuer
    county: str
    issued_on: date
    check_url: str
    check_code: str


@dataclass(frozen=True, slots=True)
class Photo:
    """One photograph of the annex.

    ``sha256`` names the stored photograph, ``width_px`` and ``height_px`` are those of
    the upright JPEG that is printed.
    """

    code: str
    sha256: str
    caption: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the table of findings.

    ``bases`` are the articles written out in full, ``due_text`` is what stands in the
    deadline column above the day, and ``due_on`` is the last day on which the finding
    may still be put right; none where it is to be put right on the spot.
    """

    ordinal: int
    place: str
    fact: str
    grade: str
    bases: tuple[str, ...]
    requirement: str
    due_text: str
    due_on: date | None
    photo_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named with a telephone number; either may be empty."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Inspector:
    """One of those who inspected, with the card that was shown.

    ``ink_sha256`` names the picture of a signature given on the screen; it is empty
    where the paper is to be signed by hand.
    """

    name: str
    organisation: str
    certificate: str
    ink_sha256: str


@dataclass(frozen=True, slots=True)
class Premises:
    """The inspected unit as it stood in the register on that day."""

    name: str
    credit_code: str
    address: str
    principal: Person
    fire_manager: Person
    nature: str
    trade: str
    workers_on_shift: int | None
    largest_shift: int | None


@dataclass(frozen=True, slots=True)
class Building:
    """The building the unit is in. Areas are the printed text with their unit."""

    use: str
    storeys: str
    floor: str
    floor_area: str
    footprint: str
    fire_resistance: str
    shared_with_dwellings: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the headings of what was inspected, with what was seen under it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One line of the score table. ``score`` is the printed text; empty if not scored."""

    code: str
    name: str
    score: str
    problems: str


@dataclass(frozen=True, slots=True)
class Signature:
    """How the factory answered the record.

    ``name`` is who read it, with the ``post``; both are empty where the paper is to be
    signed by hand. ``ink_sha256`` is as for an inspector. ``refusal`` is the reason given
    by someone who would not sign, ``witness`` who saw it.
    """

    name: str
    post: str
    signed_at: datetime | None
    ink_sha256: str
    refusal: str
    witness: str


@dataclass(frozen=True, slots=True)
class OverdueFinding:
    """One row of what is overdue. ``ordinal`` is that of the notice, ``days_late`` calendar days.

    ``rechecked`` says what the last re-check since that day found, or that there was none.
    """

    ordinal: int
    fact: str
    grade: str
    requirement: str
    due_on: date
    days_late: int
    rechecked: str


@dataclass(frozen=True, slots=True)
class RecheckedFinding:
    """One row of the results: what the notice had asked for, and what was found of it.

    ``ordinal`` is that of the notice. ``before_codes`` name its photographs of then,
    ``after_codes`` those that show how it looked at the re-check.
    """

    ordinal: int
    fact: str
    requirement: str
    due_on: date | None
    result: str
    reason: str
    before_codes: tuple[str, ...]
    after_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One line of a list of evidence: what it is, its number, and how much of it there is."""

    name: str
    number: str
    amount: str
