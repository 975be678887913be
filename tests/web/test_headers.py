"""What every answer tells the browser."""

from dataclasses import replace

import pytest

from firesafe.app import create_app


@pytest.mark.parametrize("address", ["/sign-in", "/nowhere", "/me"])
def test_every_answer_fences_in_what_the_page_may_load(app, address):
    headers = app.test_client().get(address).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_only_a_service_behind_https_insists_on_it(app, settings, services):
    secure = create_app(replace(settings, public_address="https://a.example"), services)

    insisting = secure.test_client().get("/sign-in").headers
    assert "Strict-Transport-Security" in insisting
    assert "Secure" in insisting["Set-Cookie"]
    assert "Strict-Transport-Security" not in app.test_client().get("/sign-in").headers


def test_data_that_is_opened_as_a_page_may_load_nothing_at_all(app):
    headers = app.test_client().get("/sync/openapi.json").headers

    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
