"""The county's list of reports."""

from io import BytesIO

import pytest

from firesafe.accounts.posts import Post
from firesafe.photos.store import Store
from firesafe.reports.models import HazardReport
from firesafe.reports.pictures import keep_pictures
from tests.makers import make_inspection, make_officer
from tests.notices.visits import make_chief
from tests.photos.pictures import jpeg
from tests.reports.reports import make_report

KEY = "33333333-3333-4333-8333-333333333333"


@pytest.fixture
def report(session, services):
    photos = keep_pictures(services.get(Store), KEY, [BytesIO(jpeg())])
    return make_report(session, client_key=KEY, photos=tuple(photos))


@pytest.fixture
def chief(session, sign_in, report):
    return sign_in(make_chief(session))


def again(session, report):
    session.rollback()
    return session.get(HazardReport, report.id, populate_existing=True)


def test_the_inbox_counts_what_nobody_has_looked_at(chief):
    assert "1 条隐患举报待查看" in chief.get("/inbox").text
    assert "1 条隐患举报待查看" in chief.get("/today").text


def test_a_chief_reads_a_report_with_its_number_and_pictures(chief, report):
    page = chief.get(f"/reports/{report.id}").text

    assert "13700000000" in page
    photo = chief.get(f"/reports/{report.id}/photos/{report.photos[0]}/320")
    assert photo.mimetype == "image/jpeg"
    assert chief.get(f"/reports/{report.id}/photos/{'0' * 32}/320").status_code == 404
    assert chief.get(f"/reports/{report.id}/photos/{report.photos[0]}/999").status_code == 404


def test_a_visit_is_planned_and_stands_on_the_inspector_s_page(session, sign_in, chief, report):
    inspector = make_officer(session, name="李检查")
    session.commit()

    answer = chief.post(f"/reports/{report.id}/inspector", data={"inspector": inspector.id})

    assert answer.location == f"/reports/{report.id}"
    own = sign_in(inspector)
    assert "待核查的隐患举报" in own.get("/today").text
    assert own.get(f"/reports/{report.id}").status_code == 200
    assert "条隐患举报待查看" not in chief.get("/inbox").text


def test_dealt_with_it_leaves_the_list_and_the_reporter_reads_the_answer(
    app, session, chief, report
):
    visit = make_inspection(session, factory=report.factory)
    session.commit()

    told = {"state": "looked_into", "visit": visit.id, "answer": "门已打开。"}
    answer = chief.post(f"/reports/{report.id}/outcome", data=told)

    assert answer.location == "/reports"
    assert "没有举报" in chief.get("/reports").text
    assert report.factory.name in chief.get("/reports?state=looked_into").text
    assert f"/inspections/{visit.id}" in chief.get(f"/reports/{report.id}").text
    stranger = app.test_client().get(f"/doors/{report.factory.door_code}/reports/{KEY}").text
    assert "门已打开。" in stranger
    assert "王测试" not in stranger


def test_without_a_sentence_nothing_is_dealt_with(session, chief, report):
    answer = chief.post(f"/reports/{report.id}/outcome", data={"state": "unfounded"})

    assert answer.status_code == 422
    assert "请用一句话写明处理结果" in answer.text
    assert again(session, report).is_open


def test_what_was_dealt_with_is_dealt_with_once(chief, report):
    told = {"state": "unfounded", "answer": "门开着。"}
    chief.post(f"/reports/{report.id}/outcome", data=told)

    answer = chief.post(f"/reports/{report.id}/outcome", data=told)

    assert answer.status_code == 409
    assert "刚才已有人办结" in answer.text


def test_a_long_list_is_cut_into_pages(session, sign_in):
    for _each in range(51):
        make_report(session)
        session.flush()
    chief = sign_in(make_chief(session))

    assert "51" in chief.get("/reports").text
    assert chief.get("/reports?page=2").text.count("table__link") == 1


def test_a_clerk_finds_no_reports(session, sign_in, report):
    clerk = sign_in(make_officer(session, post=Post.COUNTY_CLERK))

    assert clerk.get("/reports").status_code == 403
    assert clerk.get(f"/reports/{report.id}").status_code == 403
