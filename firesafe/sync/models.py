"""The parcels that have arrived: each is taken once, and answered the same ever after."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from firesafe.core.columns import Moment
from firesafe.core.db import Base


class Parcel(Base):
    """One parcel that was taken, known by the key its phone gave it.

    ``visit_key`` is the `client_key` of the visit it is about; ``phone`` the phone's own key and
    ``device`` what a person calls it. ``sha256`` is that of the bytes as they came: the
    same key with other bytes is refused. ``written_at`` and ``sent_at`` are by the phone's
    clock, ``received_at`` by ours. ``outcome`` is the answer that was given, and is given
    again to whoever asks for it once more; of its entries only fields that say something are kept.
    """

    __tablename__ = "parcels"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    visit_key: Mapped[str] = mapped_column(String(36), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    phone: Mapped[str] = mapped_column(String(36))
    device: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    received_at: Mapped[datetime] = mapped_column(Moment)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)
