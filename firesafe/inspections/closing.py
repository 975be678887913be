"""How a visit ends: read back, signed or refused, closed; and corrected if it must be."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.core.errors import Refused, RuleBroken
from firesafe.core.words import N_
from firesafe.districts.counties import county
from firesafe.inspections.actions import NOT_YOURS, note_deed
from firesafe.inspections.judging import gaps_of
from firesafe.inspections.models import (
    Answer,
    Correction,
    Inspection,
    InspectionState,
    Signature,
    SignatureRole,
)
from firesafe.inspections.policy import may_close, may_correct, may_fill
from firesafe.inspections.rules import Gap, grade_of, sample_of
from firesafe.photos.models import PhotoState
from firesafe.photos.queries import photos_by_sha
from firesafe.standard.edition import Checkpoint, Edition, edition
from firesafe.standard.scoring import AnswerForScore, Score, score
from firesafe.standard.terms import Verdict

_SIGNATURES = {
    SignatureRole.LEAD: N_("The first inspector has not signed yet."),
    SignatureRole.SECOND: N_("The second inspector has not signed yet."),
    SignatureRole.FACTORY: N_("The factory has not signed yet, nor refused to."),
}
NO_SECOND = N_("A visit is made by two inspectors. Name the second one.")


@dataclass(frozen=True, slots=True)
class Account:
    """How a visit stands before closing.

    ``gaps`` lists what checkpoints still lack, ``unreadable`` the checkpoints with a
    photograph that could not be read, ``awaited`` those with one that has not arrived,
    ``unsigned`` the sentences about signatures.
    """

    gaps: list[tuple[Checkpoint, Gap]]
    unreadable: list[Checkpoint]
    awaited: list[Checkpoint]
    unsigned: list[str]
    score: Score

    @property
    def is_complete(self) -> bool:
        """Whether nothing is in the way of closing."""
        return not (self.gaps or self.unreadable or self.awaited or self.unsigned)

    @property
    def missing_count(self) -> int:
        """How many things are in the way of closing."""
        return len(self.gaps) + len(self.unreadable) + len(self.awaited) + len(self.unsigned)


def account_of(session: Session, inspection: Inspection) -> Account:
    """Take stock of a visit: what is missing, and what it scores as it stands."""
    standard = edition(inspection.edition_code)
    answers = {answer.checkpoint_code: answer for answer in inspection.answers}
    gaps = [
        (checkpoint, gap)
        for checkpoint in standard.checkpoints
        for gap in _gaps(standard, inspection, checkpoint, answers[checkpoint.code])
    ]
    pictures = [photo.sha256 for answer in inspection.answers for photo in answer.photos]
    arrived = photos_by_sha(session, pictures)
    bad = {sha for sha, photo in arrived.items() if photo.state is PhotoState.UNREADABLE}
    return Account(
        gaps,
        _with_photo_among(standard, answers, bad),
        _with_photo_among(standard, answers, set(pictures) - arrived.keys()),
        _unsigned(inspection),
        score_of(standard, answers),
    )


def _with_photo_among(
    standard: Edition, answers: dict[str, Answer], sha256s: set[str]
) -> list[Checkpoint]:
    return [
        checkpoint
        for checkpoint in standard.checkpoints
        if any(photo.sha256 in sha256s for photo in answers[checkpoint.code].photos)
    ]


def _gaps(
    standard: Edition, inspection: Inspection, checkpoint: Checkpoint, answer: Answer
) -> list[Gap]:
    sample = sample_of(standard, checkpoint, inspection.workers_on_shift)
    return gaps_of(checkpoint, answer.entry, sample)


def _unsigned(inspection: Inspection) -> list[str]:
    if inspection.second_id is None:
        return [NO_SECOND]
    signed = {signature.role for signature in inspection.signatures}
    if inspection.refused_at is not None:
        signed.add(SignatureRole.FACTORY)
    return [sentence for role, sentence in _SIGNATURES.items() if role not in signed]


def score_of(standard: Edition, answers: dict[str, Answer]) -> Score:
    """Score the answers by the standard's own rules; what is not answered does not count."""
    counted = {}
    for code, answer in answers.items():
        if answer.verdict is not None:
            failed = answer.verdict is Verdict.FAIL
            grade = grade_of(standard.checkpoint(code), answer.entry) if failed else None
            put_right = failed and answer.put_right_on_the_spot
            counted[code] = AnswerForScore(answer.verdict, grade, put_right)
    return score(standard, counted)


