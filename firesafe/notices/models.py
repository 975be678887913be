"""The numbered papers, who issues them, and the series their numbers come from."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.models import Officer
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.core.words import N_
from firesafe.inspections.models import Inspection
from firesafe.notices.kinds import PaperKind


class IssuerType(StrEnum):
    """What sort of body issues; only some may use the forms that order (责令)."""

    DEPARTMENT = "department"
    FIRE_SERVICE = "fire_service"
    POLICE_STATION = "police_station"


PAPER_NAMES = {
    PaperKind.INSPECTION_RECORD: N_("Inspection record"),
    PaperKind.RECTIFICATION_NOTICE: N_("Rectification notice"),
    PaperKind.SERVICE_RECEIPT: N_("Proof of service"),
    PaperKind.WITHDRAWAL: N_("Withdrawal"),
    PaperKind.RECHECK_OPINION: N_("Re-check opinion"),
}


class NoticeState(StrEnum):
    """Where a paper stands. A notice is closed once all that it holds is put right (销案)."""

    ISSUED = "issued"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Issuer(Base):
    """The body in whose name a county's papers go out; one for each county to begin with.

    ``abbreviation`` is the body's mark in its numbers, as approved by the county's office.
    """

    __tablename__ = "issuers"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(String(6), unique=True)
    type: Mapped[IssuerType] = mapped_column(Choice(IssuerType), default=IssuerType.DEPARTMENT)
    name: Mapped[str] = mapped_column(String(80))
    department: Mapped[str] = mapped_column(String(80), default="")
    abbreviation: Mapped[str] = mapped_column(String(20))
    contact: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(120), default="")
    issues_on_the_spot: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class IssueDraft(Base):
    """What a chief has prepared for a visit's notice and not issued yet."""

    __tablename__ = "issue_drafts"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    interim_measures: Mapped[str] = mapped_column(Text)
    copied_to: Mapped[list[str]] = mapped_column(JSON)
    joined_by: Mapped[list[str]] = mapped_column(JSON)


class NumberSeries(Base):
    """The last number given out in one series: issuer, kind and year."""

    __tablename__ = "number_series"

    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"), primary_key=True)
    kind: Mapped[PaperKind] = mapped_column(Choice(PaperKind), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Notice(Base):
    """One numbered paper, frozen as issued.

    ``as_issued`` is the snapshot in canonical JSON: the PDF is made of it and of nothing
    else. ``pdf_sha256`` and ``pdf_key`` are set when the PDF has been made and kept.
    ``check_code`` is what the QR code leads to. ``recheck_id`` names the re-check that a
    re-check opinion tells of.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("issuer_id", "kind", "year", "sequence"),
        Index("ix_notices_county_code_issued_at", "county_code", "issued_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PaperKind] = mapped_column(Choice(PaperKind))
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"))
    county_code: Mapped[str] = mapped_column(String(6))
    year: Mapped[int] = mapped_column()
    sequence: Mapped[int] = mapped_column()
    number: Mapped[str] = mapped_column(String(60), unique=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    refers_to_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    recheck_id: Mapped[int | None] = mapped_column(ForeignKey("rechecks.id"), unique=True)
    state: Mapped[NoticeState] = mapped_column(Choice(NoticeState), default=NoticeState.ISSUED)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    due_on: Mapped[date | None] = mapped_column()
    as_issued: Mapped[str] = mapped_column(Text, deferred=True)
    check_code: Mapped[str] = mapped_column(String(16), unique=True)
    pdf_key: Mapped[str | None] = mapped_column(String(120))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    page_count: Mapped[int | None] = mapped_column()

    issuer: Mapped[Issuer] = relationship(lazy="joined")
    inspection: Mapped[Inspection] = relationship(lazy="joined")
    issued_by: Mapped[Officer] = relationship(lazy="joined")
