"""One-time codes for doors: good once, for a day, for one factory, and not to be guessed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from firesafe.accounts.door_passes import (
    enter_by_pass,
    give_pass,
    open_passes,
    pass_to_change,
    prove_pass,
    revoke_pass,
)
from firesafe.accounts.models import DoorPass, Officer
from firesafe.accounts.passwords import prove_password
from firesafe.accounts.posts import Post
from firesafe.accounts.queries import Officers, officer_of_token
from firesafe.accounts.rules import FIRST_LOCK, MOST_OPEN_PASSES, PASS_HOURS, PASS_TERM
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import NotFound, Refused, RuleBroken
from tests.makers import HANBIN, MONDAY, PINGLI, make_factory, make_officer

LATER = MONDAY + timedelta(minutes=10)


@pytest.fixture
def factory(session):
    return make_factory(session)


@pytest.fixture
def give(session, factory):
    """Return a function that gives a code for the factory's door, with its digits."""
    inspector = make_officer(session)

    def giving(name="张测试", at=MONDAY):
        place = {"factory_id": factory.id, "county_code": factory.county_code}
        return give_pass(session, **place, name=name, by=inspector, at=at)

    return giving


@pytest.fixture
def enter(session, factory):
    """Return a function that types a code at a door."""

    def typing(code, at=LATER, place=factory):
        proven = prove_pass(open_passes(session, place.id, at), code)
        where = {"factory_id": place.id, "county_code": place.county_code}
        seen = {"device": "test", "address": "203.0.113.7"}
        return enter_by_pass(session, **where, proven_id=proven, **seen, at=at)

    return typing


def trail(session):
    return [each.value for each in session.scalars(select(AuditEntry.event))]


def bearers(session):
    rows = select(func.count()).where(Officer.post == Post.CODE_BEARER)
    return session.scalar(rows)


def test_a_code_lets_its_bearer_in_for_two_hours_to_send_proof_only(session, give, enter):
    given, code = give()

    token = enter(code).token

    bearer = officer_of_token(session, token, LATER)
    assert (bearer.name, bearer.post) == ("张测试", Post.CODE_BEARER)
    assert given.bearer is bearer
    assert officer_of_token(session, token, LATER + timedelta(hours=PASS_HOURS)) is None
    assert trail(session) == ["accounts:door-pass:given", "accounts:door-pass:used"]


def test_nothing_that_is_kept_tells_the_code(session, give):
    given, code = give()
    facts = session.scalars(select(AuditEntry.facts)).all()

    digits = code.replace(" ", "")
    assert len(digits) == 8
    assert digits not in given.code_hash
    assert digits not in str(facts)


@pytest.mark.parametrize("written", ["{0} {1}", "{0}-{1}", " {0}{1} "])
def test_a_code_may_be_typed_in_any_way(give, enter, written):
    _given, code = give()

    assert enter(written.format(*code.split())).token


def test_full_width_digits_are_digits(give, enter):
    _given, code = give()

    assert enter(code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))).token


def test_a_code_works_once(session, give, enter):
    _given, code = give()
    enter(code)

    assert enter(code).token is None
    assert bearers(session) == 1


def test_typed_twice_at_once_it_lets_one_in(session, database, factory, give):
    given, code = give()
    session.commit()
    assert prove_pass([given], code) == given.id

    def typed(_each):
        with database.writing() as writing:
            return enter_by_pass(
                writing,
                factory_id=factory.id,
                county_code=factory.county_code,
                proven_id=given.id,
                device="",
                address="",
                at=LATER,
            ).token

    with ThreadPoolExecutor(4) as people:
        tokens = list(people.map(typed, range(4)))
    assert sum(token is not None for token in tokens) == 1
    assert bearers(session) == 1


def test_a_code_runs_out_after_a_day(give, enter):
    _given, code = give()

    assert enter(code, at=MONDAY + PASS_TERM).token is None


def test_a_code_opens_no_other_door(session, give, enter):
    _given, code = give()

    assert enter(code, place=make_factory(session)).token is None


def test_a_revoked_code_opens_nothing_and_whoever_came_in_is_out(session, give, enter):
    unused, code = give()
    revoke_pass(session, unused, by=make_officer(session), at=LATER)
    assert enter(code).token is None

    used, code = give()
    token = enter(code).token
    revoke_pass(session, used, by=make_officer(session), at=LATER)
    session.flush()
    assert officer_of_token(session, token, LATER) is None
    with pytest.raises(RuleBroken, match="revoked before"):
        revoke_pass(session, used, by=make_officer(session), at=LATER)


def test_a_new_code_for_the_same_name_ends_the_earlier_one(give, enter):
    _given, first = give()
    _given, second = give()

    assert enter(first).token is None
    assert enter(second).token


def test_not_more_than_a_few_codes_are_open(give):
    for number in range(MOST_OPEN_PASSES):
        give(name=f"张{number}")

    with pytest.raises(RuleBroken, match="Too many codes"):
        give(name="又一个")


def test_wrong_codes_lock_the_door_for_longer_each_time(give, enter):
    _given, code = give()
    at, locks = LATER, []
    for _each in range(7):
        until = enter("0000 0000", at=at).locked_until
        locks.append(until and until - at)
        at = until or at

    assert locks == [None] * 4 + [FIRST_LOCK, 2 * FIRST_LOCK, 4 * FIRST_LOCK]
    shut = enter(code, at=at - timedelta(seconds=1))
    assert shut.token is None
    assert shut.locked_until == at
    assert enter(code, at=at).token


def test_each_wrong_try_is_in_the_trail_with_its_address(session, enter):
    enter("1234 5678")

    entry = session.scalars(select(AuditEntry)).one()
    assert entry.event.value == "accounts:door-pass:refused"
    assert entry.facts == {"address": "203.0.113.7"}
    assert entry.county_code == PINGLI


def test_a_new_code_unlocks_the_door(give, enter):
    for _each in range(5):
        enter("0000 0000")
    _given, code = give(at=LATER)

    assert enter(code).token


def test_who_gives_codes_where(session, factory):
    place = {"factory_id": factory.id, "county_code": factory.county_code}
    refused = (
        make_officer(session, county=HANBIN),
        make_officer(session, post=Post.CITY_SUPERVISOR, county=None),
        make_officer(session, post=Post.FACTORY_MANAGER),
    )

    for officer in refused:
        with pytest.raises(Refused):
            give_pass(session, **place, name="张测试", by=officer, at=MONDAY)
    for post in (Post.SECTION_CHIEF, Post.COUNTY_CLERK):
        by = make_officer(session, post=post)
        assert give_pass(session, **place, name=post.value, by=by, at=MONDAY)


def test_a_code_of_another_factory_is_not_found(session, give):
    given, _code = give()

    with pytest.raises(NotFound):
        pass_to_change(session, make_factory(session).id, given.id)


def test_a_bearer_has_no_password_and_stands_in_no_list_of_accounts(session, give, enter):
    _given, code = give()
    enter(code)
    bearer = session.scalars(select(Officer).where(Officer.post == Post.CODE_BEARER)).one()
    admin = make_officer(session, post=Post.ADMINISTRATOR, county=None)

    assert not prove_password(bearer, "").fits
    with pytest.raises(NotFound):
        Officers.looked_after_by(admin).one(session, bearer.id)


def test_codes_are_kept_apart_by_their_salt(session, give):
    give(name="甲")
    give(name="乙")

    assert len(set(session.scalars(select(DoorPass.code_hash)))) == 2
