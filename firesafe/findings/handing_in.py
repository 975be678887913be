"""What was handed in from a phone becomes a closed visit with findings once all of it is here."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.findings.actions import record_findings
from firesafe.inspections.models import Answer, AnswerPhoto, Inspection, InspectionState
from firesafe.inspections.phone import close_handed_in, waiting_photos
from firesafe.jobs.worker import Work, job
from firesafe.photos.actions import follow_developed

SETTLE = "findings.settle"
follow_developed(SETTLE)


def settle(session: Session, inspection: Inspection, *, at: datetime) -> bool:
    """Close a handed-in visit whose photographs are all readable; tell whether it is closed.

    The visit must have been locked, and its answers loaded. Findings count from the moment
    it was handed in: the service's time rules deadlines, not the phone's.
    """
    if inspection.state is not InspectionState.HANDED_IN:
        return inspection.state is InspectionState.CLOSED
    if waiting_photos(session, inspection):
        return False
    failed = close_handed_in(session, inspection, at=at)
    record_findings(session, inspection, failed, at=inspection.handed_in_at or at)
    return True


@job(SETTLE)
def settle_asked(work: Work) -> None:
    """Settle the visits that waited for the photograph a job names."""
    with work.database.writing() as session:
        rows = (
            select(Inspection)
            .where(
                Inspection.state == InspectionState.HANDED_IN,
                Inspection.id.in_(
                    select(Answer.inspection_id)
                    .join(AnswerPhoto)
                    .where(AnswerPhoto.sha256 == work.payload["sha256"])
                ),
            )
            .order_by(Inspection.id)
            .with_for_update(of=Inspection)
        )
        for inspection in session.scalars(rows):
            settle(session, inspection, at=work.at)
