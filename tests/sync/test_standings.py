"""How things stand, as the phone that holds them is told."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.inspections.models import InspectionState
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import Fault
from tests.makers import HANBIN, make_officer, make_photo
from tests.phones import sending_phone
from tests.sync.sent import (
    a_key,
    a_parcel,
    all_answers,
    all_signatures,
    attaching,
    detaching,
    handing_in,
    opening,
    put,
)

DEGREE_M = 111_195  # of latitude
WHY = {"reason": "照片看不清，重拍一张"}


def ask(phone, photos=(), visits=()):
    told = phone.post("/sync/standings", json={"photos": list(photos), "visits": list(visits)})
    assert told.status_code == 200
    return told.json


@pytest.fixture
def sha(session, team):
    made = make_photo(session, by=team.lead)
    session.commit()
    return made


@pytest.fixture
def develop(session):
    """Return a function that lets a photograph become readable, or not."""

    def developed(sha256, state=PhotoState.READABLE, fault=None):
        photo = session.scalars(select(Photo).where(Photo.sha256 == sha256)).one()
        photo.state, photo.fault = state, fault
        session.commit()

    return developed


@pytest.fixture
def handed_in(team, phone, sha):
    """A visit that was handed in with one photograph, by its key."""
    key = a_key()
    deeds = [
        opening(team.factory, team.second),
        *all_answers(failed={"A3-02": {}}),
        attaching("A3-02", sha),
        *all_signatures(),
        handing_in([sha]),
    ]
    assert put(phone, a_parcel(key, *deeds)).status_code == 200
    return key


def test_photographs_stand_where_they_do(phone, sha, develop):
    told = ask(phone, [sha, "f" * 64])["photos"]
    assert {each: told[each]["state"] for each in told} == {sha: "received", "f" * 64: "absent"}
    develop(sha)
    assert ask(phone, [sha])["photos"][sha]["state"] == "readable"


def test_an_unreadable_photograph_comes_with_the_reason(phone, sha, develop):
    develop(sha, PhotoState.UNREADABLE, Fault.DAMAGED)

    told = ask(phone, [sha])["photos"][sha]

    assert (told["state"], told["sentence"]) == ("unreadable", "这张照片坏了，打不开，重拍一张。")


@pytest.fixture
def lay_at(session, team):
    """Return a function that puts the factory on the map, and the photograph north of it."""

    def laid(sha256, metres, accuracy_m=12):
        factory = session.merge(team.factory)
        factory.latitude, factory.longitude = Decimal("32.380100"), Decimal("109.360200")
        photo = session.scalars(select(Photo).where(Photo.sha256 == sha256)).one()
        photo.latitude, photo.longitude = 32.380100 + metres / DEGREE_M, 109.360200
        photo.accuracy_m = accuracy_m
        session.commit()

    return laid


@pytest.mark.parametrize(
    ("metres", "words", "is_far"),
    [(35, "距厂 35 米 ± 12 米", False), (2300, "离厂 2.3 公里 ± 12 米", True)],
)
def test_a_photograph_of_a_visit_comes_with_its_distance(
    app, session, team, phone, sha, lay_at, metres, words, is_far
):
    lay_at(sha, metres)
    assert ask(phone, [sha])["photos"][sha]["distance"] is None  # of no visit yet
    put(phone, a_parcel(a_key(), opening(team.factory, team.second), attaching("A3-02", sha)))

    told = ask(phone, [sha])["photos"][sha]
    assert (told["distance"], told["is_far"]) == (words, is_far)
    stranger = sending_phone(app, session, make_officer(session, county=HANBIN))
    assert ask(stranger, [sha])["photos"][sha]["distance"] is None


def test_a_visit_nobody_has_heard_of_is_absent(phone):
    key = a_key()

    assert ask(phone, visits=[key])["visits"][key]["state"] == "absent"


def test_a_draft_says_what_it_waits_for(team, phone):
    key = a_key()
    put(phone, a_parcel(key, opening(team.factory, team.second), attaching("A3-02", "e" * 64)))

    told = ask(phone, visits=[key])["visits"][key]

    assert (told["state"], told["waiting_photos"]) == ("draft", 1)
    assert told["address"] == f"/inspections/{told['inspection_id']}"


def test_a_visit_handed_in_waits_until_its_photographs_are_readable(
    phone, handed_in, sha, develop, visit_of
):
    told = ask(phone, visits=[handed_in])["visits"][handed_in]
    assert (told["state"], told["waiting_photos"]) == ("handed_in", 1)

    develop(sha)

    assert ask(phone, visits=[handed_in])["visits"][handed_in]["state"] == "closed"
    assert visit_of(handed_in).state is InspectionState.CLOSED


def test_a_visit_with_an_unreadable_photograph_says_what_to_do(phone, handed_in, sha, develop):
    develop(sha, PhotoState.UNREADABLE, Fault.DAMAGED)

    told = ask(phone, visits=[handed_in])["visits"][handed_in]

    assert told["state"] == "handed_in"
    assert "补拍" in told["sentence"]


def test_a_visit_that_was_taken_back_is_a_draft_and_is_handed_in_anew(
    phone, team, database, sign_in, handed_in, sha, develop, visit_of
):
    develop(sha, PhotoState.UNREADABLE, Fault.DAMAGED)
    visit = visit_of(handed_in)
    client = sign_in(team.lead)

    assert "退回草稿" in client.get(f"/inspections/{visit.id}").text
    address = f"/inspections/{visit.id}/take-back"
    assert client.post(address).status_code == 422  # nobody says why
    assert visit_of(handed_in).state is InspectionState.HANDED_IN
    assert client.post(address, data=WHY).status_code == 302

    taken_back = AuditEntry.event == Event.INSPECTION_TAKEN_BACK
    with database.reading() as session:
        told = session.scalars(select(AuditEntry.facts).where(taken_back)).one()
    assert told["reason"] == WHY["reason"]
    assert ask(phone, visits=[handed_in])["visits"][handed_in]["state"] == "draft"
    put(phone, a_parcel(handed_in, detaching("A3-02", sha), *all_signatures(), handing_in()))
    assert visit_of(handed_in).state is InspectionState.DRAFT  # the checkpoint has no photograph


def test_a_draft_cannot_be_taken_back_nor_another_s_visit(
    session, team, sign_in, handed_in, visit_of
):
    visit = visit_of(handed_in)
    stranger = make_officer(session)

    address = f"/inspections/{visit.id}/take-back"
    assert sign_in(stranger).post(address, data=WHY).status_code == 403
    client = sign_in(team.lead)
    client.post(address, data=WHY)
    assert client.post(address, data=WHY).status_code == 403
    assert "退回草稿" not in client.get(f"/inspections/{visit.id}").text


def test_another_county_s_visit_is_absent(app, session, handed_in):
    stranger = sending_phone(app, session, make_officer(session, county=HANBIN))

    assert ask(stranger, visits=[handed_in])["visits"][handed_in]["state"] == "absent"
