"""A phone that is full, or has waited too long: said in time, and never called kept."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from firesafe.core.clock import now
from tests.makers import make_factory, make_officer
from tests.offline.shelves import fill_up, limit, put, rows
from tests.offline.visiting import begin_visit, cut_off, fail_checkpoint, picture

pytestmark = pytest.mark.browser

MEGABYTE = 1024 * 1024


def today(server, page: Page) -> None:
    page.goto(f"{server.address}/today")


def warning(page: Page, name: str):
    return page.locator(f"[data-warning={name}]")


def verdict_on_shelf(page: Page, code: str) -> str | None:
    [visit] = rows(page, "visits")
    return visit["answers"][code]["entry"]["verdict"]


def test_a_full_phone_says_so_and_keeps_what_was_kept(live_server, phone):
    limit(phone, live_server.address, 4 * MEGABYTE)
    begin_visit(live_server, phone)
    phone.context.set_offline(True)
    fail_checkpoint(phone, "A3-02")
    fill_up(phone)

    phone.locator("#checkpoint-a3-01").get_by_text("合格", exact=True).first.click()

    said = phone.locator("[data-saved-words]")
    expect(said).to_contain_text("手机存满了")
    expect(phone.locator(".toast")).to_contain_text("手机存满了")
    assert verdict_on_shelf(phone, "A3-02") == "fail"
    assert verdict_on_shelf(phone, "A3-01") is None

    photograph_in_vain(phone)

    expect(said).to_contain_text("手机存满了")
    assert (rows(phone, "photos"), rows(phone, "bytes")) == ([], [])


def photograph_in_vain(page: Page) -> None:
    row = page.locator("#checkpoint-a3-02")
    photo = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    row.locator("[data-photos=found] [data-source=camera]").set_input_files(photo)
    expect(page.locator(".toast")).to_contain_text("手机存满了")
    expect(row.locator("[data-photo]")).to_have_count(0)


def test_little_room_is_told_before_a_visit_begins(live_server, phone):
    with live_server.writing() as session:
        officer = make_officer(session)
        factory = make_factory(session)
    live_server.sign_in(phone, officer)
    limit(phone, live_server.address, MEGABYTE)
    today(live_server, phone)
    bundle = {"factories": [{"id": factory.id, "name": factory.name, "not_applicable": []}]}
    put(phone, "notes", bundle, "bundle")

    phone.goto(f"{live_server.address}/visit/2026?factory={factory.id}")

    expect(warning(phone, "short")).to_be_visible()


def test_enough_room_is_not_worth_a_word(live_server, phone):
    with live_server.writing() as session:
        officer = make_officer(session)
        factory = make_factory(session)
    live_server.sign_in(phone, officer)
    today(live_server, phone)
    bundle = {"factories": [{"id": factory.id, "name": factory.name, "not_applicable": []}]}
    put(phone, "notes", bundle, "bundle")

    phone.goto(f"{live_server.address}/visit/2026?factory={factory.id}")
    expect(phone.locator("[data-start-part]")).to_be_visible()
    phone.wait_for_load_state("networkidle")

    expect(warning(phone, "short")).to_be_hidden()


def test_what_waits_for_three_days_is_told(live_server, phone):
    with live_server.writing() as session:
        officer = make_officer(session)
    live_server.sign_in(phone, officer)
    today(live_server, phone)
    parcel = {"key": "0", "visit": "1", "officer": officer.id, "state": "waiting", "body": ""}
    long_ago = (now() - timedelta(days=4)).isoformat()
    visit = {"key": "1", "officer": officer.id, "state": "draft", "openedAt": long_ago}
    visit |= {"photos": [], "answers": {}, "signatures": {}, "factory": {"id": 1, "name": "厂"}}
    cut_off(phone)
    put(phone, "parcels", {**parcel, "writtenAt": long_ago})
    put(phone, "visits", visit)

    phone.reload()

    expect(warning(phone, "old")).to_be_visible()
    expect(warning(phone, "old").get_by_role("link")).to_have_attribute("href", "/outbox")
