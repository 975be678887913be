"""Measures planning the reminders of a day on which two hundred findings fall due at once."""

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from bench.photos import Row
from firesafe.accounts.posts import Post
from firesafe.core.clock import county_day
from firesafe.core.db import Database, table_of
from firesafe.factories.models import FactoryManager
from firesafe.findings.models import Finding, FindingState
from firesafe.inspections.models import Inspection
from firesafe.migrations.steps import upgrade_database
from firesafe.reminders.actions import Plan, plan_reminders
from firesafe.reminders.rules import channels_of
from tests.makers import MONDAY, make_inspection, make_officer

FINDINGS = 200
REMINDED_OF_EACH = 3  # the manager, the inspector, the chief
FACTORIES = 50
CHANNELS = "json://sms.example/{phone} json://group.example/{county}"


def main(_arguments: list[str] | None = None) -> list[Row]:
    """Measure and return the row; print nothing. There are no arguments."""
    with tempfile.TemporaryDirectory() as folder:
        database = _county(Path(folder))
        plan = Plan(channels_of(CHANNELS), "https://firesafe.example", 7)
        started = time.process_time()
        with database.writing() as session:
            count = plan_reminders(session, plan, at=MONDAY)
        spent = time.process_time() - started
        database.close()
    assert count == FINDINGS * REMINDED_OF_EACH
    return [(f"{count} reminders planned, CPU s", f"{spent:.2f}", "<= 2", spent <= 2)]


def _county(folder: Path) -> Database:
    database = Database(f"sqlite:///{folder / 'county.db'}")
    upgrade_database(database.url)
    with database.writing() as session:
        make_officer(session, post=Post.SECTION_CHIEF)
        visits = [make_inspection(session) for _ in range(FACTORIES)]
        for visit in visits:
            manager = make_officer(session, post=Post.FACTORY_MANAGER)
            session.add(
                FactoryManager(factory_id=visit.factory_id, officer_id=manager.id, since=MONDAY)
            )
        session.execute(
            insert(table_of(Finding)),
            [_finding(visits[number % FACTORIES], number) for number in range(FINDINGS)],
        )
    return database


def _finding(visit: Inspection, number: int) -> dict[str, object]:
    return {
        "inspection_id": visit.id,
        "factory_id": visit.factory_id,
        "county_code": visit.county_code,
        "edition_code": visit.edition_code,
        "checkpoint_code": f"A1-{number:02d}",
        "wording": "门口堆放纸箱约12只。",
        "grade": "general",
        "bases": [],
        "requirement": "清除。",
        "grace_days": 7,
        "due_on": county_day(MONDAY) + timedelta(days=3),
        "photos": [],
        "state": FindingState.OPEN,
        "put_right_on_the_spot": False,
        "is_suspected_major": False,
        "found_at": MONDAY,
        "version": 1,
        "failed_rechecks": 0,
    }
