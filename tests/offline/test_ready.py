"""A phone made ready for the day: what it keeps, says of it, and opens without signal."""

import pytest
from playwright.sync_api import Page, Route, expect

from firesafe.inspections.models import Inspection
from tests.browser import settled
from tests.makers import HANBIN, make_factory, make_officer, make_open_inspection
from tests.offline.shelves import rows, wait_for_note

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const requests = (await caches.has('pages')) ? await (await caches.open('pages')).keys() : [];
  return requests.map((each) => new URL(each.url).pathname);
}"""
counties = iter((*range(610921, 610928), 610929, 610981, 610902))  # each test has one of its own


@pytest.fixture
def place(live_server):
    """A factory that is due, a draft of another one, and their inspector."""
    county = str(next(counties))
    with live_server.writing() as session:
        lead = make_officer(session, county=county, name="王测试")
        due = make_factory(session, county=county, name="示例布艺二厂")
        begun = make_factory(session, county=county, name="示例绒品三厂")
        draft = make_open_inspection(session, factory=begun, lead=lead)
        session.flush()
        return lead, due.id, draft.id


@pytest.fixture
def ready(live_server, phone, place) -> Page:
    """Today's page of the inspector, who only had to sign in."""
    live_server.sign_in(phone, place[0])
    phone.goto(f"{live_server.address}/today")
    expect(badge(phone, "ready")).to_be_visible(timeout=30_000)
    return phone


def badge(page: Page, state: str):
    return page.locator(f"[data-readiness={state}]")


def test_the_day_is_fetched_quietly_and_the_page_says_so(ready, place):
    _lead, due, _draft = place

    expect(badge(ready, "ready")).to_contain_text("离线可用")
    expect(badge(ready, "ready")).to_contain_text("MB")
    kept = settled(ready, KEPT)
    assert {"/today", "/visit/2026", "/outbox", "/scan", f"/factories/{due}"} <= set(kept)
    assert [each for each in kept if each.endswith(".wasm")]  # reads door codes


def test_what_is_ready_is_not_fetched_again_on_every_page(live_server, ready):
    asked: list[str] = []
    ready.on("request", lambda request: asked.append(request.url))

    ready.reload()

    expect(badge(ready, "ready")).to_be_visible()
    assert not [url for url in asked if url.endswith("/sync/bundle")]


def test_a_kept_page_says_from_when_it_is(ready):
    expect(ready.locator(".kept")).to_be_hidden()

    ready.context.set_offline(True)
    ready.reload()

    expect(ready.locator(".kept")).to_contain_text("内容截至")
    expect(badge(ready, "ready")).to_be_visible()


def test_a_draft_opens_without_signal(live_server, ready, place):
    ready.context.set_offline(True)

    ready.locator(f'a[href="/inspections/{place[2]}/fill"]').click()

    ready.wait_for_url("**/visit/2026?key=*")
    ready.locator(".visit[data-ready]").wait_for(state="attached")
    expect(ready.get_by_role("heading", level=1)).to_have_text("示例绒品三厂")


def test_a_visit_begun_without_signal_is_gone_on_with_from_today_and_from_the_factory(
    live_server, ready, place
):
    ready.context.set_offline(True)
    ready.get_by_text("示例布艺二厂").click()
    ready.get_by_role("link", name="开始检查").click()
    ready.get_by_role("button", name="开始", exact=True).click()
    ready.wait_for_url("**/visit/2026?key=*")
    ready.locator(".visit[data-ready]").wait_for()
    begun = ready.url.partition("#")[0]

    today = ready.context.new_page()
    today.goto(f"{live_server.address}/today")
    row = today.locator("[data-list] a")
    expect(row).to_contain_text("示例布艺二厂")
    expect(row).to_contain_text("已存本机")
    assert begun.endswith(str(row.get_attribute("href")))

    today.goto(f"{live_server.address}/factories/{place[1]}")
    expect(today.get_by_role("link", name="继续检查")).to_have_attribute(
        "href", str(begun.removeprefix(live_server.address))
    )


def test_without_signal_a_tap_says_so_and_takes_nothing_away(ready):
    before = set(settled(ready, KEPT))
    ready.context.set_offline(True)

    ready.get_by_role("button", name="备好离线").click()

    expect(ready.locator(".toasts")).to_contain_text("没有信号")
    expect(badge(ready, "ready")).to_be_visible()
    assert set(settled(ready, KEPT)) == before


def test_a_page_that_does_not_come_is_told(live_server, phone, place):
    def fail(route: Route) -> None:
        route.fulfill(status=503, body="")

    phone.route(f"**/factories/{place[1]}", fail)
    live_server.sign_in(phone, place[0])
    phone.goto(f"{live_server.address}/today")
    expect(badge(phone, "partly")).to_contain_text("还差 1 页", timeout=30_000)

    phone.unroute(f"**/factories/{place[1]}")
    phone.get_by_role("button", name="备好离线").click()

    expect(badge(phone, "ready")).to_be_visible(timeout=30_000)


def test_the_pages_of_one_officer_are_not_kept_for_the_next(live_server, ready, place):
    with live_server.writing() as session:
        other = make_officer(session, county=HANBIN, name="赵测试")
    live_server.sign_in(ready, other)

    ready.goto(f"{live_server.address}/today")

    expect(badge(ready, "ready")).to_be_visible(timeout=30_000)
    assert f"/factories/{place[1]}" not in settled(ready, KEPT)
    with live_server.database.reading() as session:
        assert session.get(Inspection, place[2]) is not None
    assert [note["officer"]["id"] for note in rows(ready, "notes") if "sheet" in note] == [other.id]


def test_a_browser_that_keeps_no_pages_says_so_and_still_knows_the_day(live_server, phone, place):
    phone.add_init_script("delete Navigator.prototype.serviceWorker")
    live_server.sign_in(phone, place[0])

    phone.goto(f"{live_server.address}/today")

    expect(badge(phone, "unable")).to_be_visible()
    expect(phone.get_by_role("button", name="备好离线")).to_be_hidden()
    wait_for_note(phone, "ready")
    phone.goto(f"{live_server.address}/factories/{place[1]}")
    expect(phone.get_by_role("link", name="开始检查")).to_have_attribute(
        "href", f"/visit/2026?factory={place[1]}"
    )
