"""A re-check on site: kept on the phone, sent by itself, decided once, and never lost."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from firesafe.core.clock import now
from firesafe.core.settings import read_settings
from firesafe.findings.models import Recheck
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.notices.rechecking import decide_recheck
from firesafe.photos.models import Photo
from firesafe.photos.store import open_store
from tests.browser import wait_until
from tests.looks import THEMES, barriers
from tests.makers import make_officer
from tests.notices.cases import ADDRESS, checking, judged, make_case, send_proof
from tests.offline.shelves import rows, wait_for_rows
from tests.offline.visiting import (
    banner,
    connect,
    cut_off,
    draw_arrow,
    open_outbox,
    picture,
    save_file,
    take_in,
)

# What the doors make of it is shown on both databases in tests/sync; here it is the phone.
pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite]

CODES = ("P2-01", "P3-02")
IS_SEEN = """() => [...document.querySelectorAll('.compare__picture')].every((each) => {
  each.loading = 'eager';
  return each.complete && each.naturalWidth > 0;
})"""


@pytest.fixture
def case(own_server):
    """Two findings for which the factory has sent proof."""
    store = open_store(read_settings(own_server.instance).store)
    with own_server.writing() as session:
        made = make_case(session, store, failed=CODES)
        for finding in made.findings.values():
            send_proof(session, store, made, finding)
        make_officer(session, county=made.visit.county_code, name="李测试")
        return made


@pytest.fixture
def lead(own_server, case):
    with own_server.writing() as session:
        return make_officer(session, county=case.visit.county_code, name="王测试")


def make_ready(server, page: Page, lead, address: str = "") -> None:
    server.sign_in(page, lead, address=address)
    page.goto(f"{address or server.address}/today")
    expect(page.locator("[data-readiness=ready]")).to_be_visible(timeout=60_000)


def open_case(page: Page, address: str, case) -> None:
    """Open the page of the case, by the way that leads there from today's."""
    page.goto(f"{address}/today")
    page.locator(f"a[href='/rechecks/{case.visit.id}']").click()
    page.get_by_role("link", name="两人到现场").click()
    page.locator("form[data-behaviour=recheck][data-ready]").wait_for()


def judge(page: Page, case, code: str, word: str, reason: str = "") -> None:
    card = page.locator(f"[data-code='{code}']")
    card.get_by_text(word, exact=True).click()
    card.get_by_label("还差什么").fill(reason)


def photograph(page: Page, code: str) -> None:
    card = page.locator(f"[data-code='{code}']")
    photo = {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    card.locator("input[type=file]").set_input_files(photo)
    expect(card.locator("[data-photo]")).to_have_count(1)


def fill_in(page: Page, case) -> None:
    """Judge both findings, photograph one, and say who went along."""
    judge(page, case, CODES[0], "已整改")
    judge(page, case, CODES[1], "部分整改", "还差一个。")
    photograph(page, CODES[0])
    page.get_by_label("第二名复查人员").select_option(label="李测试")
    wait_for_rows(page, "visits", "([own]) => own.recheck.second !== null")


def hand_in(page: Page) -> None:
    page.locator("summary", has_text="下结论，出复查意见书").click()
    page.get_by_role("dialog").get_by_role("button", name="下结论，出复查意见书").click()


def decided(server) -> tuple[int, int]:
    """Return how many re-checks and opinions the service has."""
    opinions = select(func.count()).where(Notice.kind == PaperKind.RECHECK_OPINION)
    with server.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Recheck)), session.scalar(opinions)


