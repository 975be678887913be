"""What the phone says of the place where a photograph was taken."""

from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from firesafe.factories.models import Factory
from tests.looks import THEMES, barriers
from tests.offline.visiting import begin_visit, connect, cut_off, fail_checkpoint, photograph

pytestmark = pytest.mark.browser

NORTH, EAST = 32.3801, 109.3602


def stand_at(page: Page, north: float, east: float = EAST) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": north, "longitude": east, "accuracy": 12})


def begin_at_factory(server, page: Page) -> None:
    """Open a draft at a factory that is on the map, without signal, with a failed checkpoint."""
    inspection, _lead = begin_visit(server, page)
    with server.writing() as session:
        factory = session.get(Factory, inspection.factory_id)
        factory.latitude, factory.longitude = Decimal(str(NORTH)), Decimal(str(EAST))
    cut_off(page)
    fail_checkpoint(page)


def said(page: Page) -> Locator:
    return page.locator("#checkpoint-a3-02 [data-photo] [data-place]")


@pytest.mark.parametrize(
    ("north", "words", "is_far"),
    [(NORTH + 0.0003, "距厂 33 米 ± 12 米", False), (NORTH + 0.02, "离厂 2.2 公里 ± 12 米", True)],
)
def test_without_signal_it_says_the_position_and_after_delivery_the_distance(
    live_server, phone, north, words, is_far
):
    stand_at(phone, north)
    begin_at_factory(live_server, phone)
    photograph(phone)
    expect(said(phone)).to_have_text("位置 ±12 米，送达后显示距离")

    connect(phone)
    phone.reload()

    expect(said(phone)).to_have_text(words, timeout=60_000)
    expect(phone.locator(".photo__place--far")).to_have_count(int(is_far))
    phone.reload()
    expect(said(phone)).to_have_text(words)
    for theme in THEMES:
        assert barriers(phone, theme) == []


def test_where_the_phone_does_not_know_its_place_it_says_so(live_server, phone):
    begin_at_factory(live_server, phone)
    photograph(phone)

    expect(said(phone)).to_have_text("没有定位")
