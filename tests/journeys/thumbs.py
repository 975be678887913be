"""What an inspector does on the visit page, from the first checkpoint to the last signature."""

import io

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser import settled, wait_until
from tests.inspections.inking import draw

FAILED = "A3-02"
IS_CLOSED = """async (name) => {
  const text = await (await fetch('/inspections?state=closed')).text();
  const page = new DOMParser().parseFromString(text, 'text/html');
  const visits = [...page.querySelectorAll('main a[href^="/inspections/"]')];
  return visits.some((visit) => visit.textContent.includes(name));
}"""

PASS_ALL_BUT = """async (failed) => {
  const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));
  for (const chip of document.querySelectorAll("[data-item]")) chip.click();
  while (document.querySelector("[data-coming]")) await new Promise(requestAnimationFrame);
  for (const row of document.querySelectorAll("[data-code]")) {
    if (row.dataset.code === failed || row.dataset.verdict === "na") continue;
    row.querySelector("input.verdict__input[value=pass]").click();
    const right = row.querySelector("[data-right]");
    if (right) changed(Object.assign(right, { value: row.querySelector("[data-asked]").value }));
    const seconds = row.querySelector("[data-by-hand] input");
    if (seconds) changed(Object.assign(seconds, { value: "40" }));
  }
}"""


def make_ready(page: Page, address: str) -> None:
    """Let the phone fetch what a day without signal needs."""
    page.goto(f"{address}/today")
    expect(page.locator("[data-readiness=ready]")).to_be_visible(timeout=30_000)


def begin(page: Page, factory: str) -> None:
    """Begin a visit of a factory that today's page shows, without signal."""
    page.get_by_text(factory).click()
    page.get_by_role("link", name="开始检查").click()
    page.get_by_label("当班人数").fill("46")
    page.get_by_role("button", name="开始", exact=True).click()
    page.locator(".visit[data-ready]").wait_for()


def picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((2000, 1500), 40).save(file, "JPEG")
    return file.getvalue()


def fill_in(page: Page) -> None:
    """Answer one checkpoint after the other, led by the button at the foot."""
    following = page.locator("[data-next-words]")
    for _each in range(67):
        words = following.inner_text()
        if words == "去签名":
            break
        code = words.split(" · ")[-1]
        following.click()
        answer(page.locator(f"#checkpoint-{code.lower()}"), code)
        expect(following).not_to_have_text(words)
    expect(following).to_have_text("去签名")


def fill_in_at_once(page: Page) -> None:
    """Do the same without thumbs, a few times as fast: where others have tried them."""
    answer(go_to_failed(page), FAILED)
    pass_all_others(page)


def go_to_failed(page: Page) -> Locator:
    """Go to the checkpoint that is to fail."""
    page.evaluate("(code) => { window.location.hash = `checkpoint-${code}`; }", FAILED.lower())
    return page.locator(f"#checkpoint-{FAILED.lower()}")


def pass_all_others(page: Page) -> None:
    settled(page, PASS_ALL_BUT, FAILED)
    expect(page.locator("[data-next-words]")).to_have_text("去签名")


def answer(row: Locator, code: str) -> None:
    if code == FAILED:
        row.get_by_text("不合格", exact=True).first.click()
        row.locator("[data-phrase]").first.click()
        photo = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        row.locator("[data-photos=found] [data-source=camera]").set_input_files(photo)
        expect(row.locator("[data-photo]")).to_have_count(1)
        return
    row.get_by_text("合格", exact=True).first.click()
    if row.locator("[data-right]").count():
        row.locator("[data-right]").fill(row.locator("[data-asked]").input_value())
        row.locator("[data-right]").blur()
    by_hand = row.locator("[data-by-hand]")
    if by_hand.count():
        if by_hand.get_attribute("open") is None:
            by_hand.locator("summary").click()
        by_hand.locator("input").first.fill("40")
        by_hand.locator("input").first.blur()


def sign_all(page: Page) -> None:
    for role in ("lead", "second", "factory"):
        place = page.locator(f"[data-sign-role={role}]")
        if role == "factory":
            place.locator("[name=name]").fill("张测试")
        draw(page, place)
        expect(place.locator("[data-signed]")).to_be_visible()


def hand_in(page: Page) -> None:
    page.locator("[data-hand-in]").click()
    page.locator("[data-hand-in-sheet] .button--main").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("今日")


def wait_until_closed(page: Page, factory: str) -> None:
    """Return once the service has all of the visit, and has closed it; any page sends."""
    wait_until(page, IS_CLOSED, factory)
