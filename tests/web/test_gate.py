"""The gate before every request: shut unless the page says otherwise."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Response, g

from firesafe.accounts.actions import disable_officer, open_sign_in
from firesafe.accounts.posts import Post
from firesafe.accounts.upload_tokens import issue_upload_token
from firesafe.core.clock import now
from firesafe.core.permissions import Permission
from firesafe.web.doors import allow
from firesafe.web.gate import TOKEN_KEY
from tests.makers import make_officer
from tests.phones import PHONE, bearing, sending_phone

JSON = {"Accept": "application/json"}


PAGES = {
    "/undeclared": None,
    "/open": Permission.PUBLIC,
    "/own": Permission.SIGNED_IN,
    "/chiefs": Permission.NOTICE_ISSUE,
}


@pytest.fixture
def app(new_app):
    for address, permission in PAGES.items():
        new_app.add_url_rule(address, address, page_with(permission), methods=["GET", "POST"])
    sending = page_with(Permission.PARCEL_SEND, takes_tokens=True)
    new_app.add_url_rule("/sending", "/sending", sending, methods=["GET", "POST"])
    return new_app


def page_with(permission, *, takes_tokens=False):
    def page():
        return Response(f"in: {g.officer.id}" if takes_tokens else "in", mimetype="text/plain")

    return page if permission is None else allow(permission, takes_tokens=takes_tokens)(page)


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


def test_an_upload_token_opens_a_page_that_takes_tokens_and_no_form_token_is_asked(
    app, session, inspector
):
    app.config["WTF_CSRF_ENABLED"] = True
    phone = sending_phone(app, session, inspector)

    assert phone.post("/sending", data=b"parcel").text == f"in: {inspector.id}"


@pytest.mark.parametrize("page", ["/own", "/chiefs", "/undeclared"])
def test_an_upload_token_opens_no_other_page(app, session, page):
    phone = sending_phone(app, session, make_officer(session, post=Post.SECTION_CHIEF))

    assert phone.get(page, headers=JSON).status_code in (401, 404)
    assert phone.post(page, headers=JSON).status_code in (401, 404)


def test_pages_with_cookies_still_ask_for_the_forms_token(app, session, sign_in, inspector):
    app.config["WTF_CSRF_ENABLED"] = True
    client = sign_in(inspector)
    token = issue_upload_token(session, inspector, phone=PHONE, device="", at=now())
    session.commit()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"

    assert client.post("/own", headers=JSON).status_code == 400


def test_a_sign_in_opens_no_page_that_takes_tokens(app, session, sign_in, inspector):
    as_bearer = bearing(app, open_sign_in(session, inspector, device="", at=now()))

    for client in (sign_in(inspector), as_bearer):
        assert client.get("/sending").status_code == 401


@pytest.mark.parametrize(
    "said", ["", "Bearer", "Bearer ", "Bearer made-up", "Basic dTpw", "bearer", "Bearer a b=c"]
)
def test_a_phone_without_a_good_token_is_told_to_sign_in(app, said):
    answer = app.test_client().post("/sending", headers={"Authorization": said})

    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert (answer.json["status"], answer.json["title"]) == (401, "Unauthorized")
    assert answer.json["type"] == "about:blank"
    assert "登录" in answer.json["detail"]


def test_an_expired_token_opens_nothing(app, session, inspector):
    long_ago = now() - timedelta(days=30)
    token = issue_upload_token(session, inspector, phone=PHONE, device="", at=long_ago)
    session.commit()

    assert bearing(app, token).get("/sending").status_code == 401


def test_the_phone_of_a_disabled_account_sends_no_more(app, session, inspector):
    phone = sending_phone(app, session, inspector)
    disable_officer(session, inspector, by=None, at=now())
    session.commit()

    assert phone.get("/sending").status_code == 401


def test_a_phone_sends_even_for_whoever_must_change_the_password(app, session, inspector):
    inspector.must_change_password = True

    assert sending_phone(app, session, inspector).get("/sending").status_code == 200


def test_a_token_of_a_post_that_does_not_send_is_a_problem_in_the_officers_language(app, session):
    officer = make_officer(session, language="en")
    phone = sending_phone(app, session, officer)
    officer.post = Post.COUNTY_CLERK
    session.commit()

    answer = phone.get("/sending")

    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert answer.json["detail"] == "Your post does not open this page."
