"""The service worker in a real Chromium: what is kept is shown without signal, nothing else is."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import settled, wait_until
from tests.makers import make_officer

pytestmark = pytest.mark.browser

CONTROLLED = "() => navigator.serviceWorker.controller !== null"
COUNT = "() => navigator.serviceWorker.getRegistrations().then((all) => all.length)"
KEEP = "async (address) => (await caches.open('pages')).put(address, await fetch(address))"
KEPT = """async () => {
  const requests = (await caches.has('pages')) ? await (await caches.open('pages')).keys() : [];
  return requests.map((each) => new URL(each.url).pathname);
}"""


@pytest.fixture
def controlled(live_server, phone) -> Page:
    """Today's page of an inspector, with the worker in charge."""
    with live_server.writing() as session:
        officer = make_officer(session, name="王测试")
    live_server.sign_in(phone, officer)
    phone.goto(f"{live_server.address}/today")
    phone.wait_for_function(CONTROLLED)
    return phone


def test_a_kept_page_opens_without_signal(live_server, controlled):
    settled(controlled, KEEP, "/today")

    controlled.context.set_offline(True)
    controlled.reload()

    expect(controlled.locator("h1")).to_have_text("今日")
    width = controlled.evaluate("document.querySelector('.frame__page').offsetWidth")
    assert 0 < width <= 390
    assert controlled.evaluate("document.styleSheets[0].cssRules.length") > 100  # styled


def test_a_page_that_is_not_kept_says_so_without_signal(live_server, controlled):
    controlled.context.set_offline(True)

    controlled.goto(f"{live_server.address}/findings")

    expect(controlled.locator("h1")).to_have_text("这里没有信号")
    expect(controlled.get_by_role("link", name="回到今日")).to_have_attribute("href", "/today")


def test_only_addresses_that_are_kept_are_kept_anew(live_server, controlled):
    settled(controlled, KEEP, "/today")

    for address in ("/findings", "/me", "/today"):
        controlled.goto(live_server.address + address)

    kept = settled(controlled, KEPT)
    assert "/today" in kept
    assert {"/findings", "/me"}.isdisjoint(kept)


def test_an_older_kept_page_is_replaced_by_the_fresh_one(live_server, controlled):
    old = "async () => (await caches.open('pages')).put('/today', new Response('old'))"
    controlled.evaluate(old)

    controlled.reload()

    expect(controlled.locator("h1")).to_have_text("今日")
    wait_until(
        controlled, "async () => (await (await caches.match('/today')).text()).includes('今日')"
    )


def test_what_changes_something_goes_past_the_worker(live_server, controlled):
    with controlled.expect_response(lambda answer: answer.url.endswith("/display")) as told:
        controlled.evaluate("() => fetch('/display', {method: 'POST'})")

    assert not told.value.from_service_worker


def test_a_stranger_s_browser_keeps_nothing(live_server, phone):
    phone.goto(f"{live_server.address}/sign-in")

    assert settled(phone, COUNT) == 0
