"""What the demo tells: its data files read, and its deeds put in the order of time.

Days are told in working days before the day of loading, so that what is due soon in the
story is due soon on whatever day it is loaded.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeAlias

from firesafe.demo.days import moment
from firesafe.inspections.models import InspectionKind

_FOLDER = Path(__file__).parent
BEGINNING = 172
"""The first accounts are made so many working days ago; the first visit comes after them."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A checkpoint that failed: where, what was seen, and what the inspector chose.

    ``photos`` counts those of what was found; ``same_as`` names the ``visit/checkpoint``
    whose first photograph was used again here.
    """

    code: str
    place: str
    seen: str
    put_right: bool = False
    days: int | None = None
    escalated: bool = False
    photos: int = 1
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """That the factory would not sign, why, and who saw it."""

    reason: str
    witness: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected (更正) after closing, and when."""

    workdays_ago: int
    subject: str
    was: str
    should_be: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a notice was taken back and issued again on the same day."""

    workdays_ago: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """What the chief changed of a finding; what is empty stays as it was."""

    code: str
    wording: str = ""
    grace_days: int | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """How the notice was served; on paper by the two inspectors, electronically by its manager.

    ``view`` is what he says to it then.
    """

    workdays_ago: int
    manner: str
    relation: str = ""
    refusal: str = ""
    witness: str = ""
    tracking_number: str = ""
    view: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What the factory's manager photographed as put right, when, and what he wrote."""

    code: str
    workdays_ago: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a re-check found of one finding."""

    code: str
    result: str = "put_right"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recheck:
    """A re-check by the chief: on site with a ``second``, else by photograph."""

    workdays_ago: int
    seen: tuple[Seen, ...]
    second: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """That the manager asks for so many ``days`` more; ``answered`` once the chief has."""

    code: str
    workdays_ago: int
    days: int
    reason: str
    measures: str
    answered: int | None = None
    grounds: str = ""
    required_measures: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the fire service did about a referral; a conclusion has the ``number`` of its paper.

    ``because`` says why it replaces what was entered last, which was wrong.
    """

    workdays_ago: int
    state: str
    number: str = ""
    receiver: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Referred:
    """That the chief referred what may be a major hazard, and what he heard of it since."""

    workdays_ago: int
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordered:
    """That the fire service orders a finding to be corrected, within ``days`` or at once."""

    code: str
    workdays_ago: int
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit with all that came of it; see the head of ``visits.toml``."""

    key: str
    factory: str
    inspectors: tuple[str, str]
    workdays_ago: int
    begun: time
    minutes: int
    kind: InspectionKind = InspectionKind.PLANNED
    failed: tuple[Failure, ...] = ()
    statement: str = ""
    refusal: Refusal | None = None
    answered: dict[str, int] | None = None
    is_handed_in: bool = False
    given_up: str = ""
    correction: Correction | None = None
    interim_measures: str = ""
    reworded: tuple[Rewording, ...] = ()
    issued: int | None = None
    withdrawn: Withdrawal | None = None
    served: Served | None = None
    proofs: tuple[Proof, ...] = ()
    rechecks: tuple[Recheck, ...] = ()
    extensions: tuple[Extension, ...] = ()
    referred: Referred | None = None
    urged: int | None = None
    ordered: tuple[Ordered, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """An account to be made; ``town`` narrows what an inspector sees."""

    name: str
    post: str
    phone: str
    staff_number: str
    card_number: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Manager:
    """A factory manager, who comes in by invitation."""

    name: str
    phone: str
    factories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class County:
    """A county with its places, people and factories; factories as rows of the register."""

    code: str
    issuer: dict[str, str]
    towns: dict[str, list[str]]
    officers: tuple[Person, ...]
    managers: tuple[Manager, ...]
    factories: tuple[dict[str, Any], ...]
    ordering_issuer: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The whole of it. ``scenes`` says which drawing shows a failure of which checkpoint."""

    password: str
    city_officers: tuple[Person, ...]
    counties: tuple[County, ...]
    scenes: dict[str, str]
    visits: tuple[Visit, ...] = field(repr=False)


class Step(IntEnum):
    """What may happen around a visit, in the order in which it does on one day."""

    VISIT = 1
    CORRECT = 2
    WITHDRAW = 3
    PREPARE = 4
    ISSUE = 5
    SERVE = 6
    PROVE = 7
    RECHECK = 8
    ASK_FOR_TIME = 9
    GIVE_TIME = 10
    REFER = 11
    HEAR = 12
    URGE = 13
    ORDER = 14


