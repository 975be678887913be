"""Reading reported hazards, starting from what the officer may see."""

from datetime import datetime
from typing import Any, Self

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import ALLOWED
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.factories.models import Factory
from firesafe.inspections.models import Inspection, InspectionState
from firesafe.reports.models import HazardReport
from firesafe.reports.rules import ReportState

_FILLING = [post for post, allowed in ALLOWED.items() if Permission.INSPECTION_FILL in allowed]


class Reports:
    """A narrowing list of reports, run only when asked for rows."""

    def __init__(self, rows: Select[Any]) -> None:
        self._rows = rows

    @classmethod
    def visible_to(cls, officer: Officer) -> Self:
        """Start from those of a chief's county or town, or from those an inspector was handed."""
        rows = select(HazardReport)
        if not officer.holds(Permission.REPORT_HAND):
            may_read = officer.holds(Permission.REPORT_READ)
            own = HazardReport.inspector_id == officer.id
            return cls(rows.where(own if may_read else false()))
        rows = rows.where(HazardReport.county_code == officer.county_code)
        if officer.town_id is not None:
            town = select(Factory.id).where(Factory.town_id == officer.town_id)
            rows = rows.where(HazardReport.factory_id.in_(town))
        return cls(rows)

    def in_state(self, *states: ReportState) -> Self:
        """Keep those in one of these states; without any, all."""
        if not states:
            return self
        return type(self)(self._rows.where(HazardReport.state.in_(states)))

    def handed_to(self, officer: Officer) -> Self:
        """Keep those that one inspector was asked to look into."""
        return type(self)(self._rows.where(HazardReport.inspector_id == officer.id))

    def oldest_first(self) -> Select[Any]:
        """Return the list, the one that has waited longest first."""
        return self._rows.order_by(HazardReport.reported_at, HazardReport.id)

    def newest_first(self) -> Select[Any]:
        """Return the list, the latest first."""
        return self._rows.order_by(HazardReport.reported_at.desc(), HazardReport.id.desc())

    def count(self, session: Session) -> int:
        """Return how many there are."""
        rows = self._rows.with_only_columns(func.count(), maintain_column_froms=True)
        return session.scalar(rows) or 0

    def one(self, session: Session, report_id: int) -> HazardReport:
        """Return the report.

        Raises:
            NotFound: there is none, or not within the officer's sight.
        """
        found: HazardReport | None = session.scalar(
            self._rows.where(HazardReport.id == report_id).execution_options(populate_existing=True)
        )
        if found is None:
            raise NotFound("There is no such report within your sight.")
        return found

    def to_change(self, session: Session, report_id: int) -> HazardReport:
        """Return the report locked for this unit of work, or raise `NotFound`."""
        return type(self)(self._rows.with_for_update(of=HazardReport)).one(session, report_id)


def report_of_key(session: Session, client_key: str) -> HazardReport | None:
    """Return what was reported under this key, if anything was."""
    return session.scalar(select(HazardReport).where(HazardReport.client_key == client_key))


def reports_since(session: Session, since: datetime, factory_id: int | None = None) -> int:
    """Return how many reports came since a moment, of one factory or of all."""
    rows = select(func.count()).where(HazardReport.reported_at > since)
    if factory_id is not None:
        rows = rows.where(HazardReport.factory_id == factory_id)
    return session.scalar(rows) or 0


def inspectors_for(session: Session, report: HazardReport) -> list[Officer]:
    """Return who may be asked to go there: whoever fills in visits in that county and town."""
    rows = (
        select(Officer)
        .where(
            Officer.county_code == report.county_code,
            Officer.post.in_(_FILLING),
            Officer.disabled_at.is_(None),
            Officer.town_id.is_(None) | (Officer.town_id == report.factory.town_id),
        )
        .order_by(Officer.name, Officer.id)
    )
    return list(session.scalars(rows))


def visits_since(session: Session, report: HazardReport) -> list[Inspection]:
    """Return the visits to the factory that began after the report, the latest first."""
    rows = (
        select(Inspection)
        .where(
            Inspection.factory_id == report.factory_id,
            Inspection.opened_at >= report.reported_at,
            Inspection.state != InspectionState.VOID,
        )
        .order_by(Inspection.opened_at.desc(), Inspection.id.desc())
        .limit(20)
    )
    return list(session.scalars(rows))
