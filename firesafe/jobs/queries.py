"""Looking at jobs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.jobs.models import Job


def job_by_key(session: Session, key: str) -> Job | None:
    """Return the job asked for under this key, if any."""
    return session.scalar(select(Job).where(Job.key == key))
