"""What phones send and what they are told, described so that a machine can check it.

Limits are those of the rooms that keep what is sent; nothing is decided here.
"""

import base64
import binascii
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from firesafe.core.columns import LARGEST_ID
from firesafe.core.errors import RuleBroken
from firesafe.core.sealed import WHOLE, Sealed
from firesafe.findings.models import Manner, Occasion, Result
from firesafe.findings.rechecking import LONGEST_REASON, LONGEST_STATEMENT, MOST_PHOTOS
from firesafe.inspections.models import (
    InspectionKind,
    InspectionState,
    PhotoMoment,
    SignatureRole,
)
from firesafe.inspections.rules import DEED_LIMITS, MOST_WORKERS, NUMBER_LIMITS, TEXT_LIMITS
from firesafe.notices.opinion import Step
from firesafe.photos.described import Sha256
from firesafe.standard.terms import Grade, Verdict

MOST_DEEDS = 200
MOST_ASKED = 1000
MOST_JUDGED = 100
"""So many findings in one re-check: a visit has fewer checkpoints."""

INK_CHARACTERS = 800_000
"""A signature as a picture in base64: 600 KB, a hundred times what ink on a screen needs."""

NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps no text with a NUL in it


def _text(most: int) -> StringConstraints:
    return StringConstraints(max_length=most, pattern=NO_NUL)


RecordId = Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]-[0-9]{2}$")]
EditionCode = Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]{1,12}$")]
Clock = Annotated[int, Field(ge=0, le=1_000_000), WHOLE]
Second = Annotated[int, Field(ge=0, le=NUMBER_LIMITS["drill_seconds"]), WHOLE]


class Entry(Sealed):
    """Everything that stands at one checkpoint; what is empty is the standard's own."""

    verdict: Verdict | None
    not_applicable_reason: Annotated[str, _text(TEXT_LIMITS["not_applicable_reason"])]
    seen: Annotated[str, _text(TEXT_LIMITS["seen"])]
    place: Annotated[str, _text(TEXT_LIMITS["place"])]
    grade: Grade | None
    escalated: bool
    grace_days: Annotated[int, Field(ge=0, le=365), WHOLE] | None
    requirement: Annotated[str, _text(TEXT_LIMITS["requirement"])]
    put_right_on_the_spot: bool
    asked_count: Annotated[int, Field(ge=0, le=NUMBER_LIMITS["asked_count"]), WHOLE] | None
    correct_count: Annotated[int, Field(ge=0, le=NUMBER_LIMITS["correct_count"]), WHOLE] | None
    drill_seconds: Second | None
    drill_steps: Annotated[list[Second | None], Field(max_length=40)] | None
    remark: Annotated[str, _text(TEXT_LIMITS["remark"])]


class Open(Sealed):
    """Begin the visit; once is enough, and again is no harm."""

    deed: Literal["open"]
    factory_id: RecordId
    kind: InspectionKind
    second_id: RecordId | None
    workers_on_shift: Annotated[int, Field(ge=1, le=MOST_WORKERS), WHOLE]
    cards_shown: bool
    edition_code: EditionCode
    opened_at: AwareDatetime


class Answer(Sealed):
    """Let this stand at a checkpoint.

    ``clock`` counts the changes of this checkpoint as the phone knows them; ``seen`` is the
    version it last had from the server.
    """

    deed: Literal["answer"]
    code: Code
    entry: Entry
    clock: Clock
    seen: Clock


class Attach(Sealed):
    """Let a photograph belong to a checkpoint, whether it has arrived or not."""

    deed: Literal["attach"]
    code: Code
    moment: PhotoMoment
    sha256: Sha256


class Detach(Sealed):
    """Take a photograph away from a checkpoint."""

    deed: Literal["detach"]
    code: Code
    moment: PhotoMoment
    sha256: Sha256


class Sign(Sealed):
    """Put a signature under the visit; ``picture`` is a PNG or JPEG in base64."""

    deed: Literal["sign"]
    role: SignatureRole
    name: Annotated[str, _text(DEED_LIMITS["signer"])]
    picture: Annotated[
        str, StringConstraints(max_length=INK_CHARACTERS, pattern=r"^[A-Za-z0-9+/]+={0,2}$")
    ]
    at: AwareDatetime | None = None

    @property
    def ink(self) -> bytes:
        """The picture itself.

        Raises:
            RuleBroken: it is no base64.
        """
        try:
            return base64.b64decode(self.picture, validate=True)
        except binascii.Error as fault:
            raise RuleBroken("A signature arrived damaged. Sign once more.") from fault


class Refuse(Sealed):
    """Note that the factory would not sign."""

    deed: Literal["refuse"]
    reason: Annotated[str, _text(DEED_LIMITS["refusal_reason"])]
    witness: Annotated[str, _text(DEED_LIMITS["refusal_witness"])]
    at: AwareDatetime | None = None


class HandIn(Sealed):
    """Hand the visit in; ``photos`` is its manifest, ``closed_at`` when it ended."""

    deed: Literal["hand_in"]
    statement: Annotated[str, _text(DEED_LIMITS["statement"])]
    photos: Annotated[list[Sha256], Field(max_length=MOST_ASKED)]
    closed_at: AwareDatetime


class Void(Sealed):
    """Give the visit up."""

    deed: Literal["void"]
    reason: Annotated[str, _text(DEED_LIMITS["void_reason"])]


