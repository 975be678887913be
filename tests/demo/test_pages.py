"""The pages over the demo: everybody gets in, and nothing that leads on from home is broken."""

import re

import pytest
from sqlalchemy import select

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.demo.queries import sign_ins
from firesafe.demo.story import read_story

PASSWORD = read_story().password


def entered(app, number):
    client = app.test_client()
    answer = client.post("/sign-in", data={"name": number, "password": PASSWORD})
    assert answer.status_code == 302, number
    return client


def links_of(page: str) -> set[str]:
    return {link.replace("&amp;", "&") for link in re.findall(r'<a [^>]*href="(/[^"#]*)', page)}


def test_everybody_who_is_shown_gets_in(demo_app, rows):
    for person in sign_ins(rows):
        home = entered(demo_app, person.number).get("/", follow_redirects=True)
        assert home.status_code == 200, person


@pytest.mark.parametrize("post", [post for post in Post if post is not Post.CODE_BEARER])
def test_whatever_leads_on_from_home_is_there(demo_app, rows, post):
    person = rows.scalars(select(Officer).where(Officer.post == post).limit(1)).one()
    client = entered(demo_app, person.staff_number or person.phone)

    links = links_of(client.get("/", follow_redirects=True).text)

    assert links
    assert {link for link in links if client.get(link).status_code not in (200, 302)} == set()
