"""Scanning the code on a door: with a camera that sees a film of ours, or by a photograph."""

import time
from io import BytesIO

import pytest
import segno
from PIL import Image, ImageEnhance, ImageFilter
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, chromium, settled
from tests.looks import THEMES, barriers, too_wide
from tests.makers import make_factory, make_officer
from tests.photos.pictures import jpeg, saved

pytestmark = pytest.mark.browser

DECODE = """async ({ content, script, wasm }) => {
  const { Decoder } = await import("/src/camera/decoder.mjs");
  const bytes = Uint8Array.from(content);
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const canvas = Object.assign(document.createElement("canvas"),
    { width: bitmap.width, height: bitmap.height });
  const pen = canvas.getContext("2d");
  pen.drawImage(bitmap, 0, 0);
  const decoder = new Decoder({ script, wasm });
  const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
  return decoder.read(picture).finally(() => decoder.close());
}"""


def sheet(text: str, edge: int = 420) -> Image.Image:
    """Return a door's code as it is printed, on a grey wall, a little turned."""
    file = BytesIO()
    segno.make(text, error="m", micro=False).save(file, kind="png", scale=10, border=4)
    code = Image.open(file).convert("RGB").resize((edge, edge))
    wall = Image.new("RGB", (640, 480), (128, 124, 118))
    wall.paste(code.rotate(7, fillcolor=(128, 124, 118), expand=True), (100, 10))
    return wall


@pytest.fixture
def door(live_server):
    """A factory with its number, and the officer who looks for it."""
    with live_server.writing() as session:
        officer = make_officer(session)
        factory = make_factory(session, name="示例竹木厂", county=officer.county_code)
    return factory, officer


@pytest.fixture
def scanner(live_server, phone, door) -> Page:
    """The page for scanning on a phone without a camera."""
    live_server.sign_in(phone, door[1])
    phone.goto(f"{live_server.address}/scan")
    expect(phone.locator("[data-tile]")).to_be_visible()  # the script has begun
    return phone


