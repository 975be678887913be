import re
from decimal import Decimal

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.core.clock import now
from firesafe.factories.models import FactoryManager
from firesafe.findings.queries import findings_of
from firesafe.jobs.worker import run_due_jobs
from firesafe.notices.actions import issue_papers
from firesafe.notices.freezing import Terms
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, NoticeState
from firesafe.photos.queries import find_photo
from firesafe.photos.rules import Source
from firesafe.photos.store import Store
from tests.makers import HANBIN, MONDAY, make_factory, make_officer
from tests.notices.visits import make_chief, make_ready_visit

TERMS = Terms("停用危险部位，专人看守。", ("示例镇人民政府",))


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def visit(session, store):
    return make_ready_visit(session, store, failed=("P2-01",))


@pytest.fixture
def papers(session, visit):
    address = "https://firesafe.example"
    by = make_chief(session)
    return issue_papers(session, visit, TERMS, by=by, at=MONDAY, public_address=address)


@pytest.fixture
def chief(session, sign_in):
    return sign_in(make_chief(session))


def filled_in(session, visit, **changes):
    finding = findings_of(session, visit)[0]
    first = {
        "finding_id": finding.id,
        "version": finding.version,
        "wording": finding.wording,
        "grade": finding.grade,
        "grace_days": finding.grace_days,
        "requirement": finding.requirement,
        "bases": finding.bases,
        **changes,
    }
    session.commit()  # a page writes for itself
    fields = {f"findings-0-{name}": value for name, value in first.items()}
    return {**fields, "interim_measures": "专人看守。", "copied_to": [], "joined_by": "示例镇"}


def test_the_inbox_lists_what_waits_and_the_desk_shows_it(visit, chief):
    assert visit.factory.name in chief.get("/inbox").text

    page = chief.get(f"/inbox/{visit.id}").text
    assert "P2-01" in page
    assert "门口堆放纸箱约12只。" in page


def test_saving_keeps_the_wording_and_issues_nothing(session, visit, chief):
    form = {**filled_in(session, visit, wording="2层缺疏散示意图。"), "then": "save"}

    answer = chief.post(f"/inbox/{visit.id}", data=form)

    session.expire_all()
    assert answer.status_code == 302
    assert findings_of(session, visit)[0].wording == "2层缺疏散示意图。"
    assert session.scalars(select(Notice)).all() == []
    session.commit()
    assert "示例镇" in chief.get(f"/inbox/{visit.id}").text


def test_issuing_numbers_the_papers_and_empties_the_inbox(session, visit, chief):
    form = {**filled_in(session, visit, grace_days=3), "then": "issue"}

    page = chief.post(f"/inbox/{visit.id}", data=form, follow_redirects=True)

    numbers = session.scalars(select(Notice.number)).all()
    session.commit()
    assert len(numbers) == 3
    assert numbers[1] in page.text
    assert visit.factory.name not in chief.get("/inbox").text


def test_a_visit_whose_papers_stand_leads_to_them(session, visit, papers, chief):
    session.commit()

    answer = chief.get(f"/inbox/{visit.id}")

    notice = next(paper for paper in papers if paper.kind is PaperKind.RECTIFICATION_NOTICE)
    assert answer.headers["Location"] == f"/notices/{notice.id}"


def test_a_form_filled_in_wrongly_changes_nothing(session, visit, chief):
    form = {**filled_in(session, visit, wording="", grace_days=900), "then": "issue"}

    answer = chief.post(f"/inbox/{visit.id}", data=form)

    assert answer.status_code == 422
    assert session.scalars(select(Notice)).all() == []
    assert '<a class="errors__link" href="#findings-0-wording">' in answer.text
    assert '<a class="errors__link" href="#findings-0-grace_days">' in answer.text


def test_a_form_that_was_tampered_with_is_refused(session, visit, chief):
    form = filled_in(session, visit, finding_id="none", version="none")

    assert chief.post(f"/inbox/{visit.id}", data={**form, "then": "save"}).status_code == 422


