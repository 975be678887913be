"""Drawing on a photograph: with a finger, a mouse, or keys alone."""

import base64
import hashlib
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.camera.source import serve_source
from tests.looks import THEMES, barriers, too_wide
from tests.photos.pictures import corners_of, exif, four_corners, saved

pytestmark = pytest.mark.browser

OPEN = """async (content) => {
  const { openDrawing } = await import("/src/camera/draw.mjs");
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)).buffer;
  const letters = (buffer) => Array.from(new Uint8Array(buffer), (b) => String.fromCharCode(b));
  const text = (buffer) => btoa(letters(buffer).join(""));
  self.drawn = openDrawing({ bytes, type: "image/jpeg" }).then(
    (made) => made && { ...made, bytes: text(made.bytes), thumbnail: text(made.thumbnail) },
    ({ name, reason }) => ({ name, reason }));
}"""
GREY = (120, 120, 120)


def grey(width: int = 1200, height: int = 1600) -> bytes:
    return saved(Image.new("RGB", (width, height), GREY), "JPEG")


@pytest.fixture
def sheet(phone, address):
    phone.route("**/src/**", serve_source)
    phone.goto(f"{address}drawing")
    return phone


def draw_on(sheet: Page, photograph: bytes) -> None:
    sheet.evaluate(OPEN, base64.b64encode(photograph).decode())
    expect(sheet.locator("[data-drawing]")).to_be_visible()


def at(sheet: Page, across: float, down: float) -> tuple[float, float]:
    """Return the place on the screen of a place on the photograph, both as shares of it."""
    return tuple(
        sheet.evaluate(
            """([across, down]) => {
              const { width, height } = document.querySelector("[data-picture]");
              const matrix = document.querySelector("[data-marks]").getScreenCTM();
              return [across * width * matrix.a + matrix.e, down * height * matrix.d + matrix.f];
            }""",
            [across, down],
        )
    )


