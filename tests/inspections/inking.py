"""Signing with the finger, in browser tests."""

from playwright.sync_api import Locator, Page


def draw(page: Page, place: Locator) -> None:
    """Open the board at this place, draw two strokes, and use them."""
    place.locator("[data-open]").click()
    board = place.locator("[data-canvas]").bounding_box()
    for shift in (0.2, 0.5):
        page.mouse.move(board["x"] + board["width"] * shift, board["y"] + 40)
        page.mouse.down()
        page.mouse.move(board["x"] + board["width"] * (shift + 0.3), board["y"] + 90, steps=8)
        page.mouse.up()
    place.locator("[data-use]").click()
