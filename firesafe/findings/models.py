"""What was wrong at a closed visit, what was sent as proof that it is put right, and re-checks."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
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


class ReferralState(StrEnum):
    """Where a suspected major hazard stands with the fire service.

    From suspected over referred and judged to its end: only the fire service judges, and the
    last states are entered from its papers.
    """

    SUSPECTED = "suspected"
    REFERRED = "referred"
    RECEIVED = "received"
    UNDECIDED = "undecided"
    MAJOR = "major"
    SUPERVISED = "supervised"
    PLANNED = "planned"
    RECHECKED = "rechecked"
    ENDED = "ended"
    NOT_MAJOR = "not_major"


OVER = (ReferralState.ENDED, ReferralState.NOT_MAJOR)
"""The fire service's conclusions, after which nothing more comes."""


class Finding(Base):
    """A checkpoint that failed, as it was written at closing and as the chief words it.

    ``bases`` are the expanded legal texts that may be printed (marks V and V2 only).
    ``due_on`` is set by the notice: the last day on which it may still be put right.
    ``photos`` lists ``{"sha256", "moment"}`` in the order they were taken.
    ``answered_on`` is the day on which evidence came that nobody has re-checked yet,
    ``rechecked_on`` that of the last re-check. A suspected major hazard belongs to a referral;
    ``concluded_at`` is when the fire service's conclusion on it was entered.
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
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referrals.id"), index=True)
    referred_at: Mapped[datetime | None] = mapped_column(Moment)
    concluded_at: Mapped[datetime | None] = mapped_column(Moment)
    found_at: Mapped[datetime] = mapped_column(Moment)
    answered_on: Mapped[date | None] = mapped_column()
    rechecked_on: Mapped[date | None] = mapped_column()
    failed_rechecks: Mapped[int] = mapped_column(default=0, server_default="0")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    inspection: Mapped[Inspection] = relationship(lazy="joined")
    factory: Mapped[Factory] = relationship(lazy="joined")
    referral: Mapped["Referral | None"] = relationship()

    @property
    def awaits_fire_service(self) -> bool:
        """Whether only the fire service's conclusion can end it, and that is not there yet."""
        return self.is_suspected_major and self.concluded_at is None

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

    ``was_due_on`` is the last day that is to be put off, ``due_on`` the one that was given.
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


class Urging(Base):
    """That a factory was urged to put right what was overdue of one visit (督办)."""

    __tablename__ = "urgings"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    urged_at: Mapped[datetime] = mapped_column(Moment)
    urged_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))

    inspection: Mapped[Inspection] = relationship(lazy="joined")
    urged_by: Mapped[Officer] = relationship(lazy="joined")
    findings: Mapped[list["UrgedFinding"]] = relationship(
        back_populates="urging", order_by="UrgedFinding.id"
    )


class UrgedFinding(Base):
    """One finding that was urged; ``due_on`` is the last day that had passed."""

    __tablename__ = "urged_findings"
    __table_args__ = (UniqueConstraint("finding_id", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    urging_id: Mapped[int] = mapped_column(ForeignKey("urgings.id"), index=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    due_on: Mapped[date] = mapped_column()

    urging: Mapped[Urging] = relationship(back_populates="findings")
    finding: Mapped[Finding] = relationship()


class Referral(Base):
    """What may be a major hazard at one visit, and how the fire service deals with it (移送).

    ``flagged_at`` is when it was found to be suspected: it must be referred on that day.
    Several findings of a visit are one case, for the fire service judges the place.
    """

    __tablename__ = "referrals"
    __table_args__ = (
        Index("ix_referrals_county_code_state_flagged_at", *("county_code", "state", "flagged_at")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    county_code: Mapped[str] = mapped_column(String(6))
    state: Mapped[ReferralState] = mapped_column(
        Choice(ReferralState), default=ReferralState.SUSPECTED
    )
    flagged_at: Mapped[datetime] = mapped_column(Moment)
    referred_at: Mapped[datetime | None] = mapped_column(Moment)
    referred_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    inspection: Mapped[Inspection] = relationship(lazy="joined")
    referred_by: Mapped[Officer | None] = relationship(lazy="joined")

    @property
    def flagged_on(self) -> date:
        """The day in the county on which it has to be referred."""
        return county_day(self.flagged_at)

    @property
    def is_over(self) -> bool:
        """Whether the fire service has concluded."""
        return self.state in OVER

    def is_late(self, today: date) -> bool:
        """Whether it was referred after the day it was flagged, or is not although that is over."""
        return self.flagged_on < (county_day(self.referred_at) if self.referred_at else today)


class ReferralStep(Base):
    """One thing that the fire service or the government did about a referral.

    ``happened_on`` and ``document_number`` are those of its paper, ``scan_key`` is where the
    store keeps the scan of it. ``receiver`` is who took the letter in. An entry that was wrong
    stays and is replaced by another, which says for what ``reason``.
    """

    __tablename__ = "referral_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(String(36), unique=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"), index=True)
    state: Mapped[ReferralState] = mapped_column(Choice(ReferralState))
    happened_on: Mapped[date] = mapped_column()
    document_number: Mapped[str] = mapped_column(String(60), default="")
    receiver: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    scan_key: Mapped[str | None] = mapped_column(String(120))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("referral_steps.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))

    referral: Mapped[Referral] = relationship()
    recorded_by: Mapped[Officer] = relationship(lazy="joined")
