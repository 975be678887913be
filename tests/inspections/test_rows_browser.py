"""The rows of the items that do not come with the visit page: fetched, waited for, and missing."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from firesafe.inspections.actions import answer_checkpoint, attach_photo
from firesafe.inspections.models import Inspection, PhotoMoment
from tests.browser import PHONE
from tests.inspections.filling import answer, choose, delivering, open_at, row
from tests.makers import MONDAY, make_officer, make_open_inspection, make_photo

pytestmark = pytest.mark.browser

ROWS = "**/visit/*/rows/*"


@pytest.fixture
def lead(live_server):
    with live_server.writing() as session:
        return make_officer(session, name="王测试")


@pytest.fixture
def visit(live_server, phone, lead):
    """A fresh visit, signed in as its first inspector; return its id."""
    with live_server.writing() as session:
        inspection = make_open_inspection(session, lead=lead)
    live_server.sign_in(phone, lead)
    return inspection.id


def place(page: Page, item: str):
    return page.locator(f"#item-{item} [data-coming]")


def test_rows_that_do_not_come_are_told_of_and_come_by_themselves(live_server, phone, visit):
    phone.route(ROWS, lambda route: route.abort())
    open_at(phone, live_server, visit, "A1-01")
    phone.locator("[data-group=K]").click()
    expect(place(phone, "K1")).to_contain_text("还不在本机")

    phone.unroute(ROWS)
    phone.context.set_offline(True)
    phone.context.set_offline(False)

    expect(row(phone, "K1-01")).to_be_visible()


def test_who_has_been_signed_out_is_told_so_where_rows_are_missing(live_server, phone, visit):
    phone.route(ROWS, lambda route: route.abort())
    open_at(phone, live_server, visit, "A1-01")
    phone.context.clear_cookies()

    phone.unroute(ROWS)
    phone.locator("[data-group=K]").click()

    expect(place(phone, "K1")).to_contain_text("重新登录")


def test_a_row_that_comes_late_does_not_turn_the_page(live_server, phone, visit):
    held: list[Route] = []
    phone.route(ROWS, lambda route: held.append(route))
    open_at(phone, live_server, visit, "A1-01")
    phone.locator("[data-group=K]").click()
    expect(place(phone, "K1")).to_contain_text("正在取这部分检查项")
    phone.locator("[data-group=A]").click()

    for route in held:
        route.continue_()

    expect(row(phone, "K1-01")).to_be_attached()
    expect(row(phone, "K1-01")).to_be_hidden()
    expect(row(phone, "A1-01")).to_be_visible()


def test_what_stands_in_a_visit_stands_in_the_rows_that_are_fetched(
    live_server, phone, lead, visit
):
    failed = {"verdict": "fail", "seen": "堆着纸箱。"}
    with live_server.writing() as session:
        own = session.get(Inspection, visit)
        for code, changes in (("A3-02", failed), ("A3-01", {"verdict": "pass"})):
            answer_checkpoint(session, own, code, changes, version=1, by=lead, at=MONDAY)
        photo = make_photo(session, by=lead)
        attach_photo(session, own, "A3-02", photo, PhotoMoment.FOUND, by=lead, at=MONDAY)
    open_at(phone, live_server, visit, "A1-01")

    phone.locator("[data-item=A3]").click()

    expect(row(phone, "A3-02").locator("textarea").first).to_have_value("堆着纸箱。")
    expect(row(phone, "A3-02").locator("[data-photo]")).to_have_count(1)
    expect(row(phone, "A3-01")).not_to_have_attribute("open", "")
    expect(phone.locator("#item-A3 [data-item-count]")).to_contain_text("已查 2 个")


def test_what_is_written_below_a_failure_is_there_once_it_failed(live_server, phone, visit):
    open_at(phone, live_server, visit, "A1-01")
    expect(row(phone, "A1-01").locator("textarea")).to_have_count(0)

    choose(phone, "A1-01", "不合格")
    row(phone, "A1-01").locator("[data-phrase]").first.click()
    with delivering(phone, "没有记录"):
        row(phone, "A1-01").locator("[name$=seen]").fill("没有记录。")
        row(phone, "A1-01").locator("[name$=place]").focus()

    assert answer(live_server, visit, "A1-01").seen == "没有记录。"
    phone.reload()
    expect(row(phone, "A1-01").locator("[name$=seen]")).to_have_value("没有记录。")


def test_a_browser_without_script_shows_every_item(live_server, browser: Browser, lead, visit):
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    live_server.sign_in(page, lead)

    page.goto(f"{live_server.address}/inspections/{visit}/fill")

    page.wait_for_url("**/fill?whole=1")
    expect(row(page, "C4-01")).to_be_visible()
    context.close()
