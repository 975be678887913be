"""Asking for a job, and what a worker does with the rows."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from firesafe.jobs.models import Job, JobState

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5


def enqueue(
    session: Session, kind: str, key: str, payload: dict[str, Any], *, at: datetime
) -> Job:
    """Ask for a job in the caller's own transaction; the same key is asked for once.

    Raises nothing for a repeated key: the job that is there is returned as it stands. Only
    one that was given up is due again, for whoever asks anew has reason to hope.
    """
    job = session.scalar(select(Job).where(Job.key == key))
    if job is None:
        job = Job(kind=kind, key=key, payload=payload, created_at=at, due_at=at)
        session.add(job)
        session.flush()  # the caller may need the id for its answer
    elif job.state is JobState.FAILED:
        job.state, job.attempts, job.due_at = JobState.WAITING, 0, at
    return job


def claim_job(session: Session, *, at: datetime) -> Job | None:
    """Take the oldest due job under a lease of five minutes, or None.

    A job whose worker died is due again once its lease has run out.
    """
    waiting = Job.state == JobState.WAITING
    abandoned = (Job.state == JobState.RUNNING) & (Job.leased_until < at)
    job = session.scalar(
        select(Job)
        .where(or_(waiting, abandoned), Job.due_at <= at)
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is not None:
        job.state = JobState.RUNNING
        job.attempts += 1
        job.leased_until = at + LEASE
    return job


def finish_job(session: Session, job_id: int, result: dict[str, Any] | None) -> None:
    """Note that the job is done and what came of it."""
    job = session.get_one(Job, job_id)
    job.state, job.result, job.leased_until, job.fault = JobState.DONE, result, None, None


def postpone_job(session: Session, job_id: int, fault: str, *, at: datetime) -> None:
    """Note a fault: again after 1, 4, 9 … minutes, given up after five attempts."""
    job = session.get_one(Job, job_id)
    job.fault, job.leased_until = fault, None
    job.state = JobState.FAILED if job.attempts >= MOST_ATTEMPTS else JobState.WAITING
    job.due_at = at + timedelta(minutes=job.attempts**2)


def report_progress(
    session: Session, job_id: int, done: int, total: int, *, at: datetime
) -> None:
    """Note how far a job has come, which also renews its lease."""
    job = session.get_one(Job, job_id)
    job.done_count, job.total_count, job.leased_until = done, total, at + LEASE
