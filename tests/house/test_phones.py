"""What every page that a phone shows promises: to whoever sees badly, reads large, has one hand."""

import pytest
from playwright.sync_api import expect

from firesafe.accounts.posts import Post
from firesafe.app import create_app, open_services
from firesafe.core.db import Database
from firesafe.core.permissions import Permission
from firesafe.core.settings import read_settings
from firesafe.photos.store import Store
from firesafe.web.gate import permission_of
from tests.browser import PHONE, chromium
from tests.house.kit import make_kit
from tests.looks import THEMES, barriers, covered_by_bars, cut_off, out_of_reach, too_wide, unfold

pytestmark = pytest.mark.browser

PUBLIC = Permission.PUBLIC
PEOPLE = (None, Post.INSPECTOR, Post.FACTORY_MANAGER, Post.CODE_BEARER)
COVERED_AT_MOST = 2 / 3
SMALL = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def kit(live_server):
    with live_server.writing() as session:
        return make_kit(session, open_services(read_settings(live_server.instance)).get(Store))


@pytest.fixture(scope="module")
def shown(live_server, kit):
    """Return a function that gives the addresses of all pages which somebody's post opens."""
    settings = read_settings(live_server.instance)
    services = open_services(settings)
    app = create_app(settings, services)

    def addresses(post: Post | None) -> list[str]:
        client = app.test_client()
        if post is not None:
            cookie = live_server.cookie_of(kit.officers[post])
            client.set_cookie("session", cookie)
        found = [
            kit.address(app, rule)
            for rule in app.url_map.iter_rules()
            if "GET" in rule.methods and rule.endpoint != "static"
            if (permission_of(app.view_functions[rule.endpoint]) is PUBLIC) == (post is None)
        ]
        return [address for address in found if is_page(client.get(address))]

    yield addresses
    services.get(Database).close()


def is_page(answer):
    return answer.status_code == 200 and answer.mimetype == "text/html"


@pytest.fixture(scope="module")
def large_letters(playwright):
    """A browser whose owner has set all letters to 200 %."""
    args = ["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    opened = playwright.chromium.launch(executable_path=chromium(), args=args)
    yield opened
    opened.close()


@pytest.fixture
def walk(live_server, kit, shown, browser):
    """Return a function that goes through all pages of a post, and yields address and page."""
    contexts = []

    def walking(post, browser=browser, **shape):
        context = browser.new_context(**{**PHONE, **shape})
        contexts.append(context)
        page = context.new_page()
        if post is not None:
            live_server.sign_in(page, kit.officers[post])
        for address in shown(post):
            page.goto(live_server.address + address)
            if address.endswith("/fill"):
                expect(page.locator("[data-ready]")).to_be_attached()
            yield address, page

    yield walking
    for context in contexts:
        context.close()


@pytest.mark.parametrize("post", PEOPLE)
def test_nobody_is_kept_out_and_what_a_page_is_for_is_in_reach_of_a_thumb(walk, post):
    kept_out, far = {}, {}
    for address, page in walk(post):
        far[address] = out_of_reach(page)
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        kept_out |= {(address, theme): barriers(page, theme) for theme in THEMES}
    assert {where: faults for where, faults in kept_out.items() if faults} == {}
    assert {address: buttons for address, buttons in far.items() if buttons} == {}


@pytest.mark.parametrize("post", PEOPLE)
def test_large_letters_on_a_small_phone_lose_nothing(walk, large_letters, post):
    found = {}
    for address, page in walk(post, large_letters, viewport=SMALL, is_mobile=False):
        unfold(page)
        faults = too_wide(page) + cut_off(page)
        if (covered := covered_by_bars(page)) > COVERED_AT_MOST:
            faults.append(f"{covered:.0%} covered")
        if faults:
            found[address] = faults
    assert found == {}
