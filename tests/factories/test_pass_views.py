"""Giving codes at the desk, typing them at the door, and what a bearer gets to see."""

import io
import re

import pytest
from sqlalchemy import select

from firesafe.accounts.models import DoorPass
from firesafe.core.settings import Settings
from firesafe.findings.queries import evidence_by_finding
from firesafe.photos.store import Store
from tests.makers import HANBIN, make_officer
from tests.notices.cases import make_case
from tests.photos.pictures import jpeg

KEY = "44444444-4444-4444-8444-444444444444"


@pytest.fixture
def case(session, services):
    made = make_case(session, services.get(Store))
    session.commit()
    return made


@pytest.fixture
def inspector(session, sign_in, case):
    return sign_in(make_officer(session))


@pytest.fixture
def code(inspector, case):
    page = inspector.post(
        f"/factories/{case.visit.factory_id}/passes", data={"name": "张厂长"}
    ).text
    return re.search(r"\d{4} \d{4}", page)[0]


@pytest.fixture
def door(case):
    return f"/doors/{case.visit.factory.door_code}"


@pytest.fixture
def bearer(app, door, code):
    client = app.test_client()
    assert client.post(f"{door}/pass", data={"code": code}).location == "/"
    return client


def send(client, finding, **more):
    data = {"client_key": KEY, "note": "搬走了", "photos": [(io.BytesIO(jpeg()), "now.jpg")]}
    return client.post(f"/my-factory/findings/{finding.id}/evidence", data=data | more)


def test_a_code_is_shown_once_and_stands_in_the_list_without_its_digits(inspector, case, code):
    page = inspector.get(f"/factories/{case.visit.factory_id}/passes").text

    assert "张厂长" in page
    assert code not in page
    assert f"/factories/{case.visit.factory_id}/passes" in (
        inspector.get(f"/factories/{case.visit.factory_id}").text
    )


def test_the_door_leads_to_the_code_and_the_code_to_what_can_be_proved(
    app, door, code, case, bearer
):
    assert f'href="{door}/pass"' in app.test_client().get(door).text

    page = bearer.get("/", follow_redirects=True).text
    assert case.finding.wording in page
    assert f"/my-factory/findings/{case.finding.id}/evidence" in page
    sha256 = case.finding.photos[0]["sha256"]
    photo = f"/my-factory/findings/{case.finding.id}/photos/{sha256}/320"
    assert bearer.get(photo).status_code == 200
    assert bearer.get(door).location == "/"


def test_a_bearer_sends_proof_in_his_own_name(session, bearer, case):
    answer = send(bearer, case.finding)

    assert answer.location == "/my-factory/to-prove"
    session.rollback()
    sent = evidence_by_finding(session, [case.finding.id])[case.finding.id]
    assert [each.sent_by.name for each in sent] == ["张厂长"]


def test_a_bearer_may_do_nothing_else(bearer, case):
    for address in (
        "/my-factory",
        f"/my-factory/findings/{case.finding.id}",
        "/my-notices",
        f"/my-notices/{case.notice.id}/pdf",
        f"/my-factory/findings/{case.finding.id}/extension",
        f"/factories/{case.visit.factory_id}",
        "/reports",
    ):
        assert bearer.get(address).status_code == 403, address


def test_another_factory_s_findings_are_not_there(session, services, bearer):
    other = make_case(session, services.get(Store))
    session.commit()

    assert bearer.get(f"/my-factory/findings/{other.finding.id}/evidence").status_code == 404
    assert send(bearer, other.finding).status_code == 404
    assert f"/findings/{other.finding.id}/" not in bearer.get("/my-factory/to-prove").text


def test_revoked_while_he_is_in_he_is_out_and_what_he_sent_stays(session, inspector, bearer, case):
    send(bearer, case.finding)
    given = session.scalars(select(DoorPass)).one()
    session.commit()

    address = f"/factories/{case.visit.factory_id}/passes/{given.id}/revocation"
    assert inspector.post(address).status_code == 302

    assert send(bearer, case.finding, client_key=KEY[:-1] + "5").location.startswith("/sign-in")
    session.rollback()
    assert len(evidence_by_finding(session, [case.finding.id])[case.finding.id]) == 1


def test_another_county_gives_and_revokes_nothing(session, sign_in, case, code):
    stranger = sign_in(make_officer(session, county=HANBIN))
    given = session.scalars(select(DoorPass)).one()
    address = f"/factories/{case.visit.factory_id}/passes"

    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/{given.id}/revocation").status_code == 404


def test_a_wrong_code_is_told_and_says_when_the_door_is_shut(app, door, code):
    client = app.test_client()
    answers = [client.post(f"{door}/pass", data={"code": "0000 0000"}) for _each in range(5)]

    assert [each.status_code for each in answers] == [422] * 5
    assert "这个码不能用" in answers[0].text
    assert "输错的次数太多" in answers[4].text
    assert client.post(f"{door}/pass", data={"code": code}).status_code == 422


def test_one_address_tries_no_hundreds(app, services, door):
    client, limit = app.test_client(), services.get(Settings).sign_in_attempts_per_minute

    statuses = [
        client.post(f"{door}/pass", data={"code": str(n)}).status_code for n in range(limit + 1)
    ]

    assert statuses == [422] * limit + [429]


def test_an_unknown_door_takes_no_code(app, case):
    assert app.test_client().get("/doors/abcdefghijklmnop/pass").status_code == 404
