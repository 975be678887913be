"""Two chiefs at the same moment: over the letter, and over the fire service's conclusion."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from firesafe.accounts.models import Officer
from firesafe.core.errors import Stale
from firesafe.findings.models import Referral, ReferralState, ReferralStep
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, NumberSeries
from firesafe.notices.referring import enter_reply, issue_referral
from firesafe.photos.store import Store
from tests.makers import MONDAY
from tests.notices.cases import ADDRESS, TUESDAY, make_case, new_key
from tests.notices.referrals import COVERING, HAZARD, advance, refer, referral_of
from tests.notices.test_recheck_at_once import at_once
from tests.notices.visits import make_chief


@pytest.fixture
def case(session, services):
    return make_case(session, services.get(Store), failed=(HAZARD,))


def test_of_two_letters_at_once_one_is_issued_and_no_number_is_lost(database, session, case):
    referral_id, chiefs = referral_of(session).id, (case.chief.id, make_chief(session).id)
    session.commit()

    def issue(chief_id):
        with database.writing() as work:
            chief, referral = work.get_one(Officer, chief_id), work.get_one(Referral, referral_id)
            facts = {"by": chief, "at": MONDAY, "public_address": ADDRESS}
            return issue_referral(work, referral, COVERING, **facts).number

    ends = at_once(*(lambda each=each: issue(each) for each in chiefs))

    assert sum(isinstance(end, Stale) for end in ends) == 1
    assert "示例26消移〔2026〕1号" in ends
    letters = select(Notice).where(Notice.kind == PaperKind.REFERRAL)
    assert len(session.scalars(letters).all()) == 1
    series = select(NumberSeries.last).where(NumberSeries.kind == PaperKind.REFERRAL)
    assert session.scalars(series).one() == 1


def test_of_two_conclusions_at_once_one_is_told(database, session, case):
    refer(session, case)
    referral, chiefs = referral_of(session), (case.chief.id, make_chief(session).id)
    told = advance(referral, ReferralState.MAJOR)
    session.commit()

    def enter(chief_id):
        with database.writing() as work:
            chief, held = work.get_one(Officer, chief_id), work.get_one(Referral, referral.id)
            own = replace(told, client_key=new_key())
            return enter_reply(work, held, own, by=chief, at=TUESDAY).state

    ends = at_once(*(lambda each=each: enter(each) for each in chiefs))

    assert sum(isinstance(end, Stale) for end in ends) == 1
    assert len(session.scalars(select(ReferralStep)).all()) == 1