class Judged(Sealed):
    """What a re-check found of one finding.

    ``version`` is the one that whoever judged has seen; ``photos`` must have arrived.
    """

    finding_id: RecordId
    version: Clock
    result: Result
    reason: Annotated[str, _text(LONGEST_REASON)]
    photos: Annotated[list[Sha256], Field(max_length=MOST_PHOTOS)]


class Recheck(Sealed):
    """Re-check what was found at a visit, and issue the numbered opinion: one act.

    ``key`` is made where the re-check begins, and makes sending twice harmless.
    """

    deed: Literal["recheck"]
    key: UUID
    manner: Manner
    occasion: Occasion
    second_id: RecordId | None
    statement: Annotated[str, _text(LONGEST_STATEMENT)]
    rechecked_at: AwareDatetime
    steps: Annotated[list[Step], Field(max_length=len(Step))]
    judgements: Annotated[list[Judged], Field(min_length=1, max_length=MOST_JUDGED)]


Deed = Annotated[
    Open | Answer | Attach | Detach | Sign | Refuse | HandIn | Void | Recheck,
    Field(discriminator="deed"),
]


class SentParcel(Sealed):
    """What was done with one visit on one phone, in the order in which it was done."""

    visit: UUID
    phone: UUID
    written_at: AwareDatetime
    deeds: Annotated[list[Deed], Field(min_length=1, max_length=MOST_DEEDS)]


class Standing(Sealed):
    """What stands at a checkpoint; ``overtaken`` when it is not what the parcel brought."""

    version: int
    entry: dict[str, Any]
    overtaken: bool


class Opinion(Sealed):
    """The numbered paper that a re-check has led to."""

    number: str
    address: str


class Outcome(Sealed):
    """How a visit stands after a parcel.

    ``answers`` are those that the parcel touched, ``opinion`` is that of its re-check.
    """

    visit: UUID
    inspection_id: int
    state: InspectionState
    address: str
    answers: dict[str, Standing]
    opinion: Opinion | None = None


class Receipt(Sealed):
    """That a parcel is kept, and will be after a power cut; ``sha256`` is that of its bytes."""

    parcel: UUID
    sha256: str
    received_at: AwareDatetime
    outcome: Outcome


class ParcelHeaders(Sealed):
    """When the parcel leaves, by the phone's own clock: it tells how wrong that is."""

    sent_at: Annotated[AwareDatetime, Field(alias="Parcel-Sent-At")]


class SentPhone(Sealed):
    """Which phone asks for a token: the key that it made for itself."""

    phone: UUID


class Token(Sealed):
    """What the phone may send with from now on, and for whom; the one before is no longer good."""

    token: str
    officer: int
    expires_at: AwareDatetime


class Asked(Sealed):
    """Of which photographs and visits a phone wants to know how they stand."""

    photos: Annotated[list[Sha256], Field(max_length=MOST_ASKED)]
    visits: Annotated[list[UUID], Field(max_length=MOST_ASKED)]


class PhotoStanding(Sealed):
    """Where a photograph stands, and why if it cannot be read.

    ``distance`` says in words how far from its factory it was taken, where that can be told.
    """

    state: Literal["absent", "received", "readable", "unreadable"]
    sentence: str | None = None
    distance: str | None = None
    is_far: bool = False


class VisitStanding(Sealed):
    """Where a visit stands, and for how many photographs it waits."""

    state: Literal["absent", "draft", "handed_in", "closed", "void"]
    inspection_id: int | None = None
    address: str | None = None
    waiting_photos: int = 0
    sentence: str | None = None


class Standings(Sealed):
    """How everything stands that was asked for."""

    photos: dict[str, PhotoStanding]
    visits: dict[str, VisitStanding]


class Person(Sealed):
    """An officer as others call him."""

    id: int
    name: str


class Holder(Person):
    """Whose bundle it is."""

    county_code: str


class OpenFinding(Sealed):
    """What is not put right yet in a factory."""

    code: str
    wording: str
    grade: Grade
    due_on: date | None


class PastVisit(Sealed):
    """A closed visit: how many checkpoints failed, and the score out of 100."""

    closed_at: AwareDatetime
    failed: int
    score: int | None


class Presets(Sealed):
    """Which checkpoints do not apply with so many workers or more, and why not."""

    from_workers: int
    codes: dict[str, str]


class Band(Sealed):
    """With so many workers or more: how many are asked, and how many must be right."""

    from_workers: int
    asked: int
    needed: int


class BundleFactory(Sealed):
    """A factory that is due, or where a visit is under way."""

    id: int
    name: str
    place: str
    door_code: str
    point_number: str
    workers_on_shift: int
    latitude: float | None
    longitude: float | None
    last_closed_at: AwareDatetime | None
    open_findings: list[OpenFinding]
    history: list[PastVisit]
    not_applicable: list[Presets]


class Bundle(Sealed):
    """Everything one officer needs for a day without signal.

    ``pages`` are the addresses that the phone keeps, ``sheet`` the empty visit page among
    them, ``pictures`` the photographs that re-checks show. ``drafts`` are visits as the visit
    page itself is told of them.
    """

    made_at: AwareDatetime
    officer: Holder
    edition: str
    sheet: str
    pages: list[str]
    pictures: list[str]
    revisit_days: int
    factories: list[BundleFactory]
    samples: dict[str, list[Band]]
    second_inspectors: list[Person]
    drafts: list[dict[str, Any]]
