"""What a phone is told that puts the service on its home screen."""

import io
import re
from contextlib import closing
from pathlib import Path

from PIL import Image

from firesafe.accounts.posts import Post
from firesafe.web.manifest import PAPER
from tests.makers import make_officer

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r'<link rel="manifest" href="([^"]+)" crossorigin="use-credentials">')


def described(client):
    page = client.get("/sign-in", follow_redirects=True).text
    address = LINK.search(page).group(1)
    return client.get(address)


def test_a_page_leads_to_what_describes_the_service(app):
    answer = described(app.test_client())

    assert answer.mimetype == "application/manifest+json"
    assert (answer.json["short_name"], answer.json["lang"]) == ("四个四", "zh-CN")
    assert answer.json["start_url"] == "/"


def test_it_speaks_the_language_that_was_chosen(app):
    client = app.test_client()
    client.set_cookie("language", "en")

    assert (described(client).json["short_name"], described(client).json["lang"]) == (
        "Four Fours",
        "en",
    )


def test_an_inspector_begins_where_there_need_be_no_signal(session, sign_in):
    assert described(sign_in(make_officer(session))).json["start_url"] == "/today"
    chief = make_officer(session, post=Post.SECTION_CHIEF)
    assert described(sign_in(chief)).json["start_url"] == "/inbox"


def test_every_icon_is_there_in_the_size_it_is_said_to_have(app):
    client = app.test_client()
    icons = described(client).json["icons"]

    assert [icon["sizes"] for icon in icons] == ["192x192", "512x512"]
    for icon in icons:
        with closing(client.get(icon["src"])) as answer:
            picture = Image.open(io.BytesIO(answer.data))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_the_bars_of_the_system_have_the_colour_of_the_paper(app):
    css = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    light, *others = re.findall(r"--paper:\s*(#[0-9a-f]{6})", css)
    assert {light, *others} == set(PAPER.values())
    client = app.test_client()
    client.set_cookie("theme", "outdoor")

    assert f'<meta name="theme-color" content="{PAPER["outdoor"]}">' in client.get("/sign-in").text
    assert described(client).json["theme_color"] == light
