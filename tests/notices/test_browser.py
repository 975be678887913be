"""The chief's morning in a real browser: word, issue, print, withdraw; and anyone's check."""

import re
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect

from firesafe.core.settings import read_settings
from firesafe.photos.store import open_store
from tests.notices.visits import make_chief, make_ready_visit

pytestmark = pytest.mark.browser


@pytest.fixture
def chief(live_server):
    with live_server.writing() as session:
        return make_chief(session)


def make_waiting(live_server, **more):
    store = open_store(read_settings(live_server.instance).store)
    with live_server.writing() as session:
        return make_ready_visit(session, store, **more)


def issue(page, live_server, visit) -> str:
    """Issue for a visit, and return the number the page then shows as its heading."""
    page.goto(f"{live_server.address}/inbox/{visit.id}")
    page.locator("details.confirm summary").click()
    page.locator("dialog button[value=issue]").click()
    page.wait_for_url(re.compile(r"/notices/\d+$"))
    return page.locator("h1").inner_text()


@pytest.mark.parametrize("shape", ["phone", "desk"])
def test_a_chief_words_issues_and_prints(live_server, request, shape, chief):
    page = request.getfixturevalue(shape)
    visit = make_waiting(live_server, failed=("A1-04", "P2-01"))
    live_server.sign_in(page, chief)

    page.goto(f"{live_server.address}/inbox")
    page.get_by_role("link", name=re.compile(visit.factory.name)).first.click()
    page.locator("#findings-0-wording").fill("裁剪间东墙插排串接2处，线路未穿管。")
    page.locator("button[value=save]").click()
    preview = page.frame_locator("iframe")
    preview.get_by_text("裁剪间东墙插排串接2处").wait_for()
    number = issue(page, live_server, visit)

    assert re.fullmatch(r"示例26消改〔\d{4}〕第\d{4}号", number)
    link = page.get_by_role("link", name="打开 PDF")
    pdf = page.request.get(live_server.address + link.get_attribute("href"))
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF-")


def test_the_question_before_issuing_can_be_put_off(live_server, desk, chief):
    visit = make_waiting(live_server)
    live_server.sign_in(desk, chief)
    desk.goto(f"{live_server.address}/inbox/{visit.id}")

    desk.locator("details.confirm summary").click()
    desk.locator("dialog [data-cancel]").click()

    assert not desk.locator("dialog button[value=issue]").is_visible()
    assert desk.url.endswith(f"/inbox/{visit.id}")


def test_ticked_papers_are_printed_in_one_job_with_progress(live_server, desk, chief):
    for _visit in range(3):
        live_server.sign_in(desk, chief)
        issue(desk, live_server, make_waiting(live_server))

    desk.goto(f"{live_server.address}/notices?kind=rectification-notice")
    boxes = desk.locator("input[name=notice_id]")
    for number in range(3):
        boxes.nth(number).check()
    desk.get_by_role("button", name="打印勾选的").click()
    link = desk.get_by_role("link", name="打开 PDF")
    link.wait_for(timeout=60_000)

    pdf = desk.request.get(live_server.address + link.get_attribute("href")).body()
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) >= 5  # three papers, each but the last filled up to even


def test_all_papers_are_ticked_with_one_press_and_none_with_the_next(live_server, desk, chief):
    live_server.sign_in(desk, chief)
    issue(desk, live_server, make_waiting(live_server))
    desk.goto(f"{live_server.address}/notices")
    boxes, ticked = desk.locator("[name=notice_id]"), desk.locator("[name=notice_id]:checked")
    press = desk.get_by_role("button", name="全选或全不选")

    press.click()
    assert ticked.count() == boxes.count() > 0
    press.click()
    assert ticked.count() == 0


def test_numbers_follow_one_another(live_server, desk, chief):
    live_server.sign_in(desk, chief)
    first = issue(desk, live_server, make_waiting(live_server))
    second = issue(desk, live_server, make_waiting(live_server))

    places = [int(re.search(r"第(\d+)号", number).group(1)) for number in (first, second)]
    assert places[1] == places[0] + 1


def test_anyone_checks_a_paper_on_a_phone(live_server, desk, phone, chief):
    live_server.sign_in(desk, chief)
    number = issue(desk, live_server, make_waiting(live_server))
    code = desk.locator("dd.code").first.inner_text()

    phone.goto(f"{live_server.address}/check")
    phone.locator("#code").fill(code.lower())
    phone.get_by_role("button", name="查验").click()

    expect(phone.locator("main")).to_contain_text(number)
    phone.locator("#code").fill("AAAA2222BBBB")
    phone.get_by_role("button", name="查验").click()
    expect(phone.get_by_role("alert")).to_be_visible()


def test_the_inbox_is_one_column_on_a_phone(live_server, phone, chief):
    visit = make_waiting(live_server)
    live_server.sign_in(phone, chief)
    phone.goto(f"{live_server.address}/inbox/{visit.id}")

    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
