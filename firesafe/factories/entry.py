"""What the register says of one factory, as a plain value that can be checked and compared."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from firesafe.core.errors import RuleBroken
from firesafe.core.words import N_
from firesafe.factories.models import BuildingUse, Factory, FactoryState


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """Everything that is entered about a factory: F1 of the record form, and §0.5.

    Units and meanings are those of `Factory`. Without a ``point_number`` a new factory gets
    the county's next one, and an old one keeps its own.
    """

    name: str
    town_id: int
    building_use: BuildingUse
    community_id: int | None = None
    point_number: str = ""
    zone_code: str | None = None
    former_county_code: str | None = None
    address: str = ""
    credit_code: str | None = None
    trade: str = ""
    state: FactoryState = FactoryState.WORKING
    responsible_name: str = ""
    responsible_phone: str = ""
    fire_manager_name: str = ""
    fire_manager_phone: str = ""
    is_key_unit: bool = False
    is_labour_intensive: bool = True
    workers_on_shift: int = 0
    most_on_shift: int = 0
    is_below_housing: bool = False
    is_high_rise: bool = False
    storeys: int | None = None
    on_floor: int | None = None
    floor_area_m2: int | None = None
    largest_floor_m2: int | None = None
    total_area_m2: int | None = None
    footprint_m2: int | None = None
    dormitory_area_m2: int | None = None
    fire_resistance: str = ""
    has_hydrant: bool = False
    has_sprinkler: bool = False
    has_filling_machine: bool = False
    has_solvents: bool = False
    has_dormitory: bool = False
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    note: str = ""


FIELDS = tuple(field.name for field in fields(RegisterEntry))
TABLE_COLUMNS = ("county_code", *FIELDS)

FLAGS = tuple(name for name in FIELDS if name.startswith(("is_", "has_")))

# How many characters a text may have, and between which figures a figure may lie.
LENGTHS = {
    "name": 80,
    "point_number": 20,
    "address": 120,
    "trade": 40,
    "responsible_name": 40,
    "fire_manager_name": 40,
    "note": 1000,
}
RANGES = {
    "workers_on_shift": (0, 20_000),
    "most_on_shift": (0, 20_000),
    "storeys": (1, 120),
    "on_floor": (-5, 120),
    "floor_area_m2": (0, 1_000_000),
    "largest_floor_m2": (0, 1_000_000),
    "total_area_m2": (0, 1_000_000),
    "footprint_m2": (0, 1_000_000),
    "dormitory_area_m2": (0, 1_000_000),
}

FIELD_NAMES = {
    "name": N_("Name of the factory"),
    "town_id": N_("Town"),
    "building_use": N_("Building use"),
    "community_id": N_("Community"),
    "point_number": N_("Point number"),
    "zone_code": N_("Functional zone"),
    "former_county_code": N_("Former county code"),
    "address": N_("Block and floor"),
    "credit_code": N_("Unified social credit code"),
    "trade": N_("Trade"),
    "state": N_("State"),
    "responsible_name": N_("Responsible person"),
    "responsible_phone": N_("Phone of the responsible person"),
    "fire_manager_name": N_("Fire safety manager"),
    "fire_manager_phone": N_("Phone of the fire safety manager"),
    "is_key_unit": N_("Key unit for fire safety"),
    "is_labour_intensive": N_("Labour-intensive"),
    "workers_on_shift": N_("People on shift"),
    "most_on_shift": N_("People on the largest shift"),
    "is_below_housing": N_("People live above"),
    "is_high_rise": N_("High-rise building"),
    "storeys": N_("Storeys of the building"),
    "on_floor": N_("Lowest floor in use"),
    "floor_area_m2": N_("Workshop area, m²"),
    "largest_floor_m2": N_("Largest floor, m²"),
    "total_area_m2": N_("Total floor area, m²"),
    "footprint_m2": N_("Footprint, m²"),
    "dormitory_area_m2": N_("Dormitory area, m²"),
    "fire_resistance": N_("Fire resistance class"),
    "has_hydrant": N_("Indoor hydrant or hose reel"),
    "has_sprinkler": N_("Sprinklers"),
    "has_filling_machine": N_("Filling or opening machines"),
    "has_solvents": N_("Class A or B solvents"),
    "has_dormitory": N_("Dormitory for workers"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "note": N_("Note"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is no longer what it was; the values are plain enough for JSON."""

    field: str
    old: Any
    new: Any


def entry_of(factory: Factory) -> RegisterEntry:
    """Return what the register says of ``factory`` now."""
    return RegisterEntry(**{name: getattr(factory, name) for name in FIELDS})


def changes_between(old: RegisterEntry, new: RegisterEntry) -> tuple[Change, ...]:
    """Return the fields in which two entries differ, in the order of the form."""
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in FIELDS)
    return tuple(
        Change(name, as_fact(was), as_fact(becomes))
        for name, was, becomes in pairs
        if was != becomes
    )


def as_fact(value: Any) -> Any:
    """Return a value as the trail and the undoing of an import keep it."""
    return str(value) if isinstance(value, Decimal) else value


def from_facts(facts: dict[str, Any]) -> RegisterEntry:
    """Return the entry that was kept as facts by `as_fact`."""
    values = dict(facts)
    values["building_use"] = BuildingUse(values["building_use"])
    values["state"] = FactoryState(values["state"])
    for name in ("latitude", "longitude"):
        values[name] = None if values[name] is None else Decimal(values[name])
    return RegisterEntry(**values)


def check_entry(entry: RegisterEntry) -> None:
    """Let an entry pass that is whole and does not contradict itself.

    Raises:
        RuleBroken: it has no name, more people on shift than on the largest shift, or a
            floor that the building does not have; or only half a position on the map.
    """
    if not entry.name.strip():
        raise RuleBroken("A factory needs a name.")
    if entry.most_on_shift and entry.workers_on_shift > entry.most_on_shift:
        raise RuleBroken("There cannot be more people on shift than on the largest shift.")
    if entry.storeys and entry.on_floor and entry.on_floor > entry.storeys:
        raise RuleBroken("The building has %(storeys)s storeys.", storeys=entry.storeys)
    if entry.on_floor == 0:
        raise RuleBroken("Floors count from 1, below ground from -1.")
    if (entry.latitude is None) != (entry.longitude is None):
        raise RuleBroken("A position on the map needs both latitude and longitude.")


def settled(entry: RegisterEntry) -> RegisterEntry:
    """Return the entry with what follows from it: people live above a housing block's foot."""
    if entry.building_use is BuildingUse.HOUSING_BASE:
        return replace(entry, is_below_housing=True)
    return entry
