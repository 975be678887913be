"""What a browser test does on the visit page, and what came of it."""

import io

from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.inspections.models import Answer
from tests.browser import LiveServer


def picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((3000, 2000), 40).save(file, "JPEG")
    return file.getvalue()


def row(page: Page, code: str):
    return page.locator(f"#checkpoint-{code.lower()}")


def choose(page: Page, code: str, word: str) -> None:
    row(page, code).get_by_text(word, exact=True).first.click()


def open_at(page: Page, server: LiveServer, visit: int, code: str) -> None:
    page.goto(f"{server.address}/inspections/{visit}/fill#checkpoint-{code.lower()}")
    page.locator("[data-ready]").wait_for(state="attached")
    expect(row(page, code)).to_be_visible()


def take_photo(page: Page, code: str) -> None:
    photo = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    row(page, code).locator("[data-photos=found] [data-source=camera]").set_input_files(photo)


def answer(server: LiveServer, visit: int, code: str) -> Answer:
    with server.database.reading() as session:
        found = select(Answer).where(Answer.inspection_id == visit, Answer.checkpoint_code == code)
        return session.scalars(found).one()


def saved(page: Page):
    return expect(page.locator("[data-saved-words]"))


def delivering(page: Page, part: str = ""):
    """Wait, at the end of the block, until an answer sent in it has been replied to.

    ``part`` is what its parcel must contain, where several may be on their way.
    """
    return page.expect_response(
        lambda reply: (
            reply.request.method == "PUT"
            and "/sync/parcels/" in reply.url
            and part in (reply.request.post_data or "")
        )
    )
