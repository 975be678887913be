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
from firesafe.notices.parts import (
    Building,
    Exhibit,
    Finding,
    Head,
    Inspector,
    Issuer,
    ItemScore,
    OverdueFinding,
    Person,
    Photo,
    Premises,
    RecheckedFinding,
    Section,
    Signature,
)

__all__ = [
    "Building",
    "Exhibit",
    "Finding",
    "Head",
    "Inspector",
    "Issuer",
    "ItemScore",
    "OverdueFinding",
    "Person",
    "Photo",
    "Premises",
    "RecheckedFinding",
    "Section",
    "Signature",
]

FORM = 1
"""The version of the fields below; a change of a field's name or meaning counts it up.

A field that came later has a default and is not written down where it holds that, so the
papers of before stay as they are.
"""


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


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """The letter that refers a suspected major hazard to the fire service, form F7.

    ``authority`` is the article the county inspects by, ``measures`` what was done already.
    ``opinion`` says that it is suspected, and no more: only the fire service judges.
    """

    kind: ClassVar[PaperKind] = PaperKind.REFERRAL

    head: Head
    addressee: str
    premises: Premises
    authority: str
    started_at: datetime
    ended_at: datetime
    inspection_type: str
    inspectors: tuple[Inspector, ...]
    statement: str
    findings: tuple[Finding, ...]
    evidence: tuple[Exhibit, ...]
    measures: str
    opinion: str
    copied_to: tuple[str, ...]
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class SupervisionLetter:
    """The letter that urges a factory to put right what is overdue (督办函).

    It sets no new last day. ``authority`` is the article the county inspects by,
    ``measures_basis`` the one behind ``measures``, what keeps people safe until then.
    """

    kind: ClassVar[PaperKind] = PaperKind.SUPERVISION_LETTER

    head: Head
    addressee: str
    notice_title: str
    notice_number: str
    notice_issued_on: date
    notice_served_on: date
    authority: str
    findings: tuple[OverdueFinding, ...]
    measures: str
    measures_basis: str
    copied_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImmediateOrder:
    """The order to correct at once (责令立即改正通知书), form F3.

    ``organ`` is how the body calls itself in the text, ``authority`` the article that lets it
    order. ``offences`` are all that the form offers, ``chosen`` those that were ticked, and
    ``problems`` what was seen.
    """

    kind: ClassVar[PaperKind] = PaperKind.IMMEDIATE_ORDER

    head: Head
    addressee: str
    organ: str
    inspected_on: date
    authority: str
    offences: tuple[str, ...]
    chosen: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatedOrder:
    """The order to correct by a day (责令限期改正通知书), form F3; ``due_on`` is that day.

    Its other fields are those of `ImmediateOrder`.
    """

    kind: ClassVar[PaperKind] = PaperKind.DATED_ORDER

    head: Head
    addressee: str
    organ: str
    inspected_on: date
    authority: str
    offences: tuple[str, ...]
    chosen: tuple[str, ...]
    problems: tuple[str, ...]
    due_on: date


Paper: TypeAlias = (
    InspectionRecord
    | RectificationNotice
    | ServiceReceipt
    | Withdrawal
    | RecheckOpinion
    | ExtensionReply
    | ReferralLetter
    | SupervisionLetter
    | ImmediateOrder
    | DatedOrder
)
FORMS: dict[PaperKind, type[Paper]] = {form.kind: form for form in get_args(Paper)}