def test_without_signal_on_a_phone_that_dies_and_over_a_line_that_loses_the_reply(
    own_server, line, pocket_phone, case, lead
):
    page = pocket_phone.start()
    make_ready(own_server, page, lead, line.address)
    line.refuse()
    open_case(page, line.address, case)
    wait_until(page, IS_SEEN)
    fill_in(page, case)
    pocket_phone.kill()

    page = pocket_phone.start()
    open_case(page, line.address, case)
    card = page.locator(f"[data-code='{CODES[1]}']")
    expect(card.get_by_label("还差什么")).to_have_value("还差一个。")
    expect(page.locator(f"[data-code='{CODES[0]}'] [data-photo]")).to_have_count(1)
    hand_in(page)
    expect(page.locator("form [data-told]")).to_contain_text("已存在本机")
    open_outbox_at(page, line.address)
    expect(page.locator("[data-judged] li")).to_have_text(
        [f"{CODES[0]} 已整改", f"{CODES[1]} 部分整改 · 还差一个。"]
    )
    pocket_phone.kill()
    assert decided(own_server) == (0, 0)

    page = pocket_phone.start()
    line.cut_after(received=0, of=b"PUT /sync/parcels/")
    line.accept()
    own_server.sign_in(page, lead, address=line.address)
    open_outbox_at(page, line.address)

    expect(page.locator("[data-lines] .chip")).to_have_text("已送达", timeout=60_000)
    assert line.cuts == 1
    expect(page.locator("[data-detail]")).to_contain_text("消复〔")
    assert decided(own_server) == (1, 1)
    assert rows(page, "parcels") == []
    with own_server.database.reading() as session:
        first, second = session.scalars(select(Recheck)).one().results
        assert (len(first.photos), second.reason) == (1, "还差一个。")


def open_outbox_at(page: Page, address: str) -> None:
    page.goto(f"{address}/outbox")
    page.locator("[data-behaviour=outbox-page][data-ready]").wait_for(state="attached")


def test_with_signal_the_same_page_leads_to_the_paper(own_server, phone, case, lead):
    own_server.sign_in(phone, lead)
    open_case(phone, own_server.address, case)
    fill_in(phone, case)

    hand_in(phone)

    phone.wait_for_url(re.compile(r"/notices/\d+$"))
    expect(phone.locator("h1")).to_contain_text("消复〔")
    assert decided(own_server) == (1, 1)


def test_what_was_closed_meanwhile_is_set_aside_and_can_be_handed_in_without_it(
    own_server, phone, case, lead
):
    own_server.sign_in(phone, lead)
    open_case(phone, own_server.address, case)
    fill_in(phone, case)
    with own_server.writing() as session:
        told = checking(judged(case.findings[CODES[0]]), second=lead, rechecked_at=now())
        visit, chief = session.merge(case.visit), session.merge(case.chief)
        decide_recheck(session, visit, told, by=chief, at=now(), public_address=ADDRESS)

    hand_in(phone)

    expect(phone.locator("form [data-told]")).to_contain_text(CODES[0])
    open_outbox(own_server, phone)
    expect(banner(phone, "refused")).to_be_visible()
    expect(phone.locator("[data-reason]")).to_contain_text(CODES[0])
    expect(phone.locator("[data-judged] li")).to_have_count(2)
    for theme in THEMES:
        assert barriers(phone, theme) == []
    phone.get_by_role("link", name="打开", exact=True).click()
    phone.locator("form[data-behaviour=recheck][data-ready]").wait_for()
    hand_in(phone)
    phone.wait_for_url(re.compile(r"/notices/\d+$"))
    assert decided(own_server) == (2, 2)


def test_what_is_missing_is_told_before_it_is_handed_in(own_server, phone, case, lead):
    own_server.sign_in(phone, lead)
    open_case(phone, own_server.address, case)

    hand_in(phone)
    expect(phone.locator(".toast")).to_contain_text("至少")
    judge(phone, case, CODES[1], "部分整改")
    hand_in(phone)

    expect(phone.locator(".toast")).to_contain_text(CODES[1])
    assert decided(own_server) == (0, 0)


