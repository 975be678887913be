"""Shut by default: every page declares who may enter, and every post gets what the table says."""

import csv
from pathlib import Path

import pytest

from firesafe.accounts.posts import Post
from firesafe.core.permissions import Permission
from firesafe.photos.store import Store
from firesafe.web.gate import permission_of
from tests.house.kit import make_kit
from tests.makers import HANBIN, make_officer

TABLE = Path(__file__).with_name("refusals.csv")
SHUT = "Your post does not open this page."
METHODS = ("GET", "POST", "PUT", "DELETE")
PUBLIC = {
    "accounts.sign_in",
    "display.choose",
    "joining.accept",
    "joining.join",
    "notices.check",
    "notices.check_code",
}
COUNTY_PLACES = {
    "factory_id",
    "door_code",
    "inspection_id",
    "finding_id",
    "notice_id",
    "import_id",
    "town_id",
    "community_id",
    "officer_id",
}
AS_SCRIPT = {"Accept": "application/json"}  # a refusal is then a sentence, not a page


def pages(app):
    """Return every page and way of asking for it: (rule, method)."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return [(rule, method) for rule in rules for method in METHODS if method in rule.methods]


def table() -> dict[tuple[str, str], dict[Post, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(r["page"], r["method"]): {post: r[post.value] for post in Post} for r in rows}


@pytest.fixture
def kit(session, services):
    made = make_kit(session, services.get(Store))
    session.commit()
    return made


def test_every_page_declares_a_permission(app):
    views = {rule.endpoint: app.view_functions[rule.endpoint] for rule, _ in pages(app)}
    assert [name for name, view in views.items() if permission_of(view) is None] == []


def test_strangers_get_in_nowhere_but_at_the_public_list(app, kit):
    stranger = app.test_client()
    entered = set()
    for rule, method in pages(app):
        answer = stranger.open(kit.address(app, rule), method=method, headers=AS_SCRIPT)
        if answer.status_code != 401:
            entered.add(rule.endpoint)
    assert entered == PUBLIC


def test_the_public_list_is_what_the_pages_declare(app):
    views = app.view_functions
    declared = {r.endpoint for r, _ in pages(app)
                if permission_of(views[r.endpoint]) is Permission.PUBLIC}  # fmt: skip
    assert declared == PUBLIC


def test_the_table_knows_every_page(app):
    assert sorted(table()) == sorted((rule.endpoint, method) for rule, method in pages(app))


@pytest.mark.parametrize("post", Post)
def test_every_post_gets_what_the_table_says(app, kit, sign_in, post):
    wrong = []
    for rule, method in pages(app):
        client = sign_in(kit.officers[post])  # anew each time: some pages end sign-ins
        client.set_cookie("language", "en")
        answer = client.open(kit.address(app, rule), method=method, headers=AS_SCRIPT)
        is_shut = answer.status_code == 403 and SHUT in answer.text
        expected = table()[rule.endpoint, method][post]
        if is_shut != (expected == "out"):
            wrong.append((rule.endpoint, method, expected, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("post", Post)
def test_every_form_that_posts_carries_its_token(app, kit, sign_in, post):
    """The client looks at each page; here the tokens are switched on, as in use."""
    app.config["WTF_CSRF_ENABLED"] = True
    client = sign_in(kit.officers[post])
    for rule, method in pages(app):
        if method == "GET" and table()[rule.endpoint, method][post] == "in":
            client.get(kit.address(app, rule))


@pytest.mark.parametrize("post", [post for post in Post if post is not Post.CITY_SUPERVISOR])
def test_another_county_s_record_is_404_everywhere(app, kit, session, sign_in, post):
    stranger = make_officer(session, post=post, county=HANBIN)
    shown = []
    for rule, method in pages(app):
        expected = table()[rule.endpoint, method][post]
        if not rule.arguments & COUNTY_PLACES or expected == "out" or rule.endpoint in PUBLIC:
            continue
        client = sign_in(stranger)
        is_answer = rule.endpoint == "visit.save_answer"
        body = {"json": {"version": 1, "changes": {}}} if is_answer else {}
        answer = client.open(kit.address(app, rule), method=method, headers=AS_SCRIPT, **body)
        if answer.status_code != 404 and post is not Post.ADMINISTRATOR:
            shown.append((rule.endpoint, method, answer.status_code))
    assert shown == []
