"""What was wrong at a closed visit."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.core.words import N_
from firesafe.factories.models import Factory
from firesafe.inspections.models import Inspection


class FindingState(StrEnum):
    """Where a finding stands; overdue is computed from ``due_on``, never stored."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


FINDING_STATE_NAMES = {
    FindingState.OPEN: N_("To be put right"),
    FindingState.ANSWERED: N_("Waiting for re-check"),
    FindingState.CLOSED: N_("Closed"),
}


class Finding(Base):
    """A checkpoint that failed, as it was written at closing and as the chief words it.

    ``bases`` are the expanded legal texts that may be printed (marks V and V2 only).
    ``due_on`` is set by the notice: the last day on which it may still be put right.
    ``photos`` lists ``{"sha256", "moment"}`` in the order they were taken.
    """

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("inspection_id", "checkpoint_code"),
        # Lists are in the order of the last day; each index lets one filter keep that order.
        Index("ix_findings_county_code_due_on", "county_code", "due_on", "id"),
        Index("ix_findings_county_code_state_due_on", "county_code", "state", "due_on", "id"),
        Index("ix_findings_county_code_grade_due_on", "county_code", "grade", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    factory_id: Mapped[int] = mapped_column(ForeignKey("factories.id"), index=True)
    county_code: Mapped[str] = mapped_column(String(6))
    edition_code: Mapped[str] = mapped_column(String(12))
    checkpoint_code: Mapped[str] = mapped_column(String(8))
    wording: Mapped[str] = mapped_column(Text)
    grade: Mapped[str] = mapped_column(String(20))
    bases: Mapped[list[Any]] = mapped_column(JSON)
    requirement: Mapped[str] = mapped_column(Text)
    grace_days: Mapped[int] = mapped_column()
    due_on: Mapped[date | None] = mapped_column()
    photos: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[FindingState] = mapped_column(Choice(FindingState), default=FindingState.OPEN)
    put_right_on_the_spot: Mapped[bool] = mapped_column(default=False)
    is_suspected_major: Mapped[bool] = mapped_column(default=False)
    referred_at: Mapped[datetime | None] = mapped_column(Moment)
    found_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    inspection: Mapped[Inspection] = relationship(lazy="joined")
    factory: Mapped[Factory] = relationship(lazy="joined")
