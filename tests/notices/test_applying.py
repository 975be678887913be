"""The application for more time as a paper: what it prints, for whom, and that it stays so."""

from datetime import timedelta

import pytest

from firesafe.core.clock import county_day, now
from firesafe.findings.extending import Application
from firesafe.jobs.worker import run_due_jobs
from firesafe.notices.applying import apply_for_time
from firesafe.notices.canonical import to_json, unnumbered_from_json
from firesafe.notices.models import ApplicationPaper
from firesafe.photos.store import Store
from tests.makers import HANBIN
from tests.notices.cases import TUESDAY, make_case, new_key
from tests.notices.printed import Printed
from tests.notices.urgings import serve
from tests.notices.visits import make_chief


@pytest.fixture
def case(session, services):
    return make_case(session, services.get(Store))


def apply(session, case, key=""):
    wished_on = case.finding.due_on + timedelta(days=5)
    told = Application(key or new_key(), "配件没到货。", "专人看守，每班巡查。", wished_on)
    return apply_for_time(session, case.finding, told, by=case.manager, at=TUESDAY)


def text_of(pdf: bytes) -> str:
    return "".join(Printed(pdf).text.split())


def test_every_field_of_the_form_is_printed_in_its_order(session, case, sign_in):
    extension, finding = apply(session, case), case.finding
    pdf = sign_in(case.manager).get(f"/my-factory/findings/{finding.id}/extension/application").data

    was, wished = county_day(TUESDAY) + timedelta(days=6), extension.wished_on
    fields = (
        "延期整改申请书",
        "平利县示例部门：",
        "申请单位示例玩具一厂",
        f"原通知书文号{case.notice.number}",
        f"未完成项第1项：{finding.wording}整改要求：",
        f"原整改期限{was.year}年{was.month}月{was.day}日",
        "申请原因配件没到货。",
        "已采取的防范措施专人看守，每班巡查。",
        f"申请延至日期{wished.year}年{wished.month}月{wished.day}日",
        "附件无",
        "申请人张测试，2026年11月24日10时00分登录",
        "示例玩具一厂（盖章）2026年11月24日",
    )
    text, place = text_of(pdf), 0
    for field in fields:
        assert field in text[place:], field
        place = text.index(field, place) + len(field)
    assert len(Printed(pdf).pages) == 1


def test_the_chief_opens_it_from_the_page_where_he_decides(session, case, sign_in):
    address = f"/extensions/{apply(session, case).id}"
    chief, other = sign_in(case.chief), sign_in(make_chief(session, county=HANBIN))

    assert f"{address}/application" in chief.get(address).text
    assert "延期整改申请书" in text_of(chief.get(f"{address}/application").data)
    assert other.get(f"{address}/application").status_code == 404


def test_an_application_from_before_it_was_a_paper_is_not_offered(session, case, sign_in):
    extension = apply(session, case)
    page = f"/my-factory/findings/{case.finding.id}"
    chiefs = f"/extensions/{extension.id}"
    manager, chief = sign_in(case.manager), sign_in(case.chief)
    assert f"{page}/extension/application" in manager.get(page).text

    session.delete(session.get_one(ApplicationPaper, extension.id))
    session.commit()

    assert f"{page}/extension/application" not in manager.get(page).text
    assert manager.get(f"{page}/extension/application").status_code == 404
    assert f"{chiefs}/application" not in chief.get(chiefs).text


def test_it_stays_as_it_was_sent(session, services, case):
    extension = apply(session, case)
    before = session.get_one(ApplicationPaper, extension.id).as_given
    asked_from = extension.was_due_on

    serve(session, case)
    session.commit()
    run_due_jobs(services, at=now())

    session.expire_all()
    paper = session.get_one(ApplicationPaper, extension.id)
    assert extension.was_due_on > asked_from
    assert paper.as_given == before
    assert unnumbered_from_json(before).was_due_on == asked_from
    assert to_json(unnumbered_from_json(before)) == before
    assert paper.pdf_key


def test_the_same_form_twice_is_one_paper(session, case):
    key = new_key()

    assert apply(session, case, key) is apply(session, case, key)
