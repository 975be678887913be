"""J2, from the visit that waits to its proof of service: a chief on a phone, three manners."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.core.clock import county_time, now
from firesafe.core.settings import read_settings
from firesafe.findings.queries import findings_of
from firesafe.notices.models import Notice, NoticeState, Service, ServiceManner
from firesafe.notices.receiving import give_consent
from firesafe.photos.store import open_store
from tests.browser import LiveServer
from tests.inspections.inking import draw
from tests.makers import make_factory
from tests.notices.cases import make_manager
from tests.notices.printed import Printed
from tests.notices.visits import make_chief, make_ready_visit

pytestmark = pytest.mark.browser

SIGNED, REFUSED, AGREED = "示例玩具一厂", "示例玩具二厂", "示例玩具三厂"


@pytest.fixture
def chief(own_server: LiveServer):
    """Three visits wait for their papers; the third factory has agreed to electronic service."""
    store = open_store(read_settings(own_server.instance).store)
    with own_server.writing() as session:
        for name in (SIGNED, REFUSED, AGREED):
            factory = make_factory(session, name=name)
            make_ready_visit(session, store, factory=factory, failed=("A1-04", "P2-01"))
        words = {"address": "示例路2号", "phone": "13800000000", "public_address": ""}
        give_consent(session, factory, **words, by=make_manager(session, factory), at=now())
        return make_chief(session)


def word_and_issue(page: Page, server: LiveServer, factory: str) -> str:
    """Read the visit, check what each finding says, and issue; return the notice's number."""
    page.goto(f"{server.address}/inbox")
    page.get_by_role("link", name=re.compile(factory)).first.click()
    for place in (0, 1):
        expect(page.locator(f"#findings-{place}-wording")).not_to_have_value("")
        expect(page.locator(f"[name='findings-{place}-bases']:checked").first).to_be_attached()
    page.locator("#findings-0-wording").fill("裁剪间东墙插排串接2处，线路未穿管。")
    page.locator("#findings-0-grace_days").fill("5")
    page.locator("button[value=save]").click()
    expect(page.locator("#findings-0-grace_days")).to_have_value("5")
    page.locator("details.confirm summary").click()
    page.locator("dialog button[value=issue]").click()
    page.wait_for_url(re.compile(r"/notices/\d+$"))
    return page.get_by_role("heading", level=1).inner_text()


def read_pdf(page: Page, server: LiveServer, link: str) -> str:
    """Open the paper behind a link of the page, and return its text without blanks."""
    shown = page.get_by_role("link", name=link).first
    expect(shown).to_be_visible(timeout=60_000)
    answer = page.request.get(f"{server.address}{shown.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    return "".join(Printed(answer.body()).text.split())


def open_service(page: Page, server: LiveServer, number: str, manner: str) -> None:
    """Go to where the service of a notice is entered, as the register leads there."""
    page.goto(f"{server.address}/notices?kind=rectification-notice&standing=to-be-served")
    page.get_by_role("link", name=number).first.click()
    page.locator("main a[href$='/service']").first.click()
    page.get_by_role("link", name=manner).click()


def tell(page: Page, received_at: datetime, **told: str) -> None:
    fields = {"received_at": f"{received_at:%Y-%m-%dT%H:%M}", "place": "5号楼1层"}
    for name, value in {**fields, "server_1": "王某", "server_2": "李某", **told}.items():
        page.locator(f"[name={name}]").fill(value)


def enter(page: Page) -> None:
    page.get_by_role("button", name="登记送达").click()
    page.wait_for_url(re.compile(r"/notices/\d+$"))


def test_from_the_visit_to_the_proof_of_service(own_server, phone, chief):
    own_server.sign_in(phone, chief)
    numbers = {each: word_and_issue(phone, own_server, each) for each in (SIGNED, REFUSED, AGREED)}
    text = read_pdf(phone, own_server, "打开 PDF")
    assert numbers[AGREED] in text
    assert "裁剪间东墙插排串接2处" in text
    assert "收到之日起5日内" in text

    phone.goto(f"{own_server.address}/notices?kind=rectification-notice")
    for box in phone.locator("input[name=notice_id]").all():
        box.check()
    phone.get_by_role("button", name="打印勾选的").click()
    batch = read_pdf(phone, own_server, "打开 PDF")
    assert all(number in batch for number in numbers.values())

    today = county_time(now())
    open_service(phone, own_server, numbers[SIGNED], "直接送达")
    tell(phone, today, receiver="张测试", relation="厂长")
    draw(phone, phone.locator("main"))
    enter(phone)
    signed = read_pdf(phone, own_server, "已填写的送达回证")
    open_service(phone, own_server, numbers[REFUSED], "留置送达")
    tell(phone, today, refusal="称不认可", witness="社区刘某")
    enter(phone)
    refused = read_pdf(phone, own_server, "已填写的送达回证")
    open_service(phone, own_server, numbers[AGREED], "电子送达")
    enter(phone)
    agreed = read_pdf(phone, own_server, "已填写的送达回证")

    for text, factory, words in (
        (signed, SIGNED, ("√直接送达", "张测试", "代收人与受送达人的关系：厂长")),
        (refused, REFUSED, ("√留置送达", "称不认可", "社区刘某")),
        (agreed, AGREED, ("√电子送达", "电子送达确认书")),
    ):
        for word in (factory, numbers[factory], *words):
            assert word in text, word
    check_kept(own_server, set(numbers.values()))


def check_kept(server: LiveServer, numbers: set[str]) -> None:
    """Every notice is served in its own manner, and its days count from receipt."""
    with server.database.reading() as session:
        notices = session.scalars(select(Notice).where(Notice.number.in_(numbers))).all()
        assert {each.state for each in notices} == {NoticeState.SERVED}
        served = {each.notice_id: each for each in session.scalars(select(Service))}
        manners = {ServiceManner.DIRECT, ServiceManner.LEFT, ServiceManner.ELECTRONIC}
        assert {each.manner for each in served.values()} == manners
        for notice in notices:
            days = [each.due_on for each in findings_of(session, notice.inspection)]
            assert min(days) > served[notice.id].received_on
