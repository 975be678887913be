"""The worker: takes leases on due jobs and runs the function of their kind."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from firesafe.core.db import Database
from firesafe.core.services import Services
from firesafe.jobs.actions import enqueue
from firesafe.jobs.models import Job, JobState
from firesafe.jobs.worker import (
    ask_for_daily_jobs,
    job,
    run_due_jobs,
    run_next_job,
    work_until,
)
from tests.makers import MONDAY

done = []
daily = []


@job("tests.count")
def count(work):
    work.progress(1, 2)
    done.append(work.payload["number"])
    return {"number": work.payload["number"]}


@job("tests.daily", daily=True)
def daily_round(work):
    daily.append(work.at)


@job("tests.stumble")
def stumble(work):
    raise OSError("the disk is full")


@pytest.fixture(autouse=True)
def clean_slate():
    done.clear()
    daily.clear()


def ask(database, kind, number=1):
    with database.writing() as session:
        enqueue(session, kind, f"{kind}:{number}", {"number": number}, at=MONDAY)


def the_job(database):
    with database.reading() as session:
        return session.scalars(select(Job)).one()


def test_a_job_is_done_and_its_result_kept(services, database):
    ask(database, "tests.count")

    assert run_next_job(services, at=MONDAY)

    row = the_job(database)
    assert done == [1]
    assert (row.state, row.result, row.done_count) == (JobState.DONE, {"number": 1}, 1)


def test_all_due_jobs_are_done_in_their_order(services, database):
    for number in (1, 2, 3):
        ask(database, "tests.count", number)

    assert run_due_jobs(services, at=MONDAY) == 3
    assert done == [1, 2, 3]
    assert run_due_jobs(services, at=MONDAY) == 0


def test_no_more_are_done_than_asked_for(services, database):
    for number in (1, 2, 3):
        ask(database, "tests.count", number)

    assert run_due_jobs(services, at=MONDAY, most=2) == 2


@pytest.mark.parametrize(
    ("kind", "fault"),
    [("tests.stumble", "OSError: the disk is full"), ("tests.unknown", "KeyError")],
)
def test_a_fault_is_kept_and_the_job_tried_again(services, database, caplog, kind, fault):
    caplog.set_level(logging.CRITICAL)
    ask(database, kind)

    run_next_job(services, at=MONDAY)

    row = the_job(database)
    assert row.state is JobState.WAITING
    assert row.fault.startswith(fault)
    assert not run_next_job(services, at=MONDAY)
    assert run_next_job(services, at=MONDAY + timedelta(minutes=1))


def test_a_daily_job_is_asked_for_once_on_each_day_in_the_county(services, database):
    before_midnight = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)
    moments = (MONDAY, before_midnight, before_midnight + timedelta(minutes=1))

    for at in moments:
        ask_for_daily_jobs(database, at=at)
        run_due_jobs(services, at=at)

    assert daily == [MONDAY, moments[-1]]
    with database.reading() as session:
        rows = session.scalars(select(Job.key).where(Job.kind == "tests.daily")).all()
    assert rows == ["tests.daily:2026-11-24"]  # the days before leave no rows behind


def test_a_worker_asks_for_the_daily_jobs_when_it_starts(services):
    work_until(StopAfter(1), services)

    assert len(daily) == 1


def test_an_idle_worker_does_not_stand_in_a_writers_way(services, database):
    with database.writing() as session:
        session.execute(select(Job))  # on SQLite the writer has the floor from here on
        assert not run_next_job(services, at=MONDAY)


def test_a_worker_works_until_it_is_told_to_stop(services, database):
    ask(database, "tests.count")
    ask(database, "tests.last", 2)
    stop = threading.Event()

    @job("tests.last")
    def last(work):
        stop.set()

    work_until(stop, services)

    assert done == [1]


def test_a_worker_waits_for_a_database_that_does_not_answer(tmp_path, caplog):
    caplog.set_level(logging.CRITICAL)
    away = Services(Database(f"sqlite:///{tmp_path / 'no-such-folder' / 'firesafe.db'}"))
    stop = StopAfter(2)

    work_until(stop, away)

    assert stop.waits == 2


class StopAfter(threading.Event):
    """An event that is set once it has been waited for so often, without taking the time."""

    def __init__(self, most):
        super().__init__()
        self.most, self.waits = most, 0

    def wait(self, timeout=None):
        self.waits += 1
        if self.waits >= self.most:
            self.set()
        return self.is_set()
