"""The ten counties and the functional zones, as data (GB/T 2260)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("ankang.toml")


@dataclass(frozen=True, slots=True)
class County:
    """A county, district or county-level city; ``code`` is that of GB/T 2260."""

    code: str
    name_zh: str
    short_zh: str
    name_en: str
    letters: str
    former_codes: tuple[str, ...] = ()

    def name_in(self, language: str) -> str:
        """Return the county's name, Chinese unless English is asked for."""
        return self.name_en if language == "en" else self.name_zh


@dataclass(frozen=True, slots=True)
class Zone:
    """A functional zone below a county; its code is ours, for it has none of its own."""

    code: str
    county_code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class City:
    """The city with its counties in the order of the official list."""

    code: str
    name_zh: str
    name_en: str
    counties: tuple[County, ...]
    zones: tuple[Zone, ...]


@cache
def city() -> City:
    """Return the city as its data file tells it."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    counties = tuple(
        County(**{**row, "former_codes": tuple(row.get("former_codes", ()))})
        for row in data["counties"]
    )
    return City(**data["city"], counties=counties, zones=tuple(Zone(**z) for z in data["zones"]))


@cache
def _by_code() -> dict[str, County]:
    return {code: c for c in city().counties for code in (c.code, *c.former_codes)}


def find_county(code: str) -> County | None:
    """Return the county of a current or former code, or None.

    610928 was Xunyang county until 2021 and leads to Xunyang city, 610981.
    """
    return _by_code().get(code)


def county(code: str) -> County:
    """Return the county of a current code.

    Raises:
        KeyError: there is no such county.
    """
    return _by_code()[code]


def zones_of(county_code: str) -> tuple[Zone, ...]:
    """Return the functional zones below a county."""
    return tuple(zone for zone in city().zones if zone.county_code == county_code)
