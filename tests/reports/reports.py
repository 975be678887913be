"""Reports as strangers send them."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.factories.models import Factory
from firesafe.reports.actions import Room, Told, send_report
from firesafe.reports.models import HazardReport
from tests.makers import MONDAY, make_factory

ROOM = Room(per_factory=20, in_all=300)


def make_report(
    session: Session,
    *,
    factory: Factory | None = None,
    client_key: str = "",
    phone: str = "13700000000",
    at: datetime = MONDAY,
    **more: object,
) -> HazardReport:
    """Report a hazard as a stranger does."""
    told = Told(client_key or str(uuid.uuid4()), "后门上了锁。", "二楼后楼梯口", phone, **more)
    place = factory or make_factory(session)
    return send_report(session, place, told, ROOM, address="203.0.113.7", at=at)
