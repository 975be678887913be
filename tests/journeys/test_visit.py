"""J1, from signing in to the findings: a whole visit by one person's thumbs, and one at a desk."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.accounts.passwords import hash_password
from firesafe.core.settings import read_settings
from firesafe.factories.models import Factory
from firesafe.findings.models import Finding
from firesafe.inspections.models import Inspection
from firesafe.photos.models import Photo
from firesafe.photos.rules import ORIGINAL, photo_key
from firesafe.photos.store import open_store
from tests.browser import LiveServer
from tests.journeys.thumbs import (
    FAILED,
    fill_in,
    fill_in_at_once,
    hand_in,
    sign_all,
    wait_until_closed,
)
from tests.makers import make_factory, make_officer

pytestmark = pytest.mark.browser

PASSWORD = "Kan-Xiaofang-4x4"


@pytest.fixture(scope="module")
def place(live_server: LiveServer):
    """Two inspectors of a county, and a factory that is due."""
    with live_server.writing() as session:
        lead = make_officer(session, name="王测试", password_hash=hash_password(PASSWORD))
        make_officer(session, name="李测试")
        make_factory(session, name="示例玩具一厂")
        make_factory(session, name="示例玩具二厂")
    return lead


def sign_in(page: Page, server: LiveServer, phone_number: str) -> None:
    page.goto(server.address)
    page.get_by_label("手机号或工号").fill(phone_number)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("今日")


@pytest.mark.parametrize(
    ("shape", "factory", "fill"),
    [("phone", "示例玩具一厂", fill_in), ("desk", "示例玩具二厂", fill_in_at_once)],
)
def test_a_visit_from_signing_in_to_its_findings(live_server, request, place, shape, factory, fill):
    page: Page = request.getfixturevalue(shape)
    sign_in(page, live_server, place.phone)

    page.get_by_text(factory).first.click()
    page.get_by_role("link", name="开始检查").click()
    page.get_by_label("当班人数").fill("46")
    page.get_by_role("button", name="开始").click()
    page.locator(".visit[data-ready]").wait_for()
    fill(page)
    page.locator("[data-next-words]").click()
    expect(page.locator("[data-gaps]")).to_be_hidden()
    sign_all(page)
    hand_in(page)

    wait_until_closed(page, factory)
    with live_server.database.reading() as session:
        visits = select(Inspection.id).join(Factory).where(Factory.name == factory)
        visit = session.scalars(visits).one()
        finding = session.scalars(select(Finding).where(Finding.inspection_id == visit)).one()
        sha256 = finding.photos[0]["sha256"]
        assert finding.checkpoint_code == FAILED
        assert (
            session.scalars(select(Photo.state).where(Photo.sha256 == sha256)).one() == "readable"
        )
    store = open_store(read_settings(live_server.instance).store)
    assert store.exists(photo_key(sha256, ORIGINAL))
