"""The visit on a phone, with script."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.core.clock import now
from firesafe.findings.models import Finding
from firesafe.inspections.actions import answer_checkpoint, attach_photo
from firesafe.inspections.models import Inspection, PhotoMoment
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import Fault
from firesafe.web import assets
from tests.browser import LiveServer, wait_until
from tests.inspections.filling import (
    answer,
    choose,
    delivering,
    open_at,
    row,
    saved,
    take_photo,
)
from tests.inspections.inking import draw
from tests.makers import answer_all, make_officer, make_open_inspection, make_photo

pytestmark = pytest.mark.browser

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"


MUCH_NEWS = """(key) => {
  const tabs = new BroadcastChannel('firesafe');
  setInterval(() => tabs.postMessage({topic: 'visit', detail: {key}}), 30);
}"""


@pytest.fixture
def visit(live_server, phone):
    """A fresh visit, signed in as its first inspector; return its id."""
    with live_server.writing() as session:
        lead = make_officer(session, name="王测试")
        inspection = make_open_inspection(session, lead=lead)
    live_server.sign_in(phone, lead)
    return inspection.id


def test_a_tap_before_the_script_is_there_is_kept_once_it_is(live_server, phone, visit):
    held = []
    script = "**" + assets.load(DIST)("visit.mjs")
    phone.route(script, lambda route: held.append(route))
    with phone.expect_request(script):
        phone.goto(f"{live_server.address}/inspections/{visit}/fill", wait_until="commit")
    choose(phone, "A1-01", "合格")

    with delivering(phone):
        for route in held:
            route.continue_()

    expect(row(phone, "A1-01")).to_have_attribute("data-verdict", "pass")
    assert answer(live_server, visit, "A1-01").verdict == "pass"


def test_a_tap_is_kept_at_once_and_moves_the_rings(live_server, phone, visit):
    open_at(phone, live_server, visit, "A1-01")

    with delivering(phone):
        choose(phone, "A1-01", "合格")

    saved(phone).to_contain_text("已送达")
    assert answer(live_server, visit, "A1-01").verdict == "pass"
    expect(phone.locator("[data-group=A] [data-count]")).to_have_text("1/23")
    expect(phone.locator("[data-next-words]")).to_have_text("下一个未查 · A1-02")


def test_one_item_is_shown_at_a_time(live_server, phone, visit):
    open_at(phone, live_server, visit, "A1-01")

    phone.locator("[data-group=K]").click()

    expect(phone.locator("#item-K1")).to_be_visible()
    expect(phone.locator("#item-A1")).to_be_hidden()
    expect(phone.locator("[data-item=A1]")).to_be_hidden()


@pytest.mark.parametrize("item", ["A3", "K2"])
def test_an_item_that_the_address_names_is_shown_from_its_top(live_server, phone, visit, item):
    phone.goto(f"{live_server.address}/inspections/{visit}/fill#item-{item}")

    expect(phone.locator("[data-item=C1]")).to_be_hidden()
    phone.wait_for_load_state()
    chip = phone.locator(f"[data-item={item}]").bounding_box()
    tab = phone.locator(f"[data-group={item[0]}]").bounding_box()
    assert chip["y"] >= tab["y"] + tab["height"]


def test_a_failure_takes_a_phrase_and_a_photograph(live_server, phone, visit):
    open_at(phone, live_server, visit, "A3-02")
    choose(phone, "A3-02", "不合格")

    row(phone, "A3-02").locator("[data-phrase]").first.click()
    take_photo(phone, "A3-02")

    expect(row(phone, "A3-02").locator(".photo--received")).to_be_visible()
    expect(row(phone, "A3-02").locator("[name=remove]")).to_be_visible()
    kept = answer(live_server, visit, "A3-02")
    assert (kept.verdict, bool(kept.seen)) == ("fail", True)


def test_a_photograph_stands_once_however_much_news_there_is(live_server, phone, visit):
    open_at(phone, live_server, visit, "A3-02")
    choose(phone, "A3-02", "不合格")
    with live_server.database.reading() as session:
        key = session.get(Inspection, visit).client_key
    phone.evaluate(MUCH_NEWS, key)

    take_photo(phone, "A3-02")

    received = row(phone, "A3-02").locator(".photo--received")
    expect(received.first).to_be_visible(timeout=30_000)
    expect(row(phone, "A3-02").locator("[data-photo]")).to_have_count(1)


def test_numbers_of_a_question_choose_the_verdict(live_server, phone, visit):
    open_at(phone, live_server, visit, "K1-02")

    more = row(phone, "K1-02").locator(".stepper").nth(1).locator("[data-step='1']")
    with delivering(phone, '"correct_count":4'):
        for _each in range(4):
            more.click()

    expect(row(phone, "K1-02").locator("[data-outcome]")).to_contain_text("4/5")
    saved(phone).to_contain_text("已送达")
    expect(row(phone, "K1-02").locator(".verdict__input--pass")).to_be_checked()
    kept = answer(live_server, visit, "K1-02")
    assert (kept.asked_count, kept.correct_count, kept.verdict) == (5, 4, "pass")


def test_a_drill_is_timed_and_judged(live_server, phone, visit):
    phone.clock.install(time=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    open_at(phone, live_server, visit, "A2-05")
    phone.clock.pause_at(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
    watch = row(phone, "A2-05")

    watch.locator("[data-toggle]").click()
    for step, second in enumerate((6, 15, 17)):
        phone.clock.run_for(second * 1000)
        watch.locator("[data-stamp]").nth(step).click()
    phone.clock.run_for(4000)
    with delivering(phone, '"drill_seconds":42'):
        watch.locator("[data-toggle]").click()
        phone.clock.resume()  # what is sent waits for timers of its own

    saved(phone).to_contain_text("已送达")
    expect(watch.locator(".verdict__input--pass")).to_be_checked()
    kept = answer(live_server, visit, "A2-05")
    assert kept.drill_seconds == 42
    assert [second is not None for second in kept.drill_steps] == [True, True, True, False]


def test_what_cannot_be_delivered_is_kept_and_sent_later(live_server, phone, visit):
    open_at(phone, live_server, visit, "A1-01")

    phone.context.set_offline(True)
    choose(phone, "A1-01", "合格")
    saved(phone).to_contain_text("已存本机")
    with delivering(phone):
        phone.context.set_offline(False)

    saved(phone).to_contain_text("已送达")
    assert answer(live_server, visit, "A1-01").verdict == "pass"


def test_a_closed_page_delivers_when_it_is_opened_again(live_server, phone, visit):
    open_at(phone, live_server, visit, "A1-01")
    phone.context.set_offline(True)
    choose(phone, "A1-01", "合格")
    saved(phone).to_contain_text("已存本机")

    phone.goto("about:blank")
    phone.context.set_offline(False)
    with delivering(phone):
        open_at(phone, live_server, visit, "A1-01")

    saved(phone).to_contain_text("已送达")
    expect(row(phone, "A1-01").locator(".verdict__input--pass")).to_be_checked()
    assert answer(live_server, visit, "A1-01").verdict == "pass"


def test_what_a_colleague_changed_is_shown_and_can_be_put_back(live_server, phone, visit):
    open_at(phone, live_server, visit, "A1-01")
    with live_server.writing() as session:
        inspection = session.get_one(Inspection, visit)
        change = {"verdict": "fail", "seen": "没有巡查记录。"}
        answer_checkpoint(
            session, inspection, "A1-01", change, version=1, by=inspection.second, at=now()
        )

    choose(phone, "A1-01", "合格")

    expect(phone.locator(".toast")).to_contain_text("同事在你之后改了 A1-01")
    expect(row(phone, "A1-01").locator(".verdict__input--fail")).to_be_checked()
    expect(row(phone, "A1-01").locator("textarea").first).to_have_value("没有巡查记录。")
    assert answer(live_server, visit, "A1-01").verdict == "fail"

    with delivering(phone):
        phone.get_by_role("button", name="换回我的").click()

    saved(phone).to_contain_text("已送达")
    assert answer(live_server, visit, "A1-01").verdict == "pass"


def test_what_was_filled_in_outlasts_the_sign_in(live_server, phone, visit):
    open_at(phone, live_server, visit, "A1-01")
    with delivering(phone):
        choose(phone, "A1-01", "合格")
    phone.context.clear_cookies()

    with delivering(phone):
        choose(phone, "A1-02", "合格")

    saved(phone).to_contain_text("已送达")
    assert answer(live_server, visit, "A1-02").verdict == "pass"


def test_a_page_loaded_again_shows_the_item_it_showed(live_server, phone, visit):
    open_at(phone, live_server, visit, "A1-01")
    phone.locator("[data-group=K]").click()

    phone.reload()

    expect(phone.locator("#item-K1")).to_be_visible()


def test_fewer_asked_take_those_along_who_were_right(live_server, phone, visit):
    open_at(phone, live_server, visit, "K1-02")
    asked, right = (row(phone, "K1-02").locator(".stepper").nth(place) for place in (0, 1))
    for _each in range(5):
        right.locator("[data-step='1']").click()

    with delivering(phone, '"asked_count":4'):
        asked.locator("[data-step='-1']").click()

    expect(row(phone, "K1-02").locator("[data-outcome]")).to_contain_text("1 人")
    saved(phone).to_contain_text("已送达")
    kept = answer(live_server, visit, "K1-02")
    assert (kept.asked_count, kept.correct_count) == (4, 4)


def test_what_is_no_photograph_is_said_before_it_is_kept(live_server, phone, visit):
    open_at(phone, live_server, visit, "A3-02")
    choose(phone, "A3-02", "不合格")
    text = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": b"no picture " * 40}

    row(phone, "A3-02").locator("[data-photos=found] [data-source=camera]").set_input_files(text)

    expect(phone.locator(".toast")).to_contain_text("JPEG")
    expect(row(phone, "A3-02").locator("[data-photo]")).to_have_count(0)


def test_a_remark_that_is_missing_is_asked_for(live_server, phone, visit):
    with live_server.writing() as session:
        inspection = session.get_one(Inspection, visit)
        answer_all(session, inspection, failed={"K1-02": {"verdict": "pass"}})
    open_at(phone, live_server, visit, "A1-01")
    phone.get_by_text("去签名").click()

    phone.locator("[data-gaps] a").click()

    expect(row(phone, "K1-02")).to_be_visible()


def test_what_is_missing_is_said_by_the_service(live_server, phone, visit):
    phone.goto(f"{live_server.address}/inspections/{visit}/finish")
    phone.get_by_text("厂方不签").click()

    phone.get_by_role("button", name="记下拒签").click()

    expect(phone.locator("#reason-error")).to_have_text("写上理由。")


def test_what_is_read_to_the_factory_shows_at_a_glance_what_failed(live_server, phone, visit):
    with live_server.writing() as session:
        inspection = session.get_one(Inspection, visit)
        answer_all(session, inspection, failed={"A3-02": {"verdict": "fail", "seen": "堆着纸箱。"}})
    open_at(phone, live_server, visit, "A1-01")
    phone.get_by_text("去签名").click()
    part = phone.locator("[data-finish-part]")

    expect(part.locator(".squares-mini__cell--fail")).to_have_count(1)
    expect(part.locator(".squares-mini__cross[visibility=visible]")).to_have_count(1)
    expect(part.locator("[data-readback] .grade:visible")).to_have_text("较大")
    sign(phone, "lead")

    expect(part.locator("[data-sign-role=lead] .field__file")).to_be_hidden()


def sign(page: Page, role: str) -> None:
    place = page.locator(f"[data-sign-role={role}]")
    if role == "factory":
        place.locator("[name=name]").fill("张测试")
    draw(page, place)
    expect(place.locator("[data-signed]")).to_be_visible()


def test_a_visit_is_signed_and_handed_in(live_server, phone, visit):
    with live_server.writing() as session:
        inspection = session.get_one(Inspection, visit)
        answer_all(session, inspection)
    open_at(phone, live_server, visit, "A1-01")

    phone.get_by_text("去签名").click()
    hand_in_signed(phone)

    closed_within(live_server, phone, visit)
    with live_server.database.reading() as session:
        assert session.scalars(select(Finding).where(Finding.inspection_id == visit)).all() == []


def test_a_visit_is_taken_back_for_one_photograph_and_handed_in_anew(live_server, phone, visit):
    with live_server.writing() as session:
        inspection = session.get_one(Inspection, visit)
        lead = inspection.lead
        damaged = make_photo(session, by=lead)
        answer_all(session, inspection, failed={"A3-02": {"verdict": "fail", "seen": "堆着纸箱。"}})
        attach_photo(session, inspection, "A3-02", damaged, PhotoMoment.FOUND, by=lead, at=now())
    open_at(phone, live_server, visit, "A3-02")
    phone.get_by_text("去签名").click()
    hand_in_signed(phone)
    record = f"{live_server.address}/inspections/{visit}"
    phone.goto(record)
    wait_until(
        phone, "async () => (await (await fetch(location.href)).text()).includes('退回草稿')"
    )
    with live_server.writing() as session:
        photo = session.scalars(select(Photo).where(Photo.sha256 == damaged)).one()
        photo.state, photo.fault = PhotoState.UNREADABLE, Fault.DAMAGED

    phone.goto(record)
    phone.locator("summary", has_text="退回草稿").click()
    asking = phone.locator(f"form[action='/inspections/{visit}/take-back']")
    asking.locator("[name=reason]").fill("照片打不开，重拍一张")
    with phone.expect_response("**/sync/standings"):  # by which the phone learns of it
        asking.get_by_role("button", name="退回草稿").click()
    phone.goto(record)
    open_at(phone, live_server, visit, "A3-02")
    row(phone, "A3-02").locator(f"[data-sha256='{damaged}'] [name=remove]").click()
    take_photo(phone, "A3-02")
    expect(row(phone, "A3-02").locator(".photo--received")).to_have_count(1, timeout=60_000)
    phone.get_by_text("去签名").click()
    hand_in_signed(phone)

    closed_within(live_server, phone, visit)
    with live_server.database.reading() as session:
        (finding,) = session.scalars(select(Finding).where(Finding.inspection_id == visit))
        assert [each["sha256"] for each in finding.photos] != [damaged]
        assert len(finding.photos) == 1


def hand_in_signed(page: Page) -> None:
    """Sign for all three where the visit ends, and hand it in."""
    for role in ("lead", "second", "factory"):
        sign(page, role)
    page.locator("[data-hand-in]").click()
    page.locator("[data-hand-in-sheet] .button--main").click()
    page.wait_for_url("**/today")


def closed_within(server: LiveServer, page: Page, visit: int) -> None:
    """Wait until the service has closed the visit; what was left of it is sent from any page."""
    page.goto(f"{server.address}/inspections/{visit}")
    wait_until(
        page, "async () => (await (await fetch(location.href)).text()).includes('已签名提交')"
    )


def test_a_slip_of_the_thumb_is_taken_back(live_server, phone, visit):
    open_at(phone, live_server, visit, "A1-01")
    with delivering(phone):
        choose(phone, "A1-01", "不合格")
    expect(phone.locator("[data-group=A] [data-count]")).to_have_text("1/23")

    with delivering(phone):
        phone.locator(".toast__undo").click()

    expect(phone.locator("[data-group=A] [data-count]")).to_have_text("0/23")
    expect(row(phone, "A1-01").locator(".verdict__input:checked")).to_have_count(0)
    saved(phone).to_contain_text("已送达")
    assert answer(live_server, visit, "A1-01").verdict is None
