"""The register: factories, and who manages them."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.models import Officer
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.core.words import N_
from firesafe.districts.models import Community, Town


class BuildingUse(StrEnum):
    """What kind of building the workshop is in; it decides whether people live above."""

    INDUSTRIAL = "industrial"
    COMMERCIAL_PODIUM = "commercial_podium"
    HOUSING_BASE = "housing_base"
    OTHER = "other"


BUILDING_USE_NAMES = {
    BuildingUse.INDUSTRIAL: N_("Industrial building of its own"),
    BuildingUse.COMMERCIAL_PODIUM: N_("Converted commercial podium"),
    BuildingUse.HOUSING_BASE: N_("Foot of a housing block"),
    BuildingUse.OTHER: N_("Other building"),
}


BUILDING_USE_FACTS = {
    BuildingUse.INDUSTRIAL: "standalone",
    BuildingUse.COMMERCIAL_PODIUM: "podium",
    BuildingUse.HOUSING_BASE: "residential",
    BuildingUse.OTHER: "other",
}
"""What the standard calls each use in its conditions."""


class FactoryState(StrEnum):
    """Whether the factory is at work; only working ones are due for inspection."""

    WORKING = "working"
    STOPPED = "stopped"
    CLOSED = "closed"


FACTORY_STATE_NAMES = {
    FactoryState.WORKING: N_("Working"),
    FactoryState.STOPPED: N_("Stopped for now"),
    FactoryState.CLOSED: N_("Closed down"),
}


# The four classes of fire resistance of a building (GB 50016 3.2.1 and 5.1.2).
FIRE_RESISTANCE_NAMES = {
    "1": N_("Class I"),
    "2": N_("Class II"),
    "3": N_("Class III"),
    "4": N_("Class IV"),
}


_FILTERED = ("state", "town_id", "building_use", "is_below_housing", "is_key_unit")


def _in_the_order_of_names(*first: str) -> Index:
    """Return an index that lets one filter keep the order of the list.

    All the other filters stand at its end: then it can count without a look at the table.
    """
    others = (name for name in _FILTERED if name not in first)
    return Index(f"ix_factories_{'_'.join(first)}_name", *first, "name", "id", *others)


class Factory(Base):
    """One new-community factory (新社区工厂) or one of its workshops with its own door.

    The unified credit code (GB 32100) is checked but may be missing or shared, so it is
    no key; ``point_number`` is unique in its county and ``door_code`` everywhere.
    ``former_county_code`` is what a paper of before a county was renamed calls it.
    ``search_text`` holds name, place and people with a blank between Chinese characters,
    kept by the actions and by `search`. Areas are in square metres and those of the
    workshop unless they say otherwise; ``on_floor`` counts from 1, below ground from -1.
    ``fire_resistance`` is one of `FIRE_RESISTANCE_NAMES`, or empty while it is not known.
    """

    __tablename__ = "factories"
    __table_args__ = (
        UniqueConstraint("county_code", "point_number"),
        _in_the_order_of_names("county_code"),
        _in_the_order_of_names("county_code", "town_id"),
        _in_the_order_of_names("county_code", "building_use"),
        _in_the_order_of_names("county_code", "is_below_housing"),
        _in_the_order_of_names("county_code", "is_key_unit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(String(6))
    former_county_code: Mapped[str | None] = mapped_column(String(6))
    zone_code: Mapped[str | None] = mapped_column(String(20))
    town_id: Mapped[int] = mapped_column(ForeignKey("towns.id"), index=True)
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    point_number: Mapped[str] = mapped_column(String(20))
    door_code: Mapped[str] = mapped_column(String(16), unique=True)
    credit_code: Mapped[str | None] = mapped_column(String(18), index=True)
    address: Mapped[str] = mapped_column(String(120), default="")
    trade: Mapped[str] = mapped_column(String(40), default="")
    responsible_name: Mapped[str] = mapped_column(String(40), default="")
    responsible_phone: Mapped[str] = mapped_column(String(20), default="")
    fire_manager_name: Mapped[str] = mapped_column(String(40), default="")
    fire_manager_phone: Mapped[str] = mapped_column(String(20), default="")
    is_key_unit: Mapped[bool] = mapped_column(default=False)
    is_labour_intensive: Mapped[bool] = mapped_column(default=True)
    workers_on_shift: Mapped[int] = mapped_column(default=0)
    most_on_shift: Mapped[int] = mapped_column(default=0)
    building_use: Mapped[BuildingUse] = mapped_column(Choice(BuildingUse))
    is_below_housing: Mapped[bool] = mapped_column(default=False)
    is_high_rise: Mapped[bool] = mapped_column(default=False)
    storeys: Mapped[int | None] = mapped_column()
    on_floor: Mapped[int | None] = mapped_column()
    floor_area_m2: Mapped[int | None] = mapped_column()
    largest_floor_m2: Mapped[int | None] = mapped_column()
    total_area_m2: Mapped[int | None] = mapped_column()
    footprint_m2: Mapped[int | None] = mapped_column()
    dormitory_area_m2: Mapped[int | None] = mapped_column()
    fire_resistance: Mapped[str] = mapped_column(String(1), default="")
    has_hydrant: Mapped[bool] = mapped_column(default=False)
    has_sprinkler: Mapped[bool] = mapped_column(default=False)
    has_filling_machine: Mapped[bool] = mapped_column(default=False)
    has_solvents: Mapped[bool] = mapped_column(default=False)
    has_dormitory: Mapped[bool] = mapped_column(default=False)
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    state: Mapped[FactoryState] = mapped_column(Choice(FactoryState), default=FactoryState.WORKING)
    note: Mapped[str] = mapped_column(Text, default="")
    search_text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    town: Mapped[Town] = relationship(lazy="joined", innerjoin=True)
    community: Mapped[Community | None] = relationship(lazy="joined")

    @property
    def place(self) -> str:
        """Town, community and address in one line, as on an envelope."""
        community = self.community.name if self.community else ""
        return f"{self.town.name}{community}{self.address}"

    @property
    def facts(self) -> dict[str, bool | int | str | None]:
        """What is known of it, by the fact keys of the standard; None is not known.

        A storey below the ground counts negative. ``floor_area_m2`` is the workshop's own.
        """
        return {
            "key_unit": self.is_key_unit,
            "labour_intensive": self.is_labour_intensive,
            "workers_on_shift": self.workers_on_shift,
            "building_use": BUILDING_USE_FACTS[self.building_use],
            "shares_with_dwellings": self.is_below_housing,
            "high_rise": self.is_high_rise,
            "below_ground": None if self.on_floor is None else self.on_floor < 0,
            "has_hydrants": self.has_hydrant,
            "has_stuffing_machine": self.has_filling_machine,
            "has_solvents": self.has_solvents,
            "footprint_m2": self.footprint_m2,
            "largest_floor_m2": self.largest_floor_m2,
            "total_area_m2": self.total_area_m2,
            "workshop_area_m2": self.floor_area_m2,
            "dormitory_area_m2": self.dormitory_area_m2,
        }


class FactoryManager(Base):
    """That an officer with the manager's post manages a factory."""

    __tablename__ = "factory_managers"

    factory_id: Mapped[int] = mapped_column(ForeignKey("factories.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(Moment)
    officer: Mapped[Officer] = relationship(lazy="joined", innerjoin=True)
