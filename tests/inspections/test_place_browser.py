"""Where on the visit page somebody was: found again, unless another place is asked for."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.inspections.filling import open_at, row, take_photo
from tests.makers import answer_all, make_officer, make_open_inspection
from tests.offline.shelves import put, rows, wait_for_rows

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(live_server, phone) -> int:
    """A draft in which one checkpoint failed; its lead is signed in on the phone."""
    with live_server.writing() as session:
        lead = make_officer(session)
        inspection = make_open_inspection(session, lead=lead)
        answer_all(session, inspection, failed={"A3-02": {"verdict": "fail", "seen": "堆着。"}})
    live_server.sign_in(phone, lead)
    return inspection.id


def leave_at_signing(server, page: Page, visit: int) -> None:
    """Go to where the visit is signed, and leave the page from there."""
    open_at(page, server, visit, "A3-02")
    page.locator("[data-next]").click()
    expect(page.locator("[data-finish-part]")).to_be_visible()
    leave(page, server, "#finish")


def leave(page: Page, server, hash_kept: str) -> None:
    """Scroll a little, which has the place kept, and go to another page."""
    page.mouse.wheel(0, 40)
    wait_for_rows(page, "visits", f"([visit]) => visit.place?.hash === '{hash_kept}'")
    page.goto(f"{server.address}/today")


def test_who_left_where_the_visit_is_signed_finds_that_again(live_server, phone, visit):
    leave_at_signing(live_server, phone, visit)

    phone.goto(f"{live_server.address}/inspections/{visit}/fill")

    expect(phone.locator("[data-finish-part]")).to_be_visible()
    expect(row(phone, "A3-02")).to_be_hidden()


def test_an_address_that_names_a_checkpoint_leads_there_and_nothing_leads_away(
    live_server, phone, visit
):
    leave_at_signing(live_server, phone, visit)

    open_at(phone, live_server, visit, "A3-02")
    take_photo(phone, "A3-02")

    expect(row(phone, "A3-02").locator("[data-photo]")).to_be_visible()
    expect(row(phone, "A3-02")).to_be_visible()
    expect(phone.locator("[data-finish-part]")).to_be_hidden()
    expect(phone).to_have_url(re.compile("#item-A3$"))


def test_an_item_that_was_left_open_does_not_hide_the_one_that_is_named(live_server, phone, visit):
    open_at(phone, live_server, visit, "A3-02")
    leave(phone, live_server, "#item-A3")

    phone.goto(f"{live_server.address}/inspections/{visit}/fill#checkpoint-k1-02")
    phone.locator("[data-behaviour=visit][data-ready]").wait_for(state="attached")

    expect(row(phone, "K1-02")).to_be_visible()


def test_an_item_that_was_only_opened_is_kept_before_the_page_goes(live_server, phone, visit):
    phone.goto(f"{live_server.address}/inspections/{visit}/fill")
    phone.locator("[data-behaviour=visit][data-ready]").wait_for(state="attached")

    phone.locator("[data-group=K]").click()  # at the top of the page: nothing scrolls

    wait_for_rows(phone, "visits", "([visit]) => visit.place?.hash === '#item-K1'")


def test_a_visit_that_was_taken_back_opens_at_its_checklist(live_server, phone, visit):
    leave_at_signing(live_server, phone, visit)
    put_handed_in(phone)

    with phone.expect_response("**/sync/standings"):
        phone.reload()
    wait_for_rows(phone, "visits", "([visit]) => visit.state === 'draft'")
    phone.goto(f"{live_server.address}/inspections/{visit}/fill")
    phone.locator("[data-behaviour=visit][data-ready]").wait_for(state="attached")

    expect(phone.locator("[data-finish-part]")).to_be_hidden()


def put_handed_in(page: Page) -> None:
    """Let the phone believe that it has handed the visit in, which is a draft on the service."""
    [visit] = rows(page, "visits")
    put(page, "visits", {**visit, "state": "handed_in", "isHandInDirty": False})
