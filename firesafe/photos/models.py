"""The table of photographs: one row for each content, whoever sent it and how often."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.photos.rules import Fault, MediaType, Source


class PhotoState(StrEnum):
    """Received: safe on the disk. Readable: decoded whole, and its sizes made."""

    RECEIVED = "received"
    READABLE = "readable"
    UNREADABLE = "unreadable"


class Photo(Base):
    """One photograph, known by the SHA-256 of the bytes it came as.

    ``fault`` says why it is unreadable; such a photograph has no file any more. Width and
    height are those of the original, upright. Time and place are what the file itself says,
    else what the phone said with it; ``is_zone_assumed`` when the time came without a zone.
    ``original_sha256`` is that of the file before the phone shrank it; ``drawn_over_sha256``
    names the photograph on which an arrow, a ring or words were drawn to make this one.
    The bands are the fingerprint cut in four, each with an index, to find pictures alike.
    """

    __tablename__ = "photos"
    # A photograph has no bands until it is developed; so taking it in leaves these alone.
    __table_args__ = tuple(
        Index(
            f"ix_photos_{band}",
            band,
            sqlite_where=text(f"{band} IS NOT NULL"),
            postgresql_where=text(f"{band} IS NOT NULL"),
        )
        for band in ("band_1", "band_2", "band_3", "band_4")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[PhotoState] = mapped_column(Choice(PhotoState), default=PhotoState.RECEIVED)
    fault: Mapped[Fault | None] = mapped_column(Choice(Fault))
    media_type: Mapped[MediaType] = mapped_column(Choice(MediaType))
    byte_count: Mapped[int]
    source: Mapped[Source] = mapped_column(Choice(Source), default=Source.UNKNOWN)
    width_px: Mapped[int | None]
    height_px: Mapped[int | None]
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
    is_zone_assumed: Mapped[bool] = mapped_column(default=False)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    fingerprint: Mapped[str | None] = mapped_column(String(16))
    band_1: Mapped[int | None]
    band_2: Mapped[int | None]
    band_3: Mapped[int | None]
    band_4: Mapped[int | None]
    original_sha256: Mapped[str | None] = mapped_column(String(64))
    drawn_over_sha256: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_from_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
