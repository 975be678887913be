"""Changing what is known of a person."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from firesafe.accounts.actions import open_sign_in, sign_in
from firesafe.accounts.particulars import (
    OfficerChanged,
    Particulars,
    changes_of,
    edit_officer,
    particulars_of,
)
from firesafe.accounts.passwords import hash_password, prove_password
from firesafe.accounts.posts import Post
from firesafe.accounts.queries import officer_by_name, officer_of_token
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused, RuleBroken
from tests.makers import HANBIN, MONDAY, make_community, make_officer

PASSWORD = "Fire-door1"
HASH = hash_password(PASSWORD)


@pytest.fixture
def chief(session):
    return make_officer(session, post=Post.SECTION_CHIEF)


@pytest.fixture
def inspector(session):
    return make_officer(session, name="李测试", password_hash=HASH)


def edit(session, officer, by, seen=None, **change):
    known = particulars_of(officer)
    told = replace(known, **change)
    return edit_officer(session, officer, told, seen=seen or known, by=by, at=MONDAY)


def events(session):
    return list(session.scalars(select(AuditEntry.event).order_by(AuditEntry.id)))


def test_one_signs_in_with_the_new_number_and_no_longer_with_the_old(session, chief, inspector):
    old, token = inspector.phone, open_sign_in(session, inspector, device="", at=MONDAY)

    edit(session, inspector, chief, phone="138 0000 0009")

    assert officer_by_name(session, old) is None
    proof = prove_password(officer_by_name(session, "13800000009"), PASSWORD)
    outcome = sign_in(session, proof, device="", address="", at=MONDAY, hours=12)
    assert officer_of_token(session, outcome.token, MONDAY) is inspector
    assert officer_of_token(session, token, MONDAY) is inspector


def test_what_it_was_and_is_stands_in_the_trail(session, chief, inspector):
    was = inspector.phone

    edit(session, inspector, chief, name=" 李更名 ", phone="13800000009", card_number="K-1")

    ((entry, changes),) = changes_of(session, inspector)
    assert (entry.by_id, entry.facts["name"]) == (chief.id, "李更名")
    assert [(each.field, each.old, each.new) for each in changes] == [
        ("name", "李测试", "李更名"),
        ("phone", was, "13800000009"),
        ("card_number", "", "K-1"),
    ]


def test_what_stays_the_same_leaves_nothing_in_the_trail(session, chief, inspector):
    typed_otherwise = f"+86 {inspector.phone}"

    assert edit(session, inspector, chief, phone=typed_otherwise) == ()
    assert Event.OFFICER_EDITED not in events(session)


def test_a_number_may_be_left_out_if_the_other_stays(session, chief, inspector):
    edit(session, inspector, chief, phone="")
    assert inspector.phone is None

    with pytest.raises(RuleBroken, match="phone number or a staff number"):
        edit(session, inspector, chief, staff_number="")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": "  "}, "Enter the name"),
        ({"phone": "1380"}, "11 digits"),
        ({"staff_number": "?"}, "letters"),
        ({"town_id": 999}, "not in the chosen county"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(session, chief, inspector, change, reason):
    with pytest.raises(RuleBroken, match=reason):
        edit(session, inspector, chief, **change)

    assert inspector.name == "李测试"


def test_a_town_of_another_county_is_refused(session, chief, inspector):
    town = make_community(session, county=HANBIN).town

    with pytest.raises(RuleBroken, match="not in the chosen county"):
        edit(session, inspector, chief, town_id=town.id)


@pytest.mark.parametrize("field", ["phone", "staff_number"])
def test_a_number_of_somebody_else_is_not_taken(session, chief, inspector, field):
    other = make_officer(session)

    with pytest.raises(RuleBroken, match="belongs to another account"):
        edit(session, inspector, chief, **{field: getattr(other, field)})


def test_nobody_changes_his_own_account_or_one_he_does_not_look_after(session, chief, inspector):
    administrator = make_officer(session, post=Post.ADMINISTRATOR, county=None)

    for by, officer in ((administrator, administrator), (inspector, chief), (chief, chief)):
        with pytest.raises(Refused):
            edit(session, officer, by, name="另名")


def test_a_change_in_the_meantime_is_shown_and_not_overwritten(session, chief, inspector):
    seen = particulars_of(inspector)
    edit(session, inspector, None, phone="13800000009")

    with pytest.raises(OfficerChanged) as stale:
        edit(session, inspector, chief, seen=seen, name="李我改")

    assert [each.field for each in stale.value.changes] == ["phone"]
    assert inspector.name == "李测试"


def test_asking_twice_for_the_same_change_is_no_conflict(session, chief, inspector):
    seen = particulars_of(inspector)
    told = Particulars("李更名", seen.phone, seen.staff_number)
    for _ in range(2):
        edit_officer(session, inspector, told, seen=seen, by=chief, at=MONDAY)

    assert events(session).count(Event.OFFICER_EDITED) == 1
