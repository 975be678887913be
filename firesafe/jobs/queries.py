"""Looking at jobs."""

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from firesafe.jobs.models import Job, JobState


def job_by_key(session: Session, key: str) -> Job | None:
    """Return the job asked for under this key, if any."""
    return session.scalar(select(Job).where(Job.key == key))


def is_a_job_due(session: Session, at: datetime) -> bool:
    """Tell whether a worker would find anything to do."""
    return session.scalar(due_jobs(at).limit(1)) is not None


def due_jobs(at: datetime) -> Select[Job]:
    """Return what waits and is due, and what a worker left behind, the oldest first."""
    waiting = Job.state == JobState.WAITING
    abandoned = (Job.state == JobState.RUNNING) & (Job.leased_until < at)
    rows = select(Job).where(or_(waiting, abandoned), Job.due_at <= at)
    return rows.order_by(Job.due_at, Job.id)
