"""At the doors: what strangers report and what comes of it, and who is let in by a code."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.door_passes import enter_by_pass, give_pass
from firesafe.accounts.models import Officer
from firesafe.core.settings import Settings
from firesafe.demo.days import moment
from firesafe.demo.drawing import draw_scene
from firesafe.demo.putting_right import key_of, named
from firesafe.demo.stage import Stage, chief_of_county
from firesafe.demo.visiting import chance
from firesafe.factories.models import Factory
from firesafe.photos.store import Store
from firesafe.reports.actions import (
    Outcome,
    Room,
    Told,
    hand_report,
    send_report,
    settle_report,
)
from firesafe.reports.models import HazardReport
from firesafe.reports.pictures import keep_pictures
from firesafe.reports.rules import ReportState

_FILE = Path(__file__).with_name("reports.toml")
_CHIEF_READS = time(14, 30)
_CHIEF_GIVES = time(9, 15)
_ADDRESS = "203.0.113.20"  # set aside for examples (RFC 5737)


@dataclass(frozen=True, slots=True)
class Pass:
    """A code that the chief gave somebody of a factory, and whether he has come in by it."""

    factory: str
    name: str
    workdays_ago: int
    used: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One report, and what came of it; see the head of ``reports.toml``."""

    key: str
    factory: str
    workdays_ago: int
    clock: str
    what: str
    place: str
    scene: str
    phone: str = ""
    handed: int | None = None
    inspector: str = ""
    settled: int | None = None
    visit: str = ""
    answer: str = ""


def happen_at_doors(stage: Stage, *, at: datetime) -> None:
    """Let strangers report what they saw, the county look into it, and codes be given and used."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for row in told["reports"]:
        _report(stage, Report(**row), at)
    for row in told["passes"]:
        _let_in(stage, Pass(**row), at)


def _report(stage: Stage, told: Report, at: datetime) -> None:
    key, settings = key_of(stage, f"report/{told.key}"), stage.services.get(Settings)
    jpeg = draw_scene(told.scene, chance(stage.seed, f"report/{told.key}/picture"))
    photos = keep_pictures(stage.services.get(Store), key, [BytesIO(jpeg)])
    sent = Told(key, told.what, told.place, told.phone, tuple(photos))
    room = Room(settings.reports_per_factory_per_day, settings.reports_per_day)
    came = moment(at, told.workdays_ago, time.fromisoformat(told.clock))
    with stage.database.writing() as session:
        factory = session.scalars(select(Factory).where(Factory.name == told.factory)).one()
        report = send_report(session, factory, sent, room, address=_ADDRESS, at=came)
        chief = chief_of_county(session, factory.county_code)
        _deal_with(session, stage, report, told, chief, at)


def _let_in(stage: Stage, told: Pass, at: datetime) -> None:
    given_at = moment(at, told.workdays_ago, _CHIEF_GIVES)
    with stage.database.writing() as session:
        factory = session.scalars(select(Factory).where(Factory.name == told.factory)).one()
        given, _code = give_pass(
            session,
            factory_id=factory.id,
            county_code=factory.county_code,
            name=told.name,
            by=chief_of_county(session, factory.county_code),
            at=given_at,
        )
        if told.used:
            enter_by_pass(
                session,
                factory_id=factory.id,
                county_code=factory.county_code,
                proven_id=given.id,
                device="",
                address=_ADDRESS,
                at=given_at,
            )


def _deal_with(
    session: Session, stage: Stage, report: HazardReport, told: Report, chief: Officer, at: datetime
) -> None:
    if told.handed is not None:
        asked = moment(at, told.handed, _CHIEF_READS)
        inspector = named(session, told.inspector)
        hand_report(session, report, inspector.id, by=chief, at=asked)
    if told.settled is not None:
        done = moment(at, told.settled, _CHIEF_READS)
        visit_id = stage.inspections[told.visit]
        outcome = Outcome(ReportState.LOOKED_INTO, told.answer, visit_id)
        settle_report(session, report, outcome, by=chief, at=done)
