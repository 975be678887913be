"""Every deed can be told."""

import re

import pytest
from sqlalchemy import select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.audit.sentences import TELLINGS, UNKNOWN, facts_of, kind_of, sentence_of
from firesafe.audit.trail import record
from tests.makers import MONDAY


def test_every_event_has_a_name_and_a_sentence():
    assert set(TELLINGS) == set(Event)
    assert all(sentence_of(event) for event in Event)


def test_every_event_is_called_room_thing_and_what_happened():
    assert [event for event in Event if not re.fullmatch(r"[a-z]+:[a-z-]+:[a-z-]+", event)] == []


def test_a_name_has_no_places_and_no_two_events_share_one():
    names = [telling.name for telling in TELLINGS.values()]

    assert not any("%(" in name for name in names)
    assert len(set(names)) == len(names)


def test_the_facts_fill_the_sentence():
    entry = AuditEntry(event=Event.NOTICE_ISSUED, facts={"number": "〔2026〕1号"})

    assert sentence_of(entry.event) % facts_of(entry) == "Issued 〔2026〕1号"


@pytest.mark.parametrize("facts", [{}, {"number": None}, {"number": ""}])
def test_a_fact_that_is_missing_is_a_dash(facts):
    entry = AuditEntry(event=Event.NOTICE_ISSUED, facts=facts)

    assert sentence_of(entry.event) % facts_of(entry) == f"Issued {UNKNOWN}"


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("officer:12", ("Account %(id)s", "12")),
        ("register", ("The register", "register")),
        ("castle:3", ("%(id)s", "3")),
    ],
)
def test_what_the_deed_was_done_to_is_named(subject, told):
    assert kind_of(AuditEntry(subject=subject)) == told


def test_facts_come_back_as_they_were_recorded(session):
    record(session, Event.TOWN_RENAMED, by=None, subject="town:1", at=MONDAY, was="旧", name="新")
    session.flush()
    session.expire_all()

    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.at, entry.facts) == (MONDAY, {"was": "旧", "name": "新"})


def test_a_deed_recorded_without_what_its_sentence_tells_fails_the_test(session):
    with pytest.raises(AssertionError, match="name"):
        record(session, Event.TOWN_ADDED, by=None, subject="town:1", at=MONDAY)
