"""A visit of the story: photographs taken, checkpoints answered, signed, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.demo.drawing import draw_scene, draw_signature
from firesafe.demo.story import Failure, Visit
from firesafe.factories.models import Factory
from firesafe.findings.actions import record_findings
from firesafe.inspections.actions import (
    Opening,
    attach_photo,
    begin_inspection,
    void_inspection,
)
from firesafe.inspections.beginning import FirstAnswer, write_answers
from firesafe.inspections.closing import close_inspection, refuse_signature, sign_inspection
from firesafe.inspections.ink import keep_ink
from firesafe.inspections.models import Inspection, PhotoMoment, SignatureRole
from firesafe.inspections.phone import HandingIn, Written, hand_in, merge_into
from firesafe.inspections.rules import OnPhone
from firesafe.photos.actions import Said, enter_photo
from firesafe.photos.intake import Arrived, take_in
from firesafe.photos.rules import Source
from firesafe.photos.store import Store
from firesafe.standard.edition import Checkpoint, Edition, edition
from firesafe.standard.rules import sample_for
from firesafe.standard.terms import Verdict


@dataclass(frozen=True, slots=True)
class Taken:
    """A photograph that lies in the store, and what it shows."""

    code: str
    moment: PhotoMoment
    arrived: Arrived


def chance(seed: int, about: str) -> Random:
    """Return the chance that decides one thing: the same for the same seed, whatever else is."""
    return Random(f"{seed}:{about}")  # noqa: S311 — the demo is to be reproducible, not secret


def photograph(store: Store, visit: Visit, scenes: dict[str, str], *, seed: int) -> list[Taken]:
    """Draw the photographs of a visit and keep them in the store, as a phone sends them ahead."""
    return [
        Taken(failure.code, moment, _photograph(store, visit, failure, scenes, seed, number))
        for failure in visit.failed
        if failure.code in scenes
        for number, moment in enumerate(_moments(failure))
    ]


def written_name(store: Store, name: str, *, seed: int) -> str:
    """Keep a drawn signature in the store, the same for the same name, and return its SHA-256."""
    return keep_ink(store, draw_signature(chance(seed, f"ink/{name}")))


def make_visit(
    session: Session,
    visit: Visit,
    photos: list[Taken],
    inks: Mapping[str, str],
    *,
    seed: int,
    at: datetime,
) -> Inspection:
    """Open a visit, answer its checkpoints, and bring it to the end that the story tells.

    ``at`` is the moment of opening; answers, signatures and closing follow within the
    visit's minutes. ``inks`` holds the signatures in the store by name.
    """
    lead, second = (_officer(session, name) for name in visit.inspectors)
    factory = session.scalars(select(Factory).where(Factory.name == visit.factory)).one()
    random = chance(seed, visit.key)
    workers = max(factory.workers_on_shift - random.randint(0, 2), 1)
    key = str(UUID(int=random.getrandbits(128), version=4))
    opening = Opening(visit.kind, second, workers_on_shift=workers)
    begun = begin_inspection(session, factory, opening, client_key=key, by=lead, at=at)
    inspection = begun.inspection
    _answer(session, inspection, begun.unwritten, visit, random, by=lead)
    write_answers(session, inspection, begun.unwritten)
    end = at + timedelta(minutes=visit.minutes)
    shown_at = end - timedelta(minutes=visit.minutes // 3)
    _show(session, inspection, photos, len(photos) - visit.is_handed_in, by=lead, at=shown_at)
    if visit.given_up:
        void_inspection(session, inspection, reason=visit.given_up, by=lead, at=end)
    elif visit.answered is None:
        _sign(session, inspection, visit, inks, by=lead, at=end - timedelta(minutes=2))
        _end(session, inspection, visit, photos, by=lead, at=end)
    return inspection


def _end(
    session: Session,
    inspection: Inspection,
    visit: Visit,
    photos: list[Taken],
    *,
    by: Officer,
    at: datetime,
) -> None:
    """Close the signed visit, or hand it in if it waits for a photograph."""
    if visit.is_handed_in:
        shown = [taken.arrived.sha256 for taken in photos]
        handing = HandingIn(visit.statement, shown, OnPhone(at, clock_ahead_seconds=0))
        hand_in(session, inspection, handing, by=by, at=at)
    else:
        failed = close_inspection(session, inspection, statement=visit.statement, by=by, at=at)
        record_findings(session, inspection, failed, at=at)


def _moments(failure: Failure) -> list[PhotoMoment]:
    found = [PhotoMoment.FOUND] * failure.photos
    return [*found, PhotoMoment.PUT_RIGHT] if failure.put_right else found


def _photograph(
    store: Store, visit: Visit, failure: Failure, scenes: dict[str, str], seed: int, number: int
) -> Arrived:
    about = failure.same_as or f"{visit.key}/{failure.code}"
    jpeg = draw_scene(
        scenes[failure.code],
        chance(seed, f"{about}/{number}"),
        put_right=failure.put_right and number == failure.photos,
    )
    return take_in(store, BytesIO(jpeg), byte_count=len(jpeg))


def _answer(
    session: Session,
    inspection: Inspection,
    answers: list[FirstAnswer],
    visit: Visit,
    random: Random,
    *,
    by: Officer,
) -> None:
    """Answer every checkpoint that the visit gets to, one after the other, as on a phone."""
    standard = edition(inspection.edition_code)
    failures = {failure.code: failure for failure in visit.failed}
    reached = _reached(answers, visit)
    pace = timedelta(minutes=visit.minutes) * 0.8 / max(len(reached), 1)
    for place, answer in enumerate(reached):
        checkpoint = standard.checkpoint(answer.checkpoint_code)
        failure = failures.get(checkpoint.code)
        entry = _figures(
            standard, checkpoint, inspection.workers_on_shift, random, good=failure is None
        )
        entry |= _failed(failure) if failure else {"verdict": Verdict.PASS}
        written = Written(entry, clock=answer.version + 1, seen=answer.version)
        moment = inspection.opened_at + pace * place
        merge_into(session, inspection, answer, written, by=by, at=moment)


def _reached(answers: list[FirstAnswer], visit: Visit) -> list[FirstAnswer]:
    """Return the answers that are given: all, or in a draft as many of each group as told.

    What is preset counts as answered and is left as it is.
    """
    if visit.answered is None:
        return [answer for answer in answers if not answer.is_preset]
    reached: list[FirstAnswer] = []
    for group, count in visit.answered.items():
        of_group = [each for each in answers if each.checkpoint_code.startswith(group)]
        waiting = [answer for answer in of_group if not answer.is_preset]
        reached += waiting[: max(count - len(of_group) + len(waiting), 0)]
    return reached


def _failed(failure: Failure) -> dict[str, object]:
    changes: dict[str, object] = {
        "verdict": Verdict.FAIL,
        "place": failure.place,
        "seen": failure.seen,
        "escalated": failure.escalated,
        "put_right_on_the_spot": failure.put_right,
    }
    return changes if failure.days is None else {**changes, "grace_days": failure.days}


def _figures(
    standard: Edition, checkpoint: Checkpoint, workers: int, random: Random, *, good: bool
) -> dict[str, object]:
    """Return figures of questions and drills that speak for the verdict."""
    figures: dict[str, object] = {}
    if checkpoint.counting:
        sample = sample_for(standard, checkpoint.counting, workers)
        right = random.randint(sample.needed, sample.asked) if good else sample.needed - 1
        figures |= {"asked_count": sample.asked, "correct_count": right}
    if checkpoint.drill and checkpoint.drill.limit_seconds:
        share = random.uniform(0.55, 0.95) if good else random.uniform(1.1, 1.5)
        figures["drill_seconds"] = round(checkpoint.drill.limit_seconds * share)
    return figures


def _show(
    session: Session,
    inspection: Inspection,
    photos: list[Taken],
    sent: int,
    *,
    by: Officer,
    at: datetime,
) -> None:
    """Let each photograph belong to its checkpoint, half a minute apart; the first are entered."""
    for number, taken in enumerate(photos):
        taken_at = at + timedelta(seconds=30 * number)
        said = Said(Source.CAMERA, taken_at)
        if number < sent:
            enter_photo(session, taken.arrived, by=by, at=taken_at, said=said)
        attach_photo(
            session,
            inspection,
            taken.code,
            taken.arrived.sha256,
            taken.moment,
            by=by,
            at=taken_at,
        )


def _sign(
    session: Session,
    inspection: Inspection,
    visit: Visit,
    inks: Mapping[str, str],
    *,
    by: Officer,
    at: datetime,
) -> None:
    """Let the two inspectors sign, and the factory sign or refuse."""
    lead, second = visit.inspectors
    signers = {SignatureRole.LEAD: lead, SignatureRole.SECOND: second}
    if visit.refusal is None:
        signers[SignatureRole.FACTORY] = inspection.factory.responsible_name
    for role, name in signers.items():
        sign_inspection(session, inspection, role, name=name, sha256=inks[name], by=by, at=at)
    if visit.refusal is not None:
        refusal = visit.refusal
        refuse_signature(
            session,
            inspection,
            reason=refusal.reason,
            witness=refusal.witness,
            by=by,
            at=at,
        )


_INSPECTING = (Post.INSPECTOR, Post.FIRE_OFFICER)


def _officer(session: Session, name: str) -> Officer:
    found = select(Officer).where(Officer.name == name, Officer.post.in_(_INSPECTING))
    return session.scalars(found).one()
