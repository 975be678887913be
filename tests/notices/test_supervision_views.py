"""Urging what is overdue on the chief's pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.core.clock import county_day, now
from firesafe.jobs.worker import run_due_jobs
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.photos.store import Store
from tests.makers import HANBIN
from tests.notices.cases import make_case
from tests.notices.urgings import serve
from tests.notices.visits import make_chief


@pytest.fixture
def case(session, services):
    made = make_case(session, services.get(Store), failed=("A1-04", "P2-01"))
    serve(session, made)
    for finding in made.findings.values():
        finding.due_on = county_day(now()) - timedelta(days=3)
    session.commit()
    return made


def address(case):
    return f"/supervision-letters/{case.visit.id}"


def told(case, **more):
    ids = [each.id for each in case.findings.values()]
    return {"finding_ids": ids, "measures": "停用该处，每班巡查。", **more}


def letters(session):
    session.expire_all()
    rows = select(Notice).where(Notice.kind == PaperKind.SUPERVISION_LETTER)
    return list(session.scalars(rows))


def test_from_the_overdue_list_to_the_manager_s_pdf(session, services, case, sign_in):
    chief = sign_in(case.chief)
    assert "/supervision-letters" in chief.get("/findings?view=overdue").text
    assert address(case) in chief.get("/supervision-letters").text
    page = chief.get(address(case)).text
    assert case.findings["P2-01"].wording in page
    assert "逾期 3 天" in page
    assert "专人看守。" in page

    answer = chief.post(address(case), data=told(case))
    run_due_jobs(services, at=now())

    assert answer.status_code == 302
    assert chief.get(f"{answer.location}/pdf").data.startswith(b"%PDF-")
    assert f"{answer.location}/service" in chief.get(answer.location).text
    assert address(case) not in chief.get("/supervision-letters").text
    assert "示例26消督〔" in chief.get(f"/findings/{case.finding.id}").text
    manager = sign_in(case.manager)
    assert manager.get(f"/my-notices/{letters(session)[0].id}/pdf").status_code == 200


def test_the_page_of_a_served_notice_leads_to_the_letter_while_something_is_overdue(case, sign_in):
    chief = sign_in(case.chief)
    page = f"/notices/{case.notice.id}"
    assert address(case) in chief.get(page).text

    chief.post(address(case), data=told(case))

    assert address(case) not in chief.get(page).text


def test_the_second_of_two_chiefs_sees_what_was_issued(session, case, sign_in):
    sign_in(case.chief).post(address(case), data=told(case))

    page = sign_in(make_chief(session)).post(address(case), data=told(case))

    assert page.status_code == 409
    assert "刚刚有变化" in page.text
    number = letters(session)[0].number
    assert number in page.text


def test_what_is_missing_is_said(session, case, sign_in):
    page = sign_in(case.chief).post(address(case), data=told(case, measures=""))

    assert page.status_code == 422
    assert letters(session) == []


def test_another_county_urges_nothing_here(session, case, sign_in):
    client = sign_in(make_chief(session, county=HANBIN))

    assert client.get(address(case)).status_code == 404
    assert client.post(address(case), data=told(case)).status_code == 404