def sign_inspection(
    session: Session,
    inspection: Inspection,
    role: SignatureRole,
    *,
    name: str,
    sha256: str,
    by: Officer,
    at: datetime,
    phone: str = "",
) -> Signature:
    """Put a signature under the visit, in place of an earlier one in the same role.

    ``sha256`` names the picture, which is in the store already. ``name`` counts for the
    factory only; inspectors sign with their own. ``phone`` is the key of the phone that was
    signed on: from then on it holds the visit alone.

    Raises:
        Refused: ``by`` is none of the two inspectors, or the visit is closed.
        RuleBroken: there is no second inspector, or the factory's signer has no name.
    """
    if not may_fill(by, inspection):
        raise Refused(NOT_YOURS)
    if role is SignatureRole.FACTORY:
        inspection.refused_at = None
    inspection.signed_on = phone
    signer = _signer(inspection, role, name)
    signature = next((s for s in inspection.signatures if s.role is role), None)
    if signature is None:
        signature = Signature(role=role)
        inspection.signatures.append(signature)
    signature.name, signature.sha256, signature.signed_at = signer, sha256, at
    inspection.changed_at = at
    note_deed(session, Event.INSPECTION_SIGNED, inspection, by, at, role=role.value)
    return signature


def _signer(inspection: Inspection, role: SignatureRole, name: str) -> str:
    if role is SignatureRole.LEAD:
        return inspection.lead.name
    if role is SignatureRole.SECOND:
        if inspection.second is None:
            raise RuleBroken(NO_SECOND)
        return inspection.second.name
    if not name.strip():
        raise RuleBroken("Write down who signs for the factory.")
    return name.strip()


def refuse_signature(
    session: Session,
    inspection: Inspection,
    *,
    reason: str,
    witness: str,
    by: Officer,
    at: datetime,
    phone: str = "",
) -> None:
    """Note that the factory would not sign, why, and who saw it; ``phone`` as in `sign_inspection`.

    Raises:
        Refused: ``by`` is none of the two inspectors, or the visit is closed.
        RuleBroken: the reason or the witness is missing.
    """
    if not may_fill(by, inspection):
        raise Refused(NOT_YOURS)
    if not reason.strip() or not witness.strip():
        raise RuleBroken("A refusal needs a reason and a witness.")
    kept = [each for each in inspection.signatures if each.role is not SignatureRole.FACTORY]
    inspection.signatures = kept
    inspection.signed_on = phone
    inspection.refusal_reason, inspection.refusal_witness = reason.strip(), witness.strip()
    inspection.refused_at = inspection.changed_at = at
    facts = {"role": SignatureRole.FACTORY.value, "refused": True}
    note_deed(session, Event.INSPECTION_SIGNED, inspection, by, at, **facts)


def close_inspection(
    session: Session, inspection: Inspection, *, statement: str = "", by: Officer, at: datetime
) -> list[Answer]:
    """Close the visit for good, and return its failed answers in the order of the standard.

    Scores are worked out and kept, and what the printed record needs of factory and people
    is frozen. ``statement`` is what the factory had to say. Findings are recorded by
    whoever called, in the same unit of work.

    Raises:
        Refused: ``by`` is none of the two inspectors, or the visit is closed already.
        RuleBroken: something is missing; the sentence names the first thing.
    """
    if not may_close(by, inspection):
        raise Refused(NOT_YOURS)
    account = account_of(session, inspection)
    if not account.is_complete:
        raise RuleBroken(
            "%(count)s things are missing before this visit can be closed. "
            "The page for finishing lists them.",
            count=account.missing_count,
        )
    inspection.statement = statement.strip()
    inspection.closed_at = at
    return freeze_result(session, inspection, account.score, by=by, at=at)


