"""Signing out on a phone: what has arrived leaves no trace, what has not is told and kept."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from firesafe.inspections.models import Answer
from tests.browser import settled
from tests.makers import make_officer
from tests.offline.shelves import rows
from tests.offline.visiting import (
    banner,
    begin_visit,
    connect,
    cut_off,
    fail_checkpoint,
    open_outbox,
)

pytestmark = pytest.mark.browser

PAGES = """async () => {
  const isKept = await caches.has('pages'); // opening it would make it
  return isKept ? (await (await caches.open('pages')).keys()).length : 0;
}"""


def make_ready(server, page: Page) -> None:
    page.goto(f"{server.address}/today")
    expect(page.locator("[data-readiness=ready]")).to_be_visible(timeout=60_000)
    assert settled(page, PAGES) > 0


def sign_out(page: Page) -> None:
    page.locator("main .pair form").get_by_role("button", name="退出登录").first.click()


def sheet(page: Page) -> Locator:
    return page.locator("[data-unsent-sheet]")


def test_what_has_arrived_leaves_no_trace(live_server, phone):
    begin_visit(live_server, phone)
    fail_checkpoint(phone)
    expect(phone.locator("[data-saved-words]")).to_contain_text("已送达")
    make_ready(live_server, phone)
    phone.goto(f"{live_server.address}/me")

    sign_out(phone)

    expect(phone).to_have_url(re.compile("/sign-in"))
    assert (rows(phone, "visits"), rows(phone, "photos")) == ([], [])
    assert settled(phone, PAGES) == 0


def test_what_has_not_arrived_is_told_first_and_sent_without_its_officer(live_server, phone):
    inspection, _lead = begin_visit(live_server, phone)
    make_ready(live_server, phone)
    phone.go_back()
    cut_off(phone)
    fail_checkpoint(phone)
    phone.goto(f"{live_server.address}/me")

    sign_out(phone)
    expect(sheet(phone)).to_contain_text("还有 1 次检查、0 张照片仅在本机")
    expect(sheet(phone).get_by_role("link")).to_have_attribute("href", "/outbox")
    sheet(phone).get_by_role("button", name="再看看").click()
    expect(phone).to_have_url(re.compile("/me$"))
    sign_out(phone)
    sheet(phone).get_by_role("button", name="退出登录").click()
    expect(phone).to_have_url(re.compile("/sign-in"))

    with live_server.writing() as session:
        other = make_officer(session, name="李测试")
    live_server.sign_in(phone, other)
    open_outbox(live_server, phone)
    expect(phone.locator("[data-nothing]")).to_be_visible()
    expect(phone.locator("[data-others]")).to_be_visible()
    expect(banner(phone, "local")).to_be_hidden()
    [visit] = rows(phone, "visits")
    phone.goto(f"{live_server.address}/visit/2026?key={visit['key']}")
    expect(phone.locator(".toast")).to_contain_text("不在本机")

    connect(phone)
    open_outbox(live_server, phone)
    phone.get_by_role("button", name="现在发送").click()
    expect(phone.locator("[data-others]")).to_be_hidden()
    with live_server.database.reading() as session:
        answers = select(Answer.verdict).where(
            Answer.inspection_id == inspection.id, Answer.checkpoint_code == "A3-02"
        )
        assert session.scalars(answers).one() == "fail"


def test_whoever_signs_in_after_a_forgotten_sign_in_finds_no_pages(live_server, phone):
    with live_server.writing() as session:
        first, second = make_officer(session), make_officer(session)
    live_server.sign_in(phone, first)
    make_ready(live_server, phone)

    live_server.sign_in(phone, second)
    phone.goto(f"{live_server.address}/me")

    phone.wait_for_function(f"() => ({PAGES})().then((count) => count === 0)")