def test_signing_out_warns_of_one_that_is_still_being_made(own_server, phone, case, lead):
    own_server.sign_in(phone, lead)
    open_case(phone, own_server.address, case)
    fill_in(phone, case)

    phone.goto(f"{own_server.address}/me")
    phone.locator("main .pair form").get_by_role("button", name="退出登录").first.click()

    expect(phone.locator("[data-unsent-sheet]")).to_be_visible()
    assert len(rows(phone, "visits")) == 1


def test_what_is_not_handed_in_is_saved_taken_in_twice_and_goes_on_at_the_desk(
    own_server, phone, desk, case, lead, tmp_path
):
    own_server.sign_in(phone, lead)
    cut_off(phone)
    open_case(phone, own_server.address, case)
    fill_in(phone, case)
    open_outbox(own_server, phone)
    file = save_file(phone, tmp_path)

    own_server.sign_in(desk, lead)
    assert take_in(own_server, desk, file) == ["还没交出", "已收进"]
    assert take_in(own_server, desk, file) == ["还没交出", "早已收到"]
    expect(desk.get_by_text("现在存在这个浏览器里")).to_be_visible()
    assert decided(own_server) == (0, 0)
    desk.get_by_role("link", name="接着做").click()
    desk.locator("form[data-behaviour=recheck][data-ready]").wait_for()
    card = desk.locator(f"[data-code='{CODES[1]}']")
    expect(card.get_by_label("还差什么")).to_have_value("还差一个。")
    expect(desk.locator(f"[data-code='{CODES[0]}'] [data-photo]")).to_have_count(1)
    hand_in(desk)
    desk.wait_for_url(re.compile(r"/notices/\d+$"))
    assert take_in(own_server, desk, file) == ["早已收到", "早已收到"]

    connect(phone)
    phone.get_by_role("link", name="打开", exact=True).click()
    phone.locator("form[data-behaviour=recheck][data-ready]").wait_for()
    hand_in(phone)
    phone.wait_for_url(re.compile(r"/notices/\d+$"))
    assert decided(own_server) == (1, 1)
    with own_server.database.reading() as session:
        first, _second = session.scalars(select(Recheck)).one().results
        assert len(first.photos) == 1


def test_a_photograph_drawn_on_takes_the_place_of_the_one_below_it_and_both_go(
    own_server, phone, case, lead
):
    own_server.sign_in(phone, lead)
    cut_off(phone)
    open_case(phone, own_server.address, case)
    fill_in(phone, case)
    tile = phone.locator(f"[data-code='{CODES[0]}'] [data-photo]")
    below = tile.get_attribute("data-sha256")

    tile.locator("a").click()
    draw_arrow(phone)
    expect(phone.locator(f"[data-sha256='{below}']")).to_have_count(0)
    expect(tile).to_have_count(1)
    drawn = tile.get_attribute("data-sha256")
    connect(phone)
    hand_in(phone)

    phone.wait_for_url(re.compile(r"/notices/\d+$"))
    wait_for_rows(phone, "photos", "(all) => all.every(({ state }) => state !== 'local')")
    with own_server.database.reading() as session:
        first, _second = session.scalars(select(Recheck)).one().results
        over = dict(session.execute(select(Photo.sha256, Photo.drawn_over_sha256)).all())
    assert first.photos == [drawn]
    assert below in over
    assert over[drawn] == below


def test_on_one_that_is_delivered_nobody_draws(own_server, phone, case, lead):
    own_server.sign_in(phone, lead)
    open_case(phone, own_server.address, case)
    photograph(phone, CODES[0])
    wait_for_rows(phone, "photos", "([photo]) => photo.state === 'readable'")

    phone.locator(f"[data-code='{CODES[0]}'] [data-photo] a").click()

    expect(phone.locator(".toast")).to_contain_text("已送达")
    expect(phone.locator("[data-drawing]")).to_be_hidden()


def test_anybody_can_read_the_page_in_every_light(own_server, phone, case, lead):
    own_server.sign_in(phone, lead)
    open_case(phone, own_server.address, case)
    fill_in(phone, case)

    for theme in THEMES:
        assert barriers(phone, theme) == []
