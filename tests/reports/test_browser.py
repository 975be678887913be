"""A stranger's thumb at the door: a report with a picture, with script and without."""

import io
import os

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.core.settings import read_settings
from firesafe.photos.rules import LARGE
from firesafe.photos.store import open_store
from firesafe.reports.models import HazardReport
from firesafe.reports.pictures import picture
from tests.browser import PHONE, LiveServer, wait_until
from tests.looks import THEMES, barriers, cut_off, too_wide
from tests.makers import make_factory

pytestmark = pytest.mark.browser

FILLED = "() => document.querySelector('#photos').files[0].name === 'picture.jpg'"


@pytest.fixture
def door(live_server: LiveServer) -> str:
    with live_server.writing() as session:
        return make_factory(session, name="示例竹木厂").door_code


def camera_picture() -> dict[str, object]:
    file = io.BytesIO()
    Image.frombytes("RGB", (3000, 2000), os.urandom(18_000_000)).save(file, "JPEG", quality=90)
    return {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def report_at(server: LiveServer, door: str) -> HazardReport:
    with server.database.reading() as session:
        rows = select(HazardReport).join(HazardReport.factory)
        return session.scalars(rows.where(HazardReport.factory.has(door_code=door))).one()


def seen_well(page: Page) -> None:
    assert too_wide(page) == []
    assert cut_off(page) == []
    for theme in THEMES:
        assert barriers(page, theme) == []


def fill_in(page: Page, server: LiveServer, door: str) -> None:
    page.goto(f"{server.address}/doors/{door}")
    page.get_by_role("link", name="举报隐患").click()
    page.get_by_label("哪里不安全").fill("后门上了锁。")
    page.get_by_label("具体位置").fill("二楼后楼梯口")
    page.locator("#photos").set_input_files(camera_picture())


def test_a_stranger_reports_with_a_picture_that_his_phone_has_shrunk(live_server, phone, door):
    fill_in(phone, live_server, door)
    seen_well(phone)
    wait_until(phone, FILLED)

    with phone.expect_request(lambda asked: asked.method == "POST") as sent:
        phone.get_by_role("button", name="提交举报").click()
    expect(phone.get_by_role("heading", name="举报已收到")).to_be_visible()

    seen_well(phone)
    assert sent.value.sizes()["requestBodySize"] < 3_000_000
    report = report_at(live_server, door)
    kept = picture(
        open_store(read_settings(live_server.instance).store),
        report.client_key,
        report.photos[0],
        LARGE,
    )
    assert max(Image.open(io.BytesIO(kept)).size) == 1600


def test_sent_before_the_picture_is_shrunk_it_still_arrives(live_server, phone, door):
    fill_in(phone, live_server, door)

    phone.get_by_role("button", name="提交举报").click()

    expect(phone.get_by_role("heading", name="举报已收到")).to_be_visible()
    assert len(report_at(live_server, door).photos) == 1


def test_without_script_it_works_too(live_server, browser, door):
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    fill_in(page, live_server, door)

    page.get_by_role("button", name="提交举报").click()

    expect(page.get_by_role("heading", name="举报已收到")).to_be_visible()
    context.close()
    assert len(report_at(live_server, door).photos) == 1


def test_what_is_missing_is_said_and_what_was_filled_in_stays(live_server, phone, door):
    phone.goto(f"{live_server.address}/doors/{door}/report")
    phone.get_by_label("你的电话").fill("12345")

    phone.get_by_role("button", name="提交举报").click()

    expect(phone.get_by_role("alert")).to_contain_text("请写明哪里不安全")
    expect(phone.get_by_label("你的电话")).to_have_value("12345")
    seen_well(phone)