def test_a_stale_form_is_told_so(session, visit, chief):
    form = {**filled_in(session, visit, wording="甲。"), "then": "save"}
    assert chief.post(f"/inbox/{visit.id}", data=form).status_code == 302

    again = {**form, "findings-0-wording": "乙。"}
    assert chief.post(f"/inbox/{visit.id}", data=again).status_code == 409


def test_the_preview_is_the_paper_without_a_number(visit, chief):
    sheet = chief.get(f"/inbox/{visit.id}/preview")
    pdf = chief.get(f"/inbox/{visit.id}/preview-pdf")

    assert "消防安全隐患整改通知书" in sheet.text
    assert "制发时编号" in sheet.text
    assert pdf.data.startswith(b"%PDF-")


def test_the_desk_shows_every_photograph_with_how_and_where_it_was_taken(visit, chief, session):
    taken = photo_of_first_finding(session, visit)
    visit.factory.latitude, visit.factory.longitude = Decimal("32.3801"), Decimal("109.3602")
    taken.source, taken.latitude, taken.longitude = Source.GALLERY, 32.3841, 109.3602
    session.commit()

    page = chief.get(f"/inbox/{visit.id}").text

    assert "相册照片" in page
    assert "离厂 445 米" in page


def test_a_photograph_that_is_not_here_is_no_broken_picture_on_the_desk(visit, chief, session):
    taken = photo_of_first_finding(session, visit)
    session.delete(taken)
    session.commit()

    page = chief.get(f"/inbox/{visit.id}").text
    sheet = chief.get(f"/inbox/{visit.id}/preview").text

    assert "还在手机上" in page
    assert taken.sha256 not in page + sheet
    assert "消防安全隐患整改通知书" in sheet


def photo_of_first_finding(session, visit):
    finding = findings_of(session, visit)[0]
    return find_photo(session, finding.photos[0]["sha256"])


def test_a_reprint_gives_the_same_bytes(services, session, papers, chief):
    address = f"/notices/{papers[1].id}/pdf"
    answer = chief.get(address)
    answer.headers["Content-Disposition"].encode("latin-1")  # a server sends nothing else
    first = answer.data
    run_due_jobs(services, at=now())

    assert chief.get(address).data == first
    session.expire_all()
    assert papers[1].pdf_sha256 is not None


def test_the_register_filters_by_kind_and_number(papers, chief):
    page = chief.get("/notices?kind=service-receipt").text

    assert papers[2].number in page
    assert papers[1].number not in page
    assert papers[2].number not in chief.get("/notices?number=0009").text


def test_a_filter_that_leaves_nothing_can_be_taken_away(chief):
    page = chief.get("/notices?number=9999").text

    assert "没找到" in page
    assert 'href="/notices"' in page.split("filters__clear")[1].split(">")[0]


def test_withdrawing_asks_for_a_reason(session, papers, chief):
    address = f"/notices/{papers[1].id}/withdrawal"

    assert chief.get(address).status_code == 200
    assert chief.post(address, data={"reason": ""}).status_code == 422
    answer = chief.post(address, data={"reason": "部位写错。"}, follow_redirects=True)

    session.expire_all()
    assert answer.status_code == 200
    assert papers[1].state is NoticeState.WITHDRAWN


def test_what_is_withdrawn_while_it_is_printed_is_named(session, services, papers, chief):
    form = {"key": "one-form", "notice_id": [paper.id for paper in papers]}
    address = chief.post("/notices/batches", data=form).headers["Location"]
    assert "不要发出" not in chief.get(address).text
    chief.post(f"/notices/{papers[1].id}/withdrawal", data={"reason": "部位写错。"})

    run_due_jobs(services, at=now())

    page = chief.get(address)
    assert "Refresh" not in page.headers
    assert f"已撤回，不要发出：{papers[1].number}" in page.text
    assert chief.get(f"{address}/pdf").data.startswith(b"%PDF-")
    session.expire_all()
    assert papers[1].state is NoticeState.WITHDRAWN
    assert papers[1].pdf_sha256


