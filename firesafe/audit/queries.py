"""Reading the trail, as far as an officer sees."""

from collections.abc import Collection
from datetime import date
from typing import Self

from sqlalchemy import ColumnElement, Select, select, true

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.clock import end_of, start_of
from firesafe.core.permissions import Holder, Permission

WITHOUT_CASE_DATA = frozenset(event for event in Event if event.startswith("accounts:"))


class Trail:
    """A narrowing list of deeds."""

    def __init__(self, rows: Select[AuditEntry]) -> None:
        self._rows = rows

    @classmethod
    def visible_to(cls, officer: Holder) -> Self:
        """Begin with all deeds for the city, those of the county for a county's officer.

        Whoever reads no inspections, as an administrator, sees only what was done with
        accounts.
        """
        return cls(select(AuditEntry).where(_within_sight(officer)))

    def by(self, officer_ids: Collection[int] | None) -> Self:
        """Keep the deeds of these officers; None keeps all."""
        return self if officer_ids is None else self._where(AuditEntry.by_id.in_(officer_ids))

    def of_event(self, event: Event | None) -> Self:
        """Keep one kind of deed; None keeps all."""
        return self if event is None else self._where(AuditEntry.event == event)

    def between(self, first: date | None, last: date | None) -> Self:
        """Keep the deeds of these days in Ankang, both included; None leaves an end open."""
        kept = self if first is None else self._where(AuditEntry.at >= start_of(first))
        return kept if last is None else kept._where(AuditEntry.at < end_of(last))

    @property
    def rows(self) -> Select[AuditEntry]:
        """The deeds, the latest first."""
        return self._rows.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())

    def _where(self, condition: ColumnElement[bool]) -> Self:
        return type(self)(self._rows.where(condition))


def _within_sight(officer: Holder) -> ColumnElement[bool]:
    if officer.is_city_wide:
        return true()
    if officer.holds(Permission.INSPECTION_READ):
        return AuditEntry.county_code == officer.county_code
    return AuditEntry.event.in_(WITHOUT_CASE_DATA)
