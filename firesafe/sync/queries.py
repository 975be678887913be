"""Reading for phones, and about them, starting from what the officer may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, selectinload

from firesafe.accounts.models import Officer
from firesafe.factories.models import Factory
from firesafe.findings.models import Finding, FindingState
from firesafe.findings.queries import Findings
from firesafe.inspections.models import Answer, AnswerPhoto, Inspection, InspectionState
from firesafe.inspections.queries import Inspections, drafts_of, has_not_arrived
from firesafe.inspections.shots import Shot, shot_at
from firesafe.photos.models import Photo, PhotoState
from firesafe.sync.described import PastVisit
from firesafe.sync.models import Parcel

HISTORY = 5


_KNOWN = select(Parcel.id).where(Parcel.key == bindparam("key"))


def parcel_of_key(session: Session, key: str) -> Parcel | None:
    """Return the parcel that was taken under this key, if any."""
    known = session.connection().scalar(_KNOWN, {"key": key})
    return session.get(Parcel, known) if known is not None else None


def histories_of(session: Session, factory_ids: Collection[int]) -> dict[int, list[PastVisit]]:
    """Return the last closed visits of each factory, the last first, in one query."""
    place = func.row_number().over(
        partition_by=Inspection.factory_id,
        order_by=(Inspection.closed_at.desc(), Inspection.id.desc()),
    )
    ranked = (
        select(
            Inspection.factory_id,
            Inspection.closed_at,
            Inspection.score,
            Inspection.item_scores,
            place.label("place"),
        )
        .where(Inspection.factory_id.in_(factory_ids), Inspection.state == InspectionState.CLOSED)
        .subquery()
    )
    rows = select(ranked).where(ranked.c.place <= HISTORY).order_by(ranked.c.place)
    found: dict[int, list[PastVisit]] = {each: [] for each in factory_ids}
    for row in session.execute(rows):
        failed = sum(item["failed"] for item in (row.item_scores or {}).values())
        past = PastVisit(closed_at=row.closed_at, failed=failed, score=row.score)
        found[row.factory_id].append(past)
    return found


def drafts_with_answers(session: Session, officer: Officer) -> list[Inspection]:
    """Return the drafts the officer may fill in, each with all that stands in it."""
    rows = (
        select(Inspection)
        .where(Inspection.id.in_([draft.id for draft in drafts_of(session, officer)]))
        .order_by(Inspection.changed_at.desc(), Inspection.id.desc())
        .options(
            selectinload(Inspection.answers).selectinload(Answer.photos),
            selectinload(Inspection.signatures),
        )
    )
    return list(session.scalars(rows))


def open_findings_of(
    session: Session, officer: Officer, factory_ids: Collection[int]
) -> dict[int, list[Finding]]:
    """Return what is not put right in each factory, by its last day, in one query."""
    waiting = Findings.visible_to(officer).in_state(FindingState.OPEN, FindingState.ANSWERED)
    rows = waiting.soonest_first().where(Finding.factory_id.in_(factory_ids))
    found: dict[int, list[Finding]] = {each: [] for each in factory_ids}
    for finding in session.scalars(rows):
        found[finding.factory_id].append(finding)
    return found


def visits_of_keys(
    session: Session, officer: Officer, keys: Collection[str]
) -> dict[str, Inspection]:
    """Return the visits with these keys that the officer may see, by key."""
    rows = Inspections.visible_to(officer).of_keys(keys).newest_first()
    return {visit.client_key: visit for visit in session.scalars(rows)}


def taken_at_visits(
    session: Session, officer: Officer, sha256s: Collection[str]
) -> dict[str, Shot]:
    """Return those of the photographs that belong to a visit the officer may see, in one query.

    One that belongs to several is that of the visit begun last.
    """
    visible = Inspections.visible_to(officer).ids()
    rows = (
        select(Photo, Factory)
        .join(AnswerPhoto, AnswerPhoto.sha256 == Photo.sha256)
        .join(Answer, Answer.id == AnswerPhoto.answer_id)
        .join(Inspection, Inspection.id == Answer.inspection_id)
        .join(Factory, Factory.id == Inspection.factory_id)
        .where(Photo.sha256.in_(sha256s), Inspection.id.in_(visible))
        .order_by(Inspection.opened_at, Inspection.id)
    )
    return {photo.sha256: shot_at(photo, factory) for photo, factory in session.execute(rows)}


def visits_by_id(
    session: Session, officer: Officer, inspection_ids: Collection[int]
) -> dict[int, Inspection]:
    """Return those of these visits that the officer may see, by id."""
    rows = Inspections.visible_to(officer).newest_first().where(Inspection.id.in_(inspection_ids))
    return {visit.id: visit for visit in session.scalars(rows)}


def visits_held(officer: Officer) -> Select[Any]:
    """Return the visits with photographs that are still on a phone, those begun first first."""
    rows = Inspections.visible_to(officer).awaiting_photographs().newest_first()
    return rows.order_by(None).order_by(Inspection.opened_at, Inspection.id)


@dataclass(frozen=True, slots=True)
class Held:
    """How many photographs of a visit a phone still holds, and since when that is known."""

    count: int
    since: datetime


def held_of(session: Session, inspection_ids: Collection[int]) -> dict[int, Held]:
    """Return what phones still hold of these visits, in one query."""
    rows = (
        select(
            Answer.inspection_id,
            func.count(AnswerPhoto.sha256.distinct()),
            func.min(AnswerPhoto.added_at),
        )
        .join(AnswerPhoto, AnswerPhoto.answer_id == Answer.id)
        .where(Answer.inspection_id.in_(inspection_ids), has_not_arrived())
        .group_by(Answer.inspection_id)
    )
    return {visit: Held(count, since) for visit, count, since in session.execute(rows)}


@dataclass(frozen=True, slots=True)
class Awaited:
    """How many photographs of a visit have not arrived or been read yet, or cannot be read."""

    missing: int
    unreadable: int


def awaited_by(session: Session, inspection_ids: Collection[int]) -> dict[int, Awaited]:
    """Return what these visits wait for, in one query; those that wait for nothing are left out."""
    unreadable = func.sum(case((Photo.state == PhotoState.UNREADABLE, 1), else_=0))
    rows = (
        select(Answer.inspection_id, func.count(), unreadable)
        .join(AnswerPhoto, AnswerPhoto.answer_id == Answer.id)
        .outerjoin(Photo, Photo.sha256 == AnswerPhoto.sha256)
        .where(
            Answer.inspection_id.in_(inspection_ids),
            or_(Photo.id.is_(None), Photo.state != PhotoState.READABLE),
        )
        .group_by(Answer.inspection_id)
    )
    return {
        visit: Awaited(missing=count - bad, unreadable=bad)
        for visit, count, bad in session.execute(rows)
    }
