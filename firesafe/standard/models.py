"""Which editions inspections were made with, so that none of them can change unnoticed."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from firesafe.core.columns import Moment
from firesafe.core.db import Base


class UsedEdition(Base):
    """An edition as it was when first used; ``sha256`` is that of its data file."""

    __tablename__ = "used_editions"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    first_used_at: Mapped[datetime] = mapped_column(Moment)
