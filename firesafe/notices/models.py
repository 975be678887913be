"""The numbered papers, who issues them, and the series their numbers come from."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.core.words import N_
from firesafe.inspections.models import Inspection
from firesafe.notices.kinds import SERVED_KINDS, WITHDRAWABLE_KINDS, PaperKind


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
    PaperKind.EXTENSION_REPLY: N_("Extension reply"),
    PaperKind.REFERRAL: N_("Referral letter"),
    PaperKind.SUPERVISION_LETTER: N_("Supervision letter"),
    PaperKind.IMMEDIATE_ORDER: N_("Order to correct at once"),
    PaperKind.DATED_ORDER: N_("Order to correct by a day"),
}


class NoticeState(StrEnum):
    """Where a paper stands.

    Served ones were handed to a factory, with proof of it; a notice is closed once all that it
    holds is put right (销案).
    """

    ISSUED = "issued"
    SERVED = "served"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


NOTICE_STATE_NAMES = {
    NoticeState.ISSUED: N_("Issued"),
    NoticeState.SERVED: N_("Served"),
    NoticeState.CLOSED: N_("Closed"),
    NoticeState.WITHDRAWN: N_("Withdrawn"),
}


class ServiceManner(StrEnum):
    """How a paper came to whom it is for."""

    DIRECT = "direct"
    LEFT = "left"
    POST = "post"
    ELECTRONIC = "electronic"


SERVICE_MANNER_NAMES = {
    ServiceManner.DIRECT: N_("Handed over"),
    ServiceManner.LEFT: N_("Left after refusal"),
    ServiceManner.POST: N_("By post"),
    ServiceManner.ELECTRONIC: N_("Electronic"),
}


class Issuer(Base):
    """A body in whose name papers of a county go out: its own office, and one that may order.

    ``abbreviation`` is the body's mark in its numbers, as approved by the county's office.
    """

    __tablename__ = "issuers"
    __table_args__ = (UniqueConstraint("county_code", "type"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(String(6))
    type: Mapped[IssuerType] = mapped_column(Choice(IssuerType), default=IssuerType.DEPARTMENT)
    name: Mapped[str] = mapped_column(String(80))
    department: Mapped[str] = mapped_column(String(80), default="")
    abbreviation: Mapped[str] = mapped_column(String(20))
    contact: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(120), default="")
    issues_on_the_spot: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def may_order(self) -> bool:
        """Whether the forms that order are its own (消防法53条)."""
        return self.type is not IssuerType.DEPARTMENT


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

    issuer: Mapped[Issuer] = relationship(lazy="joined")


class YearClose(Base):
    """How a series stood when its year was over: its last number, and papers by their state."""

    __tablename__ = "year_closes"

    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"), primary_key=True)
    kind: Mapped[PaperKind] = mapped_column(Choice(PaperKind), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column()
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    closed_at: Mapped[datetime] = mapped_column(Moment)


class Notice(Base):
    """One numbered paper, frozen as issued.

    ``as_issued`` is the snapshot in canonical JSON: the PDF is made of it and of nothing
    else. ``pdf_sha256`` and ``pdf_key`` are set when the PDF has been made and kept.
    ``check_code`` is what the QR code leads to. ``recheck_id`` names the re-check that a
    re-check opinion tells of, ``extension_id`` the application that an extension reply answers,
    ``referral_id`` what a referral letter refers, ``urging_id`` what a supervision letter urges.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("issuer_id", "kind", "year", "sequence"),
        Index("ix_notices_county_code_issued_at", "county_code", "issued_at"),
        Index(
            "ix_notices_county_code_kind_state_issued_at",
            *("county_code", "kind", "state", "issued_at"),
        ),
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
    extension_id: Mapped[int | None] = mapped_column(ForeignKey("extensions.id"), unique=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referrals.id"), unique=True)
    urging_id: Mapped[int | None] = mapped_column(ForeignKey("urgings.id"), unique=True)
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

    @property
    def issued_on(self) -> date:
        """The day of issue in the county."""
        return county_day(self.issued_at)

    @property
    def is_to_be_served(self) -> bool:
        """Whether it is handed to a factory and that is not on record yet."""
        return self.kind in SERVED_KINDS and self.state is NoticeState.ISSUED

    @property
    def is_withdrawable(self) -> bool:
        """Whether a second numbered paper may still take it back."""
        may_end = self.state in (NoticeState.ISSUED, NoticeState.SERVED)
        return self.kind in WITHDRAWABLE_KINDS and may_end

    @property
    def sets_days(self) -> bool:
        """Whether the days to put things right are counted from its receipt."""
        return self.kind is PaperKind.RECTIFICATION_NOTICE


class OrderedFinding(Base):
    """That an order names a finding; of those that stand, one at most names it.

    ``offence`` is the code of what the form calls the breach, see `offences`.
    """

    __tablename__ = "ordered_findings"
    __table_args__ = (UniqueConstraint("notice_id", "finding_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    offence: Mapped[str] = mapped_column(String(40))

    notice: Mapped[Notice] = relationship(lazy="joined")


class Consent(Base):
    """That a factory agrees to be served on its manager's page, and where else it is reached.

    It holds until ``revoked_at``; any manager of the factory gives and revokes it.
    """

    __tablename__ = "service_consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    factory_id: Mapped[int] = mapped_column(ForeignKey("factories.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    address: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    officer: Mapped[Officer] = relationship(lazy="joined")
    paper: Mapped["ConsentPaper | None"] = relationship(lazy="joined")


class ConsentPaper(Base):
    """The confirmation that goes with an agreement, frozen as it was agreed to; it has no number.

    Agreements of before confirmations were printed have none.
    """

    __tablename__ = "consent_papers"

    consent_id: Mapped[int] = mapped_column(ForeignKey("service_consents.id"), primary_key=True)
    as_given: Mapped[str] = mapped_column(Text, deferred=True)
    pdf_key: Mapped[str | None] = mapped_column(String(120))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))


class ApplicationPaper(Base):
    """A factory's application for more time, frozen as it was sent; it has no number.

    Applications of before they were printed have none.
    """

    __tablename__ = "application_papers"

    extension_id: Mapped[int] = mapped_column(ForeignKey("extensions.id"), primary_key=True)
    as_given: Mapped[str] = mapped_column(Text, deferred=True)
    pdf_key: Mapped[str | None] = mapped_column(String(120))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))


