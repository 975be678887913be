"""Somebody of the factory at its door, with a code and the phone in his hand."""

import io
import os

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from firesafe.accounts.door_passes import give_pass
from firesafe.core.clock import now
from firesafe.core.settings import read_settings
from firesafe.findings.queries import evidence_by_finding
from firesafe.photos.store import open_store
from tests.browser import LiveServer
from tests.looks import THEMES, barriers, cut_off, too_wide
from tests.makers import make_officer
from tests.notices.cases import Case, make_case

pytestmark = pytest.mark.browser


@pytest.fixture
def case(live_server: LiveServer) -> Case:
    store = open_store(read_settings(live_server.instance).store)
    with live_server.writing() as session:
        return make_case(session, store)


@pytest.fixture
def code(live_server: LiveServer, case: Case) -> str:
    with live_server.writing() as session:
        factory = case.visit.factory
        _given, digits = give_pass(
            session,
            factory_id=factory.id,
            county_code=factory.county_code,
            name="张厂长",
            by=make_officer(session),
            at=now(),
        )
    return digits


def seen_well(page: Page) -> None:
    assert too_wide(page) == []
    assert cut_off(page) == []
    for theme in THEMES:
        assert barriers(page, theme) == []


def picture() -> dict[str, object]:
    file = io.BytesIO()
    Image.frombytes("RGB", (800, 600), os.urandom(1_440_000)).save(file, "JPEG")
    return {"name": "now.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_manager_proves_himself_by_a_code_and_hands_in_proof(live_server, phone, case, code):
    phone.goto(f"{live_server.address}/doors/{case.visit.factory.door_code}")
    phone.get_by_role("link", name="我有临时码").click()
    phone.get_by_label("临时码").fill("0000 0000")
    phone.get_by_role("button", name="进入").click()
    expect(phone.get_by_role("alert")).to_contain_text("这个码不能用")
    seen_well(phone)

    phone.get_by_label("临时码").fill(code)
    phone.get_by_role("button", name="进入").click()
    expect(phone.get_by_text(case.finding.wording)).to_be_visible()
    seen_well(phone)
    phone.get_by_role("link", name="改好了").click()
    expect(phone.locator("[data-phrases]")).to_be_visible()  # the script is at work
    phone.locator("[data-source=camera]").set_input_files(picture())
    expect(phone.locator("[data-photo]")).to_have_count(1)
    phone.get_by_role("button", name="交给检查员").click()

    phone.wait_for_url("**/my-factory/to-prove")
    expect(phone.get_by_text("等复查").first).to_be_visible()
    with live_server.database.reading() as session:
        sent = evidence_by_finding(session, [case.finding.id])[case.finding.id]
        assert [each.sent_by.name for each in sent] == ["张厂长"]
