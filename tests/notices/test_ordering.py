"""Orders (责令改正): whose they are, what they say, how they are numbered and served."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from firesafe.core.clock import county_day
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.notices.actions import edit_issuer, withdraw_notice
from firesafe.notices.canonical import from_json, to_json
from firesafe.notices.kinds import ORDER_KINDS, PaperKind
from firesafe.notices.models import (
    IssuerType,
    Notice,
    NoticeState,
    NumberSeries,
    ServiceManner,
)
from firesafe.notices.offences import offences, usual_offence
from firesafe.notices.ordering import is_late, last_day_to_order, orderable
from firesafe.notices.queries import (
    Notices,
    awaiting_order,
    issuer_of,
    ordering_issuer_of,
    valid_paper_of,
)
from firesafe.notices.serving import Handing, record_service
from firesafe.notices.timeline import steps_of
from firesafe.photos.store import Store
from firesafe.standard.edition import current_edition
from tests.makers import HANBIN, MONDAY, PINGLI, make_officer
from tests.notices.cases import ADDRESS, TUESDAY, make_case
from tests.notices.orders import (
    DATED,
    IMMEDIATE,
    LAST_DAY,
    make_brigade,
    make_fire_officer,
    make_raid,
    order,
    told,
)
from tests.notices.printed import Printed
from tests.notices.visits import make_chief


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def case(session, store):
    return make_raid(session, store)


def orders(session):
    return list(session.scalars(select(Notice).where(Notice.kind.in_(ORDER_KINDS))))


def last_numbers(session):
    rows = select(func.count()).where(NumberSeries.kind.in_(ORDER_KINDS))
    return session.scalar(rows)


def test_an_order_is_numbered_in_the_name_of_the_body_that_may_order(session, case):
    at_once = told(session, case)
    first = order(session, case, at=MONDAY, what=replace(at_once, breaches=at_once.breaches[:1]))
    second = order(session, case, at=MONDAY, due_on=LAST_DAY)

    assert first.number == "示例26队消即字〔2026〕第0001号"
    assert second.number == "示例26队消限字〔2026〕第0001号"
    assert {each.issuer for each in (first, second)} == {ordering_issuer_of(session, PINGLI)}
    assert (first.due_on, second.due_on) == (None, LAST_DAY)
    assert orderable(session, case.visit) == []


def test_the_findings_own_days_stay_with_the_county_s_notice(session, case):
    before = {each.id: (each.due_on, each.state) for each in case.findings.values()}

    order(session, case, at=MONDAY, due_on=LAST_DAY)

    assert {each.id: (each.due_on, each.state) for each in case.findings.values()} == before
    assert case.notice.issuer == issuer_of(session, PINGLI)


@pytest.mark.parametrize("who", ["chief", "stranger", "inspector"])
def test_nobody_else_orders_and_no_number_is_used_up(session, case, who):
    makers = {
        "chief": lambda: make_chief(session),
        "stranger": lambda: make_fire_officer(session, county=HANBIN),
        "inspector": lambda: make_officer(session),
    }

    with pytest.raises(Refused, match="fire service"):
        order(session, case, at=MONDAY, by=makers[who]())
    assert orders(session) == []
    assert last_numbers(session) == 0


def test_an_order_tells_of_the_body_s_own_inspection(session, store):
    case = make_case(session, store)
    make_brigade(session)

    with pytest.raises(RuleBroken, match="Nobody of your body"):
        order(session, case, at=MONDAY, by=make_fire_officer(session))
    assert last_numbers(session) == 0


def test_without_the_body_s_particulars_nothing_is_ordered(session, store):
    officer = make_fire_officer(session)
    case = replace(make_case(session, store, lead=officer), chief=officer)

    with pytest.raises(RuleBroken, match="settings"):
        order(session, case, at=MONDAY)


@pytest.mark.parametrize("due_on", [date(2026, 11, 22), date(2026, 11, 23), date(2027, 1, 23)])
def test_the_last_day_lies_ahead_but_not_far(session, case, due_on):
    with pytest.raises(RuleBroken, match="last day"):
        order(session, case, at=MONDAY, due_on=due_on)
    assert last_numbers(session) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"breaches": ()},
        {"kind": DATED},
        {"due_on": LAST_DAY},
        {"kind": "rectification-notice"},
    ],
)
def test_an_order_that_is_not_whole_is_refused(session, case, change):
    with pytest.raises(RuleBroken):
        order(session, case, at=MONDAY, what=replace(told(session, case), **change))
    assert orders(session) == []


def test_what_was_ordered_is_not_ordered_again(session, case):
    shown = told(session, case)
    order(session, case, at=MONDAY, what=shown)

    with pytest.raises(Stale):
        order(session, case, at=MONDAY, what=shown)
    assert len(orders(session)) == 1
    assert session.scalars(awaiting_order(case.chief)).all() == []


def withdraw(session, paper, *, by):
    words = {"at": TUESDAY, "public_address": ADDRESS}
    return withdraw_notice(session, paper, "事实有误。", by=by, **words)


def test_a_withdrawn_order_is_taken_back_by_its_own_body_and_may_be_issued_anew(session, case):
    shown = told(session, case)
    first = order(session, case, at=MONDAY, what=shown)
    finding = case.findings["A3-02"]
    due_on = finding.due_on

    paper = withdraw(session, first, by=case.chief)

    assert (first.state, paper.issuer_id) == (NoticeState.WITHDRAWN, first.issuer_id)
    assert from_json(paper.as_issued).withdrawn_title == "责令立即改正通知书"
    assert finding.due_on == due_on
    assert [visit.id for visit in session.scalars(awaiting_order(case.chief))] == [case.visit.id]
    again = order(session, case, at=TUESDAY, what=shown)
    assert session.scalars(awaiting_order(case.chief)).all() == []
    numbers = [step.words.get("number") for step in steps_of(session, finding)]
    assert {first.number, again.number} <= set(numbers)


def test_a_body_withdraws_its_own_papers_and_no_others(session, case):
    paper = order(session, case, at=MONDAY)

    for by, other in ((make_chief(session), paper), (case.chief, case.notice)):
        with pytest.raises(Refused):
            withdraw(session, other, by=by)
    assert paper.state is NoticeState.ISSUED


def test_the_terms_are_the_day_of_the_visit_and_three_working_days(case):
    friday = county_day(MONDAY) + timedelta(days=4)

    assert last_day_to_order(case.visit) == friday - timedelta(days=1)
    assert not is_late(DATED, case.visit, friday - timedelta(days=1))
    assert is_late(DATED, case.visit, friday)
    assert not is_late(IMMEDIATE, case.visit, county_day(MONDAY))
    assert is_late(IMMEDIATE, case.visit, county_day(TUESDAY))


def test_a_late_order_is_issued_all_the_same(session, case):
    late = MONDAY + timedelta(days=7)

    assert order(session, case, at=late, due_on=date(2026, 12, 7)).due_on == date(2026, 12, 7)


def test_it_is_served_with_proof_by_the_body_itself(session, case):
    paper = order(session, case, at=MONDAY)
    assert paper in session.scalars(Notices.of_manager(case.manager).newest_first()).all()
    handing = Handing(ServiceManner.POST, county_day(TUESDAY), tracking_number="EX123456789CN")
    words = {"at": TUESDAY, "public_address": ADDRESS}
    with pytest.raises(Refused):
        record_service(session, paper, handing, by=make_chief(session), **words)

    service = record_service(session, paper, handing, by=case.chief, **words)

    assert paper.state is NoticeState.SERVED
    assert from_json(service.as_filled).served_title == "责令立即改正通知书"
    assert service.receipt.number == "示例26队消送〔2026〕第0001号"
    with pytest.raises(Refused):
        record_service(session, case.notice, handing, by=case.chief, **words)


def test_it_stands_on_the_timeline_of_each_finding(session, case):
    paper = order(session, case, at=TUESDAY)

    step = steps_of(session, case.findings["A3-02"])[0]
    assert step.words == {"number": paper.number}


def test_the_record_names_each_inspector_s_own_body(session, case):
    record = valid_paper_of(session, case.visit, PaperKind.INSPECTION_RECORD)

    people = from_json(record.as_issued).inspectors
    bodies = ordering_issuer_of(session, PINGLI), issuer_of(session, PINGLI)
    assert [each.organisation for each in people] == [body.name for body in bodies]


def test_a_county_has_its_office_and_one_body_that_orders(session):
    chief, officer = make_chief(session), make_fire_officer(session)
    office = {"name": "示例局", "abbreviation": "示例消"}
    body = {"name": "示例所", "abbreviation": "示例所消", "type": IssuerType.POLICE_STATION}
    edit_issuer(session, PINGLI, office, version=0, by=chief, at=MONDAY)
    edit_issuer(session, PINGLI, body, version=0, by=officer, at=MONDAY)

    assert issuer_of(session, PINGLI).name == "示例局"
    assert ordering_issuer_of(session, PINGLI).name == "示例所"
    with pytest.raises(Refused, match="fire service"):
        edit_issuer(session, PINGLI, body, version=1, by=chief, at=MONDAY)
    with pytest.raises(RuleBroken, match="mark"):
        taken = {**body, "abbreviation": "示例消"}
        edit_issuer(session, PINGLI, taken, version=1, by=officer, at=MONDAY)


def test_the_form_has_twelve_boxes_and_known_checkpoints():
    codes = [each for box in offences().values() for each in box.checkpoints]

    assert len(offences()) == 12
    assert len(codes) == len(set(codes))
    assert all(current_edition().checkpoint(code) for code in codes)
    assert usual_offence("A3-02") == "escape-routes"
    assert usual_offence("K1-01") == ""


@pytest.mark.parametrize("due_on", [None, LAST_DAY], ids=["at-once", "by-a-day"])
def test_every_field_of_the_form_is_printed(session, case, press, due_on):
    paper = from_json(order(session, case, at=MONDAY, due_on=due_on).as_issued)
    assert from_json(to_json(paper)) == paper

    text = Printed(press.paper_pdf(paper, {})).text.replace("\n", "").replace(" ", "")

    title, mark, until = ("责令限期改正通知书", "限", "于2026年11月30日前改正")
    if due_on is None:
        title, mark, until = ("责令立即改正通知书", "即", "立即改正")
    for field in (
        "平利县示例消防救援大队",
        title,
        f"示例26队消{mark}字〔2026〕第0001号",
        f"{paper.addressee}：",
        "根据《中华人民共和国消防法》第五十三条的规定，我大队于2026年11月23日派员对你单位"
        f"（场所）进行消防监督检查，发现存在下列消防安全违法行为，现责令{until}：",
        *(f"{number}．{box.text}" for number, box in enumerate(offences().values(), start=1)),
        "√5．占用、堵塞、封闭疏散通道、安全出口",
        "√12．其他",
        "具体问题：",
        case.findings["A3-02"].wording,
        case.findings["P2-01"].wording,
        "对消防安全违法行为，将依法予以处罚。你单位（场所）应当采取措施，确保消防安全。",
        "平利县示例消防救援大队2026年11月23日",
        "被检查单位签收",
        "扫码核对本文书",
    ):
        assert field in text, field
    assert text.count("√") == 2
    assert "第五十二条" not in text
