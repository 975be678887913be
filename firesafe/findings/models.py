"""What was wrong at a closed visit, what was sent as proof that it is put right, and re-checks."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.models import Officer
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.factories.models import Factory
from firesafe.inspections.models import Inspection


class FindingState(StrEnum):
    """Where a finding stands; overdue is computed from ``due_on``, never stored."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Manner(StrEnum):
    """How a re-check was made."""

    ON_SITE = "on_site"
    BY_PHOTO = "by_photo"


class Occasion(StrEnum):
    """Why a re-check was made: the last day had passed, or the factory asked for it."""

    EXPIRED = "expired"
    ASKED = "asked"


class Result(StrEnum):
    """What a re-check found of one finding."""

    PUT_RIGHT = "put_right"
    PARTLY = "partly"
    NOT_PUT_RIGHT = "not_put_right"


class ExtensionState(StrEnum):
    """Where the wish for more time stands."""

    ASKED = "asked"
    GRANTED = "granted"
    DENIED = "denied"


class Finding(Base):
    """A checkpoint that failed, as it was written at closing and as the chief words it.

    ``bases`` are the expanded legal texts that may be printed (marks V and V2 only).
    ``due_on`` is set by the notice: the last day on which it may still be put right.
    ``photos`` lists ``{"sha256", "moment"}`` in the order they were taken.
    ``answered_on`` is the day on which evidence came that nobody has re-checked yet,
    ``rechecked_on`` that of the last re-check.
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
    answered_on: Mapped[date | None] = mapped_column()
    rechecked_on: Mapped[date | None] = mapped_column()
    failed_rechecks: Mapped[int] = mapped_column(default=0, server_default="0")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    inspection: Mapped[Inspection] = relationship(lazy="joined")
    factory: Mapped[Factory] = relationship(lazy="joined")

    @property
    def waits_since(self) -> date | None:
        """The day the clock of its re-check began: that of unseen evidence, else the last day."""
        return self.answered_on or self.due_on

    def awaits_recheck(self, today: date) -> bool:
        """Whether unseen evidence was sent, or nobody has re-checked it since it expired."""
        if self.due_on is None or self.answered_on is not None:
            return self.due_on is not None
        is_expired = self.state is FindingState.OPEN and self.due_on < today
        return is_expired and (self.rechecked_on is None or self.rechecked_on <= self.due_on)


class Evidence(Base):
    """What a manager sent for one finding in one round; ``photos`` are SHA-256, in their order."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("finding_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(String(36), unique=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    round: Mapped[int] = mapped_column()
    note: Mapped[str] = mapped_column(Text, default="")
    photos: Mapped[list[str]] = mapped_column(JSON)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))

    sent_by: Mapped[Officer] = relationship(lazy="joined")


class Recheck(Base):
    """One re-check of some of a visit's findings; on site it is made by two."""

    __tablename__ = "rechecks"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(String(36), unique=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    manner: Mapped[Manner] = mapped_column(Choice(Manner))
    occasion: Mapped[Occasion] = mapped_column(Choice(Occasion))
    statement: Mapped[str] = mapped_column(Text, default="")
    rechecked_at: Mapped[datetime] = mapped_column(Moment)
    lead_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    lead: Mapped[Officer] = relationship(foreign_keys=[lead_id], lazy="joined")
    second: Mapped[Officer | None] = relationship(foreign_keys=[second_id], lazy="joined")
    results: Mapped[list["RecheckResult"]] = relationship(
        back_populates="recheck", order_by="RecheckResult.id"
    )


class RecheckResult(Base):
    """What a re-check found of one finding, and the photographs that show it."""

    __tablename__ = "recheck_results"
    __table_args__ = (UniqueConstraint("recheck_id", "finding_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recheck_id: Mapped[int] = mapped_column(ForeignKey("rechecks.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    result: Mapped[Result] = mapped_column(Choice(Result))
    reason: Mapped[str] = mapped_column(Text, default="")
    photos: Mapped[list[str]] = mapped_column(JSON)

    recheck: Mapped[Recheck] = relationship(back_populates="results")
    finding: Mapped[Finding] = relationship()


class Extension(Base):
    """That a manager asked for more time (延期), once for a finding, and what was decided.

    ``was_due_on`` is the last day as it was when he asked, ``due_on`` the one that was given.
    ``grounds`` are the county's reasons, ``required_measures`` what it asks for until then.
    """

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(String(36), unique=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), unique=True)
    state: Mapped[ExtensionState] = mapped_column(
        Choice(ExtensionState), default=ExtensionState.ASKED, index=True
    )
    reason: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text)
    photos: Mapped[list[str]] = mapped_column(JSON)
    was_due_on: Mapped[date] = mapped_column()
    wished_on: Mapped[date] = mapped_column()
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    due_on: Mapped[date | None] = mapped_column()
    grounds: Mapped[str] = mapped_column(Text, default="")
    required_measures: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    finding: Mapped[Finding] = relationship(lazy="joined")
    asked_by: Mapped[Officer] = relationship(foreign_keys=[asked_by_id], lazy="joined")
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=[decided_by_id], lazy="joined")
