"""Throwing out what is kept no longer: reporters' numbers first, then whole reports.

A report that led to a visit stays with that visit's case.
"""

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from firesafe.core.db import Database
from firesafe.jobs.worker import Work, job
from firesafe.photos.store import Store
from firesafe.reports.models import HazardReport
from firesafe.reports.pictures import throw_away
from firesafe.reports.rules import PHONE_KEPT, PHONE_KEPT_UNANSWERED, REPORT_KEPT

PRUNE = "reports.prune"


def prune(database: Database, store: Store, *, at: datetime) -> None:
    """Erase numbers and reports whose time is over.

    Pictures go before the row that names them: whatever is cut short is done again.
    """
    is_over = (HazardReport.settled_at < at - REPORT_KEPT, HazardReport.inspection_id.is_(None))
    rows = select(HazardReport.id, HazardReport.client_key, HazardReport.photos).where(*is_over)
    with database.reading() as session:
        over = session.execute(rows).all()
    for row in over:
        throw_away(store, row.client_key, row.photos)
    with database.writing() as session:
        gone = [row.id for row in over]
        session.execute(delete(HazardReport).where(HazardReport.id.in_(gone)))
        erase_phones(session, at=at)


def erase_phones(session: Session, *, at: datetime) -> None:
    """Erase the numbers of reports dealt with long ago, and of those nobody has dealt with."""
    is_over = or_(
        HazardReport.settled_at < at - PHONE_KEPT,
        HazardReport.reported_at < at - PHONE_KEPT_UNANSWERED,
    )
    session.execute(update(HazardReport).where(HazardReport.phone != "", is_over).values(phone=""))


@job(PRUNE, daily=True)
def prune_daily(work: Work) -> None:
    """Do it for the worker."""
    prune(work.database, work.services.get(Store), at=work.at)
