"""How the service comes onto the home screen, said in a browser at the right moment."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE
from tests.makers import make_officer
from tests.offline.shelves import put

pytestmark = pytest.mark.browser

SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
FINISHED = {"key": "0", "officer": 0, "state": "delivered", "photos": [], "answers": {}}
OFFER = """() => {
  const offer = new Event('beforeinstallprompt', { cancelable: true });
  offer.prompt = async () => (window.wasAsked = true);
  window.dispatchEvent(offer);
}"""


def today(server, page: Page) -> None:
    page.goto(f"{server.address}/today")


def finish_one(server, page: Page) -> None:
    today(server, page)
    put(page, "visits", {**FINISHED, "signatures": {}})
    page.reload()


@pytest.fixture
def iphone(live_server, browser):
    context = browser.new_context(**PHONE, user_agent=SAFARI)
    page = context.new_page()
    sign_in(live_server, page)
    yield page
    context.close()


def sign_in(server, page: Page) -> None:
    with server.writing() as session:
        officer = make_officer(session)
    server.sign_in(page, officer)


def test_an_iphone_is_told_after_its_first_visit_until_it_is_put_away(live_server, iphone):
    hint = iphone.locator("[data-hint=share]")
    today(live_server, iphone)
    expect(hint).to_be_hidden()

    finish_one(live_server, iphone)
    expect(hint).to_be_visible()
    hint.get_by_role("button", name="不再提示").click()
    expect(hint).to_be_hidden()

    iphone.reload()
    iphone.wait_for_load_state("networkidle")
    expect(hint).to_be_hidden()


def test_a_browser_that_offers_it_is_asked_by_one_tap(live_server, phone):
    sign_in(live_server, phone)
    finish_one(live_server, phone)
    phone.evaluate(OFFER)

    phone.get_by_role("button", name="放到桌面").click()

    phone.wait_for_function("window.wasAsked === true")
    expect(phone.locator("[data-hint=install]")).to_be_hidden()
