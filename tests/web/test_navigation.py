"""Where the navigation says one is."""

import re

import pytest

from firesafe.accounts.posts import Post
from tests.makers import make_factory, make_officer


@pytest.fixture
def current(session, sign_in):
    """Return a function that opens a page as a post and tells which entry is marked."""

    def ask(post, address):
        client = sign_in(make_officer(session, post=post))
        factory = make_factory(session)
        session.commit()
        page = client.get(address.format(factory=factory.id)).text
        return set(re.findall(r'href="([^"]+)"[^>]*aria-current="page"', page))

    return ask


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("/factories", "/factories"),
        ("/factories/{factory}", "/factories"),
        ("/factories/{factory}/record", "/factories"),
        ("/factories/imports", "/factories"),
        ("/factories/{factory}/invitations", "/factories"),
        ("/factories/export", "/factories"),
        ("/inspections", "/today"),
        ("/notices", "/notices"),
        ("/issuer", "/issuer"),
    ],
)
def test_a_page_without_an_entry_belongs_to_the_one_it_is_reached_through(current, address, entry):
    assert current(Post.SECTION_CHIEF, address) == {entry}


@pytest.mark.parametrize("post", [Post.COUNTY_CLERK, Post.CITY_SUPERVISOR])
def test_whoever_has_no_page_of_today_has_an_entry_for_visits(current, post):
    assert current(post, "/inspections") == {"/inspections"}
