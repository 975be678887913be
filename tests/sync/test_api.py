"""Parcels through their door: taken once, whole or not at all, and answered the same."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.clock import now
from firesafe.inspections.models import Inspection, InspectionState
from firesafe.sync.models import Parcel
from tests.makers import HANBIN, make_factory, make_officer
from tests.phones import sending_phone
from tests.sync.sent import (
    OTHER_PHONE,
    a_key,
    a_parcel,
    all_answers,
    all_signatures,
    answer,
    attaching,
    bytes_of,
    handing_in,
    opening,
    put,
    signing,
)

SHA = "a" * 64


@pytest.fixture
def begun(team, phone):
    """A visit that the first inspector's phone has begun, by its key."""
    key = a_key()
    assert put(phone, a_parcel(key, opening(team.factory, team.second))).status_code == 200
    return key


@pytest.fixture
def count(database):
    def counted(table):
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(table))

    return counted


def test_a_parcel_opens_a_visit_and_is_answered_with_a_receipt(team, phone, visit_of):
    key, visit = a_key(), a_key()
    body = bytes_of(a_parcel(visit, opening(team.factory, team.second), answer("A3-02")))

    told = put(phone, body, key=key)

    kept = visit_of(visit)
    assert told.status_code == 200
    assert told.json["parcel"] == key
    assert told.json["sha256"] == hashlib.sha256(body).hexdigest()
    outcome = told.json["outcome"]
    assert outcome["visit"] == visit
    assert (outcome["inspection_id"], outcome["state"]) == (kept.id, "draft")
    assert outcome["address"] == f"/inspections/{kept.id}"
    assert (kept.lead_id, kept.second_id) == (team.lead.id, team.second.id)


def test_an_answer_is_merged_and_told_with_its_version(phone, begun, visit_of):
    told = put(phone, a_parcel(begun, answer("A3-02", clock=5, verdict="fail", seen="堆放纸箱")))

    standing = told.json["outcome"]["answers"]["A3-02"]
    assert (standing["version"], standing["overtaken"]) == (5, False)
    assert standing["entry"]["seen"] == "堆放纸箱"
    stands = {each.checkpoint_code: each for each in visit_of(begun).answers}["A3-02"]
    assert (stands.verdict, stands.version) == ("fail", 5)


def test_a_receipt_names_every_field_though_only_those_that_say_something_are_kept(
    phone, begun, database
):
    key, body = a_key(), bytes_of(a_parcel(begun, answer("A3-02", verdict="pass", remark="好")))

    told = put(phone, body, key=key)

    with database.reading() as session:
        outcome = session.scalars(select(Parcel.outcome).where(Parcel.key == key)).one()
    assert outcome["answers"]["A3-02"]["entry"] == {"verdict": "pass", "remark": "好"}
    entry = told.json["outcome"]["answers"]["A3-02"]["entry"]
    assert set(entry) == set(answer("A3-02")["entry"])
    assert (entry["verdict"], entry["remark"], entry["seen"]) == ("pass", "好", "")
    assert put(phone, body, key=key).get_data() == told.get_data()


def test_a_receipt_that_was_kept_with_every_field_is_given_again(phone, begun, database):
    key, body = a_key(), bytes_of(a_parcel(begun, answer("A3-02", verdict="pass")))
    told = put(phone, body, key=key)
    with database.writing() as session:  # as it was kept before
        parcel = session.scalars(select(Parcel).where(Parcel.key == key)).one()
        parcel.outcome = {**parcel.outcome, "answers": told.json["outcome"]["answers"]}

    assert put(phone, body, key=key).get_data() == told.get_data()


def test_the_same_key_and_bytes_get_the_same_answer_and_do_nothing(phone, begun, count):
    key, body = a_key(), bytes_of(a_parcel(begun, answer("A3-02", verdict="pass")))
    first = put(phone, body, key=key)
    later = put(phone, a_parcel(begun, answer("A3-02", clock=3, knew=2, verdict="fail")))

    again = put(phone, body, key=key)

    assert later.status_code == 200
    assert again.json == first.json
    assert count(Parcel) == 3  # the beginning, the first, the later


def test_the_same_key_with_other_bytes_is_refused(phone, begun, count):
    key = a_key()
    put(phone, a_parcel(begun, answer("A3-02", verdict="pass")), key=key)

    other = put(phone, a_parcel(begun, answer("A3-02", verdict="fail")), key=key)

    assert (other.status_code, other.mimetype) == (409, "application/problem+json")
    assert other.json["detail"] == "同一个编号之前送来的是别的内容，没有改动任何东西。"
    assert count(Parcel) == 2


def test_a_receipt_is_not_for_somebody_else(phone, second_phone, begun):
    key, body = a_key(), bytes_of(a_parcel(begun, answer("A3-02", verdict="pass")))
    put(phone, body, key=key)

    assert put(second_phone, body, key=key).status_code == 403


def test_a_refused_parcel_leaves_nothing_and_may_come_again(phone, begun, count, visit_of):
    bad = a_parcel(
        begun,
        answer("A3-02", verdict="pass"),
        answer("K1-01", asked_count=3, correct_count=5),
    )
    key = a_key()

    refused = put(phone, bad, key=key)

    assert refused.status_code == 409
    assert count(Parcel) == 1
    assert {each.version for each in visit_of(begun).answers} == {1}
    assert put(phone, a_parcel(begun, answer("A3-02")), key=key).status_code == 200


def test_a_photograph_is_expected_before_it_arrives(phone, begun, visit_of):
    told = put(phone, a_parcel(begun, attaching("A3-02", SHA)))

    assert told.status_code == 200
    assert "A3-02" in told.json["outcome"]["answers"]
    photos = [photo.sha256 for each in visit_of(begun).answers for photo in each.photos]
    assert photos == [SHA]


