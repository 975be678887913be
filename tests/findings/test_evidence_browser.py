"""A manager's thumbs: photographing over the old picture, without signal, on a closed page."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from firesafe.core.settings import read_settings
from firesafe.findings.queries import evidence_by_finding
from firesafe.photos.store import open_store
from tests.browser import LiveServer
from tests.notices.cases import Case, make_case

pytestmark = pytest.mark.browser

A_CAMERA = """
const drawn = document.createElement("canvas");
drawn.width = 1280; drawn.height = 960;
navigator.mediaDevices.getUserMedia = async () => {
  const pen = drawn.getContext("2d");
  window.setInterval(() => { pen.fillStyle = "#3a6"; pen.fillRect(0, 0, 1280, 960); }, 50);
  return drawn.captureStream();
};
"""
NO_CAMERA = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('not allowed'));"
A_VOICE = "window.said = []; speechSynthesis.speak = (speech) => window.said.push(speech.text);"


def picture(grain: int = 40) -> dict[str, object]:
    file = io.BytesIO()
    Image.effect_noise((1600, 1200), grain).save(file, "JPEG")
    return {"name": "now.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


@pytest.fixture
def case(live_server: LiveServer) -> Case:
    store = open_store(read_settings(live_server.instance).store)
    with live_server.writing() as session:
        return make_case(session, store)


@pytest.fixture
def page(live_server: LiveServer, phone: Page, case: Case) -> Page:
    live_server.sign_in(phone, case.manager)
    return phone


def open_camera_page(page: Page, server: LiveServer, case: Case) -> None:
    page.goto(f"{server.address}/my-factory/findings/{case.finding.id}/evidence")
    expect(page.locator("[data-phrases]")).to_be_visible()  # the script is at work


def choose(page: Page) -> None:
    page.locator("[data-source=camera]").set_input_files(picture())
    expect(page.locator("[data-photo]")).to_have_count(1)


def rounds(server: LiveServer, case: Case):
    with server.database.reading() as session:
        return evidence_by_finding(session, [case.finding.id])[case.finding.id]


def expect_handed_in(page: Page, server: LiveServer, case: Case) -> None:
    page.wait_for_url(f"**/my-factory/findings/{case.finding.id}")
    expect(page.get_by_text("等复查").first).to_be_visible()
    assert len(rounds(server, case)) == 1


def test_a_photograph_and_a_word_are_handed_in(live_server, page, case):
    open_camera_page(page, live_server, case)
    choose(page)
    page.get_by_role("button", name="东西已搬走。").click()

    page.get_by_role("button", name="交给检查员").click()

    expect_handed_in(page, live_server, case)
    assert rounds(live_server, case)[0].note == "东西已搬走。"


def test_the_new_picture_is_taken_over_the_old_one(live_server, page, case):
    page.add_init_script(A_CAMERA)
    open_camera_page(page, live_server, case)

    page.get_by_role("button", name="打开相机").click()
    expect(page.locator("[data-ghost]")).to_have_css("opacity", "0.45")
    expect(page.locator("video")).to_have_js_property("videoWidth", 1280)
    page.get_by_role("button", name="关掉淡影").click()
    expect(page.locator("[data-ghost]")).to_be_hidden()
    page.get_by_role("button", name="拍照").click()

    expect(page.locator("[data-photo]")).to_have_count(1)
    page.get_by_role("button", name="交给检查员").click()
    expect_handed_in(page, live_server, case)


def test_where_the_camera_is_refused_the_tile_remains(live_server, page, case):
    page.add_init_script(NO_CAMERA)
    open_camera_page(page, live_server, case)

    page.get_by_role("button", name="打开相机").click()

    expect(page.get_by_text("这里打不开相机")).to_be_visible()
    choose(page)


def test_a_manager_who_signs_out_is_told_what_is_not_handed_in(live_server, page, case):
    open_camera_page(page, live_server, case)
    choose(page)
    page.goto(f"{live_server.address}/me")
    sheet = page.locator("[data-unsent-sheet]")
    sign_out = page.locator("main form[data-behaviour=leave-proof] button").first

    sign_out.click()
    expect(sheet).to_contain_text("还有 1 条隐患的整改证明没有交")
    sheet.get_by_role("button", name="再看看").click()
    expect(sheet).to_be_hidden()
    sign_out.click()
    sheet.get_by_role("button", name="退出登录").click()

    page.wait_for_url("**/sign-in**")
    live_server.sign_in(page, case.manager)
    open_camera_page(page, live_server, case)
    expect(page.locator("[data-photo]")).to_have_count(1)


def test_without_signal_all_stays_on_the_phone_and_goes_by_itself_later(live_server, page, case):
    open_camera_page(page, live_server, case)
    choose(page)
    page.context.set_offline(True)

    page.get_by_role("button", name="交给检查员").click()
    expect(page.get_by_text("没有信号")).to_be_visible()
    assert rounds(live_server, case) == []
    page.context.set_offline(False)

    expect_handed_in(page, live_server, case)


def test_what_was_handed_in_without_signal_is_sent_from_the_home_too(live_server, page, case):
    open_camera_page(page, live_server, case)
    choose(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="交给检查员").click()
    expect(page.get_by_text("没有信号")).to_be_visible()
    page.goto("about:blank")
    page.context.set_offline(False)

    page.goto(f"{live_server.address}/my-factory")

    expect(page.get_by_text("1 件，等检查员来看")).to_be_visible()
    assert len(rounds(live_server, case)) == 1


def test_a_closed_page_loses_neither_photograph_nor_words(live_server, page, case):
    open_camera_page(page, live_server, case)
    choose(page)
    page.get_by_label("说一句").fill("搬了一半。")
    expect(page.get_by_label("说一句")).to_have_value("搬了一半。")

    open_camera_page(page, live_server, case)

    expect(page.locator("[data-photo]")).to_have_count(1)
    expect(page.get_by_label("说一句")).to_have_value("搬了一半。")


def test_the_page_is_read_out_where_the_browser_can_speak(live_server, page, case):
    page.add_init_script(A_VOICE)
    page.goto(f"{live_server.address}/my-factory")

    page.get_by_role("button", name="听一听").click()

    assert "门口堆放纸箱约12只。" in page.evaluate("window.said")
    page.get_by_role("button", name="停").click()
    expect(page.get_by_role("button", name="听一听")).to_be_visible()
