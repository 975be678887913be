"""More time on the pages of the manager and of the chief."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from firesafe.core.clock import county_day, now
from firesafe.findings.models import Extension, ExtensionState
from firesafe.findings.queries import Findings
from firesafe.photos.store import Store
from tests.makers import HANBIN, make_factory
from tests.notices.cases import make_case, make_manager, new_key
from tests.notices.printed import Printed
from tests.notices.visits import make_chief
from tests.photos.pictures import jpeg


@pytest.fixture
def case(session, services):
    made = make_case(session, services.get(Store))
    made.finding.due_on = county_day(now()) + timedelta(days=2)
    session.commit()
    return made


def address(case):
    return f"/my-factory/findings/{case.finding.id}/extension"


def told(case, **more):
    wished_on = case.finding.due_on + timedelta(days=3)
    fields = {"client_key": new_key(), "reason": "配件没到货。", "measures": "专人看守。"}
    return {**fields, "wished_on": wished_on.isoformat(), **more}


def decided(extension, answer="granted", **more):
    fields = {"answer": answer, "due_on": extension.wished_on.isoformat()}
    return {**fields, "grounds": "情况属实。", "required_measures": "每班巡查。", **more}


def asked(session, case, sign_in, **more):
    answer = sign_in(case.manager).post(address(case), data=told(case, **more))
    assert answer.status_code == 302
    return session.scalars(select(Extension)).one()


def test_what_happened_writes_its_days_as_the_page_does(session, case, sign_in):
    extension = asked(session, case, sign_in)

    page = sign_in(case.manager).get(f"/my-factory/findings/{case.finding.id}").text

    wished_on = extension.wished_on
    assert f"申请延期到 {wished_on.month}月{wished_on.day}日" in page
    assert extension.wished_on.isoformat() not in page


def test_a_manager_asks_with_a_photograph_and_prints_what_he_wrote(session, case, sign_in):
    extension = asked(session, case, sign_in, photos=(BytesIO(jpeg()), "order.jpg"))

    client = sign_in(case.manager)
    page = client.get(f"/my-factory/findings/{case.finding.id}").text
    assert "还没决定" in page
    sheet = "".join(Printed(client.get(f"{address(case)}/application").data).text.split())
    assert "延期整改申请书" in sheet
    assert case.notice.number in sheet
    assert "配件没到货" in sheet
    assert "附件照片1张" in sheet
    photo = f"/findings/{case.finding.id}/photos/{extension.photos[0]}/320"
    assert sign_in(case.chief).get(photo).status_code == 200


def test_what_is_missing_is_said_and_what_was_written_stays(session, case, sign_in):
    page = sign_in(case.manager).post(address(case), data=told(case, reason=""))

    assert page.status_code == 422
    assert "写明不能按期完成的原因" in page.text
    assert "专人看守。" in page.text
    assert session.scalars(select(Extension)).all() == []


def test_after_the_last_day_the_page_says_why_not(session, case, sign_in):
    case.finding.due_on = county_day(now()) - timedelta(days=1)
    session.commit()
    client = sign_in(case.manager)

    assert "整改期限已过" in client.get(address(case)).text
    assert client.post(address(case), data=told(case)).status_code == 422
    assert address(case) not in client.get(f"/my-factory/findings/{case.finding.id}").text


def test_another_factory_s_manager_sees_nothing_of_it(session, case, sign_in):
    client = sign_in(make_manager(session, make_factory(session), name="钱测试"))

    assert client.get(address(case)).status_code == 404
    assert client.post(address(case), data=told(case)).status_code == 404


def test_the_chief_grants_and_the_manager_has_the_answer_as_pdf(session, case, sign_in):
    extension = asked(session, case, sign_in)
    chief = sign_in(case.chief)
    assert f"/extensions/{extension.id}" in chief.get("/extensions").text
    assert "配件没到货。" in chief.get(f"/extensions/{extension.id}").text

    answer = chief.post(f"/extensions/{extension.id}", data=decided(extension))

    assert chief.get(f"{answer.location}/pdf").data.startswith(b"%PDF-")
    assert f"/extensions/{extension.id}" not in chief.get("/extensions").text
    assert f"/findings/{case.finding.id}" in chief.get("/findings?view=put_off").text
    session.expire_all()
    assert Findings.visible_to(case.chief).one(session, case.finding.id).due_on == (
        extension.wished_on
    )
    manager = sign_in(case.manager)
    page = manager.get(f"/my-factory/findings/{case.finding.id}").text
    paper = answer.location.rsplit("/", 1)[1]
    assert f"/my-notices/{paper}/pdf" in page
    assert manager.get(f"/my-notices/{paper}/pdf").data.startswith(b"%PDF-")
    assert "同意延期到" in page


def test_the_second_of_two_chiefs_sees_what_was_decided(session, case, sign_in):
    extension = asked(session, case, sign_in)
    sign_in(case.chief).post(f"/extensions/{extension.id}", data=decided(extension))

    page = sign_in(make_chief(session)).post(
        f"/extensions/{extension.id}", data=decided(extension, "denied")
    )

    assert page.status_code == 409
    assert "已经有人决定了" in page.text
    session.expire_all()
    assert session.scalars(select(Extension)).one().state is ExtensionState.GRANTED


def test_a_late_answer_is_shown_as_late(session, case, sign_in):
    extension = asked(session, case, sign_in)
    extension.asked_at = now() - timedelta(days=20)
    session.commit()

    assert "答复 逾期" in sign_in(case.chief).get("/extensions").text


def test_another_county_decides_nothing_here(session, case, sign_in):
    extension = asked(session, case, sign_in)
    client = sign_in(make_chief(session, county=HANBIN))

    assert client.get(f"/extensions/{extension.id}").status_code == 404
    assert client.post(f"/extensions/{extension.id}", data=decided(extension)).status_code == 404
