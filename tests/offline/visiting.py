"""A visit on a phone, for tests of what lies in its outbox."""

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from firesafe.accounts.models import Officer
from firesafe.inspections.models import Inspection
from tests.browser import LiveServer
from tests.makers import make_officer, make_open_inspection

UPLOADS = re.compile(r"/(sync/parcels|sync/standings|photos)\b")


def picture() -> bytes:
    """Return a JPEG like no other."""
    file = io.BytesIO()
    Image.effect_noise((320, 240), 60).save(file, "JPEG")
    return file.getvalue()


def begin_visit(
    server: LiveServer, page: Page, lead: Officer | None = None
) -> tuple[Inspection, Officer]:
    """Open a fresh draft on the phone, at a checkpoint that failed without signal."""
    with server.writing() as session:
        lead = lead or make_officer(session)
        inspection = make_open_inspection(session, lead=lead)
    server.sign_in(page, lead)
    page.goto(f"{server.address}/inspections/{inspection.id}/fill#checkpoint-a3-02")
    page.locator("[data-behaviour=visit][data-ready]").wait_for(state="attached")
    return inspection, lead


def fail_checkpoint(page: Page, code: str = "A3-02") -> None:
    """Judge a checkpoint of the open item to have failed."""
    row = page.locator(f"#checkpoint-{code.lower()}")
    row.get_by_text("不合格", exact=True).first.click()
    expect(page.locator("[data-saved-words]")).to_contain_text(re.compile("已存本机|已送达"))


def photograph(page: Page, code: str = "A3-02") -> None:
    """Take one photograph of a failed checkpoint, and wait until it is kept."""
    row = page.locator(f"#checkpoint-{code.lower()}")
    before = row.locator("[data-photo]").count()
    photo = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    row.locator("[data-photos=found] [data-source=camera]").set_input_files(photo)
    expect(row.locator("[data-photo]")).to_have_count(before + 1)


def draw_arrow(page: Page) -> None:
    """Drag across the middle of the photograph that is open, and use what was drawn."""
    sheet = page.locator("[data-drawing]")
    expect(sheet).to_be_visible()
    box = sheet.locator("[data-board]").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, middle, steps=5)
    page.mouse.up()
    sheet.locator("[data-use]").click()
    expect(sheet).to_be_hidden()


def cut_off(page: Page) -> None:
    """Let nothing through that a phone sends; pages still open."""
    page.context.route(UPLOADS, lambda route: route.abort())


def connect(page: Page) -> None:
    """Let everything through again."""
    page.context.unroute(UPLOADS)


def open_outbox(server: LiveServer, page: Page) -> None:
    """Open the outbox, and wait until it shows what lies on the phone."""
    page.goto(f"{server.address}/outbox")
    page.locator("[data-behaviour=outbox-page][data-ready]").wait_for(state="attached")


def banner(page: Page, name: str) -> Locator:
    """Return one of the banners that say where the work is."""
    return page.locator(f"[data-banner={name}]")


def save_file(page: Page, folder: Path) -> Path:
    """Save what is unsent as a file, from the outbox."""
    with page.expect_download() as told:
        page.get_by_role("button", name="没送出的存成一个文件").click()
    file = folder / told.value.suggested_filename
    told.value.save_as(file)
    expect(page.locator("[data-said]")).to_contain_text(file.name)
    return file


def take_in(server: LiveServer, page: Page, file: Path) -> list[str]:
    """Take the file in at the desk, and return what became of its parts."""
    page.goto(f"{server.address}/sync/rescue")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="收进来").click()
    expect(page.locator("h1")).to_have_text("文件已收")
    return page.locator("tbody .chip").all_inner_texts()