def test_a_photograph_is_taken_away_again(phone, begun, visit_of):
    put(phone, a_parcel(begun, attaching("A3-02", SHA)))

    put(phone, a_parcel(begun, {**attaching("A3-02", SHA), "deed": "detach"}))

    assert [photo for each in visit_of(begun).answers for photo in each.photos] == []


def test_a_whole_visit_without_photographs_is_closed_at_once(team, phone, visit_of):
    key = a_key()
    deeds = [opening(team.factory, team.second), *all_answers(), *all_signatures(), handing_in()]

    told = put(phone, a_parcel(key, *deeds))

    assert told.json["outcome"]["state"] == "closed", told.json
    kept = visit_of(key)
    assert kept.state is InspectionState.CLOSED
    assert (kept.score, len(kept.signatures)) == (100, 3)


def test_a_visit_whose_photographs_are_on_their_way_is_handed_in(team, phone, visit_of):
    key = a_key()
    whole = [
        opening(team.factory, team.second),
        *all_answers(failed={"A3-02": {}}),
        attaching("A3-02", SHA),
        *all_signatures(),
        handing_in([SHA]),
    ]

    told = put(phone, a_parcel(key, *whole))

    assert told.json["outcome"]["state"] == "handed_in"
    assert visit_of(key).handed_in_at is not None


def test_what_is_missing_is_said_and_the_visit_stays_a_draft(phone, begun, visit_of):
    told = put(phone, a_parcel(begun, *all_signatures(), handing_in()))

    assert told.status_code == 409
    assert visit_of(begun).is_draft


def test_a_visit_is_given_up(phone, begun, visit_of):
    told = put(phone, a_parcel(begun, {"deed": "void", "reason": "企业停产"}))

    assert told.json["outcome"]["state"] == "void"
    assert visit_of(begun).void_reason == "企业停产"


def test_a_factory_that_would_not_sign(phone, begun, visit_of):
    deed = {"deed": "refuse", "reason": "负责人不在", "witness": "社区干部赵测试"}

    assert put(phone, a_parcel(begun, deed)).status_code == 200
    assert visit_of(begun).refusal_witness == "社区干部赵测试"


def test_a_signature_that_is_no_picture_is_refused(phone, begun):
    told = put(phone, a_parcel(begun, {**signing("lead"), "picture": "AAAA"}))

    assert told.status_code == 409


def test_a_beginning_sent_again_finds_its_visit(team, phone, begun, count):
    again = put(
        phone,
        a_parcel(begun, opening(team.factory, team.second), answer("A3-02", verdict="pass")),
    )

    assert again.status_code == 200
    assert count(Inspection) == 1


@pytest.mark.parametrize(
    ("deed", "status"),
    [
        (answer("Z9-99"), 404),
        ({**attaching("A3-02", "A" * 64)}, 422),
        ({"deed": "dance"}, 422),
        (answer("A3-02", seen="x\0y"), 422),
        (answer("A3-02", seen="长" * 501), 422),
        (answer("A1-01", grade="major_suspected"), 409),
    ],
)
def test_a_deed_that_cannot_be_done_is_refused_with_its_status(phone, begun, deed, status):
    assert put(phone, a_parcel(begun, deed)).status_code == status


def test_strangers_to_a_visit_find_nothing(app, session, team, begun):
    elsewhere = sending_phone(app, session, make_officer(session, county=HANBIN))
    colleague = sending_phone(app, session, make_officer(session))

    assert put(elsewhere, a_parcel(begun, answer("A3-02"))).status_code == 404
    assert put(colleague, a_parcel(begun, answer("A3-02"))).status_code == 403


def test_a_factory_of_another_county_is_not_to_be_visited(session, team, phone):
    other = make_factory(session, county=HANBIN)
    session.commit()

    assert put(phone, a_parcel(a_key(), opening(other, team.second))).status_code == 404


def test_a_second_inspector_nobody_knows_is_refused(team, phone):
    deed = {**opening(team.factory, team.second), "second_id": 999_999}

    assert put(phone, a_parcel(a_key(), deed)).status_code == 404


def test_a_parcel_is_at_most_as_long_as_agreed(phone, begun):
    many = [answer("A3-02", clock=n) for n in range(2, 203)]

    assert put(phone, a_parcel(begun, *many)).status_code == 422
    assert put(phone, a_parcel(begun)).status_code == 422


def test_the_trail_tells_who_opened_it_and_when(session, team, phone, begun):
    events = session.scalars(select(AuditEntry.event).where(AuditEntry.by_id == team.lead.id))

    assert Event.INSPECTION_OPENED in set(events)


@pytest.mark.parametrize("days", [1, -1, 10_000, -10_000])
def test_a_clock_wrong_by_a_day_is_put_right_and_both_times_are_kept(team, phone, visit_of, days):
    wrong, begun_at = timedelta(days=days), now() - timedelta(hours=1)
    key = a_key()
    deed = {**opening(team.factory, team.second), "opened_at": (begun_at + wrong).isoformat()}

    put(phone, a_parcel(key, deed), ahead=wrong)

    kept = visit_of(key)
    assert abs(kept.opened_at - begun_at) < timedelta(seconds=20)
    assert kept.opened_on_phone_at == begun_at + wrong
    assert abs(kept.clock_ahead_seconds - wrong.total_seconds()) < 20


def test_a_visit_signed_on_another_phone_takes_no_more_answers(phone, second_phone, begun):
    put(phone, a_parcel(begun, signing("lead")))

    late = put(second_phone, a_parcel(begun, answer("A3-02", verdict="fail"), phone=OTHER_PHONE))

    assert late.status_code == 409
