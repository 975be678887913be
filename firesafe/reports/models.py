"""The table of reported hazards."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.models import Officer
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.factories.models import Factory
from firesafe.inspections.models import Inspection
from firesafe.reports.rules import OPEN, ReportState


class HazardReport(Base):
    """What somebody without an account told of one factory; nobody knows who he is.

    ``client_key`` comes with the form, so that sending twice is one report; whoever holds it
    may read what came of it. ``photos`` names the pictures in the store, see `reports.pictures`.
    ``phone`` is empty if none was left, or once it was erased. ``inspector`` was asked to go
    there, ``inspection`` is the visit that came of it. ``answer`` is written for the reporter.
    """

    __tablename__ = "hazard_reports"
    __table_args__ = (
        Index("ix_hazard_reports_county_code_state", "county_code", "state", "reported_at", "id"),
        Index("ix_hazard_reports_factory_id_reported_at", "factory_id", "reported_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(String(36), unique=True)
    factory_id: Mapped[int] = mapped_column(ForeignKey("factories.id"))
    county_code: Mapped[str] = mapped_column(String(6))
    what: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str] = mapped_column(String(20), default="")
    photos: Mapped[list[str]] = mapped_column(JSON, default=list)
    reported_at: Mapped[datetime] = mapped_column(Moment, index=True)
    state: Mapped[ReportState] = mapped_column(Choice(ReportState), default=ReportState.NEW)
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    factory: Mapped[Factory] = relationship(lazy="joined", innerjoin=True)
    inspector: Mapped[Officer | None] = relationship(lazy="joined", foreign_keys=[inspector_id])
    settled_by: Mapped[Officer | None] = relationship(lazy="joined", foreign_keys=[settled_by_id])
    inspection: Mapped[Inspection | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether nobody has dealt with it yet."""
        return self.state in OPEN
