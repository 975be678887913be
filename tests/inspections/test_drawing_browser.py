"""Drawing on a photograph of a visit, on a phone without signal."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.inspections.models import AnswerPhoto
from firesafe.photos.models import Photo
from tests.browser import LiveServer
from tests.offline.shelves import wait_for_rows
from tests.offline.visiting import (
    begin_visit,
    connect,
    cut_off,
    draw_arrow,
    fail_checkpoint,
    photograph,
)

pytestmark = pytest.mark.browser


def test_a_photograph_drawn_on_takes_the_place_of_the_one_below_it(
    live_server: LiveServer, phone: Page
) -> None:
    begin_visit(live_server, phone)
    cut_off(phone)
    fail_checkpoint(phone)
    photograph(phone)
    tile = phone.locator("#checkpoint-a3-02 [data-photo]")
    original = tile.get_attribute("data-sha256")

    tile.locator("a").click()
    draw_arrow(phone)

    expect(phone.locator(f'[data-sha256="{original}"]')).to_have_count(0)
    expect(tile).to_have_count(1)
    drawn = tile.get_attribute("data-sha256")
    connect(phone)
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    wait_for_rows(phone, "photos", "(photos) => photos.every(({ state }) => state !== 'local')")
    expect(tile.locator("[data-state]")).to_contain_text("已送达")
    with live_server.writing() as session:
        over = dict(session.execute(select(Photo.sha256, Photo.drawn_over_sha256)).all())
        attached = session.scalars(
            select(AnswerPhoto.sha256).where(AnswerPhoto.sha256.in_([original, drawn]))
        ).all()
    assert original in over
    assert over[drawn] == original
    assert attached == [drawn]
