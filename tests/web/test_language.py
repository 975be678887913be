"""The language of a page, and how it looks."""

import pytest
from flask import render_template_string

from tests.makers import make_officer


@pytest.fixture
def client(app):
    return app.test_client()


def language_of(answer):
    return answer.text.partition('lang="')[2].partition('"')[0]


def test_chinese_is_spoken_unless_something_else_was_chosen(client):
    page = client.get("/sign-in")

    assert language_of(page) == "zh-CN"
    assert "登录" in page.text


def test_the_choice_of_this_browser_is_kept_and_leads_back(client):
    answer = client.post("/display", data={"language": "en", "next": "/sign-in"})

    assert answer.location == "/sign-in"
    assert language_of(client.get("/sign-in")) == "en"
    assert "Sign in" in client.get("/sign-in").text


def test_the_language_of_the_account_greets_on_a_new_device(session, sign_in):
    assert language_of(sign_in(make_officer(session, language="en")).get("/me")) == "en"


def test_the_choice_of_the_browser_goes_before_that_of_the_account(session, sign_in):
    client = sign_in(make_officer(session, language="en"))
    client.post("/display", data={"language": "zh"})

    assert language_of(client.get("/me")) == "zh-CN"


@pytest.mark.parametrize("language", ["fr", "", "zh-CN'><script>"])
def test_a_language_we_do_not_speak_changes_nothing(client, language):
    client.set_cookie("language", language)

    assert language_of(client.get("/sign-in")) == "zh-CN"


def test_theme_and_size_are_kept_and_taken_back(client):
    client.post("/display", data={"theme": "dark", "text": "large"})
    page = client.get("/sign-in").text
    assert 'data-theme="dark"' in page
    assert 'data-text="large"' in page

    client.post("/display", data={"theme": ""})
    assert "data-theme" not in client.get("/sign-in").text


def test_an_unknown_theme_is_not_kept(client):
    client.post("/display", data={"theme": "pink"})

    assert client.get_cookie("theme") is None


def test_nobody_is_led_off_the_site(client):
    answer = client.post("/display", data={"language": "en", "next": "//elsewhere.example"})

    assert answer.location == "/"


@pytest.mark.parametrize("_time", ["first", "again"])
def test_a_message_is_said_in_the_language_of_each_page(app, _time):
    for language, word in (("zh", "保存"), ("en", "Save")):
        with app.test_request_context(headers={"Cookie": f"language={language}"}):
            assert render_template_string('{{ _("Save") }}') == word


def test_what_is_put_into_a_message_cannot_become_markup(app):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        said = render_template_string('{{ _("Save %(item)s", item="<b>") }}')

    assert said == "Save &lt;b&gt;"


def test_a_plain_text_is_no_markup(app):
    plain = app.jinja_env.overlay(autoescape=False)
    with app.test_request_context(headers={"Cookie": "language=en"}):
        said = plain.from_string('{{ _("Save %(item)s", item="<b>") }}{{ _("Save") ~ "<b>" }}')

        assert said.render() == "Save <b>Save<b>"
