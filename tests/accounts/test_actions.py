"""Signing in and out, and what is done with accounts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.accounts.actions import (
    NewOfficer,
    add_first_administrator,
    add_officer,
    change_password,
    disable_officer,
    enable_officer,
    open_sign_in,
    reset_password,
    revoke_sign_in,
    set_language,
    sign_in,
    sign_out,
    sign_out_everywhere,
)
from firesafe.accounts.models import SignIn
from firesafe.accounts.passwords import Proof, fits, hash_password, prove_password
from firesafe.accounts.posts import Post
from firesafe.accounts.queries import officer_of_token, open_sign_ins
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused, RuleBroken
from tests.makers import HANBIN, MONDAY, PINGLI, make_community, make_officer

PASSWORD = "Fire-door1"
HASH = hash_password(PASSWORD)
NEW = "Another-door2"


@pytest.fixture
def inspector(session):
    return make_officer(session, password_hash=HASH)


def attempt(session, officer, password, at=MONDAY):
    proof = prove_password(officer, password)
    return sign_in(session, proof, device="Chrome", address="10.0.0.7", at=at, hours=12)


def fail(session, officer, times, at=MONDAY):
    for _ in range(times):
        outcome = attempt(session, officer, "guess", at)
    return outcome


def events(session):
    return list(session.scalars(select(AuditEntry.event).order_by(AuditEntry.id)))


def test_the_right_password_opens_a_sign_in_that_ends_after_the_set_hours(session, inspector):
    outcome = attempt(session, inspector, PASSWORD)

    assert officer_of_token(session, outcome.token, MONDAY) is inspector
    assert officer_of_token(session, outcome.token, MONDAY + timedelta(hours=12)) is None
    assert events(session) == [Event.SIGNED_IN]


def test_only_a_hash_of_the_token_is_kept(session, inspector):
    outcome = attempt(session, inspector, PASSWORD)

    assert outcome.token not in session.scalars(select(SignIn.token_hash)).one()


def test_a_wrong_password_is_counted_and_noted_with_where_it_came_from(session, inspector):
    outcome = attempt(session, inspector, "guess")

    entry = session.scalars(select(AuditEntry)).one()
    assert (outcome.token, inspector.failed_count) == (None, 1)
    assert (entry.event, entry.by_id) == (Event.SIGN_IN_REFUSED, None)
    assert entry.facts["address"] == "10.0.0.7"


def test_an_unknown_name_is_noted_without_what_was_typed(session):
    assert attempt(session, None, "typed by mistake") == attempt(session, None, "other")
    assert {entry.subject for entry in session.scalars(select(AuditEntry))} == {"officer:unknown"}


def test_the_fifth_failure_locks_the_door_even_for_the_right_password(session, inspector):
    outcome = fail(session, inspector, 5)

    assert outcome.locked_until == MONDAY + timedelta(minutes=15)
    assert attempt(session, inspector, PASSWORD, MONDAY + timedelta(minutes=14)).token is None
    assert attempt(session, inspector, PASSWORD, MONDAY + timedelta(minutes=15)).token is not None


def test_knocking_at_a_locked_door_does_not_lengthen_the_lock(session, inspector):
    fail(session, inspector, 5)

    outcome = fail(session, inspector, 20, MONDAY + timedelta(minutes=1))

    assert outcome.locked_until == MONDAY + timedelta(minutes=15)
    assert inspector.failed_count == 5


def test_a_failure_after_the_lock_locks_for_twice_as_long(session, inspector):
    fail(session, inspector, 5)
    later = MONDAY + timedelta(minutes=16)

    assert fail(session, inspector, 1, later).locked_until == later + timedelta(minutes=30)


def test_signing_in_forgets_the_failures(session, inspector):
    fail(session, inspector, 4)
    attempt(session, inspector, PASSWORD)

    assert fail(session, inspector, 4).locked_until is None


def test_a_password_changed_after_it_was_proven_opens_nothing(session, inspector):
    proof = prove_password(inspector, PASSWORD)
    inspector.password_hash = hash_password(NEW)

    outcome = sign_in(session, proof, device="", address="", at=MONDAY, hours=12)

    assert outcome.token is None


def test_signing_in_keeps_the_hash_of_todays_parameters(session, inspector):
    fresh = hash_password(PASSWORD)
    proof = Proof(inspector.id, inspector.password_hash, fits=True, new_hash=fresh)

    sign_in(session, proof, device="", address="", at=MONDAY, hours=12)

    assert inspector.password_hash == fresh


def test_signing_out_closes_only_this_sign_in(session, inspector):
    here, there = (open_sign_in(session, inspector, device="", at=MONDAY) for _ in range(2))

    sign_out(session, inspector, here, at=MONDAY)

    assert officer_of_token(session, here, MONDAY) is None
    assert officer_of_token(session, there, MONDAY) is inspector


def test_signing_out_everywhere_closes_ones_own_sign_ins_only(session, inspector):
    other = make_officer(session)
    own, foreign = (open_sign_in(session, o, device="", at=MONDAY) for o in (inspector, other))

    sign_out_everywhere(session, inspector, at=MONDAY)

    assert officer_of_token(session, own, MONDAY) is None
    assert officer_of_token(session, foreign, MONDAY) is other


def test_a_device_is_signed_out_from_another(session, inspector):
    open_sign_in(session, inspector, device="lost phone", at=MONDAY)
    lost = open_sign_ins(session, inspector, MONDAY)[0]

    revoke_sign_in(session, lost, by=inspector, at=MONDAY)

    assert open_sign_ins(session, inspector, MONDAY) == []


def test_nobody_signs_out_another_officers_device(session, inspector):
    open_sign_in(session, inspector, device="", at=MONDAY)
    his = open_sign_ins(session, inspector, MONDAY)[0]

    with pytest.raises(Refused):
        revoke_sign_in(session, his, by=make_officer(session), at=MONDAY)


def test_changing_the_password_ends_the_other_sign_ins(session, inspector):
    inspector.must_change_password = True
    here, there = (open_sign_in(session, inspector, device="", at=MONDAY) for _ in range(2))

    change_password(session, inspector, old=PASSWORD, new=NEW, token=here, at=MONDAY)

    assert fits(inspector.password_hash, NEW)
    assert not inspector.must_change_password
    assert officer_of_token(session, here, MONDAY) is inspector
    assert officer_of_token(session, there, MONDAY) is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [("guess", NEW, "present password"), (PASSWORD, PASSWORD, "another"), (PASSWORD, "weak", "10")],
)
def test_a_password_is_not_changed_without_the_old_or_to_a_weak_one(
    session, inspector, old, new, reason
):
    with pytest.raises(RuleBroken, match=reason):
        change_password(session, inspector, old=old, new=new, token="", at=MONDAY)

    assert inspector.password_hash == HASH


def test_a_new_officer_signs_in_with_a_one_time_password_that_must_be_changed(session):
    chief = make_officer(session, post=Post.SECTION_CHIEF)
    new = NewOfficer("赵测试", Post.INSPECTOR, PINGLI, phone="138 0000 0001", staff_number="a-1")

    officer, password = add_officer(session, new, by=chief, at=MONDAY)

    assert (officer.phone, officer.staff_number) == ("13800000001", "A-1")
    assert officer.must_change_password
    assert attempt(session, officer, password).token is not None


@pytest.mark.parametrize(
    ("post", "county"), [(Post.SECTION_CHIEF, PINGLI), (Post.INSPECTOR, HANBIN)]
)
def test_a_chief_adds_nobody_above_or_outside_his_county(session, post, county):
    chief = make_officer(session, post=Post.SECTION_CHIEF)

    with pytest.raises(Refused):
        add_officer(
            session, NewOfficer("赵测试", post, county, phone="13800000001"), by=chief, at=MONDAY
        )


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (NewOfficer("赵", Post.INSPECTOR, PINGLI), "phone number or a staff number"),
        (NewOfficer("赵", Post.INSPECTOR, PINGLI, phone="1380"), "11 digits"),
        (NewOfficer("赵", Post.INSPECTOR, None, phone="13800000001"), "belongs to a county"),
        (NewOfficer("赵", Post.CITY_SUPERVISOR, PINGLI, phone="13800000001"), "whole city"),
        (NewOfficer("赵", Post.INSPECTOR, PINGLI, 999, "13800000001"), "not in the chosen county"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_the_reason(session, new, reason):
    with pytest.raises(RuleBroken, match=reason):
        add_officer(session, new, by=None, at=MONDAY)


def test_a_town_of_another_county_is_refused(session):
    town = make_community(session, county=HANBIN).town
    new = NewOfficer("赵", Post.INSPECTOR, PINGLI, town.id, phone="13800000001")

    with pytest.raises(RuleBroken, match="not in the chosen county"):
        add_officer(session, new, by=None, at=MONDAY)


@pytest.mark.parametrize("field", ["phone", "staff_number"])
def test_a_number_belongs_to_one_account(session, inspector, field):
    taken = NewOfficer("赵", Post.INSPECTOR, PINGLI, **{field: getattr(inspector, field)})

    with pytest.raises(RuleBroken, match="belongs to another account"):
        add_officer(session, taken, by=None, at=MONDAY)


def test_the_first_administrator_chooses_the_password(session):
    officer = add_first_administrator(
        session, name="管理员", phone="13800000001", county_code=None, password=PASSWORD, at=MONDAY
    )

    assert not officer.must_change_password
    assert attempt(session, officer, PASSWORD).token is not None


def test_there_is_no_second_first_administrator(session):
    first = make_officer(session, post=Post.ADMINISTRATOR, county=None)
    asked = {"name": "乙", "phone": "13800000001", "county_code": None, "password": PASSWORD}

    with pytest.raises(RuleBroken, match="already"):
        add_first_administrator(session, **asked, at=MONDAY)

    first.disabled_at = MONDAY
    assert add_first_administrator(session, **asked, at=MONDAY).post is Post.ADMINISTRATOR


def test_a_reset_unlocks_signs_out_and_gives_a_one_time_password(session, inspector):
    token = open_sign_in(session, inspector, device="", at=MONDAY)
    fail(session, inspector, 5)
    chief = make_officer(session, post=Post.SECTION_CHIEF)

    password = reset_password(session, inspector, by=chief, at=MONDAY)

    assert officer_of_token(session, token, MONDAY) is None
    assert attempt(session, inspector, PASSWORD).token is None
    assert attempt(session, inspector, password).token is not None
    assert inspector.must_change_password


def test_a_disabled_officer_is_out_at_once_and_stays_out(session, inspector):
    token = open_sign_in(session, inspector, device="", at=MONDAY)
    chief = make_officer(session, post=Post.SECTION_CHIEF)

    disable_officer(session, inspector, by=chief, at=MONDAY)

    assert officer_of_token(session, token, MONDAY) is None
    assert attempt(session, inspector, PASSWORD).token is None

    enable_officer(session, inspector, by=chief, at=MONDAY)
    assert attempt(session, inspector, PASSWORD).token is not None


@pytest.mark.parametrize("deed", [reset_password, disable_officer, enable_officer])
def test_an_inspector_looks_after_nobody(session, inspector, deed):
    with pytest.raises(Refused):
        deed(session, inspector, by=make_officer(session), at=MONDAY)


def test_disabling_twice_and_enabling_the_enabled_is_told(session, inspector):
    with pytest.raises(RuleBroken, match="not disabled"):
        enable_officer(session, inspector, by=None, at=MONDAY)
    disable_officer(session, inspector, by=None, at=MONDAY)
    with pytest.raises(RuleBroken, match="already"):
        disable_officer(session, inspector, by=None, at=MONDAY)


def test_the_language_of_the_account_is_kept(session, inspector):
    set_language(session, inspector, "en", at=MONDAY)

    assert inspector.language == "en"
    assert events(session) == [Event.LANGUAGE_CHOSEN]
