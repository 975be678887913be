"""The pages of service: entering it, its proof as PDF, and what a factory's manager does."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.core.clock import county_day, county_time, now
from firesafe.factories.models import FactoryManager
from firesafe.jobs.worker import run_due_jobs
from firesafe.notices.actions import issue_papers, withdraw_notice
from firesafe.notices.freezing import Terms
from firesafe.notices.models import Consent, Notice, NoticeState, Service, ServiceManner, Statement
from firesafe.photos.store import Store
from tests.makers import MONDAY, make_officer
from tests.notices.printed import Printed
from tests.notices.visits import make_chief, make_ready_visit

ADDRESS = "https://firesafe.example"


def drawn(kind="PNG") -> tuple[BytesIO, str]:
    sheet = Image.new("RGB", (300, 120), "white")
    ImageDraw.Draw(sheet).line([(20, 100), (120, 20), (260, 90)], "black", 6)
    out = BytesIO()
    sheet.save(out, kind)
    out.seek(0)
    return out, f"signature.{kind.lower()}"


@pytest.fixture
def notice(session, services):
    visit = make_ready_visit(session, services.get(Store), failed=("P2-01",))
    by, terms = make_chief(session), Terms("专人看守。")
    return issue_papers(session, visit, terms, by=by, at=MONDAY, public_address=ADDRESS)[1]


@pytest.fixture
def clerk(session, sign_in):
    return sign_in(make_officer(session, post=Post.COUNTY_CLERK, name="钱测试"))


@pytest.fixture
def manager(session, notice, sign_in):
    officer = make_officer(session, post=Post.FACTORY_MANAGER, name="张测试")
    factory_id = notice.inspection.factory_id
    session.add(FactoryManager(factory_id=factory_id, officer_id=officer.id, since=MONDAY))
    return sign_in(officer)


def direct(**more):
    fields = {
        "received_at": f"{county_time(now()):%Y-%m-%dT%H:%M}",
        "place": "5号楼1层",
        "receiver": "张测试",
        "relation": "厂长",
        "server_1": "王某",
        "server_2": "李某",
        "remark": "",
    }
    return {**fields, **more}


def agree(client, notice):
    words = {"address": "示例路2号", "phone": "13800000000", "agreed": "y"}
    factory_id = notice.inspection.factory_id
    return client.post(f"/my-notices/consents/{factory_id}?notice={notice.id}", data=words)


def withdraw(session, notice):
    """Take the notice back by a paper, which is served as well."""
    words = {"by": notice.issued_by, "at": now(), "public_address": ADDRESS}
    paper = withdraw_notice(session, notice, "事实有误。", **words)
    session.commit()
    return paper


def test_handed_over_and_signed_on_the_screen(session, services, notice, clerk):
    answer = clerk.post(
        f"/notices/{notice.id}/service",
        data=direct(picture=drawn()),
        content_type="multipart/form-data",
    )
    run_due_jobs(services, at=now())

    session.expire_all()
    assert answer.status_code == 302
    assert session.get_one(Notice, notice.id).state is NoticeState.SERVED
    page = clerk.get(f"/notices/{notice.id}").text
    assert "示例26消送〔2026〕第0001号" in page
    assert clerk.get(f"/notices/{notice.id}/service/signature").mimetype == "image/png"
    pdf = Printed(clerk.get(f"/notices/{notice.id}/service/pdf").data)
    text = "".join(pdf.text.split())
    today = county_day(now())
    for field in (
        "送达机关平利县示例部门",
        "《消防安全隐患整改通知书》示例26消改〔2026〕第0001号",
        "受送达人示例玩具一厂",
        "送达地点5号楼1层",
        "√直接送达",
        f"收到日期{today.year}年{today.month}月{today.day}日",
        "张测试",
        "代收人与受送达人的关系：厂长",
        "王某：",
        "李某：",
        "示例26消送〔2026〕第0001号",
    ):
        assert field in text, field
    assert [mark.kind for page in pdf.pages for mark in page.marks].count("image") == 1


def test_the_blank_form_stays_as_it_was_issued(notice, clerk, session):
    receipt = session.scalars(select(Notice).where(Notice.refers_to_id == notice.id)).one()
    session.commit()  # pages write for themselves
    before = clerk.get(f"/notices/{receipt.id}/pdf").data
    fields = direct(picture=drawn())
    clerk.post(f"/notices/{notice.id}/service", data=fields, content_type="multipart/form-data")

    assert clerk.get(f"/notices/{receipt.id}/pdf").data == before
    filled = clerk.get(f"/notices/{notice.id}/service/pdf").data
    assert filled != before
    assert clerk.get(f"/notices/{notice.id}/service/pdf").data == filled
    assert "示例26消改〔2026〕第0001号" in clerk.get(f"/notices/{receipt.id}").text
    checked = clerk.get("/check", query_string={"code": receipt.check_code}).text
    assert hashlib.sha256(filled).hexdigest() in checked


def test_left_after_refusal_with_photographs(session, services, notice, clerk):
    data = direct(refusal="称不认可", witness="", photos=[drawn("JPEG")])
    clerk.post(
        f"/notices/{notice.id}/service?manner=left",
        data=data,
        content_type="multipart/form-data",
    )
    run_due_jobs(services, at=now())

    proof = session.scalars(select(Service)).one()
    session.commit()  # pages write for themselves
    address = f"/notices/{notice.id}/service/photos/{proof.photos[0]}/320"
    assert clerk.get(address).mimetype == "image/jpeg"
    assert clerk.get(address.replace(proof.photos[0], "0" * 64)).status_code == 404
    text = Printed(clerk.get(f"/notices/{notice.id}/service/pdf").data).text
    assert "√留置送达" in text
    assert f"照片1（{proof.photos[0][:8]}）" in text


def test_by_post_the_form_prints_the_day_alone(notice, clerk):
    sent = {
        "received_on": f"{county_day(now())}",
        "tracking_number": "EX123456789CN",
        "place": "示例路2号",
        "remark": "",
    }
    clerk.post(f"/notices/{notice.id}/service?manner=post", data=sent)

    text = "".join(Printed(clerk.get(f"/notices/{notice.id}/service/pdf").data).text.split())
    today = county_day(now())
    assert f"收到日期{today.year}年{today.month}月{today.day}日受送达人" in text
    assert "邮件号码EX123456789CN。" in text


@pytest.mark.parametrize(
    ("manner", "fields", "sentence"),
    [
        ("direct", direct(server_2=""), "Write who was there as the second."),
        ("direct", direct(), "Let the receiver sign"),
        (
            "left",
            direct(received_at="2026-11-20T10:00", refusal="-", witness="-"),
            "before it was issued",
        ),
        ("left", direct(refusal="称不认可", witness=""), "Name the witness"),
        ("left", direct(refusal="", witness="刘某"), "Write why they would not take it."),
        ("post", {"tracking_number": "E1", "place": "示例路2号"}, "Enter the day."),
        ("electronic", {"remark": ""}, "has not agreed to electronic service"),
    ],
)
def test_what_is_missing_is_asked_for_on_the_same_page(notice, clerk, manner, fields, sentence):
    clerk.set_cookie("language", "en")
    answer = clerk.post(f"/notices/{notice.id}/service?manner={manner}", data=fields)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_what_is_missing_is_told_in_the_order_of_the_page(notice, clerk):
    clerk.set_cookie("language", "en")
    lacking = direct(receiver="", relation="", server_2="")

    page = clerk.post(f"/notices/{notice.id}/service?manner=direct", data=lacking).text

    summary = page.split('class="errors"')[1].split("</section>")[0]
    told = ("Write who received it.", "Write the post of", "Write who was there as the second.")
    places = [summary.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert "3 things are still to be filled in" in summary


def test_the_register_shows_what_waits_and_what_is_late(session, notice, clerk):
    clerk.set_cookie("language", "en")
    issued = session.get_one(Notice, notice.id)
    issued.issued_at = now()
    session.commit()
    assert notice.number in clerk.get("/notices?standing=to-be-served").text
    assert notice.number not in clerk.get("/notices?standing=late").text

    issued.issued_at = datetime(2026, 3, 2, tzinfo=UTC)
    session.commit()
    late = clerk.get("/notices?standing=late").text
    assert notice.number in late
    assert late.count("Late to be served") == 2  # in the menu and on the row
    assert notice.number not in clerk.get("/notices?standing=served").text


# ---- The manager ----


def test_a_manager_agrees_once_and_confirms_receipt(session, notice, manager):
    manager.set_cookie("language", "en")
    address = f"/my-notices/{notice.id}"
    assert "Read the agreement" in manager.get(address).text
    refused = manager.post(f"{address}/receipt", headers={"Accept": "application/json"})
    assert refused.status_code == 422

    assert agree(manager, notice).location == address
    assert "Confirm receipt" in manager.get("/my-notices").text
    manager.post(f"{address}/receipt")

    proof = session.scalars(select(Service)).one()
    assert proof.manner is ServiceManner.ELECTRONIC
    assert (now() - proof.received_at).total_seconds() < 60
    shown = manager.get(address).text
    assert "Electronic" in shown
    assert "Have you received it?" not in shown


def test_only_receiving_a_notice_is_said_to_count_its_days(session, notice, manager):
    agree(manager, notice)
    withdrawn = withdraw(session, notice)
    assert "整改期限" not in manager.get(f"/my-notices/{withdrawn.id}").text

    manager.post(f"/my-notices/{withdrawn.id}/receipt")

    shown = manager.get(f"/my-notices/{withdrawn.id}").text
    assert "已确认收到，时间记入送达回证。" in shown


def test_the_agreement_is_not_given_without_a_tick_and_can_be_taken_back(session, notice, manager):
    manager.set_cookie("language", "en")
    address = f"/my-notices/consents/{notice.inspection.factory_id}"
    words = {"address": "示例路2号", "phone": "13800000000"}
    assert manager.post(address, data=words).status_code == 422

    manager.post(address, data={**words, "agreed": "y"})
    assert "13800000000" in manager.get(address).text
    manager.post(f"{address}/revocation")

    assert session.scalars(select(Consent)).one().revoked_at is not None
    assert "My factory agrees" in manager.get(address).text


def test_a_view_is_kept_and_shown_to_the_chief(session, notice, manager, sign_in):
    key = "6f2c1a52-6e0d-4a0e-9f0b-3a3f0c1d2e4b"
    for _twice in range(2):
        manager.post(f"/my-notices/{notice.id}/views", data={"key": key, "text": "已经报修。"})
    empty = manager.post(f"/my-notices/{notice.id}/views", data={"key": key, "text": ""})

    assert empty.status_code == 422
    assert [each.text for each in session.scalars(select(Statement))] == ["已经报修。"]
    assert "已经报修。" in sign_in(make_chief(session)).get(f"/notices/{notice.id}").text


def test_the_papers_of_others_are_not_there(session, notice, sign_in):
    other = sign_in(make_officer(session, post=Post.FACTORY_MANAGER))

    assert other.get(f"/my-notices/{notice.id}").status_code == 404
    assert agree(other, notice).status_code == 404
