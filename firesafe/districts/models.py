"""Towns and communities, which each county keeps for itself."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.core.db import Base


class Town(Base):
    """A town or street office (镇办) of a county."""

    __tablename__ = "towns"
    __table_args__ = (UniqueConstraint("county_code", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(String(6))
    code: Mapped[str | None] = mapped_column(String(9))
    name: Mapped[str] = mapped_column(String(40))
    communities: Mapped[list["Community"]] = relationship(
        back_populates="town", order_by="Community.name"
    )


class Community(Base):
    """A community (社区) of a town, most of them resettlement communities."""

    __tablename__ = "communities"
    __table_args__ = (UniqueConstraint("town_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    town_id: Mapped[int] = mapped_column(ForeignKey("towns.id"))
    name: Mapped[str] = mapped_column(String(60))
    town: Mapped[Town] = relationship(back_populates="communities")
