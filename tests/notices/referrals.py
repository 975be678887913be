"""Suspected major hazards under notice, and what a chief does with them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.core.clock import county_day
from firesafe.findings.models import Referral, ReferralState, ReferralStep
from firesafe.findings.referring import PROVEN, Advance
from firesafe.notices.letter import Covering
from firesafe.notices.models import Notice
from firesafe.notices.referring import enter_reply, issue_referral
from tests.makers import MONDAY
from tests.notices.cases import ADDRESS, TUESDAY, Case, new_key

HAZARD = "A1-06"
COVERING = Covering("平利县消防救援大队", "已要求停止使用住人的房间。")


def referral_of(session: Session) -> Referral:
    """Return the only referral there is."""
    return session.scalars(select(Referral)).one()


def refer(session: Session, case: Case, *, at: datetime = MONDAY, **more) -> Notice:
    facts = {"by": case.chief, "at": at, "public_address": ADDRESS, **more}
    return issue_referral(session, referral_of(session), COVERING, **facts)


def advance(referral: Referral, state: ReferralState, **more) -> Advance:
    """Return what is entered of this state; a conclusion with its number and its scan."""
    is_proven = state in PROVEN
    facts = {
        "client_key": new_key(),
        "version": referral.version,
        "state": state,
        "happened_on": county_day(TUESDAY),
        "document_number": "平消重字〔2026〕第0001号" if is_proven else "",
        "scan_key": f"referrals/{'a' * 64}.pdf" if is_proven else None,
        "receiver": "吴测试" if state is ReferralState.RECEIVED else "",
    }
    return Advance(**{**facts, **more})


def enter(
    session: Session, case: Case, state: ReferralState, *, at: datetime = TUESDAY, by=None, **more
) -> ReferralStep:
    referral = referral_of(session)
    told = advance(referral, state, **more)
    return enter_reply(session, referral, told, by=by or case.chief, at=at)