_CLOCK = {
    Step.CORRECT: time(9, 10),
    Step.WITHDRAW: time(10, 20),
    Step.PREPARE: time(11, 0),
    Step.ISSUE: time(15, 40),
    Step.SERVE: time(16, 0),
    Step.PROVE: time(16, 20),
    Step.RECHECK: time(16, 50),
    Step.ASK_FOR_TIME: time(17, 0),
    Step.GIVE_TIME: time(17, 10),
    Step.REFER: time(16, 10),
    Step.HEAR: time(17, 20),
    Step.URGE: time(11, 20),
    Step.ORDER: time(17, 30),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of a visit's story, and when it is done; ``told`` is what that step tells."""

    at: datetime
    step: Step
    visit: Visit
    told: "Told | None" = None


Told: TypeAlias = Served | Proof | Recheck | Extension | Referred | Heard | Ordered


def read_story() -> Story:
    """Read the two data files of the demo."""
    county = tomllib.loads((_FOLDER / "county.toml").read_text(encoding="utf-8"))
    visits = tomllib.loads((_FOLDER / "visits.toml").read_text(encoding="utf-8"))
    return Story(
        password=county["password"],
        city_officers=_people(county["city_officers"]),
        counties=tuple(_county(row) for row in county["counties"]),
        scenes=visits["scenes"],
        visits=tuple(_visit(row) for row in visits["visits"]),
    )


def deeds_of(story: Story, at: datetime) -> list[Deed]:
    """Return what happens until ``at``, the earliest first, as numbers must follow dates."""
    deeds = [deed for visit in story.visits for deed in _deeds(visit, at)]
    return sorted(deeds, key=lambda deed: (deed.at, deed.step))


def _deeds(visit: Visit, at: datetime) -> list[Deed]:
    begun = moment(at, visit.workdays_ago, visit.begun, minutes=visit.minutes)
    days = {
        Step.CORRECT: visit.correction.workdays_ago if visit.correction else None,
        Step.WITHDRAW: visit.withdrawn.workdays_ago if visit.withdrawn else None,
        Step.PREPARE: _prepared(visit),
        Step.ISSUE: visit.issued,
        Step.URGE: visit.urged,
    }
    deeds = [Deed(begun, Step.VISIT, visit)]
    deeds += [
        Deed(moment(at, day, _CLOCK[step]), step, visit)
        for step, day in days.items()
        if day is not None
    ]
    if visit.withdrawn is not None:
        again = moment(at, visit.withdrawn.workdays_ago, _CLOCK[Step.ISSUE])
        deeds.append(Deed(again, Step.ISSUE, visit))
    later: dict[Step, tuple[Told, ...]] = {
        Step.SERVE: (visit.served,) if visit.served else (),
        Step.PROVE: visit.proofs,
        Step.RECHECK: visit.rechecks,
        Step.ASK_FOR_TIME: visit.extensions,
        Step.REFER: (visit.referred,) if visit.referred else (),
        Step.HEAR: visit.referred.heard if visit.referred else (),
        Step.ORDER: visit.ordered,
    }
    deeds += [
        Deed(moment(at, told.workdays_ago, _CLOCK[step]), step, visit, told)
        for step, all_told in later.items()
        for told in all_told
    ]
    deeds += [
        Deed(moment(at, told.answered, _CLOCK[Step.GIVE_TIME]), Step.GIVE_TIME, visit, told)
        for told in visit.extensions
        if told.answered is not None
    ]
    return deeds


def _prepared(visit: Visit) -> int | None:
    """Return when the chief prepares: on the day of issuing again, else the day after the visit."""
    if not (visit.reworded or visit.interim_measures):
        return None
    return visit.withdrawn.workdays_ago if visit.withdrawn else max(visit.workdays_ago - 1, 0)


def _people(rows: list[dict[str, str]]) -> tuple[Person, ...]:
    return tuple(Person(**row) for row in rows)


def _county(row: dict[str, Any]) -> County:
    managers = tuple(
        Manager(**{**manager, "factories": tuple(manager["factories"])})
        for manager in row["managers"]
    )
    officers = _people(row["officers"])
    return County(**{**row, "officers": officers, "managers": managers,
                     "factories": tuple(row["factories"])})  # fmt: skip


def _visit(row: dict[str, Any]) -> Visit:
    told = {
        **row,
        "inspectors": tuple(row["inspectors"]),
        "begun": time.fromisoformat(row["begun"]),
        "kind": InspectionKind(row.get("kind", InspectionKind.PLANNED)),
        "failed": tuple(Failure(**each) for each in row.get("failed", ())),
        "reworded": tuple(Rewording(**each) for each in row.get("reworded", ())),
        "proofs": tuple(Proof(**each) for each in row.get("proofs", ())),
        "extensions": tuple(Extension(**each) for each in row.get("extensions", ())),
        "ordered": tuple(Ordered(**each) for each in row.get("ordered", ())),
        "rechecks": tuple(_recheck(each) for each in row.get("rechecks", ())),
    }
    kinds = {
        "refusal": Refusal,
        "correction": Correction,
        "withdrawn": Withdrawal,
        "served": Served,
    }
    told |= {name: kind(**row[name]) for name, kind in kinds.items() if name in row}
    if "referred" in row:
        heard = tuple(Heard(**each) for each in row["referred"].get("heard", ()))
        told["referred"] = Referred(row["referred"]["workdays_ago"], heard)
    return Visit(**told)


def _recheck(row: dict[str, Any]) -> Recheck:
    return Recheck(**{**row, "seen": tuple(Seen(**each) for each in row["seen"])})
