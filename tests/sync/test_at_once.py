"""Many at once: equal parcels give one row, different ones all come through."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.inspections.models import Inspection
from firesafe.sync.models import Parcel
from tests.sync.sent import a_key, a_parcel, answer, bytes_of, opening, put

SENDERS = 20


@pytest.fixture
def at_once(app, phone):
    """Return a function that sends parcels, each from a phone of its own, at the same moment."""
    bearer = phone.environ_base["HTTP_AUTHORIZATION"]
    start = Barrier(SENDERS, timeout=60)

    def send(key, body):
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = bearer
        start.wait()
        return put(client, body, key=key)

    def sending(*parcels):
        with ThreadPoolExecutor(SENDERS) as senders:
            return list(senders.map(lambda each: send(*each), parcels))

    return sending


@pytest.fixture
def count(database):
    def counted(table, *conditions):
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(table).where(*conditions))

    return counted


def test_twenty_equal_parcels_give_one_row_and_one_answer(team, at_once, count):
    visit, key = a_key(), a_key()
    body = bytes_of(a_parcel(visit, opening(team.factory, team.second), answer("A3-02")))

    answers = at_once(*[(key, body)] * SENDERS)

    assert [each.status_code for each in answers] == [200] * SENDERS
    assert len({each.get_data() for each in answers}) == 1
    assert (count(Parcel), count(Inspection)) == (1, 1)
    assert count(AuditEntry, AuditEntry.event == Event.INSPECTION_OPENED) == 1


def test_twenty_keys_for_one_visit_give_one_visit(team, at_once, count):
    visit = a_key()
    body = bytes_of(a_parcel(visit, opening(team.factory, team.second)))

    answers = at_once(*[(a_key(), body) for _ in range(SENDERS)])

    assert [each.status_code for each in answers] == [200] * SENDERS
    assert (count(Parcel), count(Inspection)) == (SENDERS, 1)


def test_twenty_answers_to_one_checkpoint_leave_the_one_with_the_highest_clock(
    team, phone, at_once, visit_of
):
    visit = a_key()
    put(phone, a_parcel(visit, opening(team.factory, team.second)))
    parcels = [
        (a_key(), bytes_of(a_parcel(visit, answer("A3-02", clock=n + 2, remark=f"第{n}次"))))
        for n in range(SENDERS)
    ]

    answers = at_once(*parcels)

    stands = {each.checkpoint_code: each for each in visit_of(visit).answers}["A3-02"]
    assert [each.status_code for each in answers] == [200] * SENDERS
    assert (stands.version, stands.remark) == (SENDERS + 1, f"第{SENDERS - 1}次")


def test_one_key_with_different_bytes_is_taken_once(team, phone, at_once, count):
    visit, key = a_key(), a_key()
    put(phone, a_parcel(visit, opening(team.factory, team.second)))
    parcels = [
        (key, bytes_of(a_parcel(visit, answer("A3-02", clock=n + 2, remark=f"第{n}次"))))
        for n in range(SENDERS)
    ]

    answers = at_once(*parcels)

    assert sorted(each.status_code for each in answers) == [200] + [409] * (SENDERS - 1)
    assert count(Parcel) == 2
