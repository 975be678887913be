"""What a paper says, frozen on the day it is issued.

A snapshot holds everything that is printed and nothing else: the PDF is made from it
and from the photographs it names, so a reprint needs no other row and can never
differ. Amounts, scores and areas are kept as the text that is printed; there is no
floating-point number in a snapshot.

The fields and their order are those of the county's forms for inspection record,
rectification notice and proof of service.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, TypeAlias, get_args

from firesafe.notices.kinds import PaperKind

FORM = 1
"""The version of the fields below; a change of a field's name or meaning counts it up.

A field that came later has a default and is not written down where it holds that, so the
papers of before stay as they are.
"""


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
class InspectionRecord:
    """The inspection record, form F1: what was seen on one visit, sixteen fields."""

    kind: ClassVar[PaperKind] = PaperKind.INSPECTION_RECORD

    head: Head
    premises: Premises
    building: Building
    started_at: datetime
    ended_at: datetime
    inspection_type: str
    inspectors: tuple[Inspector, ...]
    credentials: str
    sections: tuple[Section, ...]
    scores: tuple[ItemScore, ...]
    total_score: str
    total_grade: str
    findings: tuple[Finding, ...]
    corrected_on_the_spot: str
    statement: str
    handling: tuple[str, ...]
    signature: Signature
    remark: str
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class RectificationNotice:
    """The rectification notice, form F2: what is to be put right, and until when.

    ``authority`` is the article that lets the county inspect, ``interim_basis`` the one
    behind the interim measures. ``counting`` says from when the days count, and
    ``extension_until`` until when more time may be asked for, empty if no finding can be put
    off. Papers from before service was recorded have a day instead, ``extension_by``.
    """

    kind: ClassVar[PaperKind] = PaperKind.RECTIFICATION_NOTICE

    head: Head
    addressee: str
    inspected_on: date
    joined_by: tuple[str, ...]
    authority: str
    findings: tuple[Finding, ...]
    interim_measures: str
    interim_basis: str
    extension_by: date | None
    copied_to: tuple[str, ...]
    photos: tuple[Photo, ...]
    counting: str = ""
    extension_until: str = ""


@dataclass(frozen=True, slots=True)
class ServiceReceipt:
    """The proof of service, form F5, with blanks for what is filled in by hand.

    ``methods`` are all ways of service the form offers, ``method`` the one that was
    used, or empty while the form is blank. ``served_on`` stands in the place of
    ``served_at`` where only the day is known. ``ink_sha256`` is the receiver's signature.
    """

    kind: ClassVar[PaperKind] = PaperKind.SERVICE_RECEIPT

    head: Head
    cause: str
    served_title: str
    served_number: str
    addressee: str
    place: str
    methods: tuple[str, ...]
    method: str
    served_at: datetime | None
    receiver: str
    relation: str
    refusal: str
    witness: str
    recordings: str
    servers: tuple[str, ...]
    remark: str
    served_on: date | None = None
    ink_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A second numbered paper that takes an earlier one back.

    ``replaced_by`` is the number of the paper that takes its place, or empty.
    """

    kind: ClassVar[PaperKind] = PaperKind.WITHDRAWAL

    head: Head
    addressee: str
    withdrawn_title: str
    withdrawn_number: str
    withdrawn_on: date
    reason: str
    replaced_by: str
    copied_to: tuple[str, ...]


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
class RecheckOpinion:
    """The re-check opinion, form F4: what became of each finding, and what follows.

    ``notice_served_on`` is none where the notice was served on paper and not recorded yet.
    ``opinions`` are all that the form offers, ``chosen`` those that were ticked;
    ``put_off_to`` is the last day of findings that were given more time.
    """

    kind: ClassVar[PaperKind] = PaperKind.RECHECK_OPINION

    head: Head
    addressee: str
    notice_title: str
    notice_number: str
    notice_served_on: date | None
    notice_due_on: date | None
    occasions: tuple[str, ...]
    occasion: str
    manner: str
    rechecked_at: datetime
    inspectors: tuple[Inspector, ...]
    results: tuple[RecheckedFinding, ...]
    opinions: tuple[str, ...]
    chosen: tuple[str, ...]
    put_off_to: date | None
    statement: str
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class ExtensionReply:
    """The reply to an application for more time, form F6: granted or not, why, until when.

    ``ordinal`` is that of the notice. ``due_on`` is the new last day, none where it is denied;
    ``answers`` are both that the form offers, ``answer`` the one that was given.
    """

    kind: ClassVar[PaperKind] = PaperKind.EXTENSION_REPLY

    head: Head
    addressee: str
    notice_title: str
    notice_number: str
    ordinal: int
    fact: str
    requirement: str
    was_due_on: date
    asked_on: date
    asked_by: str
    asked_reason: str
    asked_measures: str
    wished_on: date
    attached: int
    answers: tuple[str, ...]
    answer: str
    grounds: str
    due_on: date | None
    required_measures: str
    copied_to: tuple[str, ...]


Paper: TypeAlias = (
    InspectionRecord
    | RectificationNotice
    | ServiceReceipt
    | Withdrawal
    | RecheckOpinion
    | ExtensionReply
)
FORMS: dict[PaperKind, type[Paper]] = {form.kind: form for form in get_args(Paper)}
