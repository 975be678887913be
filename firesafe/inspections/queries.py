"""Reading visits, starting from what the officer may see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Integer, Select, cast, func, or_, select
from sqlalchemy.orm import Session, selectinload

from firesafe.accounts.models import Officer
from firesafe.core.clock import end_of, start_of
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.factories.models import Factory, FactoryManager, FactoryState
from firesafe.factories.queries import Factories
from firesafe.inspections.models import (
    Answer,
    AnswerPhoto,
    Inspection,
    InspectionKind,
    InspectionState,
    Signature,
    SignatureRole,
)
from firesafe.inspections.rules import REVISIT_DAYS
from firesafe.photos.models import Photo
from firesafe.standard.terms import Verdict


class Inspections:
    """A narrowing list of visits, run only when asked for rows."""

    def __init__(self, rows: Select[Any]) -> None:
        self._rows = rows

    @classmethod
    def visible_to(cls, officer: Officer) -> Self:
        """Start from the visits of the officer's county or town, or of all for the city."""
        rows = select(Inspection)
        if not officer.is_city_wide:
            rows = rows.where(Inspection.county_code == officer.county_code)
        if officer.town_id is not None:
            rows = rows.where(Inspection.factory_id.in_(_factories_of_town(officer.town_id)))
        return cls(rows)

    @classmethod
    def of_manager(cls, officer: Officer) -> Self:
        """Start from the visits to the factories this manager manages."""
        managed = select(FactoryManager.factory_id).where(FactoryManager.officer_id == officer.id)
        return cls(select(Inspection).where(Inspection.factory_id.in_(managed)))

    def of_factory(self, factory_id: int | None) -> Self:
        """Keep those to one factory, or all."""
        if factory_id is None:
            return self
        return type(self)(self._rows.where(Inspection.factory_id == factory_id))

    def of_inspector(self, officer_id: int | None) -> Self:
        """Keep those made by one inspector, first or second, or all."""
        if officer_id is None:
            return self
        made = or_(Inspection.lead_id == officer_id, Inspection.second_id == officer_id)
        return type(self)(self._rows.where(made))

    def in_state(self, state: InspectionState | None) -> Self:
        """Keep one state, or all."""
        return self if state is None else type(self)(self._rows.where(Inspection.state == state))

    def of_kind(self, kind: InspectionKind | None) -> Self:
        """Keep one kind, or all."""
        return self if kind is None else type(self)(self._rows.where(Inspection.kind == kind))

    def only(self, inspection_id: int | None) -> Self:
        """Keep one visit, or all."""
        if inspection_id is None:
            return self
        return type(self)(self._rows.where(Inspection.id == inspection_id))

    def opened_between(self, first: date | None, last: date | None) -> Self:
        """Keep those begun on these days, both included; None leaves that end open."""
        rows = self._rows
        if first is not None:
            rows = rows.where(Inspection.opened_at >= start_of(first))
        if last is not None:
            rows = rows.where(Inspection.opened_at < end_of(last))
        return type(self)(rows)

    def of_keys(self, client_keys: Collection[str]) -> Self:
        """Keep those that were begun under these keys."""
        return type(self)(self._rows.where(Inspection.client_key.in_(client_keys)))

    def awaiting_photographs(self) -> Self:
        """Keep those not closed that have a photograph which has not arrived."""
        open_ones = (InspectionState.DRAFT, InspectionState.HANDED_IN)
        waiting = (
            select(AnswerPhoto.id)
            .join(Answer, Answer.id == AnswerPhoto.answer_id)
            .where(Answer.inspection_id == Inspection.id, has_not_arrived())
            .correlate(Inspection)
        )
        return type(self)(self._rows.where(Inspection.state.in_(open_ones), waiting.exists()))

    def ids(self) -> Select[int]:
        """Return their ids, for other tables to be narrowed by."""
        return self._rows.with_only_columns(Inspection.id)

    def newest_first(self) -> Select[Any]:
        """Return the list by the moment of beginning, the latest first."""
        return self._rows.order_by(Inspection.opened_at.desc(), Inspection.id.desc())

    def latest_closed(self, session: Session, limit: int) -> list[Inspection]:
        """Return the closed ones, the last first."""
        rows = self._rows.where(Inspection.state == InspectionState.CLOSED)
        rows = rows.order_by(Inspection.closed_at.desc(), Inspection.id.desc())
        return list(session.scalars(rows.limit(limit)))

    def one(self, session: Session, inspection_id: int) -> Inspection:
        """Return the visit, or raise `NotFound` if it is absent or out of sight."""
        return self._found(session, self._rows.where(Inspection.id == inspection_id))

    def of_key(self, session: Session, client_key: str) -> Inspection:
        """Return the visit with this key, locked and with its answers, or raise `NotFound`."""
        rows = self._with_answers(self._rows.where(Inspection.client_key == client_key))
        return self._found(session, rows.with_for_update(of=Inspection))

    def with_answers(self, session: Session, inspection_id: int) -> Inspection:
        """Return the visit with its answers and their photographs, or raise `NotFound`."""
        rows = self._with_answers(self._rows.where(Inspection.id == inspection_id))
        return self._found(session, rows)

    def to_change(self, session: Session, inspection_id: int) -> Inspection:
        """Return the visit locked for this unit of work, or raise `NotFound`.

        Whoever changes a visit takes this lock first: two changes at once follow each
        other, and none slips in while the visit is being closed.
        """
        rows = self._rows.where(Inspection.id == inspection_id)
        return self._found(session, rows.with_for_update(of=Inspection))

    def _with_answers(self, rows: Select[Any]) -> Select[Any]:
        answers = selectinload(Inspection.answers)
        return rows.options(
            answers.selectinload(Answer.photos), selectinload(Inspection.signatures)
        )

    def _found(self, session: Session, rows: Select[Any]) -> Inspection:
        found: Inspection | None = session.scalar(rows)
        if found is None:
            raise NotFound("There is no such visit within your sight.")
        return found


