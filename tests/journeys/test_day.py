"""A day in the mountains: three visits without signal on a phone that dies twice, and the way home.

The phone's clock is a day ahead, and the line home is cut. In the end the service has exactly
what was entered, once, and the phone says so. There is no signal because the line refuses:
Playwright's own flight mode reaches the page, but not its service worker.
"""

import hashlib
import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.core.settings import read_settings
from firesafe.findings.models import Finding
from firesafe.inspections.models import AnswerPhoto, Inspection, InspectionState
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import ORIGINAL, photo_key
from firesafe.photos.store import open_store
from firesafe.sync.models import Parcel
from tests.journeys.thumbs import (
    begin,
    go_to_failed,
    hand_in,
    make_ready,
    pass_all_others,
    sign_all,
    wait_until_closed,
)
from tests.makers import make_factory, make_officer

pytestmark = pytest.mark.browser

FACTORIES = ("示例布艺一厂", "示例绒品二厂", "示例玩偶三厂")
PHOTOS = 12
DAY_SECONDS = 24 * 60 * 60
CLOCK_AHEAD = f"""(() => {{
  const Real = Date;
  const ahead = {DAY_SECONDS * 1000};
  globalThis.Date = class extends Real {{
    constructor(...parts) {{ if (parts.length) super(...parts); else super(Real.now() + ahead); }}
    static now() {{ return Real.now() + ahead; }}
  }};
}})()"""


@pytest.fixture
def lead(own_server):
    """An inspector with a colleague and three factories to visit."""
    with own_server.writing() as session:
        make_officer(session, name="李测试")
        for name in FACTORIES:
            make_factory(session, name=name)
        return make_officer(session)


def picture(number: int) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((400, 300), 40 + number).save(file, "JPEG")
    return file.getvalue()


def fail_and_photograph(page: Page, numbers: range) -> None:
    """Let one checkpoint fail and take so many photographs of it; they are kept on the phone."""
    row = go_to_failed(page)
    if row.get_attribute("data-verdict") != "fail":
        row.get_by_text("不合格", exact=True).first.click()
        row.locator("[data-phrase]").first.click()
    there = row.locator("[data-photo]").count()
    for count, number in enumerate(numbers, start=there + 1):
        photo = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture(number)}
        row.locator("[data-photos=found] [data-source=camera]").set_input_files(photo)
        expect(row.locator("[data-photo]")).to_have_count(count)


def go_on(page: Page, address: str, factory: str) -> None:
    """Find the draft on today's page after the phone came back, and go on where it was."""
    page.goto(f"{address}/today")
    page.locator("[data-list]").get_by_text(factory).click()
    page.locator(".visit[data-ready]").wait_for()


def finish(page: Page) -> None:
    pass_all_others(page)
    page.locator("[data-next-words]").click()
    sign_all(page)
    hand_in(page)


def ahead(phone) -> Page:
    """Switch the phone on, with its clock a day ahead."""
    page = phone.start()
    phone.context.add_init_script(CLOCK_AHEAD)
    return page


def visit_all(phone, page: Page, address: str) -> None:
    """Visit the three factories; the phone dies in the middle of the second and of the third."""
    page.goto(f"{address}/today")
    begin(page, FACTORIES[0])
    fail_and_photograph(page, range(PHOTOS))
    finish(page)

    for which, factory in enumerate(FACTORIES[1:], start=1):
        begin(page, factory)
        fail_and_photograph(page, range(which * PHOTOS, which * PHOTOS + PHOTOS // 2))
        phone.kill()
        page = ahead(phone)
        go_on(page, address, factory)
        fail_and_photograph(page, range(which * PHOTOS + PHOTOS // 2, (which + 1) * PHOTOS))
        finish(page)


def test_three_visits_without_signal_arrive_whole_and_once(own_server, line, pocket_phone, lead):
    page = ahead(pocket_phone)
    own_server.sign_in(page, lead, address=line.address)
    make_ready(page, line.address)
    line.refuse()

    visit_all(pocket_phone, page, line.address)
    with own_server.database.reading() as session:
        assert session.scalars(select(Inspection)).all() == []

    line.cut_after(received=0, of=b"PUT /sync/parcels/", times=2)
    line.cut_after(sent=4_000, of=b"PUT /photos/", times=3)
    line.cut_after(received=0, of=b"PUT /photos/", times=2)
    line.accept()
    page = pocket_phone.context.pages[0]
    own_server.sign_in(page, lead, address=line.address)
    page.goto(f"{line.address}/today")
    for factory in FACTORIES:
        wait_until_closed(page, factory)

    expect_whole(own_server)
    assert line.cuts == 7
    page.goto(f"{line.address}/outbox")
    expect(page.locator("[data-lines] > *")).to_have_count(len(FACTORIES))
    for line_of_visit in page.locator("[data-lines] > *").all():
        expect(line_of_visit).to_contain_text("已送达")


def expect_whole(server) -> None:
    """Three closed visits with twelve photographs each, nothing twice and nothing beside."""
    with server.database.reading() as session:
        visits = session.scalars(select(Inspection)).all()
        assert {visit.factory.name for visit in visits} == set(FACTORIES)
        assert [visit.state for visit in visits] == [InspectionState.CLOSED] * len(FACTORIES)
        for visit in visits:
            assert visit.clock_ahead_seconds == pytest.approx(DAY_SECONDS, abs=120)
        findings = session.scalars(select(Finding)).all()
        assert [len(finding.photos) for finding in findings] == [PHOTOS] * len(FACTORIES)
        named = session.scalars(select(AnswerPhoto.sha256)).all()
        photos = session.scalars(select(Photo)).all()
        keys = session.scalars(select(Parcel.key)).all()
    assert len(named) == len(set(named)) == PHOTOS * len(FACTORIES)
    assert {photo.sha256 for photo in photos} == set(named)
    assert {photo.state for photo in photos} == {PhotoState.READABLE}
    assert len(keys) == len(set(keys))
    store = open_store(read_settings(server.instance).store)
    for sha256 in named:
        assert hashlib.sha256(store.get(photo_key(sha256, ORIGINAL))).hexdigest() == sha256
