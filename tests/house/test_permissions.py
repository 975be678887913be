"""Shut by default: every page declares who may enter, and every post gets what the table says."""

import csv
from functools import cache
from pathlib import Path

import pytest

from firesafe.accounts.posts import Post
from firesafe.core.permissions import Permission
from firesafe.photos.store import Store
from firesafe.web.gate import permission_of, takes_tokens
from tests.house.kit import make_kit
from tests.makers import HANBIN, make_officer
from tests.phones import sending_phone

TABLE = Path(__file__).with_name("refusals.csv")
SHUT = "Your post does not open this page."
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PUBLIC = {
    "accounts.sign_in",
    "display.choose",
    "doors.door",
    "joining.accept",
    "joining.join",
    "manifest.show",
    "notices.check",
    "notices.check_code",
    "offline.page",
    "offline.worker",
    "passes.ask",
    "passes.enter",
    "reporting.receipt",
    "reporting.send",
    "reporting.tell",
    "sync.openapi",
}
COUNTY_PLACES = {
    "factory_id",
    "door_code",
    "inspection_id",
    "finding_id",
    "notice_id",
    "issuer_id",
    "import_id",
    "town_id",
    "community_id",
    "officer_id",
    "report_id",
    "referral_id",
}
AS_SCRIPT = {"Accept": "application/json"}  # a refusal is then a sentence, not a page


def pages(app):
    """Return every page and way of asking for it: (rule, method)."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return [(rule, method) for rule in rules for method in METHODS if method in rule.methods]


@cache
def table() -> dict[tuple[str, str], dict[Post, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(r["page"], r["method"]): {post: r[post.value] for post in Post} for r in rows}


def is_for_tokens(app, rule):
    return takes_tokens(app.view_functions[rule.endpoint])


@pytest.fixture
def enter(app, session, sign_in):
    """Return a function that gives the client in which an officer may enter a page, if any."""

    def entering(officer, rule):  # anew each time: some pages end sign-ins
        if not is_for_tokens(app, rule):
            return sign_in(officer)
        return sending_phone(app, session, officer)

    return entering


@pytest.fixture
def kit(session, services):
    made = make_kit(session, services.get(Store))
    session.commit()
    return made


def test_every_page_declares_a_permission(standing_app):
    views = standing_app.view_functions
    views = {rule.endpoint: views[rule.endpoint] for rule, _ in pages(standing_app)}
    assert [name for name, view in views.items() if permission_of(view) is None] == []


def test_strangers_get_in_nowhere_but_at_the_public_list(app, kit):
    stranger = app.test_client()
    entered = set()
    for rule, method in pages(app):
        answer = stranger.open(kit.address(app, rule), method=method, headers=AS_SCRIPT)
        if answer.status_code != 401:
            entered.add(rule.endpoint)
    assert entered == PUBLIC


def test_the_public_list_is_what_the_pages_declare(standing_app):
    views = standing_app.view_functions
    declared = {r.endpoint for r, _ in pages(standing_app)
                if permission_of(views[r.endpoint]) is Permission.PUBLIC}  # fmt: skip
    assert declared == PUBLIC


def test_the_table_knows_every_page(standing_app):
    known = sorted((rule.endpoint, method) for rule, method in pages(standing_app))
    assert sorted(table()) == known


@pytest.mark.parametrize("post", Post)
def test_every_post_gets_what_the_table_says(app, kit, enter, post):
    wrong = []
    for rule, method in pages(app):
        client = enter(kit.officers[post], rule)
        client.set_cookie("language", "en")
        answer = client.open(kit.address(app, rule), method=method, headers=AS_SCRIPT)
        is_shut = answer.status_code == 403 and SHUT in answer.text
        expected = table()[rule.endpoint, method][post]
        if is_shut != (expected == "out"):
            wrong.append((rule.endpoint, method, expected, answer.status_code))
    assert wrong == []


def test_a_sign_in_opens_no_page_that_takes_tokens(app, kit, sign_in):
    entered = []
    for rule, method in pages(app):
        if is_for_tokens(app, rule):
            client = sign_in(kit.officers[Post.SECTION_CHIEF])
            answer = client.open(kit.address(app, rule), method=method)
            if answer.status_code != 401:
                entered.append((rule.endpoint, method, answer.status_code))
    assert entered == []


def test_an_upload_token_opens_no_page_but_those_that_take_tokens(app, kit, session):
    entered = []
    for rule, method in pages(app):
        if not is_for_tokens(app, rule) and rule.endpoint not in PUBLIC:
            phone = sending_phone(app, session, kit.officers[Post.SECTION_CHIEF])
            answer = phone.open(kit.address(app, rule), method=method, headers=AS_SCRIPT)
            if answer.status_code != 401:
                entered.append((rule.endpoint, method, answer.status_code))
    assert entered == []


@pytest.mark.on_sqlite
@pytest.mark.parametrize("post", Post)
def test_every_form_that_posts_carries_its_token(app, kit, sign_in, post):
    """The client looks at each page; here the tokens are switched on, as in use."""
    app.config["WTF_CSRF_ENABLED"] = True
    client = sign_in(kit.officers[post])
    for rule, method in pages(app):
        if method == "GET" and table()[rule.endpoint, method][post] == "in":
            client.get(kit.address(app, rule))


@pytest.mark.parametrize("post", [post for post in Post if post is not Post.CITY_SUPERVISOR])
def test_another_county_s_record_is_404_everywhere(app, kit, session, enter, post):
    stranger = make_officer(session, post=post, county=HANBIN)
    shown = []
    for rule, method in pages(app):
        expected = table()[rule.endpoint, method][post]
        if not rule.arguments & COUNTY_PLACES or expected == "out" or rule.endpoint in PUBLIC:
            continue
        client = enter(stranger, rule)
        answer = client.open(kit.address(app, rule), method=method, headers=AS_SCRIPT)
        if answer.status_code != 404 and post is not Post.ADMINISTRATOR:
            shown.append((rule.endpoint, method, answer.status_code))
    assert shown == []
