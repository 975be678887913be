"""Overdue cases, and the letter by which a chief urges them."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from firesafe.core.clock import county_day
from firesafe.findings.queries import Findings
from firesafe.notices.models import Notice, Service, ServiceManner
from firesafe.notices.serving import Handing, record_service
from firesafe.notices.urging import issue_supervision_letter
from tests.makers import MONDAY
from tests.notices.cases import ADDRESS, TUESDAY, Case

LATE = MONDAY + timedelta(days=14)
"""After the last day of what has seven days, counted from Tuesday."""

MEASURES = "停用该处，每班专人看守。"


def serve(session: Session, case: Case, *, at: datetime = TUESDAY) -> Service:
    """Record that the notice came by post on that day."""
    handing = Handing(ServiceManner.POST, county_day(at), tracking_number="EX123456789CN")
    return record_service(
        session, case.notice, handing, by=case.chief, at=at, public_address=ADDRESS
    )


def to_urge(session: Session, case: Case, *, at: datetime = LATE) -> list[int]:
    """Return the ids that the chief's page would name on that day."""
    late = Findings.visible_to(case.chief).to_urge(county_day(at))
    return [each.id for each in late.of_visits(session, [case.visit.id])[case.visit.id]]


def urge(session: Session, case: Case, *, at: datetime = LATE, by=None, shown=None) -> Notice:
    """Issue the letter for what is overdue on that day."""
    return issue_supervision_letter(
        session,
        case.visit,
        to_urge(session, case, at=at) if shown is None else shown,
        MEASURES,
        by=by or case.chief,
        at=at,
        public_address=ADDRESS,
    )