def has_not_arrived() -> ColumnElement[bool]:
    """Tell of an `AnswerPhoto` whether its photograph is still on its way."""
    return ~select(Photo.id).where(Photo.sha256 == AnswerPhoto.sha256).exists()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a draft has come: checkpoints answered, failed, and all there are."""

    answered: int
    failed: int
    total: int


@dataclass(frozen=True, slots=True)
class DueFactory:
    """A factory that is due for a visit; ``last_closed_at`` is empty if there was none."""

    factory: Factory
    last_closed_at: datetime | None


def drafts_of(session: Session, officer: Officer) -> list[Inspection]:
    """Return the drafts the officer may fill in, the one changed last first."""
    visits = Inspections.visible_to(officer).of_inspector(officer.id)
    rows = visits.in_state(InspectionState.DRAFT).newest_first()
    rows = rows.order_by(None).order_by(Inspection.changed_at.desc(), Inspection.id.desc())
    return list(session.scalars(rows))


def progress_of(session: Session, inspection_ids: Iterable[int]) -> dict[int, Progress]:
    """Return how far each of these visits has come, in one query."""
    failed = func.sum(cast(Answer.verdict == Verdict.FAIL, Integer))
    rows = (
        select(Answer.inspection_id, func.count(Answer.verdict), failed, func.count())
        .where(Answer.inspection_id.in_(list(inspection_ids)))
        .group_by(Answer.inspection_id)
    )
    return {
        visit: Progress(answered, failed_count or 0, total)
        for visit, answered, failed_count, total in session.execute(rows)
    }


def answer_of(session: Session, inspection: Inspection, code: str) -> Answer:
    """Return the answer at one checkpoint, or raise `NotFound`."""
    answer = session.scalar(
        select(Answer)
        .where(Answer.inspection_id == inspection.id, Answer.checkpoint_code == code)
        .options(selectinload(Answer.photos))
        .execution_options(populate_existing=True)
    )
    if answer is None:
        raise NotFound("This visit has no checkpoint of that code.")
    return answer


def photo_of(session: Session, inspection: Inspection, sha256: str) -> AnswerPhoto:
    """Return that a photograph belongs to the visit, or raise `NotFound`."""
    photo = session.scalar(
        select(AnswerPhoto)
        .join(Answer)
        .where(Answer.inspection_id == inspection.id, AnswerPhoto.sha256 == sha256)
        .limit(1)
    )
    if photo is None:
        raise NotFound("This visit has no such photograph.")
    return photo


def signature_of(session: Session, inspection: Inspection, role: str) -> Signature:
    """Return who signed in this role, or raise `NotFound`."""
    signature = session.scalar(
        select(Signature).where(
            Signature.inspection_id == inspection.id,
            Signature.role == next((each for each in SignatureRole if each == role), None),
        )
    )
    if signature is None:
        raise NotFound("Nobody has signed there.")
    return signature


def due_factories(
    session: Session, officer: Officer, *, at: datetime, limit: int = 20
) -> list[DueFactory]:
    """Return working factories without a closed visit in the last `REVISIT_DAYS` days.

    Those never visited come first, then those visited longest ago. A factory with an
    open draft is on its way and is left out.
    """
    rows, last = _due(officer, at)
    rows = rows.order_by(last.is_not(None), last, Factory.id)
    return [DueFactory(*row) for row in session.execute(rows.limit(limit))]


def due_count(session: Session, officer: Officer, *, at: datetime) -> int:
    """Return how many factories are due in all."""
    rows, _last = _due(officer, at)
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _due(officer: Officer, at: datetime) -> tuple[Select[Any], Any]:
    """Return the factories that are due with the moment of their last visit, in no order."""
    last = _last_closed_at()
    under_way = (InspectionState.DRAFT, InspectionState.HANDED_IN)
    drafts = select(Inspection.factory_id).where(Inspection.state.in_(under_way))
    working = Factories.visible_to(officer).in_state(FactoryState.WORKING).by_name()
    rows = (
        working.order_by(None)
        .add_columns(last)
        .where(
            or_(last.is_(None), last < at - timedelta(days=REVISIT_DAYS)),
            Factory.id.not_in(drafts),
        )
    )
    return rows, last


def closed_count(session: Session, officer: Officer, *, since: datetime) -> int:
    """Return how many visits the officer has closed since then, as first or second inspector."""
    made = or_(Inspection.lead_id == officer.id, Inspection.second_id == officer.id)
    rows = select(func.count()).select_from(Inspection).where(made, Inspection.closed_at >= since)
    return session.scalar(rows) or 0


def latest_closed_of(session: Session, factory_ids: Iterable[int]) -> dict[int, Inspection]:
    """Return the last closed visit of each of these factories that has one, in one query."""
    last = _last_closed_at()
    rows = (
        select(Inspection)
        .join(Factory, Inspection.factory_id == Factory.id)
        .where(Factory.id.in_(list(factory_ids)), Inspection.closed_at == last)
        .order_by(Inspection.id)
    )
    return {visit.factory_id: visit for visit in session.scalars(rows)}


def second_inspectors(session: Session, officer: Officer) -> list[Officer]:
    """Return who may go along with the officer: whoever inspects in the same county."""
    rows = (
        select(Officer)
        .where(
            Officer.county_code == officer.county_code,
            Officer.disabled_at.is_(None),
            Officer.id != officer.id,
        )
        .order_by(Officer.name, Officer.id)
    )
    return [each for each in session.scalars(rows) if each.holds(Permission.INSPECTION_FILL)]


def _factories_of_town(town_id: int) -> Select[Any]:
    return select(Factory.id).where(Factory.town_id == town_id)


def _last_closed_at() -> Any:
    return (
        select(func.max(Inspection.closed_at))
        .where(Inspection.factory_id == Factory.id, Inspection.state == InspectionState.CLOSED)
        .correlate(Factory)
        .scalar_subquery()
    )
