from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.factories.models import FactoryManager
from firesafe.findings.queries import findings_of
from firesafe.inspections.late_signature import sign_later
from firesafe.jobs.models import Job
from firesafe.notices.actions import (
    ask_for_batch,
    edit_issuer,
    issue_papers,
    withdraw_notice,
)
from firesafe.notices.canonical import from_json
from firesafe.notices.freezing import Terms
from firesafe.notices.kinds import PRINT_JOB, PaperKind
from firesafe.notices.models import Notice, NoticeState
from firesafe.photos.store import Store
from tests.makers import (
    HANBIN,
    MONDAY,
    PINGLI,
    make_closed_inspection,
    make_factory,
    make_officer,
)
from tests.notices.visits import arrive_all, make_chief, make_issuer, make_ready_visit

TERMS = Terms("停用危险部位，专人看守。", ("示例镇人民政府",))
ADDRESS = "https://firesafe.example"


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def chief(session):
    return make_chief(session)


def issue(session, visit, by, at=MONDAY):
    return issue_papers(session, visit, TERMS, by=by, at=at, public_address=ADDRESS)


def test_a_visit_with_findings_gets_record_notice_and_proof_of_service(session, store, chief):
    visit = make_ready_visit(session, store)

    papers = issue(session, visit, chief)

    assert [paper.number for paper in papers] == [
        "示例26消检〔2026〕第0001号",
        "示例26消改〔2026〕第0001号",
        "示例26消送〔2026〕第0001号",
    ]
    assert papers[2].refers_to_id == papers[1].id


def test_a_visit_without_findings_gets_its_record_only(session, store, chief):
    visit = make_ready_visit(session, store, failed=())

    papers = issue(session, visit, chief)

    assert [paper.kind for paper in papers] == [PaperKind.INSPECTION_RECORD]


def test_what_was_put_right_on_the_spot_is_recorded_and_not_demanded(session, store, chief):
    failed = {"A3-02": {"put_right_on_the_spot": True}, "P2-01": {}}
    visit = make_ready_visit(session, store, failed=failed)

    record, notice, _receipt = (from_json(p.as_issued) for p in issue(session, visit, chief))

    assert [finding.ordinal for finding in record.findings] == [1, 2]
    assert [finding.fact for finding in notice.findings] == ["门口堆放纸箱约12只。"]
    assert "A3-02" in record.corrected_on_the_spot


def test_what_was_seen_is_listed_with_one_full_stop_at_the_end(session, store, chief):
    visit = make_ready_visit(session, store, failed=("A1-01", "A1-02", "A3-02"))

    sections = from_json(issue(session, visit, chief)[0].as_issued).sections

    texts = [section.text for section in sections]
    assert texts[1] == "A1-01 门口堆放纸箱约12只；A1-02 门口堆放纸箱约12只。"
    assert texts[2] == "A3-02 门口堆放纸箱约12只。"
    assert texts[3] == "未发现问题。"


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ({"storeys": 6, "on_floor": 2, "fire_resistance": "2"}, ("共6层", "第2层", "二级")),
        ({"storeys": 3, "on_floor": -1, "fire_resistance": "4"}, ("共3层", "地下1层", "四级")),
        ({}, ("", "", "")),
    ],
)
def test_a_building_is_written_as_forms_write_it(session, store, chief, known, printed):
    visit = make_ready_visit(session, store, factory=make_factory(session, **known))

    building = from_json(issue(session, visit, chief)[0].as_issued).building

    assert (building.storeys, building.floor, building.fire_resistance) == printed


def test_until_it_is_served_the_notice_counts_as_received_on_the_day_of_issue(
    session, store, chief
):
    visit = make_ready_visit(session, store, failed=("P2-01",))

    _record, notice, _receipt = issue(session, visit, chief)

    assert findings_of(session, visit)[0].due_on == date(2026, 11, 30)
    assert notice.due_on == date(2026, 11, 30)


