"""A suspected major hazard: the chief refers it, and enters what he hears of the fire service."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.core.clock import county_day
from firesafe.demo.drawing import draw_scene
from firesafe.demo.stage import Stage, chief_of, inspection_of
from firesafe.demo.story import Deed, Heard
from firesafe.demo.visiting import chance
from firesafe.districts.counties import county
from firesafe.findings.models import Referral, ReferralState
from firesafe.findings.queries import standing_steps
from firesafe.findings.referring import PROVEN, Advance
from firesafe.findings.scans import keep_scan
from firesafe.inspections.models import Inspection
from firesafe.notices.kinds import PaperKind
from firesafe.notices.letter import usual_covering
from firesafe.notices.queries import valid_paper_of
from firesafe.notices.referring import correct_reply, enter_reply, issue_referral
from firesafe.photos.store import Store


def refer(stage: Stage, deed: Deed) -> None:
    """Issue the letter as it is offered."""
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, deed.visit)
        notice = valid_paper_of(session, inspection, PaperKind.RECTIFICATION_NOTICE)
        issue_referral(
            session,
            _referral(session, inspection),
            usual_covering(county(inspection.county_code).name_zh, notice),
            by=chief_of(session, inspection),
            at=deed.at,
            public_address=stage.public_address,
        )


def hear(stage: Stage, deed: Deed) -> None:
    """Enter what the fire service did; with a conclusion comes a photograph of its paper."""
    if not isinstance(deed.told, Heard):
        raise TypeError("What came of a referral is told as it was heard.")
    told, state = deed.told, ReferralState(deed.told.state)
    luck = chance(stage.seed, f"{deed.visit.key}/{told.state}{'/again' if told.because else ''}")
    key = str(UUID(int=luck.getrandbits(128), version=4))
    sheet = draw_scene(stage.story.scenes["A1-01"], luck) if state in PROVEN else b""
    scan_key = keep_scan(stage.services.get(Store), sheet) if sheet else None
    with stage.database.writing() as session:
        inspection = inspection_of(session, stage, deed.visit)
        referral = _referral(session, inspection)
        advance = Advance(
            client_key=key,
            version=referral.version,
            state=state,
            happened_on=county_day(deed.at),
            document_number=told.number,
            receiver=told.receiver,
            scan_key=scan_key,
        )
        chief = chief_of(session, inspection)
        if told.because:
            wrong = standing_steps(session, referral)[-1]
            correct_reply(session, referral, wrong.id, advance, told.because, by=chief, at=deed.at)
        else:
            enter_reply(session, referral, advance, by=chief, at=deed.at)


def _referral(session: Session, inspection: Inspection) -> Referral:
    rows = select(Referral).where(Referral.inspection_id == inspection.id)
    return session.scalars(rows).one()
