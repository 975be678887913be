"""A new version waits until no visit is open on the phone, and is then offered."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.offline.visiting import begin_visit
from tests.serving import ROOT

# What the doors make of it is shown on both databases in tests/sync; here it is the phone.
pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite]

CONTROLLED = "() => navigator.serviceWorker.controller !== null"
NOTHING_WAITS = "() => navigator.serviceWorker.getRegistration().then((each) => !each.waiting)"


def a_newer_version(folder: Path) -> Path:
    """Return a checkout of the service as it is now, but for another service worker."""
    (folder / "templates").symlink_to(ROOT / "templates")
    for name in ("firesafe", "static/dist"):
        shutil.copytree(ROOT / name, folder / name)
    worker = folder / "static" / "dist" / "service-worker.js"
    worker.write_text(worker.read_text(encoding="utf-8") + "// newer", encoding="utf-8")
    return folder


def bar(page: Page):
    return page.locator("[data-behaviour=update-bar]")


def test_a_new_version_waits_for_an_open_visit_and_comes_by_one_tap(own_server, phone, tmp_path):
    begin_visit(own_server, phone)
    other = phone.context.new_page()
    other.goto(f"{own_server.address}/me")
    other.wait_for_function(CONTROLLED, timeout=60_000)
    own_server.kill()
    own_server.root = a_newer_version(tmp_path)
    own_server.start()

    other.reload()
    other.locator("[data-behaviour=update-bar][data-waiting]").wait_for(
        state="attached", timeout=60_000
    )
    expect(bar(other)).to_be_hidden()

    phone.goto("about:blank")
    other.reload()
    expect(bar(other)).to_be_visible()
    with other.expect_navigation():
        bar(other).get_by_role("button").click()
    other.wait_for_function(NOTHING_WAITS)
    expect(bar(other)).to_be_hidden()
