"""Inviting the managers of factories."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.accounts.invitations import (
    accept_for_known,
    accept_invitation,
    has_account,
    invite_manager,
    open_invitation,
    open_invitations_for,
    withdraw_invitation,
)
from firesafe.accounts.models import Invitation
from firesafe.accounts.passwords import fits
from firesafe.accounts.posts import Post
from firesafe.core.errors import NotFound, Refused, RuleBroken
from tests.makers import HANBIN, MONDAY, PINGLI, make_officer

FACTORY = 41
PASSWORD = "Fire-door1"
WEEK = timedelta(days=7)


@pytest.fixture
def clerk(session):
    return make_officer(session, post=Post.COUNTY_CLERK)


def invite(session, clerk, *, phone="13800000009", factory_id=FACTORY, at=MONDAY):
    return invite_manager(
        session,
        factory_id=factory_id,
        county_code=PINGLI,
        name="张厂长",
        phone=phone,
        by=clerk,
        at=at,
    )


def accept(session, token, at=MONDAY):
    return accept_invitation(session, token, name="张测试", password=PASSWORD, at=at)


def test_an_invitation_keeps_a_hash_of_its_token_for_seven_days(session, clerk):
    invitation, token = invite(session, clerk)

    assert token not in invitation.token_hash
    assert open_invitation(session, token, MONDAY + WEEK - timedelta(seconds=1)) is invitation
    with pytest.raises(NotFound):
        open_invitation(session, token, MONDAY + WEEK)


def test_whoever_accepts_becomes_a_manager_of_that_county_with_his_own_password(session, clerk):
    _, token = invite(session, clerk)

    manager, factory_id = accept(session, token)

    assert factory_id == FACTORY
    assert (manager.post, manager.county_code) == (Post.FACTORY_MANAGER, PINGLI)
    assert (manager.name, manager.phone) == ("张测试", "13800000009")
    assert fits(manager.password_hash, PASSWORD)
    assert not manager.must_change_password


def test_an_invitation_is_good_for_one_use(session, clerk):
    _, token = invite(session, clerk)
    accept(session, token)

    with pytest.raises(NotFound):
        accept(session, token)


def test_a_weak_password_leaves_the_invitation_open(session, clerk):
    invitation, token = invite(session, clerk)

    with pytest.raises(RuleBroken):
        accept_invitation(session, token, name="张", password="13800000009Aa", at=MONDAY)

    assert invitation.accepted_at is None


def test_a_manager_of_one_factory_takes_another_with_the_account_he_has(session, clerk):
    known = make_officer(session, post=Post.FACTORY_MANAGER)
    invitation, token = invite(session, clerk, phone=known.phone)

    assert has_account(session, invitation)
    assert accept_for_known(session, token, by=known, at=MONDAY) == FACTORY
    with pytest.raises(NotFound):
        accept_for_known(session, token, by=known, at=MONDAY)


def test_nobody_takes_over_an_account_by_an_invitation(session, clerk):
    known = make_officer(session, post=Post.FACTORY_MANAGER)
    _, token = invite(session, clerk, phone=known.phone)

    with pytest.raises(RuleBroken, match="has an account already"):
        accept(session, token)


@pytest.mark.parametrize("post", [Post.FACTORY_MANAGER, Post.INSPECTOR])
def test_nobody_accepts_what_is_meant_for_somebody_else(session, clerk, post):
    invitation, token = invite(session, clerk)

    with pytest.raises(Refused):
        accept_for_known(session, token, by=make_officer(session, post=post), at=MONDAY)

    assert invitation.accepted_at is None


def test_an_officer_is_not_invited_as_a_manager(session, clerk):
    with pytest.raises(RuleBroken, match="another post"):
        invite(session, clerk, phone=make_officer(session).phone)


def test_a_new_invitation_withdraws_the_earlier_of_the_same_phone_and_factory(session, clerk):
    _, first = invite(session, clerk)
    elsewhere, _ = invite(session, clerk, factory_id=42)

    second, _ = invite(session, clerk)

    with pytest.raises(NotFound):
        open_invitation(session, first, MONDAY)
    assert open_invitations_for(session, FACTORY, MONDAY) == [second]
    assert open_invitations_for(session, 42, MONDAY) == [elsewhere]


def test_a_withdrawn_invitation_opens_nothing_and_is_not_withdrawn_twice(session, clerk):
    invitation, token = invite(session, clerk)

    withdraw_invitation(session, invitation, by=clerk, at=MONDAY)

    with pytest.raises(NotFound):
        accept(session, token)
    with pytest.raises(RuleBroken, match="before"):
        withdraw_invitation(session, invitation, by=clerk, at=MONDAY)


@pytest.mark.parametrize(
    ("post", "county"), [(Post.INSPECTOR, PINGLI), (Post.COUNTY_CLERK, HANBIN)]
)
def test_only_who_keeps_the_register_of_the_county_invites_and_withdraws(
    session, clerk, post, county
):
    stranger = make_officer(session, post=post, county=county)
    invitation, _ = invite(session, clerk)

    with pytest.raises(Refused):
        invite(session, stranger)
    with pytest.raises(Refused):
        withdraw_invitation(session, invitation, by=stranger, at=MONDAY)


def test_of_two_who_accept_at_once_one_makes_the_account(database, session, clerk):
    _, token = invite(session, clerk)
    session.commit()

    with database.writing() as first:
        accept(first, token)
    with database.writing() as second, pytest.raises(NotFound):
        accept(second, token)

    assert session.scalars(select(Invitation.accepted_at)).all() == [MONDAY]