class Service(Base):
    """That a paper was served: one proof for each paper, entered once.

    ``received_on`` is the day from which deadlines count; ``received_at`` has the time as well
    and is empty where only the day is known, as on a return receipt. ``ink_sha256`` names a
    signature given on the screen, ``photos`` the scans and photographs. ``as_filled`` is the
    snapshot of ``receipt``, the numbered form, with what is entered here; the blank one stays
    with the form itself.
    """

    __tablename__ = "services"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), unique=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), unique=True)
    manner: Mapped[ServiceManner] = mapped_column(Choice(ServiceManner))
    received_on: Mapped[date] = mapped_column()
    received_at: Mapped[datetime | None] = mapped_column(Moment)
    place: Mapped[str] = mapped_column(String(120), default="")
    receiver: Mapped[str] = mapped_column(String(40), default="")
    relation: Mapped[str] = mapped_column(String(40), default="")
    ink_sha256: Mapped[str] = mapped_column(String(64), default="")
    photos: Mapped[list[str]] = mapped_column(JSON)
    refusal: Mapped[str] = mapped_column(String(200), default="")
    witness: Mapped[str] = mapped_column(String(80), default="")
    tracking_number: Mapped[str] = mapped_column(String(40), default="")
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("service_consents.id"))
    servers: Mapped[list[str]] = mapped_column(JSON)
    remark: Mapped[str] = mapped_column(String(200), default="")
    as_filled: Mapped[str] = mapped_column(Text, deferred=True)
    pdf_key: Mapped[str | None] = mapped_column(String(120))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))

    receipt: Mapped[Notice] = relationship(foreign_keys=[receipt_id], lazy="joined")
    recorded_by: Mapped[Officer] = relationship(lazy="joined")


class Statement(Base):
    """A factory's view on a paper (陈述意见), kept as it was written.

    ``read_at`` is when a chief noted that it was read, empty until then.
    """

    __tablename__ = "statements"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(String(36), unique=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    text: Mapped[str] = mapped_column(Text)
    stated_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id], lazy="joined")
    read_by: Mapped[Officer | None] = relationship(foreign_keys=[read_by_id], lazy="joined")