def test_the_notice_prints_days_from_receipt_and_no_day_that_service_would_belie(
    session, store, chief
):
    visit = make_ready_visit(session, store, failed=("P2-01", "A3-02"))

    paper = from_json(issue(session, visit, chief)[1].as_issued)

    assert [row.due_text for row in paper.findings] == ["立即", "收到之日起7日内"]
    assert {row.due_on for row in paper.findings} == {None}
    assert "次日起计算" in paper.counting
    assert (paper.extension_by, paper.extension_until) == (None, "整改期限届满")


def test_what_is_to_be_put_right_on_the_spot_has_no_days_to_count_nor_more_to_ask_for(
    session, store, chief
):
    paper = from_json(issue(session, make_ready_visit(session, store), chief)[1].as_issued)

    assert (paper.counting, paper.extension_until) == ("", "")


def test_the_day_is_that_of_ankang_not_of_greenwich(session, store, chief):
    visit = make_ready_visit(session, store)
    late = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # one in the morning of New Year's Day

    papers = issue(session, visit, chief, at=late)

    assert papers[0].number == "示例26消检〔2027〕第0001号"


def test_issuing_leaves_a_trail_and_asks_for_each_pdf(session, store, chief):
    visit = make_ready_visit(session, store)

    papers = issue(session, visit, chief)

    issued = select(AuditEntry).where(AuditEntry.event == Event.NOTICE_ISSUED)
    assert [entry.facts["number"] for entry in session.scalars(issued)] == [
        paper.number for paper in papers
    ]
    jobs = session.scalars(select(Job).where(Job.kind == PRINT_JOB)).all()
    assert [job.payload["notice_id"] for job in jobs] == [paper.id for paper in papers]


def test_issuing_twice_is_refused(session, store, chief):
    visit = make_ready_visit(session, store)
    issue(session, visit, chief)

    with pytest.raises(RuleBroken, match="issued already"):
        issue(session, visit, chief)


def test_nobody_issues_on_a_visit_of_his_own(session, store, chief):
    visit = make_ready_visit(session, store, lead=chief)

    with pytest.raises(Refused):
        issue(session, visit, chief)


def test_a_county_may_let_its_inspectors_issue_on_the_spot(session, store, chief):
    visit = make_ready_visit(session, store, lead=chief)
    make_issuer(session).issues_on_the_spot = True

    assert len(issue(session, visit, chief)) == 3


@pytest.mark.parametrize(
    ("post", "county"),
    [
        (Post.INSPECTOR, PINGLI),
        (Post.COUNTY_CLERK, PINGLI),
        (Post.CITY_SUPERVISOR, None),
        (Post.SECTION_CHIEF, HANBIN),
    ],
)
def test_others_may_not_issue(session, store, post, county):
    visit = make_ready_visit(session, store)

    with pytest.raises(Refused):
        issue(session, visit, make_officer(session, post=post, county=county))


def test_a_photograph_that_has_not_arrived_stops_the_issue(session, store, chief):
    make_issuer(session)
    visit = make_closed_inspection(session)

    with pytest.raises(RuleBroken, match="1 photographs have not arrived"):
        issue(session, visit, chief)


def test_a_character_of_no_typeface_stops_the_issue_and_takes_no_number(database, session, store):
    chief = make_chief(session)
    visit = make_ready_visit(session, store, failed={"P2-01": {"seen": "门口有\U0001f9ef。"}})
    session.commit()

    with pytest.raises(RuleBroken, match="\U0001f9ef"), database.writing() as work:
        issue(work, work.merge(visit), chief)

    with database.reading() as looking:
        assert looking.scalars(select(Notice)).all() == []


def test_without_an_issuer_nothing_is_issued(session, store, chief):
    visit = make_closed_inspection(session)
    arrive_all(session, store)

    with pytest.raises(RuleBroken, match="issuer"):
        issue(session, visit, chief)


def test_numbers_of_each_kind_and_year_run_on_their_own(session, store, chief):
    first, second = make_ready_visit(session, store), make_ready_visit(session, store, failed=())
    issue(session, first, chief)
    record = issue(session, second, chief)[0]
    later = make_ready_visit(session, store)
    notice = issue(session, later, chief, at=MONDAY + timedelta(days=60))[1]

    assert record.sequence == 2
    assert notice.number == "示例26消改〔2027〕第0001号"


