"""A visit with no signal at all: from opening today's page to the closed record on the service."""

import hashlib

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from firesafe.core.settings import read_settings
from firesafe.findings.models import Finding
from firesafe.inspections.models import Inspection, InspectionState
from firesafe.photos.rules import ORIGINAL, photo_key
from firesafe.photos.store import open_store
from tests.journeys.thumbs import (
    FAILED,
    begin,
    fill_in,
    hand_in,
    make_ready,
    sign_all,
    wait_until_closed,
)
from tests.makers import make_factory, make_officer

pytestmark = pytest.mark.browser

FACTORY = "示例布艺二厂"


@pytest.fixture
def lead(own_server):
    """An inspector with a colleague, and a factory that is due."""
    with own_server.writing() as session:
        make_officer(session, name="李测试")
        make_factory(session, name=FACTORY)
        return make_officer(session)


def expect_whole(server) -> None:
    """One closed visit with its finding, and the photograph it was found with."""
    with server.database.reading() as session:
        visit = session.scalars(select(Inspection)).one()
        assert visit.state is InspectionState.CLOSED
        finding = session.scalars(select(Finding)).one()
        assert finding.checkpoint_code == FAILED
        (photo,) = finding.photos
    kept = open_store(read_settings(server.instance).store).get(
        photo_key(photo["sha256"], ORIGINAL)
    )
    assert hashlib.sha256(kept).hexdigest() == photo["sha256"]


def test_a_whole_visit_without_signal(own_server, line, pocket_phone, lead):
    page = pocket_phone.start()
    own_server.sign_in(page, lead, address=line.address)
    make_ready(page, line.address)
    page.close()
    line.refuse()

    page = pocket_phone.context.new_page()
    page.goto(f"{line.address}/today")
    begin(page, FACTORY)
    fill_in(page)
    page = pocket_phone.restart()
    page.goto(f"{line.address}/today")
    page.locator("[data-list]").get_by_text(FACTORY).click()
    expect(page.locator("[data-next-words]")).to_have_text("去签名")
    page.locator("[data-next-words]").click()
    sign_all(page)
    hand_in(page)
    with own_server.database.reading() as session:
        assert session.scalars(select(Inspection)).all() == []

    line.accept()
    own_server.sign_in(page, lead, address=line.address)
    page.goto(f"{line.address}/today")
    wait_until_closed(page, FACTORY)
    expect_whole(own_server)
