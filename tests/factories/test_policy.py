"""Who keeps the register."""

import pytest

from firesafe.accounts.posts import Post
from firesafe.factories.policy import may_edit, may_export_clear, may_keep, may_link
from tests.makers import HANBIN, make_community, make_factory, make_officer

KEEPERS = {Post.SECTION_CHIEF, Post.COUNTY_CLERK}


@pytest.mark.parametrize("post", Post)
def test_chiefs_and_clerks_keep_the_register_of_their_county(session, post):
    factory = make_factory(session)

    assert may_edit(make_officer(session, post=post), factory) is (post in KEEPERS)
    assert may_edit(make_officer(session, post=post, county=HANBIN), factory) is False


@pytest.mark.parametrize("post", Post)
def test_only_keepers_have_phone_numbers_in_clear(session, post):
    assert may_export_clear(make_officer(session, post=post)) is (post in KEEPERS)


def test_a_clerk_of_one_town_keeps_only_that_town(session):
    factory = make_factory(session)
    other = make_community(session, town="城关镇")
    clerk = make_officer(session, post=Post.COUNTY_CLERK, town_id=factory.town_id)

    assert may_edit(clerk, factory)
    assert not may_keep(clerk, factory.county_code, other.town_id)


def test_a_manager_takes_over_himself_and_nobody_for_another(session):
    factory = make_factory(session)
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    colleague = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    clerk = make_officer(session, post=Post.COUNTY_CLERK)

    assert may_link(manager, manager, factory)
    assert may_link(clerk, manager, factory)
    assert not may_link(colleague, manager, factory)
