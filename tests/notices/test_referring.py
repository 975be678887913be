"""Suspected major hazards: referred by a letter the same day, ended by the fire service alone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.clock import county_day
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.findings.models import FindingState, ReferralState, ReferralStep, Result
from firesafe.findings.queries import Referrals
from firesafe.jobs.models import Job
from firesafe.notices.actions import withdraw_notice
from firesafe.notices.canonical import from_json, to_json
from firesafe.notices.kinds import PRINT_JOB, PaperKind
from firesafe.notices.models import Notice, NoticeState
from firesafe.notices.queries import Notices, letter_of
from firesafe.notices.rechecking import decide_recheck
from firesafe.photos.store import Store
from tests.makers import HANBIN, MONDAY, make_officer
from tests.notices.cases import ADDRESS, TUESDAY, checking, judged, make_case, new_key
from tests.notices.referrals import HAZARD, enter, refer, referral_of
from tests.notices.visits import make_chief

STEPS = (ReferralState.MAJOR, ReferralState.SUPERVISED, ReferralState.PLANNED)


@pytest.fixture
def case(session, services):
    return make_case(session, services.get(Store), failed=(HAZARD, "P2-01"))


def letters(session):
    return list(session.scalars(select(Notice).where(Notice.kind == PaperKind.REFERRAL)))


def see_put_right(session, case, *codes):
    """Re-check on site that these are put right, as the county sees it."""
    second = make_officer(session, county=case.visit.county_code)
    lead = make_officer(session, county=case.visit.county_code)
    told = checking(*(judged(case.findings[code]) for code in codes), second=second)
    return decide_recheck(session, case.visit, told, by=lead, at=TUESDAY, public_address=ADDRESS)


def test_what_is_suspected_stands_in_the_register_from_the_visit_on(session, case):
    referral = referral_of(session)

    assert referral.state is ReferralState.SUSPECTED
    assert case.findings[HAZARD].referral is referral
    assert case.findings["P2-01"].referral is None
    assert not referral.is_late(county_day(MONDAY))
    assert referral.is_late(county_day(TUESDAY))


def test_referring_and_its_numbered_letter_are_one_act(session, case):
    letter = refer(session, case)

    assert letter.number == "示例26消移〔2026〕1号"
    assert letter.county_code == case.visit.county_code
    assert letter_of(session, referral_of(session).id) is letter
    assert referral_of(session).state is ReferralState.REFERRED
    assert case.findings[HAZARD].referred_at == MONDAY
    assert case.findings[HAZARD].state is FindingState.OPEN
    assert case.findings["P2-01"].referred_at is None
    key = f"{PRINT_JOB}:{letter.id}"
    assert session.scalar(select(func.count()).select_from(Job).where(Job.key == key)) == 1
    told = select(AuditEntry).where(AuditEntry.event == Event.FINDING_REFERRED)
    assert session.scalars(told).one().subject == f"finding:{case.findings[HAZARD].id}"


def test_the_letter_is_no_paper_for_the_factory(session, case):
    letter = refer(session, case)

    assert not letter.is_to_be_served
    assert letter not in session.scalars(Notices.of_manager(case.manager).newest_first()).all()


def test_a_letter_that_left_a_day_late_says_so(session, case):
    refer(session, case, at=TUESDAY)

    assert referral_of(session).is_late(county_day(TUESDAY + timedelta(days=9)))


def test_of_two_chiefs_the_second_is_told_and_nothing_is_doubled(session, case):
    refer(session, case)

    with pytest.raises(Stale, match="referred already"):
        refer(session, case, by=make_chief(session))

    assert len(letters(session)) == 1


@pytest.mark.parametrize("who", ["inspector", "elsewhere"])
def test_only_a_chief_of_the_county_refers(session, case, who):
    by = make_officer(session) if who == "inspector" else make_chief(session, county=HANBIN)

    with pytest.raises(Refused):
        refer(session, case, by=by)
    with pytest.raises(Refused):
        enter(session, case, ReferralState.MAJOR, by=by)
    seen = Referrals.visible_to(by).count(session)
    assert seen == (1 if who == "inspector" else 0)


def test_nothing_is_entered_before_the_letter_went_out(session, case):
    with pytest.raises(RuleBroken, match="not been referred yet"):
        enter(session, case, ReferralState.MAJOR)


def test_whoever_signed_for_the_letter_is_kept_and_it_counts_as_served(session, case):
    letter = refer(session, case)

    with pytest.raises(RuleBroken, match="who received"):
        enter(session, case, ReferralState.RECEIVED, receiver="")
    step = enter(session, case, ReferralState.RECEIVED)

    assert step.receiver == "吴测试"
    assert letter.state is NoticeState.SERVED


def test_the_states_come_one_after_the_other_until_the_fire_service_ends_it(session, case):
    refer(session, case)
    see_put_right(session, case, "P2-01", HAZARD)
    assert case.findings[HAZARD].state is FindingState.ANSWERED

    for state in (ReferralState.RECEIVED, ReferralState.UNDECIDED, *STEPS):
        enter(session, case, state)
        assert case.findings[HAZARD].state is FindingState.ANSWERED
    enter(session, case, ReferralState.RECHECKED)
    enter(session, case, ReferralState.RECHECKED, note="防火墙未封堵。")
    assert case.notice.state is not NoticeState.CLOSED
    enter(session, case, ReferralState.ENDED)

    assert case.findings[HAZARD].state is FindingState.CLOSED
    assert case.findings[HAZARD].concluded_at == TUESDAY
    assert case.notice.state is NoticeState.CLOSED
    with pytest.raises(RuleBroken, match="entered already"):
        enter(session, case, ReferralState.RECHECKED)


def test_what_is_still_open_beside_it_keeps_the_notice_open(session, case):
    refer(session, case)
    enter(session, case, ReferralState.MAJOR)

    enter(session, case, ReferralState.ENDED)

    assert case.findings[HAZARD].state is FindingState.CLOSED
    assert case.notice.state is not NoticeState.CLOSED


def test_what_is_no_major_hazard_goes_on_as_any_other_finding(session, case):
    refer(session, case)

    enter(session, case, ReferralState.NOT_MAJOR)

    assert case.findings[HAZARD].state is FindingState.OPEN
    see_put_right(session, case, HAZARD, "P2-01")
    assert case.findings[HAZARD].state is FindingState.CLOSED
    assert case.notice.state is NoticeState.CLOSED


def test_what_the_county_has_seen_put_right_is_closed_when_it_is_no_major_hazard(session, case):
    refer(session, case)
    see_put_right(session, case, HAZARD, "P2-01")

    enter(session, case, ReferralState.NOT_MAJOR)

    assert case.findings[HAZARD].state is FindingState.CLOSED
    assert case.notice.state is NoticeState.CLOSED


@pytest.mark.parametrize("state", [ReferralState.MAJOR, ReferralState.NOT_MAJOR])
@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [({"document_number": ""}, "Enter the number"), ({"scan_key": None}, "Attach")],
)
def test_a_conclusion_needs_its_paper(session, case, state, lacking, sentence):
    refer(session, case)

    with pytest.raises(RuleBroken, match=sentence):
        enter(session, case, state, **lacking)

    assert referral_of(session).state is ReferralState.REFERRED


def test_an_end_needs_its_paper_as_well(session, case):
    refer(session, case)
    enter(session, case, ReferralState.MAJOR)

    with pytest.raises(RuleBroken, match="Attach"):
        enter(session, case, ReferralState.ENDED, scan_key=None)

    assert case.findings[HAZARD].state is FindingState.OPEN


@pytest.mark.parametrize(
    ("days", "sentence"), [(1, "lies in the future"), (-2, "cannot lie before 2026-11-23")]
)
def test_the_day_of_a_conclusion_has_its_bounds(session, case, days, sentence):
    refer(session, case)

    with pytest.raises(RuleBroken, match=sentence):
        enter(
            session,
            case,
            ReferralState.MAJOR,
            happened_on=county_day(TUESDAY + timedelta(days=days)),
        )


@pytest.mark.parametrize("state", [ReferralState.SUPERVISED, ReferralState.ENDED])
def test_nothing_follows_before_the_fire_service_has_judged(session, case, state):
    refer(session, case)

    with pytest.raises(RuleBroken, match="cannot come next"):
        enter(session, case, state)


def test_the_same_form_twice_is_one_step_and_an_old_one_is_told(session, case):
    refer(session, case)
    seen, key = referral_of(session).version, new_key()

    first = enter(session, case, ReferralState.MAJOR, client_key=key, version=seen)
    again = enter(session, case, ReferralState.MAJOR, client_key=key, version=seen)

    assert first is again
    with pytest.raises(Stale, match="in the meantime"):
        enter(session, case, ReferralState.ENDED, version=seen)
    assert session.scalar(select(func.count()).select_from(ReferralStep)) == 1


def test_a_hazard_is_referred_even_after_its_notice_was_withdrawn(session, case):
    withdraw_notice(session, case.notice, "有误", by=case.chief, at=MONDAY, public_address=ADDRESS)

    paper = from_json(refer(session, case).as_issued)

    assert [each.name for each in paper.evidence] == ["消防安全检查记录表", "现场照片"]


def test_a_re_check_that_missed_something_sends_it_back_as_ever(session, case):
    refer(session, case)
    second, lead = make_officer(session), make_officer(session)
    told = checking(
        judged(case.findings[HAZARD], Result.PARTLY, "还有一间没有搬空。"), second=second
    )

    decide_recheck(session, case.visit, told, by=lead, at=TUESDAY, public_address=ADDRESS)

    assert case.findings[HAZARD].state is FindingState.OPEN


def test_a_letter_reads_back_as_it_was_frozen(session, case):
    letter = refer(session, case)

    assert to_json(from_json(letter.as_issued)) == letter.as_issued
