"""The trail's one table; rows are added and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from firesafe.audit.events import Event
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base


class AuditEntry(Base):
    """One deed: when, by whom, on what, and the facts that tell it."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    event: Mapped[Event] = mapped_column(Choice(Event))
    by_id: Mapped[int | None] = mapped_column(index=True)
    county_code: Mapped[str | None] = mapped_column(String(6), index=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
