"""Signing in and out, and one's own account."""

import re

import pytest
from sqlalchemy import select

from firesafe.accounts.models import SignIn, UploadToken
from firesafe.accounts.passwords import fits, hash_password
from firesafe.accounts.posts import Post
from firesafe.core.clock import now
from firesafe.core.settings import Settings
from firesafe.web.filters import clock
from tests.makers import make_officer
from tests.phones import sending_phone

PASSWORD = "Fire-door1"
HASH = hash_password(PASSWORD)


@pytest.fixture
def officer(session):
    made = make_officer(session, post=Post.SECTION_CHIEF, password_hash=HASH)
    session.commit()
    return made


@pytest.fixture
def client(app):
    return app.test_client()


def knock(client, name, password, address="/sign-in"):
    return client.post(address, data={"name": name, "password": password})


def fresh(session, officer):
    """Look again, and let go of the writing session at once."""
    session.refresh(officer)
    session.commit()
    return officer


def test_the_right_password_opens_the_service(client, officer):
    answer = knock(client, officer.phone, PASSWORD)

    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/me").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, officer):
    cookie = knock(client, officer.phone, PASSWORD).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_signing_in_leaves_nothing_of_what_the_browser_carried_before(client, officer):
    with client.session_transaction() as carried:
        carried["planted"] = "by somebody else"

    knock(client, officer.phone, PASSWORD)

    with client.session_transaction() as carried:
        assert "planted" not in carried


def test_one_returns_to_where_one_wanted_to_go(client, officer):
    wanted = client.get("/officers?words=a")

    answer = knock(client, officer.phone, PASSWORD, wanted.location)

    assert answer.location == "/officers?words=a"


def test_nobody_is_sent_off_the_site(client, officer):
    answer = knock(client, officer.phone, PASSWORD, "/sign-in?next=//elsewhere.example")

    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_number_are_answered_alike(client, officer):
    wrong = knock(client, officer.phone, "guess")
    unknown = knock(client, "13700000000", "guess")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert without(officer.phone, wrong.text) == without("13700000000", unknown.text)


def without(number, page):
    """Take out what was typed, and the form's token, which holds the time."""
    return re.sub(r'name="csrf_token"[^>]*>', "", page).replace(number, "")


def test_a_locked_account_says_until_when(client, session, officer):
    for _ in range(4):
        knock(client, officer.phone, "guess")

    answer = knock(client, officer.phone, "guess")

    locked_until = fresh(session, officer).locked_until
    assert locked_until > now()
    assert clock(locked_until) in answer.text
    assert knock(client, officer.phone, PASSWORD).status_code == 422


def test_an_empty_form_names_both_fields(client):
    answer = knock(client, "", "")

    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 2


def test_one_address_knocks_only_so_often_a_minute(app, client, services):
    limit = services.get(Settings).sign_in_attempts_per_minute
    statuses = [knock(client, "x", "y").status_code for _ in range(limit + 1)]

    assert statuses[-2:] == [422, 429]
    assert client.get("/sign-in").status_code == 200


def test_whoever_is_signed_in_is_not_asked_again(sign_in, officer):
    assert sign_in(officer).get("/sign-in").location == "/"


def test_signing_out_shuts_the_service(sign_in, session, officer):
    client = sign_in(officer)

    assert client.post("/sign-out").location == "/sign-in"

    assert client.get("/me").location.startswith("/sign-in")
    assert session.scalars(select(SignIn.closed_at)).one() is not None


def test_signing_out_everywhere_shuts_every_device(sign_in, officer):
    here, there = sign_in(officer), sign_in(officer)

    here.post("/sign-out-everywhere")

    assert there.get("/me").status_code == 302


def test_a_one_time_password_leads_to_a_new_one_first(sign_in, session, officer):
    officer.must_change_password = True
    client = sign_in(officer)

    assert client.get("/officers").location == "/password"

    answer = client.post(
        "/password", data={"old": PASSWORD, "new": "Another-door2", "again": "Another-door2"}
    )
    assert answer.location == "/"
    assert fits(fresh(session, officer).password_hash, "Another-door2")
    assert client.get("/officers").status_code == 200


@pytest.mark.parametrize(
    "filled",
    [
        {"old": "guess", "new": "Another-door2", "again": "Another-door2"},
        {"old": PASSWORD, "new": "weak", "again": "weak"},
        {"old": PASSWORD, "new": "Another-door2", "again": "Another-door3"},
        {"old": "", "new": "", "again": ""},
    ],
)
def test_a_password_filled_in_wrongly_is_not_changed(sign_in, session, officer, filled):
    answer = sign_in(officer).post("/password", data=filled)

    assert answer.status_code == 422
    assert fits(fresh(session, officer).password_hash, PASSWORD)


def test_the_other_devices_are_listed_and_signed_out(sign_in, session, officer):
    here, there = sign_in(officer), sign_in(officer)
    other = session.scalars(select(SignIn).order_by(SignIn.id)).all()[1]
    session.commit()

    assert here.get("/me").text.count('class="row"') == 2
    assert here.post(f"/me/sign-ins/{other.id}/end").location == "/me"

    assert there.get("/me").status_code == 302
    assert here.post(f"/me/sign-ins/{other.id}/end").status_code == 404


def test_ones_own_phones_are_listed_and_one_is_stopped_after_a_question(
    app, sign_in, session, officer
):
    client = sign_in(officer)
    sending_phone(app, session, officer)
    sending = session.scalars(select(UploadToken)).one()
    session.commit()

    page = client.get("/me").text
    address = f"/me/phones/{sending.id}/end"
    assert "Chrome, Android" in page
    assert address in page[page.index('data-behaviour="confirm"') :]
    assert sign_in(make_officer(session)).post(address).status_code == 404

    assert client.post(address).location == "/me"
    assert "Chrome, Android" not in client.get("/me").text
    assert client.post(address).status_code == 404
    assert fresh(session, sending).revoked_at is not None


@pytest.mark.parametrize(("post", "is_there"), [(Post.INSPECTOR, True), (Post.COUNTY_CLERK, False)])
def test_whoever_sends_from_no_phone_reads_nothing_of_phones(sign_in, session, post, is_there):
    page = sign_in(make_officer(session, post=post, language="en")).get("/me").text

    assert ("Phones that may send" in page) is is_there


def test_the_language_is_kept_in_the_account_and_in_this_browser(sign_in, session, officer):
    client = sign_in(officer)

    client.post("/me/language", data={"language": "en"})

    assert fresh(session, officer).language == "en"
    assert '<html lang="en"' in client.get("/me").text
    assert client.post("/me/language", data={"language": "fr"}).status_code == 422


@pytest.mark.parametrize("post", list(Post))
def test_every_post_has_a_home_and_a_page_of_its_own(sign_in, session, post):
    client = sign_in(make_officer(session, post=post))

    assert client.get("/", follow_redirects=True).status_code == 200
    assert client.get("/me").status_code == 200


def test_a_home_that_is_not_built_yet_is_ones_own_page(app, sign_in, officer):
    app.config["HOME"] = {Post.SECTION_CHIEF: "castles.air"}

    assert sign_in(officer).get("/").location == "/me"


@pytest.mark.parametrize("post", [Post.CODE_BEARER, Post.FACTORY_MANAGER])
def test_whoever_came_in_by_a_code_is_offered_no_password(session, sign_in, post):
    page = sign_in(make_officer(session, post=post)).get("/me").text

    assert ('href="/password"' in page) == (post is Post.FACTORY_MANAGER)
