"""The gate before every request: shut unless the page says otherwise."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Response

from firesafe.accounts.posts import Post
from firesafe.core.permissions import Permission
from firesafe.web.doors import allow
from firesafe.web.gate import TOKEN_KEY
from tests.makers import make_officer

JSON = {"Accept": "application/json"}


PAGES = {
    "/undeclared": None,
    "/open": Permission.PUBLIC,
    "/own": Permission.SIGNED_IN,
    "/chiefs": Permission.NOTICE_ISSUE,
}


@pytest.fixture
def app(app):
    for address, permission in PAGES.items():
        app.add_url_rule(address, address, page_with(permission), methods=["GET", "POST"])
    return app


def page_with(permission):
    def page():
        return Response("in", mimetype="text/plain")

    return page if permission is None else allow(permission)(page)


@pytest.fixture
def inspector(session):
    return make_officer(session)


def test_a_page_that_declares_nothing_is_shut_even_to_those_who_are_in(app, sign_in, inspector):
    assert app.test_client().get("/undeclared").status_code == 404
    assert sign_in(inspector).get("/undeclared").status_code == 404


def test_a_public_page_is_open_to_strangers(app):
    assert app.test_client().get("/open").text == "in"


def test_a_stranger_is_sent_to_sign_in_and_will_come_back(app):
    answer = app.test_client().get("/own?words=a%26b&page=2")

    asked = urlsplit(answer.location)
    assert (answer.status_code, asked.path) == (302, "/sign-in")
    assert parse_qs(asked.query) == {"next": ["/own?words=a%26b&page=2"]}


def test_a_stranger_who_sends_something_is_not_promised_to_come_back_to_it(app):
    assert app.test_client().post("/own").location == "/sign-in"


def test_a_script_of_a_stranger_is_told_in_its_own_language(app):
    answer = app.test_client().get("/own", headers=JSON)

    assert answer.status_code == 401
    assert set(answer.json) == {"sentence"}


@pytest.mark.parametrize(("post", "status"), [(Post.SECTION_CHIEF, 200), (Post.INSPECTOR, 403)])
def test_a_post_opens_the_pages_that_it_holds(sign_in, session, post, status):
    assert sign_in(make_officer(session, post=post)).get("/chiefs").status_code == status


def test_whoever_must_change_the_password_gets_no_further(sign_in, session):
    chief = make_officer(session, post=Post.SECTION_CHIEF)
    chief.must_change_password = True
    client = sign_in(chief)

    assert client.get("/chiefs").location == "/password"
    assert client.get("/own").text == "in"


@pytest.mark.parametrize("token", ["made-up", "", 7, None])
def test_a_token_that_was_never_given_out_opens_nothing(app, token):
    client = app.test_client()
    with client.session_transaction() as carried:
        carried[TOKEN_KEY] = token

    assert client.get("/own").status_code == 302


def test_a_cookie_that_was_tampered_with_opens_nothing(app, sign_in, inspector):
    client = sign_in(inspector)
    cookie = client.get_cookie("session")
    client.set_cookie("session", cookie.value[:-2] + "xx")

    assert client.get("/own").status_code == 302


def test_an_address_that_leads_nowhere_is_404_for_everybody(app, sign_in, inspector):
    assert app.test_client().get("/nowhere").status_code == 404
    assert sign_in(inspector).get("/nowhere").status_code == 404
