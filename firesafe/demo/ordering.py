"""An officer of the fire service who went along orders that something be corrected."""

from datetime import timedelta

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
from firesafe.core.permissions import Permission
from firesafe.demo.stage import Stage, inspection_of
from firesafe.demo.story import Deed, Ordered
from firesafe.inspections.models import Inspection
from firesafe.notices.kinds import PaperKind
from firesafe.notices.offences import usual_offence
from firesafe.notices.ordering import Breach, Order, issue_order, orderable


def order(stage: Stage, deed: Deed) -> None:
    """Issue the order, with the box that is usual for the checkpoint."""
    told = deed.told
    if not isinstance(told, Ordered):
        raise TypeError("What is ordered is told by an order.")
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, deed.visit)
        open_ones = {each.checkpoint_code: each for each in orderable(session, inspection)}
        finding = open_ones[told.code]
        breach = Breach(finding.id, usual_offence(told.code) or "other", finding.wording)
        due_on = county_day(deed.at) + timedelta(days=told.days) if told.days else None
        kind = PaperKind.DATED_ORDER if due_on else PaperKind.IMMEDIATE_ORDER
        issue_order(
            session,
            inspection,
            Order(kind, (breach,), due_on),
            by=_who_went_along(inspection),
            at=deed.at,
            public_address=stage.public_address,
        )


def _who_went_along(inspection: Inspection) -> Officer:
    people = (inspection.lead, inspection.second)
    return next(each for each in people if each and each.holds(Permission.ORDER_ISSUE))
