from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.core.errors import RuleBroken
from firesafe.findings.models import FindingState, Occasion, Recheck, Result
from firesafe.jobs.models import Job
from firesafe.notices.actions import issue_papers, withdraw_notice
from firesafe.notices.canonical import from_json
from firesafe.notices.freezing import Terms
from firesafe.notices.kinds import PRINT_JOB, PaperKind
from firesafe.notices.models import Notice, NoticeState
from firesafe.notices.opinion import Step
from firesafe.notices.queries import awaiting_issue
from firesafe.notices.rechecking import decide_recheck
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.store import Store
from tests.makers import make_officer
from tests.notices.cases import ADDRESS, TUESDAY, checking, judged, make_case, send_proof

TWO = ("P2-01", "P3-02")
MAJOR = "A1-06"


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def case(session, store):
    """Two findings under one notice, both with proof sent."""
    made = make_case(session, store, failed=TWO)
    for finding in made.findings.values():
        send_proof(session, store, made, finding)
    return made


def decide(session, case, told, *steps, by=None, at=TUESDAY):
    by = by or case.chief
    return decide_recheck(session, case.visit, told, steps, by=by, at=at, public_address=ADDRESS)


def opinions(session):
    rows = select(Notice).where(Notice.kind == PaperKind.RECHECK_OPINION)
    return list(session.scalars(rows))


def test_a_re_check_and_its_numbered_opinion_are_one_act(session, case):
    first, second = case.findings.values()

    paper = decide(session, case, checking(judged(first)))

    assert paper.number == "示例26消复〔2026〕第0001号"
    assert paper.refers_to_id == case.notice.id
    assert first.state is FindingState.CLOSED
    assert second.state is FindingState.ANSWERED
    assert case.notice.state is NoticeState.ISSUED
    printing = select(Job).where(Job.kind == PRINT_JOB, Job.key == f"{PRINT_JOB}:{paper.id}")
    assert session.scalars(printing).one()


def test_the_notice_is_closed_with_its_last_finding(session, case):
    first, second = case.findings.values()

    decide(session, case, checking(judged(first)))
    paper = decide(session, case, checking(judged(second)))

    assert case.notice.state is NoticeState.CLOSED
    assert from_json(paper.as_issued).chosen == ("整改完毕，予以销案",)
    assert case.visit not in session.scalars(awaiting_issue(case.chief)).all()
    with pytest.raises(RuleBroken, match="cannot be withdrawn"):
        withdraw_notice(
            session, case.notice, "有误", by=case.chief, at=TUESDAY, public_address=ADDRESS
        )


def test_the_opinion_tells_each_result_under_the_number_of_the_notice(session, case):
    second = case.findings["P3-02"]

    told = checking(judged(second, Result.PARTLY, "还有两箱没搬。"), statement="下周搬完。")
    paper = from_json(decide(session, case, told, Step.REPORT).as_issued)

    (row,) = paper.results
    assert (row.ordinal, row.result, row.reason) == (2, "部分整改", "还有两箱没搬。")
    assert row.before_codes == ("照片2-1",)
    assert row.after_codes == ("复查照片2-1",)
    assert paper.chosen == ("部分未完成", "报告县（区）人民政府")
    assert paper.statement == "下周搬完。"
    assert paper.notice_number == case.notice.number
    assert [each.name for each in paper.inspectors] == [case.chief.name]


def test_the_same_key_twice_gives_one_paper(session, case):
    told = checking(judged(case.finding))

    first, again = decide(session, case, told), decide(session, case, told)

    assert first.id == again.id
    assert len(session.scalars(select(Recheck)).all()) == 1


def test_a_suspected_major_hazard_keeps_the_notice_open(session, store):
    case = make_case(session, store, failed=("P2-01", MAJOR))
    second = make_officer(session, name="李测试")

    told = checking(
        *(judged(each) for each in case.findings.values()), second=second, occasion=Occasion.EXPIRED
    )
    paper = from_json(decide(session, case, told).as_issued)

    assert case.findings["P2-01"].state is FindingState.CLOSED
    assert case.findings[MAJOR].state is not FindingState.CLOSED
    assert case.notice.state is NoticeState.ISSUED
    assert paper.chosen == ()
    assert [each.name for each in paper.inspectors] == [case.chief.name, "李测试"]


def test_without_a_notice_there_is_nothing_to_re_check(session, case):
    withdraw_notice(session, case.notice, "有误", by=case.chief, at=TUESDAY, public_address=ADDRESS)

    with pytest.raises(RuleBroken, match="No notice stands"):
        decide(session, case, checking(judged(case.finding)))


def test_a_photograph_that_is_not_readable_holds_all_of_it_up(session, case):
    sha256 = case.finding.photos[0]["sha256"]
    photo = session.scalars(select(Photo).where(Photo.sha256 == sha256)).one()
    photo.state = PhotoState.RECEIVED
    session.commit()

    with pytest.raises(RuleBroken, match="1 photographs"):
        decide(session, case, checking(judged(case.finding)))
    session.rollback()

    assert case.finding.state is FindingState.ANSWERED
    assert opinions(session) == []
    assert session.scalars(select(Recheck)).all() == []


def test_what_was_closed_before_the_notice_is_not_counted_in_it(session, case, store):
    first, second = case.findings.values()
    decide(session, case, checking(judged(first)))
    withdraw_notice(session, case.notice, "有误", by=case.chief, at=TUESDAY, public_address=ADDRESS)
    later = TUESDAY + timedelta(days=1)
    issue_papers(
        session, case.visit, Terms("专人看守。"), by=case.chief, at=later, public_address=ADDRESS
    )

    told = checking(judged(second), rechecked_at=later)
    paper = from_json(decide(session, case, told, at=later).as_issued)

    assert [row.ordinal for row in paper.results] == [1]
