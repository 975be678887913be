"""Who takes a table into the register."""

import pytest

from firesafe.accounts.posts import Post
from firesafe.imports.policy import may_import, may_make_places
from tests.makers import HANBIN, PINGLI, make_community, make_officer

KEEPERS = {Post.SECTION_CHIEF, Post.COUNTY_CLERK}


@pytest.mark.parametrize("post", Post)
def test_chiefs_and_clerks_import_into_their_county(session, post):
    officer = make_officer(session, post=post)

    assert may_import(officer, PINGLI) is (post in KEEPERS)
    assert may_import(officer, HANBIN) is False


def test_who_has_no_county_imports_nowhere(session):
    supervisor = make_officer(session, post=Post.CITY_SUPERVISOR, county=None)

    assert may_import(supervisor, None) is False


def test_who_keeps_one_town_makes_no_new_ones(session):
    town = make_community(session).town
    clerk = make_officer(session, post=Post.COUNTY_CLERK, town_id=town.id)

    assert not may_make_places(clerk)
    assert may_make_places(make_officer(session, post=Post.COUNTY_CLERK))
