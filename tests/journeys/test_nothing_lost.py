"""Killed phones, cut lines and killed servers: what was entered on the visit page arrives, once."""

import hashlib
import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.core.settings import read_settings
from firesafe.inspections.models import Answer, AnswerPhoto, Inspection
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import ORIGINAL, photo_key
from firesafe.photos.store import open_store
from firesafe.sync.models import Parcel
from tests.makers import make_officer, make_open_inspection

pytestmark = pytest.mark.browser


def picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).save(file, "JPEG", quality=85)
    return file.getvalue()


@pytest.fixture
def visit(own_server):
    """A fresh visit of one inspector; return both."""
    with own_server.writing() as session:
        lead = make_officer(session)
        return make_open_inspection(session, lead=lead).id, lead


def open_page(page: Page, address: str, visit_id: int) -> None:
    page.goto(f"{address}/inspections/{visit_id}/fill#checkpoint-a3-02")
    page.locator("[data-ready]").wait_for(state="attached")


def fail_with_photo(page: Page, count: int = 1) -> None:
    """Judge a checkpoint, and photograph it; every picture has the same name, as on an iPhone."""
    row = page.locator("#checkpoint-a3-02")
    row.get_by_text("不合格", exact=True).first.click()
    row.locator("[data-phrase]").first.click()
    for number in range(1, count + 1):
        photo = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        row.locator("[data-photos=found] [data-source=camera]").set_input_files(photo)
        expect(row.locator("[data-photo]")).to_have_count(number)


def expect_delivered(page: Page) -> None:
    expect(page.locator("#checkpoint-a3-02 .photo--received")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-saved-words]")).to_contain_text("已送达", timeout=30_000)


def expect_whole(server, visit_id: int) -> None:
    """One answer, one photograph whose file is what its name says."""
    with server.database.reading() as session:
        answers = select(Answer).where(
            Answer.inspection_id == visit_id, Answer.checkpoint_code == "A3-02"
        )
        answer = session.scalars(answers).one()
        assert (answer.verdict, bool(answer.seen)) == ("fail", True)
        rows = select(AnswerPhoto.sha256).where(AnswerPhoto.answer_id == answer.id)
        sha256 = session.scalars(rows).one()
        assert session.scalars(select(Photo.state)).all() == [PhotoState.READABLE]
        keys = session.scalars(select(Parcel.key)).all()
        assert len(keys) == len(set(keys))
        assert len(session.scalars(select(Inspection)).all()) == 1
    store = open_store(read_settings(server.instance).store)
    assert hashlib.sha256(store.get(photo_key(sha256, ORIGINAL))).hexdigest() == sha256


def test_a_browser_killed_in_the_middle_of_a_visit_without_signal(own_server, pocket_phone, visit):
    visit_id, lead = visit
    page = pocket_phone.start()
    own_server.sign_in(page, lead)
    open_page(page, own_server.address, visit_id)
    pocket_phone.set_offline(True)
    fail_with_photo(page)
    expect(page.locator("[data-saved-words]")).to_contain_text("已存本机")

    page = pocket_phone.restart()
    own_server.sign_in(page, lead)
    open_page(page, own_server.address, visit_id)

    expect(page.locator("#checkpoint-a3-02 .verdict__input--fail")).to_be_checked()
    expect_delivered(page)
    expect_whole(own_server, visit_id)


def test_a_browser_killed_at_the_third_of_five_photographs_brings_all_five(
    own_server, line, pocket_phone, visit
):
    visit_id, lead = visit
    page = pocket_phone.start()
    own_server.sign_in(page, lead, address=line.address)
    open_page(page, line.address, visit_id)
    line.refuse()
    fail_with_photo(page, 5)
    line.slow(100_000)
    line.accept()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#checkpoint-a3-02 .photo--local")).to_have_count(2, timeout=60_000)
    pocket_phone.kill()
    with own_server.database.reading() as session:
        assert len(session.scalars(select(Photo.id)).all()) < 5

    line.quick()
    page = pocket_phone.start()
    own_server.sign_in(page, lead, address=line.address)
    open_page(page, line.address, visit_id)

    expect(page.locator("#checkpoint-a3-02 .photo--received")).to_have_count(5, timeout=60_000)
    with own_server.database.reading() as session:
        sent = session.scalars(select(Photo.sha256)).all()
        attached = session.scalars(
            select(AnswerPhoto.sha256).join(Answer).where(Answer.inspection_id == visit_id)
        ).all()
    assert len(set(sent)) == len(sent) == 5
    assert sorted(attached) == sorted(sent)


def test_a_line_cut_in_the_middle_of_a_photograph_goes_on_from_there(
    own_server, line, pocket_phone, visit
):
    visit_id, lead = visit
    page = pocket_phone.start()
    own_server.sign_in(page, lead, address=line.address)
    open_page(page, line.address, visit_id)
    line.cut_after(sent=100_000, of=b"PUT /photos/", times=3)
    line.cut_after(sent=40_000, of=b"PATCH /photos/")

    fail_with_photo(page)

    expect_delivered(page)
    assert line.cuts >= 1
    expect_whole(own_server, visit_id)


def test_a_reply_that_was_lost_after_the_commit_doubles_nothing(
    own_server, line, pocket_phone, visit
):
    visit_id, lead = visit
    page = pocket_phone.start()
    own_server.sign_in(page, lead, address=line.address)
    open_page(page, line.address, visit_id)
    line.cut_after(received=0, of=b"PUT /sync/parcels/", times=3)

    fail_with_photo(page)

    expect_delivered(page)
    assert line.cuts >= 1
    expect_whole(own_server, visit_id)


def test_a_killed_server_gets_what_it_missed_when_it_is_back(own_server, pocket_phone, visit):
    visit_id, lead = visit
    page = pocket_phone.start()
    own_server.sign_in(page, lead)
    open_page(page, own_server.address, visit_id)
    own_server.kill()

    fail_with_photo(page)
    expect(page.locator("[data-saved-words]")).to_contain_text("已存本机")
    own_server.start()

    expect_delivered(page)
    expect_whole(own_server, visit_id)