def freeze_result(
    session: Session, inspection: Inspection, result: Score, *, by: Officer, at: datetime
) -> list[Answer]:
    """Make a visit that is whole a closed one, and return its failed answers in order.

    ``closed_at`` and ``statement`` stand in it already. ``by`` is who closed it or handed it in.
    """
    answers = {answer.checkpoint_code: answer for answer in inspection.answers}
    standard = edition(inspection.edition_code)
    inspection.state, inspection.changed_at = InspectionState.CLOSED, at
    inspection.score = result.whole
    inspection.mark = result.mark.value if result.mark else None
    inspection.item_scores = _item_scores(standard, answers, result)
    inspection.as_closed = _frozen(inspection)
    failed = [
        answers[checkpoint.code]
        for checkpoint in standard.checkpoints
        if answers[checkpoint.code].verdict is Verdict.FAIL
    ]
    facts = {"score": inspection.score, "mark": inspection.mark, "failed": len(failed)}
    note_deed(session, Event.INSPECTION_CLOSED, inspection, by, at, **facts)
    return failed


def _item_scores(
    standard: Edition, answers: dict[str, Answer], result: Score
) -> dict[str, dict[str, int | None]]:
    """Return per item its score, and how many of its checkpoints counted and failed."""
    scores = {}
    for item in standard.items:
        verdicts = [answers[c.code].verdict for c in standard.checkpoints_of(item.code)]
        scores[item.code] = {
            "score": result.items[item.code],
            "failed": verdicts.count(Verdict.FAIL),
            "answered": len(verdicts) - verdicts.count(Verdict.NOT_APPLICABLE),
        }
    return scores


_PREMISES: tuple[str, ...] = (
    *("name", "point_number", "credit_code", "address", "place", "trade"),
    *("responsible_name", "responsible_phone", "fire_manager_name", "fire_manager_phone"),
    *("is_key_unit", "most_on_shift", "is_below_housing", "is_high_rise", "storeys", "on_floor"),
    *("floor_area_m2", "footprint_m2", "fire_resistance", "has_hydrant", "has_sprinkler"),
    *("has_filling_machine", "has_dormitory"),
)


def _frozen(inspection: Inspection) -> dict[str, Any]:
    """Return what the printed record says of factory and people, as it is on this day."""
    factory = inspection.factory
    people = [person for person in (inspection.lead, inspection.second) if person]
    return {
        "county": county(inspection.county_code).name_zh,
        "factory": {
            **{name: getattr(factory, name) for name in _PREMISES},
            "workers_on_shift": inspection.workers_on_shift,
            "building_use": factory.building_use.value,
        },
        "inspectors": [
            {"id": person.id, "name": person.name, "card_number": person.card_number or ""}
            for person in people
        ],
        "cards_shown": inspection.cards_shown,
    }


@dataclass(frozen=True, slots=True)
class Correcting:
    """A correction (更正): what it is about, what was written, what is right, and why."""

    subject: str
    was: str
    should_be: str
    reason: str


def correct_inspection(
    session: Session, inspection: Inspection, correcting: Correcting, *, by: Officer, at: datetime
) -> Correction:
    """Record a correction beside a closed visit; the record itself stays as it was signed.

    Raises:
        Refused: ``by`` may not, or the visit is not closed.
        RuleBroken: a part is missing, or nothing would be different.
    """
    if not may_correct(by, inspection):
        raise Refused("You may not correct this visit.")
    words = {name: text.strip() for name, text in asdict(correcting).items()}
    if not all(words.values()):
        raise RuleBroken(
            "A correction says what is wrong, what was written, what is right and why."
        )
    if words["was"] == words["should_be"]:
        raise RuleBroken("The correction says the same as the record.")
    correction = Correction(inspection_id=inspection.id, at=at, by_id=by.id, **words)
    session.add(correction)
    session.flush()
    facts = {"correction": correction.id, "about": correction.subject}
    note_deed(session, Event.INSPECTION_CORRECTED, inspection, by, at, **facts)
    return correction
