"""What inspectors do with a visit while it can still be changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.clock import county_time
from firesafe.core.db import take_turns
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.factories.models import Factory
from firesafe.inspections.beginning import FirstAnswer, first_answers, write_answers
from firesafe.inspections.judging import suggested_verdict
from firesafe.inspections.models import (
    Answer,
    AnswerPhoto,
    Inspection,
    InspectionKind,
    InspectionState,
    PhotoMoment,
)
from firesafe.inspections.policy import may_fill, may_go_along, may_open, may_void
from firesafe.inspections.queries import answer_of
from firesafe.inspections.rules import (
    MOST_PHOTOS,
    OnPhone,
    checked_changes,
    sample_of,
)
from firesafe.standard.actions import mark_edition_used
from firesafe.standard.edition import Edition, current_edition, edition

FIGURES = frozenset({"asked_count", "correct_count", "drill_seconds", "drill_steps"})
_OF_KEY = select(Inspection.id).where(Inspection.client_key == bindparam("client_key"))
NOT_YOURS = "Only the two inspectors of this visit can change it, and only until it is closed."


@dataclass(frozen=True, slots=True)
class Opening:
    """How a visit begins: why it is made, who goes along, how many people are at work.

    One that began on a phone names the edition of the sheet that was filled in, and when.
    """

    kind: InspectionKind
    second: Officer | None
    workers_on_shift: int
    cards_shown: bool = True
    edition_code: str = ""
    on_phone: OnPhone | None = None


def open_inspection(
    session: Session,
    factory: Factory,
    opening: Opening,
    *,
    client_key: str,
    by: Officer,
    at: datetime,
) -> Inspection:
    """Begin a visit in the newest edition of the standard, or in the one it was filled in.

    Checkpoints that do not apply to such a factory are preset to that, with the reason.
    ``client_key`` makes it safe to send the same beginning twice: the visit that is there
    is returned.

    Raises:
        Refused: ``by`` may not inspect this factory, or the second may not go along.
        RuleBroken: the key belongs to a visit that began otherwise.
        NotFound: there is no such edition.
    """
    begun = begin_inspection(session, factory, opening, client_key=client_key, by=by, at=at)
    if begun.unwritten:
        write_answers(session, begun.inspection, begun.unwritten)
    return begun.inspection


@dataclass(frozen=True, slots=True)
class Begun:
    """A visit that was begun; ``unwritten`` are its answers if it was begun just now."""

    inspection: Inspection
    unwritten: list[FirstAnswer]


def begin_inspection(
    session: Session,
    factory: Factory,
    opening: Opening,
    *,
    client_key: str,
    by: Officer,
    at: datetime,
) -> Begun:
    """Do the same as `open_inspection`, but leave the writing of the answers to the caller."""
    if not may_open(by, factory):
        raise Refused("You may inspect the factories of your own county only.")
    if opening.second and not may_go_along(opening.second, by):
        raise Refused("The second inspector must be somebody else of your county.")
    take_turns(session, f"visit:{client_key}")
    known_id = session.connection().scalar(_OF_KEY, {"client_key": client_key})
    if known_id is not None:
        known = session.get_one(Inspection, known_id)
        return Begun(_same_beginning(known, factory, opening, by), [])
    standard = _edition_of(opening)
    inspection = Inspection(
        client_key=client_key,
        factory=factory,
        county_code=factory.county_code,
        edition_code=standard.code,
        kind=opening.kind,
        lead_id=by.id,
        second_id=opening.second.id if opening.second else None,
        opened_at=_moment_of(opening, at),
        changed_at=at,
        workers_on_shift=opening.workers_on_shift,
        cards_shown=opening.cards_shown,
        refused_at=None,
        signed_on="",
        signatures=[],  # said, so that nobody has to look whether there are any
    )
    if opening.on_phone:
        inspection.opened_on_phone_at = opening.on_phone.shown_at
        inspection.clock_ahead_seconds = opening.on_phone.clock_ahead_seconds
        inspection.phone_device = opening.on_phone.device
    session.add(inspection)
    session.flush()
    mark_edition_used(session, standard, at=at)
    note_deed(session, Event.INSPECTION_OPENED, inspection, by, at, factory=factory.id)
    return Begun(inspection, first_answers(standard, factory, opening.workers_on_shift, by, at))


def _edition_of(opening: Opening) -> Edition:
    return edition(opening.edition_code) if opening.edition_code else current_edition()


def _moment_of(opening: Opening, at: datetime) -> datetime:
    return opening.on_phone.moment(not_after=at) if opening.on_phone else at


def _same_beginning(
    known: Inspection, factory: Factory, opening: Opening, by: Officer
) -> Inspection:
    began = (known.lead_id, known.factory_id, known.kind, known.second_id)
    begins = (by.id, factory.id, opening.kind, opening.second.id if opening.second else None)
    if began != begins or known.workers_on_shift != opening.workers_on_shift:
        raise RuleBroken("This visit was begun before, but otherwise. Begin a new one.")
    return known


def answer_checkpoint(
    session: Session,
    inspection: Inspection,
    code: str,
    changes: Mapping[str, Any],
    *,
    version: int,
    by: Officer,
    at: datetime,
) -> Answer:
    """Change what stands at one checkpoint; only the fields named in ``changes``.

    New figures of questions or drills set the verdict, unless it is changed as well. What
    was signed before is no longer what was read, so signatures are taken back. Changes
    that are there already do nothing, so a lost reply may be asked for again.

    Raises:
        Refused: ``by`` is none of the two inspectors, or the visit is closed.
        NotFound: the visit has no such checkpoint.
        RuleBroken: a value cannot stand there.
        Stale: somebody changed the checkpoint since ``version`` was shown.
    """
    if not may_fill(by, inspection):
        raise Refused(NOT_YOURS)
    answer = answer_of(session, inspection, code)
    standard = edition(inspection.edition_code)
    tidy = checked_changes(standard, standard.checkpoint(code), changes)
    news = {name: value for name, value in tidy.items() if getattr(answer, name) != value}
    if not news:
        return answer
    if answer.version != version:
        raise Stale(
            "%(name)s changed %(code)s at %(clock)s. Look at it again, then write it once more.",
            name=answer.changed_by.name,
            code=code,
            clock=county_time(answer.changed_at).strftime("%H:%M"),
        )
    for name, value in news.items():
        setattr(answer, name, value)
    if "verdict" not in news and FIGURES & news.keys():
        _judge_by_figures(standard, inspection, answer)
    check_counts(answer)
    answer.version += 1
    touch(inspection, answer, by, at)
    session.flush()  # a page that shows the answer next reads it anew
    return answer


def _judge_by_figures(standard: Edition, inspection: Inspection, answer: Answer) -> None:
    checkpoint = standard.checkpoint(answer.checkpoint_code)
    sample = sample_of(standard, checkpoint, inspection.workers_on_shift)
    suggested = suggested_verdict(checkpoint, answer.entry, sample)
    if suggested is not None:
        answer.verdict = suggested


def check_counts(answer: Answer | FirstAnswer) -> None:
    """Refuse an answer in which more people were right than were asked."""
    if (answer.correct_count or 0) > (answer.asked_count or 0):
        raise RuleBroken("More were right than were asked. Count once more.")


def touch(inspection: Inspection, answer: Answer | FirstAnswer, by: Officer, at: datetime) -> None:
    """Note who changed what and when; what was signed is no longer what was read."""
    answer.is_preset = False
    answer.changed_at, answer.changed_by_id = at, by.id
    if inspection.changed_at != at:
        inspection.changed_at = at
    if inspection.signatures or inspection.refused_at or inspection.signed_on:
        inspection.refused_at, inspection.signed_on = None, ""
        inspection.signatures.clear()


def attach_photo(
    session: Session,
    inspection: Inspection,
    code: str,
    sha256: str,
    moment: PhotoMoment,
    *,
    by: Officer,
    at: datetime,
) -> AnswerPhoto:
    """Let a photograph belong to a checkpoint; twice is as good as once.

    It may still be on its way: so it is known what the phone holds.

    Raises:
        Refused: ``by`` is none of the two inspectors, or the visit is closed.
        NotFound: there is no such checkpoint.
        RuleBroken: the checkpoint has `MOST_PHOTOS` already.
    """
    answer = answer_of(session, inspection, code)
    photo = attach_to(answer, inspection, sha256, moment, by=by, at=at)
    session.flush()
    return photo


def attach_to(
    answer: Answer | FirstAnswer,
    inspection: Inspection,
    sha256: str,
    moment: PhotoMoment,
    *,
    by: Officer,
    at: datetime,
) -> AnswerPhoto:
    """Do the same as `attach_photo` with an answer that is at hand."""
    if not may_fill(by, inspection):
        raise Refused(NOT_YOURS)
    known = [each for each in answer.photos if (each.sha256, each.moment) == (sha256, moment)]
    if known:
        return known[0]
    if len(answer.photos) >= MOST_PHOTOS:
        raise RuleBroken("A checkpoint takes %(most)s photographs.", most=MOST_PHOTOS)
    photo = AnswerPhoto(sha256=sha256, moment=moment, added_at=at)
    answer.photos.append(photo)
    touch(inspection, answer, by, at)
    return photo


def detach_photo(
    session: Session,
    inspection: Inspection,
    code: str,
    sha256: str,
    moment: PhotoMoment,
    *,
    by: Officer,
    at: datetime,
) -> None:
    """Take a photograph away from a checkpoint; one that is not there is no matter.

    Raises:
        Refused: ``by`` is none of the two inspectors, or the visit is closed.
        NotFound: the visit has no such checkpoint.
    """
    answer = answer_of(session, inspection, code)
    detach_from(answer, inspection, sha256, moment, by=by, at=at)
    session.flush()


def detach_from(
    answer: Answer | FirstAnswer,
    inspection: Inspection,
    sha256: str,
    moment: PhotoMoment,
    *,
    by: Officer,
    at: datetime,
) -> None:
    """Do the same as `detach_photo` with an answer that is at hand."""
    if not may_fill(by, inspection):
        raise Refused(NOT_YOURS)
    for photo in list(answer.photos):
        if (photo.sha256, photo.moment) == (sha256, moment):
            answer.photos.remove(photo)
            touch(inspection, answer, by, at)


def void_inspection(
    session: Session, inspection: Inspection, *, reason: str, by: Officer, at: datetime
) -> None:
    """Give a draft up, for a reason that stays on record.

    Raises:
        Refused: ``by`` may not, or the visit is closed.
        RuleBroken: no reason is given.
    """
    if not may_void(by, inspection):
        raise Refused("You may not give up this visit.")
    if not reason.strip():
        raise RuleBroken("Say why this visit is given up.")
    inspection.state = InspectionState.VOID
    inspection.void_reason = reason.strip()
    inspection.changed_at = at
    note_deed(session, Event.INSPECTION_VOIDED, inspection, by, at, reason=reason.strip())


def note_deed(
    session: Session,
    event: Event,
    inspection: Inspection,
    by: Officer,
    at: datetime,
    **facts: object,
) -> None:
    """Enter a deed on a visit in the trail."""
    record(
        session,
        event,
        by=by.id,
        county=inspection.county_code,
        subject=f"inspection:{inspection.id}",
        at=at,
        **facts,
    )