def test_a_withdrawn_notice_keeps_its_number_and_the_next_takes_a_new_one(session, store, chief):
    visit = make_ready_visit(session, store)
    _record, notice, receipt = issue(session, visit, chief)

    paper = withdraw_notice(
        session, notice, "部位写错。", by=chief, at=MONDAY, public_address=ADDRESS
    )

    assert paper.number == "示例26消撤〔2026〕第0001号"
    assert from_json(paper.as_issued).withdrawn_number == notice.number
    assert (notice.state, receipt.state) == (NoticeState.WITHDRAWN, NoticeState.WITHDRAWN)
    assert findings_of(session, visit)[0].due_on is None
    assert [p.number for p in issue(session, visit, chief)] == [
        "示例26消改〔2026〕第0002号",
        "示例26消送〔2026〕第0002号",
    ]


def test_a_notice_is_withdrawn_once_and_a_record_never(session, store, chief):
    visit = make_ready_visit(session, store)
    record, notice, _receipt = issue(session, visit, chief)
    words = {"by": chief, "at": MONDAY, "public_address": ADDRESS}
    withdraw_notice(session, notice, "部位写错。", **words)

    with pytest.raises(RuleBroken, match="already"):
        withdraw_notice(session, notice, "部位写错。", **words)
    with pytest.raises(RuleBroken, match="Only a rectification notice or an order"):
        withdraw_notice(session, record, "部位写错。", **words)


def test_what_was_frozen_does_not_follow_the_register(session, store, chief):
    visit = make_ready_visit(session, store)
    notice = issue(session, visit, chief)[1]
    before = notice.as_issued

    visit.factory.name = "改名后的厂"
    findings_of(session, visit)[0].wording = "另一种写法"
    session.flush()

    assert notice.as_issued == before
    assert "改名后的厂" not in before


def test_a_batch_asked_for_twice_is_one_job(session, store, chief):
    papers = issue(session, make_ready_visit(session, store), chief)

    first = ask_for_batch(session, papers, key="k", by=chief, at=MONDAY)
    again = ask_for_batch(session, papers, key="k", by=chief, at=MONDAY)

    assert first.id == again.id
    with pytest.raises(RuleBroken, match="Tick"):
        ask_for_batch(session, [], key="k2", by=chief, at=MONDAY)


def test_the_issuer_is_changed_on_what_was_seen(session, chief):
    words = {"name": "示例局", "abbreviation": "示例消"}
    edit_issuer(session, PINGLI, words, version=0, by=chief, at=MONDAY)

    with pytest.raises(Stale):
        edit_issuer(session, PINGLI, words, version=0, by=chief, at=MONDAY)
    with pytest.raises(Refused):
        edit_issuer(session, HANBIN, words, version=0, by=chief, at=MONDAY)


@pytest.fixture
def refused(session, store):
    """A closed visit that the factory would not sign, and the factory's manager."""
    visit = make_ready_visit(session, store, refused=True)
    manager = make_officer(session, post=Post.FACTORY_MANAGER, name="张厂长")
    link = FactoryManager(factory_id=visit.factory_id, officer_id=manager.id, since=MONDAY)
    session.add(link)
    session.flush()
    return visit, manager


def test_a_record_tells_of_the_refusal_and_remarks_the_signature_added_later(
    session, chief, refused
):
    visit, manager = refused
    sign_later(session, visit, sha256="a" * 64, by=manager, at=MONDAY + timedelta(hours=1))

    record = from_json(issue(session, visit, chief)[0].as_issued)

    assert (record.signature.refusal, record.signature.witness) == ("负责人不在场", "刘某")
    assert (record.signature.name, record.signature.ink_sha256) == ("", "")
    assert record.remark == "被检查单位负责人张厂长于2026年11月23日11时00分补签"


def test_a_record_that_was_issued_stays_as_it_was_when_signed_later(session, chief, refused):
    visit, manager = refused
    paper = issue(session, visit, chief)[0]
    was = paper.as_issued

    sign_later(session, visit, sha256="a" * 64, by=manager, at=MONDAY)
    session.flush()
    session.refresh(paper)

    assert paper.as_issued == was
    assert "补签" not in was
