"""Finding people and their open sign-ins."""

from datetime import timedelta

import pytest

from firesafe.accounts.actions import open_sign_in
from firesafe.accounts.posts import Post
from firesafe.accounts.queries import (
    Officers,
    ids_named,
    names_of,
    officer_by_name,
    officer_of_token,
    open_sign_ins,
    own_sign_in,
)
from firesafe.core.errors import NotFound
from tests.makers import HANBIN, MONDAY, make_officer


def found(session, officers):
    return session.scalars(officers.rows).all()


def test_a_chief_finds_whom_he_looks_after(session):
    chief = make_officer(session, post=Post.SECTION_CHIEF)
    own = [make_officer(session, post=post) for post in (Post.INSPECTOR, Post.FACTORY_MANAGER)]
    make_officer(session, county=HANBIN)
    make_officer(session, post=Post.SECTION_CHIEF)

    assert set(found(session, Officers.looked_after_by(chief))) == set(own)


def test_an_administrator_finds_everybody_and_an_inspector_nobody(session):
    administrator = make_officer(session, post=Post.ADMINISTRATOR, county=None)
    inspector = make_officer(session, county=HANBIN)

    assert set(found(session, Officers.looked_after_by(administrator))) == {
        administrator,
        inspector,
    }
    assert found(session, Officers.looked_after_by(inspector)) == []


@pytest.mark.parametrize("words", ["测", "138 0000", "ak-00", "１３８"])
def test_people_are_found_by_any_part_of_name_phone_or_staff_number(session, words):
    administrator = make_officer(session, post=Post.ADMINISTRATOR, county=None, name="管理员")
    sought = make_officer(session, name="李测")
    sought.phone, sought.staff_number = "13800000007", "AK-0001"
    session.flush()

    assert found(session, Officers.looked_after_by(administrator).matching(words)) == [sought]


@pytest.mark.parametrize("words", ["%", "_", "\\"])
def test_signs_of_the_pattern_are_only_signs(session, words):
    administrator = make_officer(session, post=Post.ADMINISTRATOR, county=None)

    assert found(session, Officers.looked_after_by(administrator).matching(words)) == []


def test_a_post_narrows_and_the_disabled_come_last(session):
    chief = make_officer(session, post=Post.SECTION_CHIEF)
    gone = make_officer(session, name="安", disabled_at=MONDAY)
    here = make_officer(session, name="周")
    make_officer(session, post=Post.COUNTY_CLERK)
    looked_after = Officers.looked_after_by(chief)

    assert found(session, looked_after.with_post(Post.INSPECTOR)) == [here, gone]
    assert len(found(session, looked_after.with_post(None))) == 3


def test_an_account_out_of_sight_is_not_found(session):
    chief = make_officer(session, post=Post.SECTION_CHIEF)
    foreign = make_officer(session, county=HANBIN)

    with pytest.raises(NotFound):
        Officers.looked_after_by(chief).one(session, foreign.id)


def test_one_signs_in_with_phone_or_staff_number(session):
    officer = make_officer(session)

    assert officer_by_name(session, f"+86 {officer.phone}") is officer
    assert officer_by_name(session, officer.staff_number.lower()) is officer
    assert officer_by_name(session, "nobody") is None


def test_a_sign_in_ends_with_its_time(session):
    officer = make_officer(session)
    token = open_sign_in(session, officer, device="", at=MONDAY, hours=1)

    assert officer_of_token(session, token, MONDAY + timedelta(minutes=59)) is officer
    assert officer_of_token(session, token, MONDAY + timedelta(hours=1)) is None
    assert open_sign_ins(session, officer, MONDAY + timedelta(hours=1)) == []


def test_a_token_of_a_disabled_officer_opens_nothing(session):
    officer = make_officer(session, disabled_at=MONDAY)
    token = open_sign_in(session, officer, device="", at=MONDAY)

    assert officer_of_token(session, token, MONDAY) is None


def test_another_officers_sign_in_is_not_found(session):
    officer, other = make_officer(session), make_officer(session)
    open_sign_in(session, officer, device="", at=MONDAY)
    (sign_in,) = open_sign_ins(session, officer, MONDAY)

    assert own_sign_in(session, officer, sign_in.id, MONDAY) is sign_in
    with pytest.raises(NotFound):
        own_sign_in(session, other, sign_in.id, MONDAY)


def test_names_and_ids_are_found_for_the_trail(session):
    li, zhao = make_officer(session, name="李测试"), make_officer(session, name="赵%试")

    assert names_of(session, [li.id, zhao.id, 999]) == {li.id: "李测试", zhao.id: "赵%试"}
    assert ids_named(session, "%") == [zhao.id]