def drag(sheet: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    sheet.mouse.move(*at(sheet, *start))
    sheet.mouse.down()
    sheet.mouse.move(*at(sheet, *end), steps=4)
    sheet.mouse.up()


def kept(sheet: Page) -> bytes:
    """Use what was drawn; return the picture, after looking at what it says of itself."""
    sheet.locator("[data-use]").click()
    made = sheet.evaluate("self.drawn")
    picture = base64.b64decode(made["bytes"])
    assert made["sha256"] == hashlib.sha256(picture).hexdigest()
    assert made["type"] == "image/jpeg"
    with Image.open(BytesIO(base64.b64decode(made["thumbnail"]))) as thumbnail:
        assert max(thumbnail.size) == 200
    return picture


def colour(picture: bytes, across: float, down: float) -> str:
    with Image.open(BytesIO(picture)) as opened:
        width, height = opened.size
        red, green, blue = opened.getpixel((int(across * width), int(down * height)))
    if red > 180 and max(green, blue) < 90:
        return "red"
    return "grey" if max(abs(each - 120) for each in (red, green, blue)) < 8 else "other"


def test_arrow_and_ring_lie_in_the_picture_where_they_were_drawn(sheet):
    draw_on(sheet, grey())

    drag(sheet, (0.2, 0.9), (0.5, 0.6))
    sheet.locator("[data-tool=ring]").click()
    drag(sheet, (0.5, 0.1), (0.9, 0.3))
    picture = kept(sheet)

    places = [(0.35, 0.75), (0.5, 0.6), (0.5, 0.2), (0.7, 0.1), (0.7, 0.2), (0.1, 0.1)]
    assert [colour(picture, *place) for place in places] == ["red"] * 4 + ["grey"] * 2
    with Image.open(BytesIO(picture)) as opened:
        assert opened.size == (1200, 1600)


def test_a_finger_draws_and_does_not_scroll(sheet):
    draw_on(sheet, grey())
    finger = sheet.context.new_cdp_session(sheet)
    kinds = ("touchStart", "touchMove", "touchMove", "touchEnd")
    for kind, down in zip(kinds, (0.8, 0.6, 0.3, None), strict=True):
        x, y = at(sheet, 0.5, down or 0)
        points = [{"x": x, "y": y}] if down else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    picture = kept(sheet)

    assert [colour(picture, 0.5, down) for down in (0.75, 0.5, 0.31, 0.1)] == ["red"] * 3 + ["grey"]


def test_a_tap_is_enough_for_a_ring(sheet):
    draw_on(sheet, grey(1000, 1000))
    sheet.locator("[data-tool=ring]").click()

    sheet.touchscreen.tap(*at(sheet, 0.5, 0.5))
    picture = kept(sheet)

    assert [colour(picture, *place) for place in ((0.41, 0.5), (0.5, 0.59), (0.5, 0.5))] == [
        *("red", "red", "grey")
    ]


def test_words_stand_where_the_finger_asked_for_them(sheet):
    draw_on(sheet, grey())
    sheet.locator("[data-tool=text]").click()

    sheet.touchscreen.tap(*at(sheet, 0.5, 0.2))
    expect(sheet.locator("[data-words]")).to_be_focused()
    sheet.keyboard.type("口")
    sheet.keyboard.press("Enter")
    sheet.keyboard.type("again, and far too long")
    sheet.mouse.click(*at(sheet, 0.9, 0.8))

    boxes = sheet.evaluate("""() => [...document.querySelectorAll("[data-marks] text")]
      .map((text) => text.getBBox())
      .map(({ x, y, width, height }) => [x, x + width, y + height / 2])""")
    assert len(boxes) == 4  # white below and red above, of each of the two
    assert boxes[0][0] < 600 < boxes[0][1]
    assert abs(boxes[0][2] - 320) < 40
    assert boxes[3][0] > 0
    assert boxes[3][1] < 1200
    picture = kept(sheet)
    with Image.open(BytesIO(picture)) as opened:
        around = opened.crop((540, 260, 660, 380)).getcolors(20_000)
    assert sum(count for count, (red, green, _) in around if red > 180 and green < 90) > 300


def test_keys_alone_put_a_mark_and_move_it(sheet):
    draw_on(sheet, grey(1000, 1000))
    sheet.locator("[data-tool=ring]").focus()
    sheet.keyboard.press("Enter")
    sheet.locator("[data-board]").focus()
    sheet.keyboard.press("Enter")
    for _each in range(5):
        sheet.keyboard.press("ArrowRight")
        sheet.keyboard.press("ArrowUp")

    picture = kept(sheet)

    places = [(0.51, 0.4), (0.69, 0.4), (0.6, 0.31), (0.5, 0.59)]
    assert [colour(picture, *place) for place in places] == ["red", "red", "red", "grey"]


def test_a_step_back_and_all_gone(sheet):
    draw_on(sheet, grey())
    marks, use = sheet.locator("[data-marks] path"), sheet.locator("[data-use]")
    expect(use).to_be_disabled()

    drag(sheet, (0.2, 0.2), (0.4, 0.4))
    drag(sheet, (0.2, 0.8), (0.4, 0.6))
    expect(marks).to_have_count(4)
    sheet.locator("[data-undo]").click()
    expect(marks).to_have_count(2)
    sheet.locator("[data-clear]").click()

    expect(marks).to_have_count(0)
    expect(use).to_be_disabled()


@pytest.mark.parametrize("leave", ["button", "Escape"])
def test_what_is_not_to_be_kept_is_nothing(sheet, leave):
    draw_on(sheet, grey())
    drag(sheet, (0.2, 0.2), (0.4, 0.4))

    if leave == "button":
        sheet.locator("[data-cancel]").click()
    else:
        sheet.keyboard.press("Escape")

    assert sheet.evaluate("self.drawn") is None
    expect(sheet.locator("[data-drawing]")).to_be_hidden()


def test_the_next_photograph_begins_empty(sheet):
    draw_on(sheet, grey())
    drag(sheet, (0.2, 0.2), (0.4, 0.4))
    kept(sheet)

    draw_on(sheet, grey(1600, 1200))
    expect(sheet.locator("[data-marks] path")).to_have_count(0)
    drag(sheet, (0.2, 0.2), (0.8, 0.8))

    with Image.open(BytesIO(kept(sheet))) as opened:
        assert opened.size == (1600, 1200)


def test_a_photograph_that_lies_on_its_side_is_drawn_on_upright(sheet):
    lying = four_corners(400, 300).transpose(Image.Transpose.ROTATE_90)
    draw_on(sheet, saved(lying, "JPEG", exif=exif(6)))
    drag(sheet, (0.45, 0.45), (0.55, 0.55))

    picture = kept(sheet)

    assert max(range(3), key=corners_of(picture)[1].__getitem__) == 1  # green at the top right


def test_what_cannot_be_shown_is_said(sheet):
    sheet.evaluate(OPEN, base64.b64encode(b"no picture").decode())

    assert sheet.evaluate("self.drawn") == {"name": "PhotoRefused", "reason": "photo_unreadable"}


@pytest.mark.parametrize("theme", THEMES)
def test_nobody_is_kept_out_of_the_sheet(sheet, theme):
    draw_on(sheet, grey())
    sheet.locator("[data-tool=text]").click()
    drag(sheet, (0.2, 0.2), (0.4, 0.4))

    assert barriers(sheet, theme) == []


def test_large_letters_on_a_small_phone_hide_nothing(sheet):
    sheet.set_viewport_size({"width": 320, "height": 640})
    sheet.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    draw_on(sheet, grey())

    assert too_wide(sheet) == []
    sheet.locator("[data-cancel]").click()
