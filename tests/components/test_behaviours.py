"""What script adds, done by hand in a real Chromium."""

import pytest

pytestmark = pytest.mark.browser


def test_the_next_answer_settles_the_row_before_and_nothing_moves(visit):
    page = visit("checklist")
    page.wait_for_selector("[data-step]:not([hidden])")
    page.click("label[for=checkpoint-a3-02-pass]")
    page.evaluate("scrollTo(0, 200)")
    before = page.locator("#checkpoint-k1-02").bounding_box()["y"]

    page.click("label[for=checkpoint-k1-02-pass]")

    assert page.locator("#checkpoint-a3-02").get_attribute("open") is None
    assert page.inner_text("#checkpoint-a3-02 [data-settled]").strip() == "合格"
    assert page.locator("#checkpoint-k1-02").bounding_box()["y"] == pytest.approx(before, abs=1)


def test_a_row_at_the_top_of_the_page_waits_rather_than_pull_up_the_next(visit):
    page = visit("checklist")
    page.wait_for_selector("[data-step]:not([hidden])")
    page.click("label[for=checkpoint-a3-02-pass]")
    page.evaluate("scrollTo(0, 0)")

    page.evaluate("document.querySelector('#checkpoint-k1-02-pass').click()")

    assert page.locator("#checkpoint-a3-02").get_attribute("open") is not None
    assert page.evaluate("scrollY") == 0


def test_no_more_can_be_right_than_were_asked(visit):
    page = visit("checklist")
    less = page.locator("#k1-asked >> xpath=.. >> button[data-step='-1']")
    less.wait_for()

    less.click()
    less.click()

    assert page.input_value("#k1-right") == "3"
    assert page.locator(".dots__dot--right").count() == 3
    assert page.is_disabled("#k1-right >> xpath=.. >> button[data-step='1']")


def test_the_stopwatch_writes_whole_seconds_into_its_fields(visit):
    page = visit("checklist")
    page.clock.install(time="2026-11-23T07:00:00Z")
    page.clock.pause_at("2026-11-23T08:00:00Z")

    page.click("[data-toggle]")
    page.clock.run_for(6_200)
    page.click("[data-stamp]")
    page.clock.run_for(54_000)
    page.click("[data-toggle]")

    assert (page.input_value("#shout"), page.input_value("#drill")) == ("7", "61")
    assert page.inner_text("[data-time]") == "60.2"
    assert "watch--over" in page.locator(".watch").get_attribute("class")


def write_name(page):
    page.click("[data-open]")
    board = page.locator("canvas").bounding_box()
    page.mouse.move(board["x"] + 50, board["y"] + 50)
    page.mouse.down()
    page.mouse.move(board["x"] + 150, board["y"] + 90, steps=8)
    page.mouse.up()


def test_a_drawn_signature_becomes_the_file_of_its_field(visit):
    page = visit("checklist")
    write_name(page)

    page.click("[data-use]")

    names = page.evaluate(
        "[...document.querySelector('#signed').files].map((f) => [f.name, f.type])"
    )
    assert names == [["signature.png", "image/png"]]
    assert page.evaluate("document.activeElement.matches('[data-open]')")


def test_a_signature_is_there_at_once_however_busy_the_browser_is(visit):
    page = visit("checklist")
    write_name(page)

    shown = page.evaluate(
        """() => {
          document.querySelector("[data-use]").click();
          return !document.querySelector("[data-preview]").hidden;
        }"""
    )

    assert shown


def test_a_question_takes_the_focus_and_gives_it_back(visit):
    page = visit("states")
    page.click("summary:has-text('Void this visit')")
    assert page.evaluate("document.activeElement.matches('[data-cancel]')")

    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.matches('summary')")
    assert not page.is_visible("button:has-text('Void it')")


def test_the_theme_changes_on_the_spot_and_is_remembered(visit):
    page = visit("states?signed=1", width=1440)
    page.click(".navigation .account summary")

    page.click(".navigation button[value=dark]")
    page.reload()

    assert page.get_attribute("html", "data-theme") == "dark"


def test_the_summary_has_the_focus_and_leads_to_the_field(visit):
    page = visit("states")
    assert page.evaluate("document.activeElement.matches('.errors')")

    page.click(".errors__link")

    assert page.evaluate("document.activeElement.name") == "verdict-1"


def test_a_filter_applies_itself_and_leaves_out_what_is_empty(visit):
    page = visit("states")

    with page.expect_navigation():
        page.select_option("select[name=town]", "")

    assert page.url.endswith("/gallery/states?") or page.url.endswith("/gallery/states")


def test_the_whole_row_of_a_table_is_its_link(visit):
    page = visit("states", width=1440)

    with page.expect_navigation():
        page.click("td:has-text('46')")

    assert page.url.endswith("/gallery/checklist")


def test_toasts_come_one_at_a_time(visit):
    page = visit("toasts")
    page.wait_for_selector(".toasts--floating")
    page.wait_for_selector("text=Second", state="hidden")

    page.click(".toast:has-text('First') [data-close]")

    assert page.is_visible("text=Second")


def test_a_toast_waits_under_the_pointer_and_leaves_six_seconds_after_it(visit):
    page = visit("toasts")
    page.wait_for_selector(".toasts--floating")
    page.hover("text=First")
    page.clock.install()
    page.clock.run_for(20_000)
    assert page.is_visible("text=First")

    page.mouse.move(5, 5)
    page.clock.run_for(5_900)
    assert page.is_visible("text=First")
    page.clock.run_for(200)

    assert page.locator("text=First").count() == 0
    assert page.is_visible("text=Second")
