"""Who may look after whose account, and how far an officer sees."""

import pytest

from firesafe.accounts.models import Officer
from firesafe.accounts.policy import (
    may_add,
    may_disable,
    may_edit,
    may_invite,
    may_look_after,
    posts_to_give,
    visible_counties,
)
from firesafe.accounts.posts import Post
from tests.makers import HANBIN, PINGLI


def officer(post, county=PINGLI, officer_id=1, town_id=None):
    return Officer(id=officer_id, post=post, county_code=county, town_id=town_id)


ADMINISTRATOR = officer(Post.ADMINISTRATOR, county=None)
CHIEF = officer(Post.SECTION_CHIEF)
OTHERS = [post for post in Post if post not in (Post.ADMINISTRATOR, Post.SECTION_CHIEF)]


@pytest.mark.parametrize(
    "post", [post for post in Post if post not in (Post.FACTORY_MANAGER, Post.CODE_BEARER)]
)
def test_an_administrator_adds_every_post_in_every_county(post):
    assert may_add(ADMINISTRATOR, post, HANBIN)


@pytest.mark.parametrize("adder", [ADMINISTRATOR, CHIEF])
def test_factory_managers_come_in_by_invitation_only(adder):
    assert not may_add(adder, Post.FACTORY_MANAGER, PINGLI)


@pytest.mark.parametrize("adder", [ADMINISTRATOR, CHIEF])
def test_who_was_let_in_by_a_code_is_added_and_looked_after_by_nobody(adder):
    assert not may_add(adder, Post.CODE_BEARER, PINGLI)
    assert not may_look_after(adder, officer(Post.CODE_BEARER))


def test_a_chief_adds_inspectors_and_clerks_of_his_own_county():
    assert posts_to_give(CHIEF) == [Post.INSPECTOR, Post.COUNTY_CLERK]
    assert not may_add(CHIEF, Post.INSPECTOR, HANBIN)


@pytest.mark.parametrize("post", OTHERS)
def test_the_other_posts_add_nobody(post):
    assert posts_to_give(officer(post)) == []


@pytest.mark.parametrize("post", [Post.INSPECTOR, Post.COUNTY_CLERK, Post.FACTORY_MANAGER])
def test_a_chief_looks_after_those_below_him_in_his_county(post):
    assert may_look_after(CHIEF, officer(post))
    assert not may_look_after(CHIEF, officer(post, county=HANBIN))


@pytest.mark.parametrize("post", [Post.SECTION_CHIEF, Post.CITY_SUPERVISOR, Post.ADMINISTRATOR])
def test_a_chief_does_not_look_after_his_equals_or_those_above(post):
    assert not may_look_after(CHIEF, officer(post, officer_id=2))


def test_nobody_changes_what_is_known_of_himself():
    assert not may_edit(ADMINISTRATOR, ADMINISTRATOR)
    assert may_edit(ADMINISTRATOR, officer(Post.ADMINISTRATOR, officer_id=2))
    assert may_edit(CHIEF, officer(Post.INSPECTOR, officer_id=2))
    assert not may_edit(CHIEF, officer(Post.INSPECTOR, officer_id=2, county=HANBIN))
    assert not may_edit(officer(Post.INSPECTOR), officer(Post.INSPECTOR, officer_id=2))


def test_nobody_shuts_himself_out():
    assert not may_disable(ADMINISTRATOR, ADMINISTRATOR)
    assert may_disable(ADMINISTRATOR, officer(Post.ADMINISTRATOR, officer_id=2))


@pytest.mark.parametrize(
    ("post", "may"),
    [
        (Post.SECTION_CHIEF, True),
        (Post.COUNTY_CLERK, True),
        (Post.INSPECTOR, False),
        (Post.ADMINISTRATOR, False),
    ],
)
def test_who_keeps_the_register_invites_managers_of_his_own_county(post, may):
    assert may_invite(officer(post), PINGLI) is may
    assert not may_invite(officer(post), HANBIN)


def test_the_city_sees_ten_counties_and_a_county_one():
    assert len(visible_counties(officer(Post.CITY_SUPERVISOR, county=None))) == 10
    assert visible_counties(CHIEF) == {PINGLI}


@pytest.mark.parametrize("post", [Post.FACTORY_MANAGER, Post.ADMINISTRATOR])
def test_managers_and_administrators_see_no_countys_records(post):
    assert visible_counties(officer(post)) == frozenset()
    assert not officer(post).sees_county(PINGLI)


def test_whoever_has_a_town_sees_only_that_town():
    inspector = officer(Post.INSPECTOR, town_id=3)

    assert inspector.sees(PINGLI, 3)
    assert not inspector.sees(PINGLI, 4)
    assert not inspector.sees(HANBIN, 3)
