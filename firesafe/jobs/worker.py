"""The worker: takes leases on due jobs and runs the function registered for their kind."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Event
from typing import Any

from sqlalchemy.exc import OperationalError

from firesafe.core.clock import county_day, now
from firesafe.core.db import Database
from firesafe.core.services import Services
from firesafe.jobs.actions import (
    claim_job,
    enqueue_daily,
    finish_job,
    postpone_job,
    report_progress,
)
from firesafe.jobs.queries import is_a_job_due

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Work:
    """What a job function is given: its payload, the services, and the time.

    A job may run twice (a worker can die after its work and before its note), so its
    function must come to the same end when it is repeated.
    """

    job_id: int
    attempt: int
    payload: dict[str, Any]
    services: Services
    at: datetime

    @property
    def database(self) -> Database:
        """The database; a job opens its own units of work."""
        return self.services.get(Database)

    def progress(self, done: int, total: int) -> None:
        """Tell those who wait how far the job has come."""
        with self.database.writing() as session:
            report_progress(session, self.job_id, done, total, attempt=self.attempt, at=now())


JobFunction = Callable[[Work], dict[str, Any] | None]
_functions: dict[str, JobFunction] = {}
_daily: list[str] = []


def job(kind: str, *, daily: bool = False) -> Callable[[JobFunction], JobFunction]:
    """Register the function that does jobs of this kind; a ``daily`` one is asked for each day."""

    def registered(function: JobFunction) -> JobFunction:
        _functions[kind] = function
        if daily:
            _daily.append(kind)
        return function

    return registered


def ask_for_daily_jobs(database: Database, *, at: datetime) -> None:
    """Ask for what is done once on each day in the county, unless another worker has."""
    with database.writing() as session:
        for kind in _daily:
            enqueue_daily(session, kind, at=at)


def run_next_job(services: Services, *, at: datetime) -> bool:
    """Do one due job; tell whether there was one.

    Looking is only reading, so an idle worker never stands in a writer's way.
    """
    database = services.get(Database)
    with database.reading() as session:
        if not is_a_job_due(session, at):
            return False
    with database.writing() as session:
        claimed = claim_job(session, at=at)
        if claimed is None:
            return False
        work = Work(claimed.id, claimed.attempts, dict(claimed.payload), services, at)
        kind = claimed.kind
    _do(kind, work)
    return True


def run_due_jobs(services: Services, *, at: datetime, most: int = 1_000) -> int:
    """Do all jobs that are due, at most ``most``, and return how many were done."""
    done = 0
    while done < most and run_next_job(services, at=at):
        done += 1
    return done


def work_until(stop: Event, services: Services) -> None:
    """Keep working until told to stop; look for new jobs twice a second.

    What is due daily is asked for at the start and after each midnight. A database that does
    not answer for a while is waited for.
    """
    day: date | None = None
    while not stop.is_set():
        at = now()
        try:
            if day != county_day(at):
                ask_for_daily_jobs(services.get(Database), at=at)
                day = county_day(at)
            has_worked = run_next_job(services, at=at)
        except OperationalError:
            logger.exception("the database did not answer the worker")
            has_worked = False
        if not has_worked:
            stop.wait(IDLE_SECONDS)


def _do(kind: str, work: Work) -> None:
    try:
        result = _functions[kind](work)
    except Exception as fault:
        logger.exception("job %s of kind %s did not finish", work.job_id, kind)
        told = f"{type(fault).__name__}: {fault}"
        with work.database.writing() as session:
            postpone_job(session, work.job_id, told, attempt=work.attempt, at=work.at)
    else:
        with work.database.writing() as session:
            finish_job(session, work.job_id, result, attempt=work.attempt)
