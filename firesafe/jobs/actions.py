"""Asking for a job, and what a worker does with the rows."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from firesafe.core.clock import county_day
from firesafe.core.db import table_of, take_turns
from firesafe.core.straight import straight_insert
from firesafe.jobs.models import Job, JobState
from firesafe.jobs.queries import due_jobs, job_by_key

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5

_STATE = select(Job.state).where(Job.key == bindparam("key"))
_ASK = straight_insert(
    table_of(Job),
    *("kind", "key", "payload", "state", "attempts"),
    *("created_at", "due_at", "done_count", "total_count"),
)


def enqueue(session: Session, kind: str, key: str, payload: dict[str, Any], *, at: datetime) -> Job:
    """Ask for a job in the caller's own transaction; the same key is asked for once.

    Raises nothing for a repeated key: the job that is there is returned as it stands. Only
    one that was given up is due again, for whoever asks anew has reason to hope.
    """
    take_turns(session, f"job:{key}")
    with session.no_autoflush:  # a job is flushed when it is made: none can be pending
        job = job_by_key(session, key)
    job = job or _new_job(session, kind, key, payload, at)
    if job.state is JobState.FAILED:
        job.state, job.attempts, job.due_at = JobState.WAITING, 0, at
    return job


def enqueue_daily(session: Session, kind: str, *, at: datetime) -> Job:
    """Ask for the job of this day; those of earlier days that are done are of no use any more."""
    done = (Job.kind == kind, Job.state == JobState.DONE)
    key = f"{kind}:{county_day(at)}"
    session.execute(delete(Job).where(*done, Job.key != key))
    return enqueue(session, kind, key, {}, at=at)


def ask_for(
    session: Session, kind: str, key: str, payload: dict[str, Any], *, at: datetime
) -> None:
    """Do the same as `enqueue` for whoever needs nothing of the job, with less work."""
    take_turns(session, f"job:{key}")
    straight = session.connection()
    state = straight.scalar(_STATE, {"key": key})
    if state is None:
        _ASK.run(straight, _waiting(kind, key, payload, at))
    elif state is JobState.FAILED:
        enqueue(session, kind, key, payload, at=at)


def ask_anew(
    session: Session, kind: str, key: str, payload: dict[str, Any], *, at: datetime
) -> None:
    """Do the same for a key that nobody can have used before, with less work still."""
    _ASK.run(session.connection(), _waiting(kind, key, payload, at))


def claim_job(session: Session, *, at: datetime) -> Job | None:
    """Take the oldest due job under a lease of five minutes, or None.

    A job whose worker died is due again once its lease has run out; one that has taken
    five workers with it is given up.
    """
    oldest = due_jobs(at).limit(1).with_for_update(skip_locked=True)
    while (job := session.scalar(oldest)) is not None:
        if job.attempts < MOST_ATTEMPTS:
            job.state, job.leased_until = JobState.RUNNING, at + LEASE
            job.attempts += 1
            return job
        job.state, job.leased_until = JobState.FAILED, None
        job.fault = "The worker died over it each time."
    return None


def finish_job(
    session: Session, job_id: int, result: dict[str, Any] | None, *, attempt: int
) -> None:
    """Note that the job is done and what came of it, unless another worker has taken it over."""
    job = _own_job(session, job_id, attempt)
    if job is not None:
        job.state, job.result, job.leased_until, job.fault = JobState.DONE, result, None, None


def postpone_job(session: Session, job_id: int, fault: str, *, attempt: int, at: datetime) -> None:
    """Note a fault: again after 1, 4, 9 … minutes, given up after five attempts."""
    job = _own_job(session, job_id, attempt)
    if job is not None:
        job.fault, job.leased_until = fault, None
        job.state = JobState.FAILED if attempt >= MOST_ATTEMPTS else JobState.WAITING
        job.due_at = at + timedelta(minutes=attempt**2)


def report_progress(
    session: Session, job_id: int, done: int, total: int, *, attempt: int, at: datetime
) -> None:
    """Note how far a job has come, which also renews its lease."""
    job = _own_job(session, job_id, attempt)
    if job is not None:
        job.done_count, job.total_count, job.leased_until = done, total, at + LEASE


def _waiting(kind: str, key: str, payload: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "kind": kind,
        "key": key,
        "payload": payload,
        "state": JobState.WAITING,
        "attempts": 0,
        "created_at": at,
        "due_at": at,
        "done_count": 0,
        "total_count": 0,
    }


def _new_job(session: Session, kind: str, key: str, payload: dict[str, Any], at: datetime) -> Job:
    job = Job(**_waiting(kind, key, payload, at))
    session.add(job)
    session.flush()  # the caller may need the id
    return job


def _own_job(session: Session, job_id: int, attempt: int) -> Job | None:
    """Return the job if this attempt is still the latest: a worker may come back from the dead."""
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    return job if job is not None and job.attempts == attempt else None
