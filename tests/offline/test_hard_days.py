"""Phones that lose their database or their place, and visits with many photographs."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from firesafe.inspections.models import Answer, AnswerPhoto
from firesafe.inspections.rules import MOST_PHOTOS
from firesafe.photos.models import Photo, PhotoState
from tests.offline.shelves import rows, wait_for_rows
from tests.offline.visiting import (
    begin_visit,
    connect,
    cut_off,
    fail_checkpoint,
    open_outbox,
    photograph,
    picture,
)

pytestmark = pytest.mark.browser

REMEMBER_CONNECTIONS = """
window.connections = [];
const open = indexedDB.open.bind(indexedDB);
indexedDB.open = (...words) => {
  const opening = open(...words);
  opening.addEventListener('success', () => window.connections.push(opening.result));
  return opening;
};
"""
LATE_POSITION = """
navigator.geolocation.watchPosition = (found) => {
  window.arrive = () => found({ coords: { latitude: 32.69, longitude: 109.03, accuracy: 18 } });
  return 1;
};
"""
MANY = 40
FAILED = ("A3-01", "A3-02", "A3-03", "A3-04")


def test_a_connection_that_was_closed_under_the_page_costs_nothing(live_server, phone):
    phone.add_init_script(REMEMBER_CONNECTIONS)
    begin_visit(live_server, phone)
    phone.context.set_offline(True)
    assert phone.evaluate("window.connections.length") > 0

    phone.evaluate("window.connections.forEach((each) => each.close())")
    fail_checkpoint(phone)
    phone.evaluate("window.connections.forEach((each) => each.close())")
    photograph(phone)

    [visit] = rows(phone, "visits")
    assert visit["answers"]["A3-02"]["entry"]["verdict"] == "fail"
    assert [photo["state"] for photo in rows(phone, "photos")] == ["local"]


def test_a_position_that_comes_late_goes_with_the_photograph(live_server, phone):
    phone.add_init_script(LATE_POSITION)
    begin_visit(live_server, phone)
    cut_off(phone)
    fail_checkpoint(phone)
    photograph(phone)
    [taken] = rows(phone, "photos")
    assert "place" not in taken

    phone.evaluate("window.arrive()")
    wait_for_rows(phone, "photos", "([photo]) => Boolean(photo.place)")
    connect(phone)
    phone.reload()

    expect(phone.locator("#checkpoint-a3-02 .photo--received")).to_be_visible()
    with live_server.database.reading() as session:
        photo = session.scalars(select(Photo).where(Photo.sha256 == taken["sha256"])).one()
        assert (photo.latitude, photo.longitude, photo.accuracy_m) == (32.69, 109.03, 18)


def test_a_visit_with_forty_photographs_arrives_whole(live_server, phone):
    inspection, _lead = begin_visit(live_server, phone)
    cut_off(phone)
    for code in FAILED:
        fail_checkpoint(phone, code)
        for _each in range(MANY // len(FAILED)):
            photograph(phone, code)
    phone.reload()
    expect(phone.locator("#item-A3 [data-photo]")).to_have_count(MANY)

    connect(phone)
    open_outbox(live_server, phone)

    expect(phone.locator(".photo--received")).to_have_count(MANY, timeout=120_000)
    expect(phone.locator("[data-lines] .chip")).to_have_text("目前已送达")
    assert rows(phone, "bytes") == []
    with live_server.database.reading() as session:
        answers = select(Answer.id).where(Answer.inspection_id == inspection.id)
        shots = select(AnswerPhoto.sha256).where(AnswerPhoto.answer_id.in_(answers))
        assert len(session.scalars(shots).all()) == MANY
        readable = select(func.count()).where(
            Photo.sha256.in_(shots), Photo.state == PhotoState.READABLE
        )
        assert session.scalar(readable) == MANY


def test_no_more_photographs_are_taken_than_the_service_takes(live_server, phone):
    begin_visit(live_server, phone)
    fail_checkpoint(phone)
    for _each in range(MOST_PHOTOS):
        photograph(phone)

    row = phone.locator("#checkpoint-a3-02")
    photo = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    row.locator("[data-photos=found] [data-source=camera]").set_input_files(photo)

    expect(phone.locator(".toast")).to_contain_text("12")
    expect(row.locator(".photo--received")).to_have_count(MOST_PHOTOS)
    assert len(rows(phone, "photos")) == MOST_PHOTOS