def test_ticked_papers_become_one_pdf(services, papers, chief):
    form = {"key": "one-form", "notice_id": [paper.id for paper in papers]}
    address = chief.post("/notices/batches", data=form).headers["Location"]
    assert "Refresh" in chief.get(address).headers
    assert chief.get(f"{address}/pdf").status_code == 404

    run_due_jobs(services, at=now())

    assert "Refresh" not in chief.get(address).headers
    assert chief.get(f"{address}/pdf").data.startswith(b"%PDF-")


def test_a_print_job_is_its_asker_s_own(session, papers, chief, sign_in):
    form = {"key": "one-form", "notice_id": [papers[0].id]}
    address = chief.post("/notices/batches", data=form).headers["Location"]

    assert sign_in(make_chief(session)).get(address).status_code == 404


def test_papers_of_another_county_cannot_be_ticked(session, papers, sign_in):
    stranger = sign_in(make_chief(session, county=HANBIN))

    answer = stranger.post("/notices/batches", data={"key": "k", "notice_id": [papers[0].id]})

    assert answer.status_code == 422


def test_anyone_may_check_a_paper_and_learns_no_name(app, session, papers):
    session.commit()
    code = papers[1].check_code.lower()
    page = app.test_client().get(f"/check/{code[:4]}-{code[4:]}", follow_redirects=True)

    assert page.status_code == 200
    assert papers[1].number in page.text
    assert papers[1].inspection.factory.name not in page.text
    assert papers[1].issued_by.name not in page.text


def test_a_wrong_code_tells_nothing_and_is_counted(app, session, papers):
    session.commit()
    stranger = app.test_client()
    pages = [stranger.get(f"/check?code=WRONG{turn:03d}") for turn in range(25)]

    own = re.compile(r"WRONG\d+|value=\"[^\"]{40,}\"")  # what was typed, and the form's token
    bodies = {own.sub("", page.text) for page in pages if page.status_code == 404}
    assert len(bodies) == 1
    assert pages[-1].status_code == 429


def test_the_issuer_is_shown_and_saved(session, chief):
    form = {
        "version": "0",
        "name": "平利县示例局",
        "abbreviation": "示例消",
        "contact": "赵测试",
        "phone": "0915-0000000",
        "address": "示例路1号",
    }
    assert chief.get("/issuer").status_code == 200
    assert chief.post("/issuer", data={**form, "name": ""}).status_code == 422
    assert chief.post("/issuer", data=form).status_code == 302
    assert "平利县示例局" in chief.get("/issuer").text
    assert chief.post("/issuer", data=form).status_code == 409


def test_a_manager_sees_what_to_put_right_and_only_his_own(session, visit, papers, sign_in):
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    session.add(FactoryManager(factory_id=visit.factory_id, officer_id=manager.id, since=MONDAY))
    other = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    elsewhere = make_factory(session, name="别家")
    session.add(FactoryManager(factory_id=elsewhere.id, officer_id=other.id, since=MONDAY))
    finding = findings_of(session, visit)[0]
    session.commit()
    photo = f"/my-factory/findings/{finding.id}/photos/{finding.photos[0]['sha256']}/320"

    mine, others = sign_in(manager), sign_in(other)

    assert "门口堆放纸箱约12只。" in mine.get("/my-factory").text
    assert papers[1].number in mine.get("/my-notices").text
    assert mine.get(f"/my-notices/{papers[1].id}/pdf").data.startswith(b"%PDF-")
    assert mine.get(photo).mimetype == "image/jpeg"
    assert "门口堆放纸箱约12只。" not in others.get("/my-factory").text
    assert others.get(f"/my-notices/{papers[1].id}/pdf").status_code == 404
    assert others.get(photo).status_code == 404
    assert mine.get(f"/my-notices/{papers[0].id}/pdf").status_code == 404


def test_a_finding_without_a_notice_is_not_shown_to_the_manager(session, visit, sign_in):
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    session.add(FactoryManager(factory_id=visit.factory_id, officer_id=manager.id, since=MONDAY))

    assert "门口堆放纸箱约12只。" not in sign_in(manager).get("/my-factory").text
