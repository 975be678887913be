"""The notice is served: by the inspectors, by post, or on the page of a manager who agreed.

The manager may say to it what he sees otherwise.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from firesafe.core.clock import county_day
from firesafe.demo.stage import Stage, chief_of, inspection_of, manager_of, notice_of
from firesafe.demo.story import Deed, Served
from firesafe.demo.visiting import chance
from firesafe.inspections.models import Inspection
from firesafe.notices.models import Notice, ServiceManner
from firesafe.notices.queries import standing_consent
from firesafe.notices.receiving import give_consent, state_view
from firesafe.notices.serving import Handing, confirm_receipt, record_service


def serve(stage: Stage, deed: Deed) -> None:
    """Enter how the notice was served, or let the manager agree and confirm it."""
    told = deed.told
    if not isinstance(told, Served):
        raise TypeError("What is served is told by a service.")
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, deed.visit)
        notice = notice_of(session, inspection)
        if ServiceManner(told.manner) is ServiceManner.ELECTRONIC:
            _confirm(session, stage, deed, notice)
            if told.view:
                _say(session, stage, deed, notice, told.view)
            return
        handing = _handing(stage, deed, told, inspection)
        chief, address = chief_of(session, inspection), stage.public_address
        record_service(session, notice, handing, by=chief, at=deed.at, public_address=address)


def _say(session: Session, stage: Stage, deed: Deed, notice: Notice, text: str) -> None:
    """Let the manager state his view of the notice."""
    key = UUID(int=chance(stage.seed, f"{deed.visit.key}/view").getrandbits(128), version=4)
    manager = manager_of(session, notice.inspection)
    state_view(session, notice, text, client_key=str(key), by=manager, at=deed.at)


def _confirm(session: Session, stage: Stage, deed: Deed, notice: Notice) -> None:
    inspection, address = notice.inspection, stage.public_address
    manager = manager_of(session, inspection)
    if standing_consent(session, inspection.factory_id) is None:
        where = {"address": inspection.factory.place, "phone": manager.phone or ""}
        where["public_address"] = address
        give_consent(session, inspection.factory, **where, by=manager, at=deed.at)
        session.flush()
    confirm_receipt(session, notice, by=manager, at=deed.at, public_address=address)


def _handing(stage: Stage, deed: Deed, told: Served, inspection: Inspection) -> Handing:
    factory, manner = inspection.factory, ServiceManner(told.manner)
    is_direct, is_sent = manner is ServiceManner.DIRECT, manner is ServiceManner.POST
    return Handing(
        manner,
        county_day(deed.at),
        None if is_sent else deed.at,
        place=factory.address,
        receiver=factory.responsible_name if is_direct else "",
        relation=told.relation,
        ink_sha256=stage.inks[factory.responsible_name] if is_direct else "",
        refusal=told.refusal,
        witness=told.witness,
        tracking_number=told.tracking_number,
        servers=() if is_sent else deed.visit.inspectors,
    )
