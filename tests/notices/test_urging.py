"""What is overdue is urged by a numbered letter, once for each last day that has passed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.clock import county_day
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.findings.extending import Application, Decision, ask_for_extension
from firesafe.findings.models import FindingState, Result, UrgedFinding
from firesafe.jobs.models import Job
from firesafe.notices.canonical import from_json, to_json
from firesafe.notices.extending import reply_to_extension
from firesafe.notices.kinds import PRINT_JOB, PaperKind
from firesafe.notices.models import Notice, NoticeState, ServiceManner
from firesafe.notices.queries import Notices, awaiting_letter
from firesafe.notices.rechecking import decide_recheck
from firesafe.notices.serving import Handing, record_service
from firesafe.notices.timeline import steps_of
from firesafe.photos.store import Store
from tests.makers import HANBIN, make_officer
from tests.notices.cases import ADDRESS, TUESDAY, checking, judged, make_case, new_key, send_proof
from tests.notices.printed import TEXT_RIGHT, Printed
from tests.notices.referrals import HAZARD
from tests.notices.urgings import LATE, serve, to_urge, urge
from tests.notices.visits import make_chief


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def case(session, store):
    made = make_case(session, store, failed=("A1-04", "P2-01"))
    serve(session, made)
    return made


def letters(session):
    rows = select(Notice).where(Notice.kind == PaperKind.SUPERVISION_LETTER)
    return list(session.scalars(rows))


def ask(session, case, at=TUESDAY):
    finding = case.findings["P2-01"]
    wished_on = finding.due_on + timedelta(days=3)
    told = Application(new_key(), "配件没到。", "专人看守。", wished_on)
    return ask_for_extension(session, finding, told, by=case.manager, at=at)


def test_urging_and_its_numbered_letter_are_one_act(session, case):
    letter = urge(session, case)

    assert letter.number == "示例26消督〔2026〕1号"
    assert letter.refers_to_id == case.notice.id
    assert letter.due_on is None
    jobs = session.scalars(select(Job).where(Job.kind == PRINT_JOB)).all()
    assert {"notice_id": letter.id} in [job.payload for job in jobs]
    rows = session.scalars(select(AuditEntry).where(AuditEntry.event == Event.FINDING_URGED))
    assert [each.facts["code"] for each in rows] == ["A1-04", "P2-01"]


def test_urging_changes_no_last_day_and_no_state(session, case):
    before = [(each.due_on, each.state) for each in case.findings.values()]

    urge(session, case)

    assert [(each.due_on, each.state) for each in case.findings.values()] == before


def test_what_was_urged_is_not_urged_again_for_the_same_day(session, case):
    urge(session, case)

    assert to_urge(session, case) == []
    with pytest.raises(RuleBroken, match="Nothing of this visit"):
        urge(session, case)
    assert len(letters(session)) == 1


def test_a_new_last_day_that_passes_may_be_urged_again(session, case):
    extension = ask(session, case)
    reply_to_extension(
        session,
        extension,
        Decision(extension.wished_on, "情况属实。", "每班巡查。"),
        by=case.chief,
        at=TUESDAY,
        public_address=ADDRESS,
    )
    finding = case.findings["P2-01"]
    assert finding.id not in to_urge(session, case, at=TUESDAY + timedelta(days=8))

    urge(session, case)

    urged = select(UrgedFinding.due_on).where(UrgedFinding.finding_id == finding.id)
    assert session.scalars(urged).all() == [extension.wished_on]


def test_on_the_last_day_nothing_is_overdue(session, case):
    last_day = case.findings["P2-01"].due_on

    at = TUESDAY + (last_day - county_day(TUESDAY))

    assert case.findings["P2-01"].id not in to_urge(session, case, at=at)
    assert case.findings["P2-01"].id in to_urge(session, case, at=at + timedelta(days=1))


def test_what_the_county_owes_an_answer_for_is_not_urged(session, store, case):
    ask(session, case)
    send_proof(session, store, case, case.findings["A1-04"])

    assert to_urge(session, case) == []


def test_what_was_put_right_is_not_urged(session, store, case):
    send_proof(session, store, case, case.findings["P2-01"])
    told = checking(judged(case.findings["P2-01"]))
    by = make_officer(session)
    decide_recheck(session, case.visit, told, by=by, at=TUESDAY, public_address=ADDRESS)

    assert case.findings["P2-01"].state is FindingState.CLOSED
    assert to_urge(session, case) == [case.findings["A1-04"].id]


def test_a_suspected_major_hazard_is_referred_and_not_urged(session, store):
    case = make_case(session, store, failed=(HAZARD,))
    serve(session, case)

    assert to_urge(session, case) == []


def test_nothing_is_urged_of_a_notice_that_was_not_served(session, store):
    case = make_case(session, store)

    assert session.scalars(awaiting_letter(case.chief, county_day(LATE))).all() == []
    with pytest.raises(RuleBroken, match="served first"):
        urge(session, case)
    serve(session, case)
    assert session.scalars(awaiting_letter(case.chief, county_day(LATE))).all() == [case.visit]


def test_what_changed_since_it_was_shown_is_told(session, case):
    with pytest.raises(Stale, match="has changed"):
        urge(session, case, shown=[case.findings["P2-01"].id])

    assert letters(session) == []


@pytest.mark.parametrize("who", ["inspector", "elsewhere"])
def test_only_a_chief_of_the_county_urges(session, case, who):
    by = make_officer(session) if who == "inspector" else make_chief(session, county=HANBIN)

    with pytest.raises(Refused):
        urge(session, case, by=by)


def test_it_is_served_on_the_factory_like_its_notice(session, case):
    letter = urge(session, case)
    assert letter.is_to_be_served
    assert letter in session.scalars(Notices.of_manager(case.manager).newest_first()).all()

    handing = Handing(ServiceManner.POST, county_day(LATE), tracking_number="EX123456789CN")
    words = {"by": case.chief, "at": LATE, "public_address": ADDRESS}
    service = record_service(session, letter, handing, **words)

    assert letter.state is NoticeState.SERVED
    assert from_json(service.as_filled).served_title == "督办函"


def test_it_stands_on_the_timeline_of_each_finding(session, case):
    letter = urge(session, case)

    step = steps_of(session, case.findings["P2-01"])[0]
    assert step.at == LATE
    assert letter.number in step.who


@pytest.fixture
def paper(session, store, case):
    send_proof(session, store, case, case.findings["P2-01"])
    told = checking(
        judged(case.findings["P2-01"], Result.PARTLY, "还有两箱没搬。"),
        rechecked_at=LATE - timedelta(hours=1),
    )
    by = make_officer(session)
    decide_recheck(session, case.visit, told, by=by, at=LATE, public_address=ADDRESS)
    return from_json(urge(session, case).as_issued)


def test_every_field_of_the_letter_is_printed(paper, case, press):
    pdf = Printed(press.paper_pdf(paper, {}))
    text = pdf.text.replace("\n", "").replace(" ", "")

    for field in (
        paper.head.issuer.name,
        "示例26消督〔2026〕1号",
        "关于督促整改逾期消防安全隐患的函",
        f"{paper.addressee}：",
        "我单位于2026年11月23日制发《消防安全隐患整改通知书》（示例26消改〔2026〕第0001号）",
        "你单位于2026年11月24日收到",
        "截至2026年12月7日，其中2项隐患",
        "根据《中华人民共和国消防法》第五十二条第二款的规定",
        "一、立即整改",
        "不延长原定的整改期限",
        "二、整改期间的防范措施停用该处，每班专人看守；",
        "应停止使用危险部位",
        "第61号",
        "三、报告整改情况",
        "可以书面陈述意见",
        "四、后续处理",
        "将依法移送消防救援机构处理，并报告平利县人民政府",
        f"五、联系人{paper.head.issuer.contact}",
        f"电话{paper.head.issuer.phone}",
        paper.head.issuer.address,
        "附件：逾期未整改隐患清单",
        case.findings["A1-04"].wording,
        case.findings["P2-01"].requirement,
        "到期后未复查",
        "2026年12月7日复查：部分整改（还有两箱没搬）",
        "2026年12月1日逾期6日",
    ):
        assert field in text, field
    assert "处罚" not in text
    assert "责令" not in text


def test_it_has_the_head_of_a_letter_and_the_code_that_proves_it(paper, press):
    pdf = Printed(press.paper_pdf(paper, {}))

    assert pdf.pages[0].page_number == []
    assert pdf.pages[0].lines()[0][-1].right == pytest.approx(TEXT_RIGHT, abs=0.3)
    assert "扫码核对本文书" in pdf.pages[-1].text


def test_it_comes_back_from_its_text(paper):
    assert from_json(to_json(paper)) == paper
