"""Serving papers: each manner, what is refused, and the days that count from it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import NotFound, Refused, RuleBroken
from firesafe.factories.models import FactoryManager
from firesafe.findings.queries import findings_of
from firesafe.jobs.models import Job
from firesafe.notices.actions import issue_papers, withdraw_notice
from firesafe.notices.canonical import from_json
from firesafe.notices.freezing import Terms
from firesafe.notices.kinds import FILLED_JOB
from firesafe.notices.models import NoticeState, ServiceManner
from firesafe.notices.queries import papers_of, service_of
from firesafe.notices.receiving import give_consent, revoke_consent, state_view
from firesafe.notices.serving import Handing, confirm_receipt, record_service
from firesafe.notices.timeline import steps_of
from firesafe.photos.store import Store
from tests.makers import HANBIN, MONDAY, make_officer
from tests.notices.visits import make_chief, make_ready_visit

ADDRESS = "https://firesafe.example"
KEY = "6f2c1a52-6e0d-4a0e-9f0b-3a3f0c1d2e4b"
WEDNESDAY = MONDAY + timedelta(days=2)
DIRECT = Handing(
    ServiceManner.DIRECT,
    WEDNESDAY.date(),
    WEDNESDAY,
    place="5号楼1层",
    receiver="张测试",
    relation="厂长",
    ink_sha256="5" * 64,
    servers=("王某", "李某"),
)
LEFT = replace(
    DIRECT,
    manner=ServiceManner.LEFT,
    receiver="",
    ink_sha256="",
    refusal="称不认可",
    witness="社区刘某",
)
POST = Handing(ServiceManner.POST, WEDNESDAY.date(), tracking_number="EX123456789CN")
ELECTRONIC = Handing(ServiceManner.ELECTRONIC, WEDNESDAY.date())


@pytest.fixture
def chief(session):
    return make_chief(session)


@pytest.fixture
def visit(session, services):
    return make_ready_visit(session, services.get(Store), failed=("A3-02", "P2-01"))


@pytest.fixture
def notice(session, visit, chief):
    terms = Terms("专人看守。")
    return issue_papers(session, visit, terms, by=chief, at=MONDAY, public_address=ADDRESS)[1]


@pytest.fixture
def manager(session, visit):
    manager = make_officer(session, post=Post.FACTORY_MANAGER, name="张测试")
    session.add(FactoryManager(factory_id=visit.factory_id, officer_id=manager.id, since=MONDAY))
    session.flush()
    return manager


def serve(session, notice, by, handing=DIRECT, at=WEDNESDAY + timedelta(hours=5)):
    return record_service(session, notice, handing, by=by, at=at, public_address=ADDRESS)


def agree(session, notice, manager, at=MONDAY):
    words = {"address": "示例路2号", "phone": "13800000000", "public_address": ADDRESS}
    return give_consent(session, notice.inspection.factory, **words, by=manager, at=at)


def withdraw(session, notice, by):
    return withdraw_notice(session, notice, "部位写错。", by=by, at=MONDAY, public_address=ADDRESS)


def test_days_count_from_receipt(session, visit, notice, chief):
    before = {each.checkpoint_code: each.due_on for each in findings_of(session, visit)}
    serve(session, notice, chief)

    after = {each.checkpoint_code: each.due_on for each in findings_of(session, visit)}
    assert (before["P2-01"], after["P2-01"]) == (date(2026, 11, 30), date(2026, 12, 2))
    assert after["A3-02"] == date(2026, 11, 25)  # on the spot means on the day of receipt
    assert notice.due_on == date(2026, 12, 2)
    assert notice.state is NoticeState.SERVED


def test_service_stands_on_the_timeline_of_each_finding(session, visit, notice, chief):
    service = serve(session, notice, chief)

    steps = steps_of(session, findings_of(session, visit)[0])
    assert steps[0].at == WEDNESDAY
    assert steps[0].words == {"number": service.receipt.number}


def test_what_was_put_off_since_keeps_its_day(session, visit, notice, chief):
    later = next(each for each in findings_of(session, visit) if each.checkpoint_code == "P2-01")
    later.due_on = date(2026, 12, 20)
    serve(session, notice, chief)

    assert later.due_on == date(2026, 12, 20)
    assert notice.due_on == date(2026, 12, 20)


def test_service_and_each_new_day_are_in_the_trail(session, visit, notice, chief):
    serve(session, notice, chief)

    told = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    served = next(each for each in told if each.event is Event.NOTICE_SERVED)
    days = [each for each in told if each.event is Event.FINDING_DUE_SET]
    assert served.subject == f"notice:{notice.id}"
    assert served.facts["received_on"] == "2026-11-25"
    assert {each.facts["due_on"] for each in days} == {"2026-11-25", "2026-12-02"}


@pytest.mark.parametrize("handing", [DIRECT, LEFT, POST])
def test_the_form_keeps_its_number_and_is_filled_in_beside_the_blank_one(
    session, notice, chief, handing
):
    service = serve(session, notice, chief, handing)

    blank, filled = from_json(service.receipt.as_issued), from_json(service.as_filled)
    assert service.receipt.number == "示例26消送〔2026〕第0001号"
    assert filled.head == blank.head
    assert (blank.method, blank.servers) == ("", ())
    assert filled.method in filled.methods
    assert filled.servers == tuple(handing.servers)
    job = session.scalars(select(Job).where(Job.kind == FILLED_JOB)).one()
    assert job.payload == {"service_id": service.id}


def test_by_post_only_the_day_is_known(session, notice, chief):
    filled = from_json(serve(session, notice, chief, POST).as_filled)

    assert (filled.served_at, filled.served_on) == (None, date(2026, 11, 25))
    assert "EX123456789CN" in filled.remark


def test_photographs_are_named_on_the_form(session, notice, chief):
    handing = replace(LEFT, witness="", photos=("ab" * 32, "cd" * 32))
    filled = from_json(serve(session, notice, chief, handing).as_filled)

    assert filled.recordings == "照片1（abababab）、照片2（cdcdcdcd）"


def test_a_paper_that_was_issued_without_a_form_gets_one_when_it_is_served(session, notice, chief):
    withdrawal = withdraw(session, notice, chief)
    service = serve(session, withdrawal, chief)

    assert service.receipt.number == "示例26消送〔2026〕第0002号"
    assert service.receipt.refers_to_id == withdrawal.id
    assert from_json(service.as_filled).served_number == withdrawal.number


@pytest.mark.parametrize(
    ("handing", "sentence"),
    [
        (replace(DIRECT, servers=("王某",)), "served by two"),
        (replace(DIRECT, servers=("王某", "王某")), "served by two"),
        (replace(DIRECT, receiver=""), "who received"),
        (replace(DIRECT, ink_sha256=""), "receiver sign"),
        (replace(LEFT, refusal=""), "why they would not"),
        (replace(LEFT, witness=""), "Name the witness"),
        (replace(POST, tracking_number=""), "tracking number"),
        (ELECTRONIC, "has not agreed"),
        (replace(POST, received_on=date(2026, 11, 26)), "in the future"),
        (replace(DIRECT, received_at=WEDNESDAY + timedelta(hours=6)), "in the future"),
        (replace(POST, received_on=date(2026, 11, 22)), "before it was issued"),
        (
            replace(DIRECT, received_on=MONDAY.date(), received_at=MONDAY - timedelta(minutes=1)),
            "before it was issued",
        ),
        (replace(DIRECT, remark="\U0001f9ef"), "No typeface"),
    ],
)
def test_what_is_missing_or_cannot_be_is_refused(session, notice, chief, handing, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        serve(session, notice, chief, handing)


def test_a_paper_is_served_once(session, notice, chief):
    serve(session, notice, chief)

    with pytest.raises(RuleBroken, match="on record already"):
        serve(session, notice, chief, LEFT)


def test_a_withdrawn_paper_and_a_record_are_not_served(session, visit, notice, chief):
    withdraw(session, notice, chief)
    with pytest.raises(RuleBroken, match="has been withdrawn"):
        serve(session, notice, chief)

    record = papers_of(session, visit)[0]
    with pytest.raises(RuleBroken, match="of this kind"):
        serve(session, record, chief)


@pytest.mark.parametrize(
    "officer", [{"post": Post.INSPECTOR}, {"post": Post.COUNTY_CLERK, "county": HANBIN}]
)
def test_others_may_not_enter_it(session, notice, officer):
    with pytest.raises(Refused):
        serve(session, notice, make_officer(session, **officer))


def test_a_clerk_may(session, notice):
    assert serve(session, notice, make_officer(session, post=Post.COUNTY_CLERK))


def test_a_served_notice_can_still_be_withdrawn(session, visit, notice, chief):
    serve(session, notice, chief)
    withdraw(session, notice, chief)

    assert notice.state is NoticeState.WITHDRAWN
    assert {each.due_on for each in findings_of(session, visit)} == {None}


# ---- On the page of a factory that has agreed ----


def test_with_consent_the_paper_was_served_when_it_came_up_on_the_page(
    session, notice, chief, manager
):
    agree(session, notice, manager)
    service = serve(session, notice, chief, ELECTRONIC)

    assert service.received_at == MONDAY
    assert service.receiver == manager.name
    assert "《送达地址及电子送达确认书》" in from_json(service.as_filled).remark


def test_a_later_consent_serves_from_its_own_moment(session, notice, chief, manager):
    agree(session, notice, manager, at=MONDAY + timedelta(days=1))

    service = serve(session, notice, chief, ELECTRONIC)

    assert service.received_on == date(2026, 11, 24)


def test_a_consent_taken_back_before_the_paper_serves_nothing(session, notice, chief, manager):
    agree(session, notice, manager, at=MONDAY - timedelta(days=2))
    revoke_consent(session, notice.inspection.factory, by=manager, at=MONDAY - timedelta(days=1))

    with pytest.raises(RuleBroken, match="has not agreed"):
        serve(session, notice, chief, ELECTRONIC)
    with pytest.raises(RuleBroken, match="Agree"):
        confirm_receipt(session, notice, by=manager, at=WEDNESDAY, public_address=ADDRESS)


def test_nobody_is_served_on_the_page_of_a_former_manager(session, notice, chief, manager):
    agree(session, notice, manager)
    session.delete(session.get_one(FactoryManager, (notice.inspection.factory_id, manager.id)))
    session.flush()

    with pytest.raises(RuleBroken, match="has not agreed"):
        serve(session, notice, chief, ELECTRONIC)


def test_a_manager_confirms_with_his_own_moment(session, notice, manager):
    agree(session, notice, manager)
    service = confirm_receipt(session, notice, by=manager, at=WEDNESDAY, public_address=ADDRESS)

    assert (service.manner, service.received_at) == (ServiceManner.ELECTRONIC, WEDNESDAY)
    assert notice.due_on == date(2026, 12, 2)
    with pytest.raises(RuleBroken, match="on record already"):
        confirm_receipt(session, notice, by=manager, at=WEDNESDAY, public_address=ADDRESS)


def test_consent_is_given_once_and_taken_back_once(session, notice, manager):
    agree(session, notice, manager)
    with pytest.raises(RuleBroken, match="already"):
        agree(session, notice, manager)

    factory = notice.inspection.factory
    revoke_consent(session, factory, by=manager, at=WEDNESDAY)
    with pytest.raises(RuleBroken, match="has not agreed"):
        revoke_consent(session, factory, by=manager, at=WEDNESDAY)
    assert agree(session, notice, manager, at=WEDNESDAY)


def test_nobody_speaks_for_a_factory_he_does_not_manage(session, notice, chief, manager):
    other = make_officer(session, post=Post.FACTORY_MANAGER)
    with pytest.raises(NotFound):
        agree(session, notice, other)
    with pytest.raises(NotFound):
        confirm_receipt(session, notice, by=other, at=WEDNESDAY, public_address=ADDRESS)
    with pytest.raises(Refused):
        state_view(session, notice, "无异议。", client_key=KEY, by=chief, at=WEDNESDAY)
    assert service_of(session, notice) is None


def test_a_view_sent_twice_is_kept_once_and_stands_in_the_trail(session, notice, manager):
    said = {"client_key": KEY, "by": manager, "at": WEDNESDAY}
    first = state_view(session, notice, "  第2项已于检查前报修。 ", **said)

    assert state_view(session, notice, "第2项已于检查前报修。", **said) is first
    told = session.scalars(select(AuditEntry).where(AuditEntry.event == Event.VIEW_STATED)).one()
    assert told.facts["text"] == first.text == "第2项已于检查前报修。"
    with pytest.raises(RuleBroken, match="Write what"):
        state_view(session, notice, " ", client_key="another", by=manager, at=WEDNESDAY)
