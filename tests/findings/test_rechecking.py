from dataclasses import replace
from datetime import timedelta

import pytest

from firesafe.core.clock import county_day
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.findings.models import FindingState, Manner, Occasion, Result
from firesafe.findings.queries import Findings
from firesafe.findings.rechecking import record_recheck
from firesafe.photos.store import Store
from tests.makers import HANBIN, make_officer
from tests.notices.cases import TUESDAY, checking, judged, link, make_case, make_manager, send_proof

GRAVE = "A1-04"
MAJOR = "A1-06"


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def case(session, store):
    """A finding that proof has been sent for."""
    made = make_case(session, store)
    send_proof(session, store, made)
    return made


@pytest.fixture
def second(session):
    return make_officer(session, name="李测试")


def recheck(session, case, told, by=None, at=TUESDAY):
    return record_recheck(session, case.visit, told, by=by or case.chief, at=at)


def test_what_is_put_right_is_closed(session, case):
    made = recheck(session, case, checking(judged(case.finding)))

    assert case.finding.state is FindingState.CLOSED
    assert case.finding.closed_at == TUESDAY
    assert case.finding.answered_on is None
    assert made.results[0].result is Result.PUT_RIGHT
    assert len(made.results[0].photos) == 1  # those that the manager sent


@pytest.mark.parametrize("result", [Result.PARTLY, Result.NOT_PUT_RIGHT])
def test_what_is_not_goes_back_with_a_reason_and_is_counted(session, store, case, result):
    recheck(session, case, checking(judged(case.finding, result, "还有两箱没搬。")))

    assert case.finding.state is FindingState.OPEN
    assert case.finding.failed_rechecks == 1
    send_proof(session, store, case)
    recheck(session, case, checking(judged(case.finding, result, "还有一箱没搬。")))
    assert case.finding.failed_rechecks == 2


def test_sending_back_without_a_reason_is_refused(session, case):
    with pytest.raises(RuleBroken, match="still missing at P2-01"):
        recheck(session, case, checking(judged(case.finding, Result.PARTLY)))


def test_the_second_of_two_who_decide_at_once_is_told(session, case):
    told = checking(judged(case.finding, Result.PARTLY, "还有两箱没搬。"))
    recheck(session, case, checking(judged(case.finding, Result.NOT_PUT_RIGHT, "没有动。")))

    with pytest.raises(Stale, match="Something changed for finding P2-01"):
        recheck(session, case, told)


def test_proof_that_came_in_the_meantime_is_looked_at_first(session, store, case):
    told = checking(judged(case.finding))
    send_proof(session, store, case)

    with pytest.raises(Stale):
        recheck(session, case, told)


def test_what_is_closed_is_not_re_checked(session, case):
    recheck(session, case, checking(judged(case.finding)))

    with pytest.raises(RuleBroken, match="closed already"):
        recheck(session, case, checking(judged(case.finding)))


def test_nothing_judged_is_no_re_check(session, case):
    with pytest.raises(RuleBroken, match="at least one"):
        recheck(session, case, checking())


def test_another_visits_finding_is_not_judged_here(session, store, case):
    other = make_case(session, store)
    send_proof(session, store, other)

    with pytest.raises(RuleBroken, match="another visit"):
        recheck(session, case, checking(judged(case.finding), judged(other.finding)))


def test_what_is_graver_than_general_is_not_judged_by_photograph(session, store, second):
    case = make_case(session, store, failed=(GRAVE,))
    send_proof(session, store, case)

    with pytest.raises(RuleBroken, match="on site"):
        recheck(session, case, checking(judged(case.finding)))
    recheck(session, case, checking(judged(case.finding), second=second))
    assert case.finding.state is FindingState.CLOSED


def test_without_proof_nothing_can_be_seen_by_photograph(session, store):
    case = make_case(session, store)

    with pytest.raises(RuleBroken, match="Nothing has been sent for P2-01"):
        recheck(session, case, checking(judged(case.finding)))


def test_on_site_it_takes_two_of_the_county(session, case):
    stranger = make_officer(session, county=HANBIN)
    for second in (None, case.chief, stranger, case.manager):
        told = checking(judged(case.finding), manner=Manner.ON_SITE, second=second)
        with pytest.raises(RuleBroken, match="two officers"):
            recheck(session, case, told)


def test_on_site_the_officers_own_photographs_count(session, case, second):
    own = replace(judged(case.finding), photos=("b" * 64,))
    told = checking(own, second=second)

    assert recheck(session, case, told).results[0].photos == ["b" * 64]


def test_neither_a_manager_nor_another_county_re_checks(session, case):
    for other in (case.manager, make_officer(session, county=HANBIN)):
        with pytest.raises(Refused):
            recheck(session, case, checking(judged(case.finding)), by=other)


def test_a_re_check_does_not_lie_in_the_future(session, case):
    later = TUESDAY + timedelta(hours=1)

    with pytest.raises(RuleBroken, match="future"):
        recheck(session, case, checking(judged(case.finding), rechecked_at=later))


def test_a_suspected_major_hazard_stays_whatever_is_seen(session, store, second):
    case = make_case(session, store, failed=(MAJOR,))

    recheck(session, case, checking(judged(case.finding), second=second, occasion=Occasion.EXPIRED))

    assert case.finding.state is FindingState.ANSWERED
    assert case.finding.closed_at is None
    assert waiting(session, case, days=30) == []


def waiting(session, case, *, days):
    today = county_day(TUESDAY + timedelta(days=days))
    rows = Findings.visible_to(case.chief).awaiting_recheck(today).by_case()
    return list(session.scalars(rows))


def test_a_case_awaits_its_re_check_once_proof_came_or_its_last_day_passed(session, store):
    case = make_case(session, store)  # seven days from Monday
    assert waiting(session, case, days=6) == []
    assert waiting(session, case, days=7) == [case.visit]

    send_proof(session, store, case)
    assert waiting(session, case, days=0) == [case.visit]


def test_what_was_re_checked_after_its_last_day_waits_no_more(session, store, second):
    case = make_case(session, store)
    late = TUESDAY + timedelta(days=8)
    told = checking(
        judged(case.finding, Result.NOT_PUT_RIGHT, "没有动。"),
        second=second,
        rechecked_at=late,
        occasion=Occasion.EXPIRED,
    )

    recheck(session, case, told, at=late)

    assert waiting(session, case, days=20) == []
    send_proof(session, store, case, at=late)
    assert waiting(session, case, days=20) == [case.visit]


def test_the_case_that_has_waited_longest_comes_first(session, store):
    first, other = make_case(session, store), make_case(session, store)
    send_proof(session, store, other, at=TUESDAY + timedelta(days=1))
    send_proof(session, store, first, at=TUESDAY)

    assert waiting(session, first, days=3) == [first.visit, other.visit]


def test_a_manager_of_several_factories_sees_the_findings_of_each(session, store):
    case, other = make_case(session, store), make_case(session, store)
    both = make_manager(session, case.visit.factory)
    link(session, other.visit.factory, both)

    seen = session.scalars(Findings.of_manager(both).under_notice().soonest_first())
    assert {each.id for each in seen} == {case.finding.id, other.finding.id}
