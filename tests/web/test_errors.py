"""Refusals as pages, or as JSON for scripts."""

import logging

import pytest

from firesafe.core.errors import NotFound, Refused, RuleBroken, Stale
from firesafe.districts.models import Town
from firesafe.web.doors import public, unit_of_work
from firesafe.web.errors import told_in
from tests.makers import PINGLI, make_officer

JSON = {"Accept": "application/json"}


@pytest.fixture
def app(new_app):
    """One to which a page may be added."""
    return new_app


@pytest.fixture
def raising(app):
    """Return a function that gives a page which raises a fault, and a client to fetch it."""

    def page(fault):
        def view():
            with unit_of_work() as session:
                session.add(Town(county_code=PINGLI, name="半个镇"))
                session.flush()
                raise fault

        app.add_url_rule("/faulty", view_func=public(view), methods=["GET", "POST"])
        return app.test_client()

    return page


@pytest.mark.parametrize(
    ("kind", "status"), [(NotFound, 404), (Refused, 403), (RuleBroken, 422), (Stale, 409)]
)
def test_a_refusal_is_a_page_with_its_sentence_and_status(raising, kind, status):
    answer = raising(kind("%(name)s is <taken>.", name="老县镇")).get("/faulty")

    assert answer.status_code == status
    assert "老县镇 is &lt;taken&gt;." in answer.text


def test_a_refusal_is_json_for_a_script(raising):
    answer = raising(Stale("Taken.")).get("/faulty", headers=JSON)

    assert (answer.status_code, answer.json) == (409, {"sentence": "Taken."})


def test_nothing_half_written_stays(raising, database):
    raising(RuleBroken("No.")).get("/faulty")

    with database.reading() as session:
        assert session.query(Town).all() == []


def test_a_fault_of_our_own_tells_nothing_of_itself(app, raising, caplog):
    caplog.set_level(logging.ERROR)
    app.testing = False

    answer = raising(OSError("disk 7 in rack 3")).get("/faulty")

    assert answer.status_code == 500
    assert "disk 7" not in answer.text
    assert "disk 7" in caplog.text


def test_a_fault_of_our_own_is_not_hidden_from_tests(raising):
    with pytest.raises(OSError, match="disk 7"):
        raising(OSError("disk 7")).get("/faulty")


@pytest.mark.parametrize(
    ("method", "address", "status"), [("GET", "/sign-out", 405), ("GET", "/x", 404)]
)
def test_the_frameworks_refusals_are_sentences_too(app, method, address, status):
    answer = app.test_client().open(address, method=method)

    assert answer.status_code == status
    assert "<h1" in answer.text


def test_an_upload_beyond_the_limit_is_413(app):
    app.config["MAX_CONTENT_LENGTH"] = 10

    answer = app.test_client().post("/sign-in", data={"name": "x" * 100})

    assert answer.status_code == 413


def test_a_form_without_its_token_is_refused(app, sign_in, session):
    client = sign_in(make_officer(session))
    app.config["WTF_CSRF_ENABLED"] = True

    assert client.post("/sign-out").status_code == 400
    assert client.get("/me").status_code == 200


def test_a_script_whose_sign_in_has_run_out_is_told_to_sign_in(app):
    app.config["WTF_CSRF_ENABLED"] = True

    answer = app.test_client().post("/sign-out", headers=JSON)

    assert answer.status_code == 401


def test_signing_in_without_a_token_is_not_mistaken_for_being_signed_out(app):
    app.config["WTF_CSRF_ENABLED"] = True

    assert app.test_client().post("/sign-in").status_code == 400


def test_a_broken_rule_is_told_in_the_form_and_other_refusals_are_not(app):
    errors = []
    with app.test_request_context():
        with told_in(errors):
            raise RuleBroken("%(name)s is taken.", name="老县镇")
        with pytest.raises(Stale), told_in(errors):
            raise Stale("Too late.")

    assert errors == ["老县镇 is taken."]