@pytest.fixture
def filmed(browser: Browser, live_server, door, tmp_path):
    """Return a function that opens the page on a phone whose camera sees a picture of ours."""
    opened = []

    def open_with(picture: Image.Image) -> Page:
        film = tmp_path / "film.mjpeg"
        film.write_bytes(saved(picture, "JPEG", quality=90) * 12)
        flags = ["--no-sandbox", "--use-fake-device-for-media-stream"]
        flags += ["--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
        camera = browser.browser_type.launch(executable_path=chromium(), args=flags)
        opened.append(camera)
        page = camera.new_context(**PHONE, permissions=["camera"]).new_page()
        live_server.sign_in(page, door[1])
        page.goto(f"{live_server.address}/scan")
        return page

    yield open_with
    for each in opened:
        each.close()


def show(page: Page, picture: Image.Image | bytes) -> None:
    content = picture if isinstance(picture, bytes) else saved(picture, "JPEG", quality=85)
    photograph = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.locator("[data-photograph]").set_input_files(photograph)


def said(page: Page):
    return expect(page.locator("[data-said]"))


def test_the_camera_reads_the_code_and_opens_the_factory(live_server, filmed, door):
    page = filmed(sheet(f"{live_server.address}/doors/{door[0].door_code}"))

    page.wait_for_url(f"**/factories/{door[0].id}")

    expect(page.locator("h1")).to_have_text("示例竹木厂")


def test_another_code_is_said_and_the_camera_looks_on(filmed):
    page = filmed(sheet("https://example.org/doors/abcdefghijklmnop"))

    said(page).to_contain_text("这不是门码")
    expect(page.locator("[data-view]")).to_be_visible()
    assert page.url.endswith("/scan")


def test_the_camera_is_let_go_when_the_page_is_hidden(filmed):
    page = filmed(Image.new("RGB", (640, 480), "white"))
    said(page).to_contain_text("放进框里")
    is_filming = "() => document.querySelector('[data-video]').srcObject !== null"
    turn = """(isHidden) => {
      Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""

    page.evaluate(turn, True)
    assert not page.evaluate(is_filming)
    for is_hidden in (False, True, False):  # faster than the camera opens
        page.evaluate(turn, is_hidden)

    deadline = time.monotonic() + 10
    while not page.evaluate(is_filming) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert page.evaluate(is_filming)
    said(page).to_contain_text("放进框里")


def test_a_photograph_of_the_code_does_as_well(live_server, scanner, door):
    said(scanner).to_contain_text("这里打不开相机画面")

    show(scanner, sheet(f"{live_server.address}/doors/{door[0].door_code}"))

    scanner.wait_for_url(f"**/factories/{door[0].id}")


def test_a_photograph_without_a_code_says_what_to_do(scanner):
    show(scanner, jpeg(1200, 900))
    said(scanner).to_contain_text("没找到码")

    show(scanner, b"no picture at all")
    said(scanner).to_contain_text("没找到码")


def test_without_the_reader_the_number_is_asked_for(live_server, phone, door):
    def lose_reader(route):  # a worker's own requests are not all seen here
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("zxing_reader", "nowhere"))

    phone.route("**/scan", lose_reader)
    live_server.sign_in(phone, door[1])
    phone.goto(f"{live_server.address}/scan")

    show(phone, sheet(f"{live_server.address}/doors/door00000001"))

    said(phone).to_contain_text("认不了码")


def test_the_number_opens_the_factory(scanner, door):
    scanner.fill("[name=code]", door[0].point_number)

    scanner.locator("[data-number] button").click()

    scanner.wait_for_url(f"**/factories/{door[0].id}")


def test_without_signal_the_phone_knows_the_factories_of_the_day(scanner, door):
    scanner.context.set_offline(True)
    scanner.fill("[name=code]", door[0].point_number)
    scanner.locator("[data-number] button").click()
    said(scanner).to_contain_text("不在今天存到手机里的名单中")

    keep(scanner, [{"id": 77, "door_code": "abcdefghijklmnop", "point_number": "PL00077"}])
    scanner.route("**/factories/77", lambda route: route.fulfill(body="kept by the phone"))
    scanner.fill("[name=code]", "https://4x4.example.cn/doors/abcdefghijklmnop")
    scanner.locator("[data-number] button").click()

    scanner.wait_for_url("**/factories/77")


def keep(page: Page, factories: list[dict[str, object]]) -> None:
    """Put factories into the database that the page has made, as the bundle of the day does."""
    settled(
        page,
        """(factories) => new Promise((resolve, reject) => {
          const opening = indexedDB.open("firesafe", 1);
          opening.onerror = reject;
          opening.onsuccess = () => {
            const deed = opening.result.transaction("notes", "readwrite");
            deed.objectStore("notes").put({ factories }, "bundle");
            deed.oncomplete = () => resolve(opening.result.close());
          };
        })""",
        factories,
    )


@pytest.mark.parametrize("spoiled", ["dim", "blurred", "far away"])
def test_poor_pictures_are_read(bench, live_server, spoiled):
    picture = sheet("https://4x4.example.cn/doors/Zk3hQ-1bT_yXw0aP")
    if spoiled == "dim":
        picture = ImageEnhance.Brightness(picture).enhance(0.25)
    elif spoiled == "blurred":
        picture = picture.filter(ImageFilter.GaussianBlur(2.5))
    else:
        picture = picture.resize((320, 240))
    page = bench.context.request.get(f"{live_server.address}/static/manifest.json").json()
    script, wasm = (f"/static/{page[name]}" for name in ("decoder-worker.js", "zxing_reader.wasm"))

    found = settled(
        bench, DECODE, {"content": list(saved(picture, "PNG")), "script": script, "wasm": wasm}
    )

    assert found == "https://4x4.example.cn/doors/Zk3hQ-1bT_yXw0aP"


@pytest.mark.parametrize("theme", THEMES)
def test_nobody_is_kept_out(filmed, theme):
    page = filmed(sheet("https://example.org/"))
    said(page).to_contain_text("这不是门码")

    assert barriers(page, theme) == []
    assert too_wide(page) == []


def test_the_page_gives_no_script_leave_to_compile_anything(live_server, scanner):
    policy = scanner.context.request.get(f"{live_server.address}/scan").headers
    assert "script-src 'self';" in policy["content-security-policy"]
