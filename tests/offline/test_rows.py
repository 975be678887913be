"""The rows of the checklist are kept with its sheet: all open without signal, or are missed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import settled
from tests.makers import make_officer, make_open_inspection

pytestmark = pytest.mark.browser

ROWS = "**/visit/*/rows/*"
AS_ANOTHER_VERSION = """async () => {
  const pages = await caches.open("pages");
  const rows = (await pages.keys()).find(({ url }) => url.includes("/rows/"));
  await pages.put("/visit/2026/rows/another", await pages.match(rows));
  await pages.delete(rows);
}"""
IS_KEPT = "async () => Boolean(await caches.match('/visit/2026'))"


@pytest.fixture
def draft(live_server, phone):
    """The number of a draft, its inspector being signed in."""
    with live_server.writing() as session:
        lead = make_officer(session)
        inspection = make_open_inspection(session, lead=lead)
    live_server.sign_in(phone, lead)
    return inspection.id


def badge(page: Page, state: str):
    return expect(page.locator(f"[data-readiness={state}]"))


def test_every_item_of_a_draft_opens_without_signal(live_server, phone, draft):
    phone.goto(f"{live_server.address}/today")
    badge(phone, "ready").to_be_visible(timeout=30_000)
    phone.context.set_offline(True)
    phone.goto(f"{live_server.address}/inspections/{draft}/fill")
    phone.wait_for_url("**/visit/2026?key=*")

    for group, code in (("P", "p1-01"), ("K", "k1-01"), ("C", "c1-01")):
        phone.locator(f"[data-group={group}]").click()
        expect(phone.locator(f"#checkpoint-{code}")).to_be_visible()


def test_a_sheet_without_its_rows_is_missing(live_server, phone, draft):
    phone.route(ROWS, lambda route: route.fulfill(status=503, body=""))
    phone.goto(f"{live_server.address}/today")
    badge(phone, "partly").to_contain_text("还差 1 页", timeout=30_000)
    assert not settled(phone, IS_KEPT)

    phone.unroute(ROWS)
    phone.get_by_role("button", name="备好离线").click()

    badge(phone, "ready").to_be_visible(timeout=30_000)
    assert settled(phone, IS_KEPT)


def test_rows_of_another_version_are_better_than_none(live_server, phone, draft):
    phone.goto(f"{live_server.address}/today")
    badge(phone, "ready").to_be_visible(timeout=30_000)
    settled(phone, AS_ANOTHER_VERSION)
    phone.context.route(ROWS, lambda route: route.abort())

    phone.goto(f"{live_server.address}/inspections/{draft}/fill")
    phone.locator("[data-group=K]").click()

    expect(phone.locator("#checkpoint-k1-01")).to_be_visible()
