import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.inspections.actions import attach_photo
from firesafe.inspections.models import AnswerPhoto, PhotoMoment
from firesafe.inspections.stamping import stamp_lines
from firesafe.photos.actions import Said, receive_photo
from firesafe.photos.prints import stamped_photo
from firesafe.photos.store import Store
from tests.makers import (
    HANBIN,
    MONDAY,
    make_closed_inspection,
    make_factory,
    make_officer,
    make_open_inspection,
)
from tests.photos.pictures import jpeg

LATER = MONDAY + timedelta(hours=3)
FACTORY = "示例玩具二厂"


@pytest.fixture
def visit(session):
    """A visit with one photograph at A3-02."""
    lead = make_officer(session, name="赵玥")
    return make_open_inspection(session, factory=make_factory(session, name=FACTORY), lead=lead)


@pytest.fixture
def shot(session, visit, services):
    store, said = services.get(Store), Said(taken_at=MONDAY)
    photo = receive_photo(session, store, io.BytesIO(jpeg()), by=visit.lead, at=LATER, said=said)
    return attach_photo(
        session, visit, "A3-02", photo.sha256, PhotoMoment.FOUND, by=visit.lead, at=LATER
    )


def test_a_stamp_says_what_where_when_and_by_whom(session, visit, shot):
    factory, checkpoint, moment = stamp_lines(session, visit, shot)

    assert (factory, moment) == (FACTORY, "2026-11-23 10:00 赵玥")
    assert checkpoint.startswith("A3-02 ")


def test_without_the_time_of_taking_that_of_adding_is_stamped(session):
    visit = make_closed_inspection(session)
    shot = session.scalars(select(AnswerPhoto)).one()
    shot.added_at = LATER

    assert stamp_lines(session, visit, shot)[2].startswith("2026-11-23 13:00 ")


def test_a_closed_visit_keeps_the_names_of_its_closing(session):
    visit = make_closed_inspection(session)
    shot = session.scalars(select(AnswerPhoto)).one()
    before = stamp_lines(session, visit, shot)

    visit.factory.name, visit.lead.name = "改名后的厂", "改名后的人"

    assert stamp_lines(session, visit, shot) == before


def test_the_stamped_copy_is_given_out_to_those_who_see_the_visit(
    session, services, visit, shot, sign_in
):
    address = f"/inspections/{visit.id}/photos/{shot.sha256}/stamped"
    lines = stamp_lines(session, visit, shot)

    answer = sign_in(visit.lead).get(address)
    elsewhere = sign_in(make_officer(session, county=HANBIN)).get(address)

    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.data == stamped_photo(services.get(Store), shot.sha256, lines)
    assert elsewhere.status_code == 404
