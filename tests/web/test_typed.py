"""Doors for machines: what the hints of a view say is what goes in and comes out."""

from typing import Annotated
from uuid import UUID

import pytest
from pydantic import AwareDatetime, Field

from firesafe.core.errors import RuleBroken, Stale
from firesafe.core.permissions import Permission
from firesafe.core.sealed import WHOLE, Sealed
from firesafe.web.doors import allow
from firesafe.web.openapi import document
from firesafe.web.typed import BODY_BYTES, typed
from tests.makers import make_officer
from tests.phones import sending_phone

KEY = "6f2c1a52-6e0d-4a0e-9f0b-3a3f0c1d2e4b"
NOON = "2026-11-23T12:00:00+08:00"


class Heard(Sealed):
    sent_at: Annotated[AwareDatetime, Field(alias="Sent-At")]


class Basket(Sealed):
    apples: Annotated[int, Field(ge=0, le=9), WHOLE]
    note: str | None = None


class Counted(Sealed):
    key: UUID
    apples: int
    sent_at: AwareDatetime


def count(key: UUID, sent: Basket, said: Heard) -> Counted:
    """Count apples.

    And nothing else.
    """
    if sent.apples == 7:
        raise RuleBroken("Seven is too many.")
    if sent.apples == 8:
        raise Stale("Somebody was faster.")
    return Counted(key=key, apples=sent.apples, sent_at=said.sent_at)


@pytest.fixture
def app(new_app):
    door = allow(Permission.PARCEL_SEND, takes_tokens=True)(typed(409)(count))
    new_app.add_url_rule("/apples/<string:key>", "apples", door, methods=["PUT"])
    return new_app


@pytest.fixture
def phone(app, session):
    return sending_phone(app, session, make_officer(session))


def put(phone, body=None, key=KEY, **headers):
    said = {"Sent-At": NOON, **headers}
    return phone.put(f"/apples/{key}", json=body or {"apples": 3}, headers=said)


def test_what_is_as_described_goes_in_and_comes_out(phone):
    answer = put(phone)

    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json == {"key": KEY, "apples": 3, "sent_at": NOON}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"apples": "3"}, "apples"),
        ({"apples": 3.5}, "apples"),
        ({"apples": True}, "apples"),
        ({"apples": 10}, "apples"),
        ({"apples": 3, "pears": 1}, "pears"),
        ({"note": "none"}, "apples"),
        ([3], ""),
    ],
)
def test_what_is_not_as_described_is_named_and_refused(phone, body, where):
    answer = put(phone, body)

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert [each["where"] for each in answer.json["faults"]] == [where]
    assert answer.json["detail"] == "应用发来的内容对不上。请更新应用再发一次。"


def test_a_whole_number_may_be_written_with_a_point(phone):
    assert put(phone, {"apples": 3.0}).json["apples"] == 3


def test_a_header_that_is_missing_or_is_no_moment_is_refused(phone):
    assert put(phone, **{"Sent-At": "soon"}).status_code == 422
    assert phone.put(f"/apples/{KEY}", json={"apples": 3}).status_code == 422


def test_no_json_at_all_is_another_fault(phone):
    headers = {"Sent-At": NOON, "Content-Type": "application/json"}

    assert phone.put(f"/apples/{KEY}", data="{", headers=headers).status_code == 400
    headers["Content-Type"] = "text/plain"
    assert phone.put(f"/apples/{KEY}", data="{}", headers=headers).status_code == 415


def test_a_body_that_is_too_large_is_not_read(phone):
    answer = put(phone, {"apples": 3, "note": "x" * BODY_BYTES})

    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")


def test_a_broken_rule_is_a_conflict_to_a_machine(phone):
    answer = put(phone, {"apples": 7})

    assert (answer.status_code, answer.json["detail"]) == (409, "Seven is too many.")
    assert put(phone, {"apples": 8}).status_code == 409


@pytest.mark.parametrize("key", ["seven", KEY.replace("-", ""), f"{{{KEY}}}", "0" * 36])
def test_a_key_that_is_none_leads_nowhere(phone, key):
    answer = put(phone, key=key)

    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_key_in_capitals_is_the_same(phone):
    assert put(phone, key=KEY.upper()).json["key"] == KEY


def test_a_stranger_is_told_in_the_same_form(app):
    answer = put(app.test_client())

    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def test_a_wrong_method_is_told_the_right_one(phone):
    answer = phone.post(f"/apples/{KEY}")

    assert answer.status_code == 405
    assert "PUT" in answer.headers["Allow"]


def test_the_description_is_made_from_the_hints(app):
    told = document(app, title="t", version="1")["paths"]["/apples/{key}"]["put"]

    assert (told["summary"], told["description"]) == ("Count apples.", "And nothing else.")
    assert [(each["name"], each["in"]) for each in told["parameters"]] == [
        ("key", "path"),
        ("Sent-At", "header"),
    ]
    assert told["security"] == [{"upload-token": []}]
    assert sorted(told["responses"]) == [
        *("200", "400", "401", "403", "404", "409", "413", "415", "422")
    ]
    body = told["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/Basket"}


def test_a_door_behind_a_sign_in_names_the_token_of_its_form(app):
    door = allow(Permission.INSPECTION_FILL)(typed()(pick))
    app.add_url_rule("/pears", "pears", door, methods=["POST"])

    told = document(app, title="t", version="1")["paths"]["/pears"]["post"]

    assert told["security"] == [{"session": []}]
    assert [each["name"] for each in told["parameters"]] == ["X-CSRFToken"]


def pick(sent: Basket) -> Basket:
    return sent


def test_a_new_officer_chooses_a_password_first(app, session, sign_in):
    door = allow(Permission.INSPECTION_FILL)(typed()(pick))
    app.add_url_rule("/pears", "pears", door, methods=["POST"])
    officer = make_officer(session)
    officer.must_change_password = True

    answer = sign_in(officer).post("/pears", json={"apples": 1})

    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
