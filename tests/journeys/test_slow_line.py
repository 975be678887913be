"""A whole visit over hardly any signal arrives by itself."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.inspections.models import Inspection, InspectionState
from firesafe.photos.models import Photo, PhotoState
from tests.inspections.inking import draw
from tests.inspections.test_browser import closed_within
from tests.makers import answer_all, make_officer, make_open_inspection
from tests.offline.visiting import banner, fail_checkpoint

# What the doors make of it is shown on both databases in tests/sync; here it is the phone.
pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite]

PHOTOS = 10
BYTES_PER_SECOND, ROUND_TRIP, LOSS = 50_000, 0.3, 0.02


def picture(seed: int) -> bytes:
    """Return a JPEG of some 20 KB that no other seed gives."""
    file = io.BytesIO()
    noise = Image.effect_noise((240, 180), 40)
    noise.paste(seed * 20, (0, 0, 20, 20))
    noise.save(file, "JPEG", quality=85)
    return file.getvalue()


def sign_and_hand_in(page: Page) -> None:
    page.get_by_text("去签名").click()
    for role in ("lead", "second", "factory"):
        place = page.locator(f"[data-sign-role={role}]")
        if role == "factory":
            place.locator("[name=name]").fill("张测试")
        draw(page, place)
        expect(place.locator("[data-signed]")).to_be_visible()
    page.locator("[data-hand-in]").click()
    page.locator("[data-hand-in-sheet] .button--main").click()


def test_a_visit_with_ten_photographs_arrives_without_a_touch(own_server, line, pocket_phone):
    with own_server.writing() as session:
        lead = make_officer(session)
        visit = make_open_inspection(session, lead=lead)
        answer_all(session, visit)
    page = pocket_phone.start()
    own_server.sign_in(page, lead, address=line.address)
    page.goto(f"{line.address}/inspections/{visit.id}/fill#checkpoint-a3-02")
    page.locator("[data-ready]").wait_for(state="attached")
    line.slow(BYTES_PER_SECOND, round_trip=ROUND_TRIP, loss=LOSS)

    fail_checkpoint(page)
    row = page.locator("#checkpoint-a3-02")
    row.locator("[data-phrase]").first.click()
    for seed in range(PHOTOS):
        photo = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture(seed)}
        row.locator("[data-photos=found] [data-source=camera]").set_input_files(photo)
        expect(row.locator("[data-photo]")).to_have_count(seed + 1)
    sign_and_hand_in(page)

    page.wait_for_url("**/today", timeout=60_000)
    expect(banner(page, "delivered")).to_be_visible(timeout=120_000)
    closed_within(own_server, page, visit.id)
    with own_server.database.reading() as session:
        assert session.get_one(Inspection, visit.id).state == InspectionState.CLOSED
        assert session.scalars(select(Photo.state)).all() == [PhotoState.READABLE] * PHOTOS
