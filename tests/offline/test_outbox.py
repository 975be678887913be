"""What an inspector is told of where his work is: on 今日, and in the outbox."""

import re

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import delete

from firesafe.accounts.models import UploadToken
from tests.looks import THEMES, barriers
from tests.makers import make_officer
from tests.offline.visiting import (
    banner,
    begin_visit,
    connect,
    cut_off,
    fail_checkpoint,
    open_outbox,
    photograph,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def unsent(live_server, phone):
    """A phone with a failed checkpoint and two photographs that cannot be sent."""
    inspection, lead = begin_visit(live_server, phone)
    cut_off(phone)
    fail_checkpoint(phone)
    for _each in range(2):
        photograph(phone)
    return inspection, lead


def test_what_waits_stands_there_with_its_state_until_it_is_sent(live_server, phone, unsent):
    open_outbox(live_server, phone)
    card = phone.locator("[data-lines] [data-key]")
    expect(card).to_have_count(1)
    expect(card.locator("h2")).to_have_text(unsent[0].factory.name)
    expect(card).to_contain_text("2 张照片")
    expect(card.locator(".chip")).to_have_text("仅在本机")
    expect(card.locator(".photo--local")).to_have_count(2)
    expect(banner(phone, "local")).to_contain_text("1 次检查、2 张照片仅在本机")

    connect(phone)
    phone.get_by_role("button", name="现在发送").click()

    expect(card.locator(".photo--received")).to_have_count(2)
    expect(card.locator(".chip")).to_have_text("目前已送达")
    expect(banner(phone, "delivered")).to_contain_text("全部已送达")
    expect(banner(phone, "local")).to_be_hidden()


def test_today_says_what_waits_and_leads_to_it(live_server, phone, unsent):
    phone.goto(f"{live_server.address}/today")
    expect(banner(phone, "local")).to_contain_text("1 次检查、2 张照片仅在本机")

    banner(phone, "local").get_by_role("link").click()

    expect(phone.locator("h1")).to_have_text("待上传")
    expect(phone.locator("[data-lines] [data-key]")).to_have_count(1)


def test_a_photograph_on_its_way_is_shown_on_its_way(live_server, phone, unsent):
    open_outbox(live_server, phone)
    connect(phone)
    held: list[Route] = []
    phone.context.route(re.compile("/photos/"), lambda route: held.append(route))

    with phone.context.expect_event("request", lambda asked: "/photos/" in asked.url):
        phone.get_by_role("button", name="现在发送").click()

    expect(phone.locator(".photo--sending")).to_have_count(1)
    expect(phone.locator(".photo--local")).to_have_count(1)
    held[0].continue_()
    phone.context.unroute_all()
    expect(phone.locator(".photo--received")).to_have_count(2)


def test_an_empty_outbox_says_so(live_server, phone):
    with live_server.writing() as session:
        officer = make_officer(session)
    live_server.sign_in(phone, officer)

    open_outbox(live_server, phone)

    expect(phone.locator("[data-nothing]")).to_be_visible()
    for name in ("refused", "signed-out", "sending", "local", "delivered"):
        expect(banner(phone, name)).to_be_hidden()


def test_what_was_not_taken_comes_with_its_reason_and_can_be_sent_again(live_server, phone):
    begin_visit(live_server, phone)
    problem = {
        "type": "about:blank",
        "status": 422,
        "title": "422",
        "detail": "没有这名第二检查员。",
    }
    phone.context.route(
        re.compile("/sync/parcels/"),
        lambda route: route.fulfill(
            status=422, json=problem, content_type="application/problem+json"
        ),
    )
    fail_checkpoint(phone)
    expect(phone.locator(".toast")).to_contain_text("没有这名第二检查员。")
    open_outbox(live_server, phone)
    card = phone.locator("[data-lines] [data-key]")
    expect(card.locator("[data-reason]")).to_have_text("没有这名第二检查员。")
    expect(card.locator("[data-remedy]")).to_contain_text("改好后再提交")
    expect(banner(phone, "refused")).to_contain_text("1 份没收下")

    phone.context.unroute_all()
    card.get_by_role("button", name="再发一次").click()

    expect(card.locator(".chip")).to_have_text("目前已送达")
    expect(banner(phone, "refused")).to_be_hidden()


def test_whoever_must_sign_in_is_told_and_loses_nothing(live_server, phone, unsent):
    open_outbox(live_server, phone)
    phone.context.clear_cookies()
    with live_server.writing() as session:
        session.execute(delete(UploadToken).where(UploadToken.officer_id == unsent[1].id))

    connect(phone)
    phone.get_by_role("button", name="现在发送").click()

    expect(banner(phone, "signed-out")).to_contain_text("1 次检查、2 张照片仅在本机")
    expect(phone.locator(".photo--local")).to_have_count(2)
    banner(phone, "signed-out").get_by_role("link", name="登录").click()
    expect(phone).to_have_url(re.compile(r"/sign-in\?next=/outbox$"))
    live_server.sign_in(phone, unsent[1])
    open_outbox(live_server, phone)
    expect(phone.locator(".photo--received")).to_have_count(2)


def test_the_outbox_opens_without_signal(live_server, phone, unsent):
    phone.goto(f"{live_server.address}/today")
    expect(phone.locator("[data-readiness=ready]")).to_be_visible(timeout=60_000)
    phone.context.set_offline(True)

    open_outbox(live_server, phone)

    expect(phone.locator(".photo--local")).to_have_count(2)
    expect(banner(phone, "local")).to_be_visible()


def test_nobody_is_kept_out_of_the_outbox_in_any_light(live_server, phone, unsent):
    open_outbox(live_server, phone)
    expect(banner(phone, "local")).to_be_visible()

    assert {theme: barriers(phone, theme) for theme in THEMES} == {theme: [] for theme in THEMES}
