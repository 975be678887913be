"""What was wrongly entered of a referral is replaced by another entry; nothing is deleted."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.clock import county_day
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.findings.models import FindingState, ReferralState
from firesafe.findings.queries import standing_steps, steps_of_referral
from firesafe.notices.models import NoticeState
from firesafe.notices.queries import letter_of
from firesafe.notices.rechecking import decide_recheck
from firesafe.notices.referring import correct_reply
from firesafe.notices.timeline import steps_of
from firesafe.photos.store import Store
from firesafe.reminders.queries import pending_referrals
from tests.makers import HANBIN, MONDAY, make_officer
from tests.notices.cases import (
    ADDRESS,
    TUESDAY,
    checking,
    judged,
    make_case,
    new_key,
    send_proof,
)
from tests.notices.referrals import HAZARD, advance, enter, refer, referral_of
from tests.notices.test_referral_views import paper
from tests.notices.visits import make_chief

WEDNESDAY = TUESDAY + timedelta(days=1)
WHY = "文号抄错了。"


@pytest.fixture
def case(session, services):
    """A suspected major hazard that was referred on Monday."""
    made = make_case(session, services.get(Store), failed=(HAZARD,))
    refer(session, made)
    return made


def correct(session, case, step, state=None, *, reason=WHY, by=None, **more):
    referral = referral_of(session)
    told = advance(referral, state or step.state, **more)
    return correct_reply(
        session, referral, step.id, told, reason, by=by or case.chief, at=WEDNESDAY
    )


def standing(session):
    return standing_steps(session, referral_of(session))


def test_a_wrong_number_is_replaced_and_the_first_entry_stays(session, case):
    wrong = enter(session, case, ReferralState.MAJOR)

    right = correct(session, case, wrong, document_number="平消重字〔2026〕第0010号", scan_key=None)

    assert steps_of_referral(session, referral_of(session)) == [wrong, right]
    assert standing(session) == [right]
    assert (right.replaces_id, right.reason) == (wrong.id, WHY)
    assert right.scan_key == wrong.scan_key  # no new scan: its own goes on to prove it
    assert wrong.document_number == "平消重字〔2026〕第0001号"


def test_the_trail_and_the_finding_tell_of_it(session, case):
    wrong = enter(session, case, ReferralState.MAJOR)

    correct(session, case, wrong)

    rows = select(AuditEntry).where(AuditEntry.event == Event.REFERRAL_CORRECTED)
    told = session.scalars(rows).one()
    assert (told.by_id, told.facts["reason"]) == (case.chief.id, WHY)
    assert told.facts["document"] == wrong.document_number
    sentences = [step.sentence for step in steps_of(session, case.finding)]
    assert sentences.count("Judged a major hazard") == 1
    assert "An entry about the referral was corrected" in sentences


def test_a_wrong_state_is_replaced_and_the_referral_stands_there(session, case):
    wrong = enter(session, case, ReferralState.UNDECIDED)

    correct(session, case, wrong, ReferralState.RECEIVED)

    referral = referral_of(session)
    assert referral.state is ReferralState.RECEIVED
    assert letter_of(session, referral.id).state is NoticeState.SERVED


def test_a_letter_that_was_not_received_after_all_is_no_longer_served(session, case):
    wrong = enter(session, case, ReferralState.RECEIVED)

    correct(session, case, wrong, ReferralState.UNDECIDED)

    assert letter_of(session, referral_of(session).id).state is NoticeState.ISSUED


def test_an_entry_in_the_middle_keeps_its_place(session, case):
    first = enter(session, case, ReferralState.RECEIVED)
    last = enter(session, case, ReferralState.MAJOR)

    right = correct(session, case, first, happened_on=county_day(MONDAY))

    assert standing(session) == [right, last]
    assert referral_of(session).state is ReferralState.MAJOR


def test_a_correction_is_corrected_in_its_turn(session, case):
    wrong = enter(session, case, ReferralState.MAJOR)
    half = correct(session, case, wrong)

    right = correct(session, case, half, reason="还是抄错了。")

    assert standing(session) == [right]
    with pytest.raises(Stale):
        correct(session, case, wrong)


def test_a_judgement_corrected_to_none_settles_the_finding_like_any_other(session, case):
    wrong = enter(session, case, ReferralState.MAJOR)

    correct(session, case, wrong, ReferralState.NOT_MAJOR)

    assert referral_of(session).is_over
    assert case.finding.concluded_at == WEDNESDAY
    assert case.finding.state is FindingState.OPEN


def test_the_end_corrected_in_its_number_settles_nothing_twice(session, case):
    enter(session, case, ReferralState.MAJOR)
    wrong = enter(session, case, ReferralState.ENDED)
    closed_at, version = case.finding.closed_at, case.finding.version

    correct(session, case, wrong, document_number="平消销字〔2026〕第0002号")

    assert (case.finding.closed_at, case.finding.version) == (closed_at, version)
    rows = select(AuditEntry).where(AuditEntry.event == Event.NOTICE_CLOSED)
    assert len(session.scalars(rows).all()) == 1


@pytest.fixture
def seen(session, services, case):
    """The hazard was seen put right by the county, and waits for the fire service."""
    send_proof(session, services.get(Store), case)
    second = make_officer(session, county=case.visit.county_code)
    lead = make_officer(session, county=case.visit.county_code)
    told = checking(judged(case.finding), second=second)
    decide_recheck(session, case.visit, told, by=lead, at=TUESDAY, public_address=ADDRESS)
    assert case.finding.state is FindingState.ANSWERED
    return case


def test_an_end_that_was_none_opens_finding_and_notice_again(session, seen):
    enter(session, seen, ReferralState.MAJOR)
    wrong = enter(session, seen, ReferralState.ENDED)
    assert (seen.finding.state, seen.notice.state) == (FindingState.CLOSED, NoticeState.CLOSED)

    correct(session, seen, wrong, ReferralState.RECHECKED)

    finding = seen.finding
    assert referral_of(session).state is ReferralState.RECHECKED
    assert (finding.state, finding.answered_on) == (FindingState.ANSWERED, None)
    assert (finding.closed_at, finding.concluded_at) == (None, None)
    assert finding.awaits_fire_service
    assert seen.notice.state is NoticeState.ISSUED
    told = session.scalars(select(AuditEntry.event)).all()
    assert {Event.FINDING_WAITS_AGAIN, Event.NOTICE_OPENED_AGAIN} <= set(told)


def test_an_end_that_was_none_is_entered_again_when_it_comes(session, seen):
    enter(session, seen, ReferralState.MAJOR)
    wrong = enter(session, seen, ReferralState.ENDED)
    correct(session, seen, wrong, ReferralState.RECHECKED)

    enter(session, seen, ReferralState.ENDED, at=WEDNESDAY)

    assert (seen.finding.state, seen.notice.state) == (FindingState.CLOSED, NoticeState.CLOSED)


def test_a_finding_with_unseen_proof_or_with_none_stands_where_it_stood(session, services, case):
    enter(session, case, ReferralState.MAJOR)
    wrong = enter(session, case, ReferralState.ENDED)
    wrong = correct(session, case, wrong, ReferralState.RECHECKED)
    assert case.finding.state is FindingState.OPEN

    send_proof(session, services.get(Store), case, at=WEDNESDAY)
    wrong = enter(session, case, ReferralState.ENDED, at=WEDNESDAY)
    correct(session, case, wrong, ReferralState.RECHECKED)

    assert case.finding.state is FindingState.ANSWERED
    assert case.finding.answered_on == county_day(WEDNESDAY)


def test_no_major_hazard_corrected_to_one_waits_for_the_fire_service_again(session, seen):
    wrong = enter(session, seen, ReferralState.NOT_MAJOR)
    assert seen.finding.state is FindingState.CLOSED

    correct(session, seen, wrong, ReferralState.MAJOR)

    assert (seen.finding.state, seen.finding.answered_on) == (FindingState.ANSWERED, None)
    assert seen.finding.awaits_fire_service
    assert seen.notice.state is NoticeState.ISSUED


def test_a_conclusion_on_which_the_county_closed_it_cannot_become_another(session, services, case):
    wrong = enter(session, case, ReferralState.NOT_MAJOR)
    send_proof(session, services.get(Store), case, at=WEDNESDAY)
    second = make_officer(session, county=case.visit.county_code)
    lead = make_officer(session, county=case.visit.county_code)
    told = checking(judged(case.finding), second=second, rechecked_at=WEDNESDAY)
    decide_recheck(session, case.visit, told, by=lead, at=WEDNESDAY, public_address=ADDRESS)
    assert case.finding.state is FindingState.CLOSED

    with pytest.raises(RuleBroken, match="not what was concluded"):
        correct(session, case, wrong, ReferralState.MAJOR)
    correct(session, case, wrong, document_number="平消重字〔2026〕第0003号")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": ReferralState.NOT_MAJOR}, "does not fit"),
        ({"happened_on": date(2026, 11, 22)}, "day has to lie between"),
        ({"happened_on": date(2026, 11, 26)}, "day has to lie between"),
        ({"document_number": ""}, "number of the fire service's paper"),
        ({"reason": ""}, "Write why"),
    ],
)
def test_a_correction_that_fits_nothing_is_refused(session, case, changes, sentence):
    wrong = enter(session, case, ReferralState.MAJOR)
    enter(session, case, ReferralState.SUPERVISED)

    with pytest.raises(RuleBroken, match=sentence):
        correct(session, case, wrong, **changes)
    assert standing(session)[0] is wrong


def test_sent_twice_it_is_one_and_the_second_of_two_is_told(session, case):
    wrong = enter(session, case, ReferralState.MAJOR)
    referral = referral_of(session)
    told = advance(referral, ReferralState.MAJOR)
    late = replace(told, client_key=new_key())
    how = {"by": case.chief, "at": WEDNESDAY}

    first = correct_reply(session, referral, wrong.id, told, WHY, **how)

    assert correct_reply(session, referral, wrong.id, told, WHY, **how) is first
    with pytest.raises(Stale):
        correct_reply(session, referral, wrong.id, late, WHY, **how)


def test_another_county_s_chief_corrects_nothing(session, case):
    wrong = enter(session, case, ReferralState.MAJOR)

    with pytest.raises(Refused):
        correct(session, case, wrong, by=make_chief(session, county=HANBIN))


def test_reminders_count_from_what_holds(session, case):
    wrong = enter(session, case, ReferralState.RECEIVED)
    correct(session, case, wrong, happened_on=county_day(MONDAY))

    (pending,) = pending_referrals(session)

    assert pending.heard_on == county_day(MONDAY)


def test_a_chief_corrects_an_entry_on_its_page(session, case, sign_in):
    wrong = enter(session, case, ReferralState.RECEIVED)
    client = sign_in(case.chief)
    page = f"/referrals/{referral_of(session).id}"
    address = f"{page}/steps/{wrong.id}/correction"
    assert address in client.get(page).text
    assert "吴测试" in client.get(address).text
    session.commit()
    form = {
        "client_key": new_key(),
        "version": referral_of(session).version,
        "state": "major",
        "happened_on": "2026-11-24",
        "document_number": "平消重字〔2026〕第0001号",
    }
    session.commit()

    assert client.post(address, data=form).status_code == 422  # no reason, no paper
    sent = {**form, "reason": WHY, "scan": (BytesIO(paper()), "paper.pdf")}
    answer = client.post(address, data=sent, follow_redirects=True)

    assert "已更正，原登记保留" in answer.text
    assert "已更正的登记" in answer.text
    assert WHY in answer.text
    assert client.get(address).status_code == 404
    assert "吴测试" in client.get(page).text
