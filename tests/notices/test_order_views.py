"""Ordering on the pages of the fire service; a department's people find no way there."""

import pytest
from sqlalchemy import func, select

from firesafe.core.clock import county_day, now
from firesafe.jobs.worker import run_due_jobs
from firesafe.notices.kinds import ORDER_KINDS
from firesafe.notices.models import Notice, NumberSeries
from firesafe.photos.store import Store
from tests.makers import HANBIN
from tests.notices.orders import make_fire_officer, make_raid
from tests.notices.visits import make_chief


@pytest.fixture
def case(session, services):
    made = make_raid(session, services.get(Store))
    session.commit()
    return made


def address(case):
    return f"/orders/{case.visit.id}"


def filled(case, **more):
    """Return the form with the first finding ordered and the second left out."""
    first, second = case.findings.values()
    return {
        "kind": "immediate-order",
        "breaches-0-finding_id": first.id,
        "breaches-0-offence": "escape-routes",
        "breaches-0-problem": "1层东侧安全出口上锁。",
        "breaches-1-finding_id": second.id,
        "breaches-1-offence": "",
        "breaches-1-problem": second.wording,
        **more,
    }


def orders(session):
    rows = select(Notice.id, Notice.number, Notice.issued_at).where(Notice.kind.in_(ORDER_KINDS))
    found = session.execute(rows).all()
    session.commit()  # or the service could not write
    return found


def test_from_the_list_to_the_manager_s_pdf(session, services, case, sign_in):
    officer = sign_in(case.chief)
    assert address(case) in officer.get("/orders").text
    page = officer.get(address(case)).text
    assert '<option selected value="escape-routes">' in page
    assert "3个工作日内制作送达，期限已过" in page
    assert "这一天已经过了" in page

    preview = officer.post(f"{address(case)}/preview", data=filled(case))
    assert preview.data.startswith(b"%PDF-")
    assert orders(session) == []
    answer = officer.post(address(case), data=filled(case))
    run_due_jobs(services, at=now())

    assert answer.status_code == 302
    assert officer.get(f"{answer.location}/pdf").data.startswith(b"%PDF-")
    page = officer.get(answer.location).text
    assert f"{answer.location}/service" in page
    assert "还没有登记送达" in page
    assert "暂按制发当日收到计算" not in page
    assert "暂按制发当日收到计算" in officer.get(f"/notices/{case.notice.id}").text
    assert "整改期限从收到之日" not in officer.get(f"{answer.location}/service").text
    (paper,) = orders(session)
    assert paper.number in officer.get(address(case)).text
    assert paper.number in officer.get("/notices?kind=immediate-order").text
    assert paper.number in officer.get(f"/findings/{case.findings['A3-02'].id}").text
    manager = sign_in(case.manager)
    assert manager.get(f"/my-notices/{paper.id}/pdf").status_code == 200


def test_the_officer_withdraws_his_order_and_may_order_anew(session, case, sign_in):
    officer = sign_in(case.chief)
    shown = officer.post(address(case), data=filled(case)).location
    assert f"{shown}/withdrawal" in officer.get(shown).text
    assert f"{shown}/withdrawal" not in sign_in(make_chief(session)).get(shown).text
    assert sign_in(make_chief(session)).get(f"{shown}/withdrawal").status_code == 403
    page = officer.get(f"{shown}/withdrawal").text
    assert "其中的问题可以重新责令改正。" in page
    assert "隐患等待重新制发" not in page

    taken_back = officer.post(f"{shown}/withdrawal", data={"reason": "日期写错。"})

    assert "其中的问题可以重新责令改正。" in officer.get(taken_back.location).text
    assert f'href="{shown}"' in officer.get(taken_back.location).text.split("</dl>")[0]
    assert f'href="{taken_back.location}"' in officer.get(shown).text.split("</dl>")[0]
    page = officer.get(address(case)).text
    assert '<option selected value="escape-routes">' in page
    assert "已撤回" in page


def test_a_department_s_chief_sees_no_way_to_order_and_is_refused(session, case, sign_in):
    chief = sign_in(make_chief(session))

    assert "/orders" not in chief.get(f"/notices/{case.notice.id}").text
    assert "/orders" not in chief.get("/inbox").text
    assert chief.get(address(case)).status_code == 403
    answer = chief.post(address(case), data=filled(case))
    assert answer.status_code == 403
    assert "你的岗位" in answer.text
    assert orders(session) == []
    rows = select(func.count()).where(NumberSeries.kind.in_(ORDER_KINDS))
    assert session.scalar(rows) == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": ""}, "选择立即改正还是限期改正。"),
        ({"breaches-0-offence": ""}, "至少给一条隐患选择违法行为。"),
        ({"breaches-0-problem": ""}, "每一条都要写明具体问题。"),
        ({"kind": "dated-order"}, "选择改正期限的最后一天。"),
        ({"kind": "dated-order", "due_on": "2020-01-01"}, "60天以内"),
    ],
)
def test_what_is_missing_is_said_and_what_was_filled_in_stays(
    session, case, sign_in, change, sentence
):
    page = sign_in(case.chief).post(address(case), data=filled(case, **change))

    assert page.status_code == 422
    assert sentence in page.text
    assert 'name="breaches-0-problem"' in page.text
    assert orders(session) == []


def test_what_is_missing_inside_a_finding_is_counted_and_led_to(case, sign_in):
    lacking = filled(case, **{"kind": "dated-order", "breaches-0-problem": ""})

    page = sign_in(case.chief).post(address(case), data=lacking).text

    summary = page.split('class="errors"')[1].split("</section>")[0]
    assert "还有 2 处没填好" in summary
    assert 'href="#breaches-0-problem">A3-02 每一条都要写明具体问题。' in summary
    assert 'href="#due_on"' in summary


def test_the_second_of_two_officers_sees_what_was_ordered(session, case, sign_in):
    sign_in(case.chief).post(address(case), data=filled(case))

    page = sign_in(make_fire_officer(session)).post(address(case), data=filled(case))

    assert page.status_code == 409
    assert "刚刚有变化" in page.text
    assert orders(session)[0].number in page.text


def test_another_county_orders_nothing_here(session, case, sign_in):
    client = sign_in(make_fire_officer(session, county=HANBIN))

    assert client.get(address(case)).status_code == 404
    assert client.post(address(case), data=filled(case)).status_code == 404


def test_the_body_s_own_particulars_are_kept_on_the_issuer_s_page(session, case, sign_in):
    officer = sign_in(case.chief)

    page = officer.get("/issuer").text
    assert "平利县示例消防救援大队" in page
    assert 'value="police_station"' in page
    assert 'name="type"' not in sign_in(make_chief(session)).get("/issuer").text


def test_the_day_of_issue_is_today(session, case, sign_in):
    sign_in(case.chief).post(address(case), data=filled(case))

    assert county_day(orders(session)[0].issued_at) == county_day(now())
