"""The fixed words of the papers, read from their data file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from firesafe.notices.kinds import PaperKind

_FILE = Path(__file__).with_name("wording.toml")


@dataclass(frozen=True, slots=True)
class SectionWords:
    """A heading of the record form and the codes that fall under it."""

    heading: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecheckWords:
    """The words of a re-check opinion, by the values of what they stand for."""

    photo_before: str
    photo_after: str
    photo_sent: str
    photo_after_code: str
    no_statement: str
    occasions: dict[str, str]
    manners: dict[str, str]
    results: dict[str, str]
    opinions: dict[str, str]


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """The words of a proof of service; ``manners`` by the value of the manner."""

    photo: str
    tracking: str
    electronic_place: str
    consent: str
    manners: dict[str, str]


@dataclass(frozen=True, slots=True)
class ConfirmationWords:
    """The words of a confirmation of service: yes comes first of the ``choices``."""

    title: str
    system: str
    choices: tuple[str, str]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Every fixed word; ``{name}`` places are filled by `str.format`."""

    authority: str
    interim_basis: str
    interim_measures: str
    on_the_spot: str
    within_days: str
    within_days_served: str
    counting: str
    extension_until: str
    corrected_line: str
    correction_line: str
    later_line: str
    nothing_corrected: str
    nothing_found: str
    no_statement: str
    credentials: str
    no_credentials: str
    no_remark: str
    photo_code: str
    photo_found: str
    photo_put_right: str
    preview_number: str
    yes: str
    no: str
    square_metres: str
    storeys: str
    floor: str
    basement: str
    general_unit: str
    key_unit: str
    cause: str
    copies: tuple[str, ...]
    titles: dict[PaperKind, str]
    number_marks: dict[PaperKind, str]
    kinds: dict[str, str]
    building_uses: dict[str, str]
    fire_resistance: dict[str, str]
    handling: dict[str, str]
    service: ServiceWords
    confirmation: ConfirmationWords
    extension: dict[str, str]
    referral: dict[str, str]
    supervision: dict[str, str]
    orders: dict[str, str]
    sections: tuple[SectionWords, ...]
    recheck: RecheckWords

    def section_of(self, checkpoint_code: str) -> str:
        """Return the heading of the record form under which a checkpoint falls.

        Raises:
            LookupError: no heading has a prefix for it.
        """
        for section in self.sections:
            if checkpoint_code.startswith(section.prefixes):
                return section.heading
        raise LookupError(f"No section of the record form takes {checkpoint_code}.")


@cache
def wording() -> Wording:
    """Return the words as their data file has them."""
    data: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    papers = data.pop("papers")
    sections = data.pop("sections")
    recheck = RecheckWords(**data.pop("recheck"))
    confirmation = data.pop("confirmation")
    return Wording(
        confirmation=ConfirmationWords(
            confirmation["title"],
            confirmation["system"],
            tuple(confirmation["choices"]),
            tuple(confirmation["terms"]),
        ),
        service=ServiceWords(**data.pop("service")),
        copies=tuple(data.pop("copies")),
        **data,
        titles={kind: papers[kind.value]["title"] for kind in PaperKind},
        number_marks={kind: papers[kind.value]["mark"] for kind in PaperKind},
        recheck=recheck,
        sections=tuple(SectionWords(s["heading"], tuple(s["prefixes"])) for s in sections),
    )
