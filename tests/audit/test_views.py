"""The page of the trail."""

import pytest

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from tests.makers import HANBIN, MONDAY, PINGLI, make_officer


@pytest.fixture
def chief(session):
    return make_officer(session, post=Post.SECTION_CHIEF, name="陈科长")


@pytest.fixture
def client(session, sign_in, chief):
    record(
        session,
        Event.NOTICE_ISSUED,
        by=chief.id,
        subject="notice:7",
        at=MONDAY,
        county=PINGLI,
        number="示例〔2026〕1号",
    )
    record(
        session, Event.TOWN_ADDED, by=None, subject="town:1", at=MONDAY, county=HANBIN, name="外镇"
    )
    return sign_in(chief)


def test_the_page_tells_who_did_what_on_what(client):
    page = client.get("/trail").text

    assert "示例〔2026〕1号" in page
    assert "陈科长" in page
    assert "外镇" not in page


@pytest.mark.parametrize(
    ("query", "is_told"),
    [
        ("event=notices:notice:issued", True),
        ("event=accounts:sign-in:opened", False),
        ("who=陈", True),
        ("who=李", False),
        ("from=2026-11-23&to=2026-11-23", True),
        ("from=2026-11-24", False),
        ("to=2026-11-22", False),
    ],
)
def test_the_page_is_narrowed_by_its_filters(client, query, is_told):
    assert ("示例〔2026〕1号" in client.get(f"/trail?{query}").text) is is_told


def test_the_deeds_of_one_officer_are_linked_from_his_account(client, chief):
    assert "示例〔2026〕1号" in client.get(f"/trail?officer={chief.id}").text
    assert "示例〔2026〕1号" not in client.get(f"/trail?officer={chief.id + 1}").text


@pytest.mark.parametrize(
    "query",
    ["event=x", "from=x", "from=9999-12-31", "to=0001-01-01", "officer=99999999999", "page=0"],
)
def test_a_filter_that_means_nothing_is_left_out(client, query):
    assert "示例〔2026〕1号" in client.get(f"/trail?{query}").text


def test_long_trails_are_leafed_through_with_their_filters(session, client, chief):
    for number in range(60):
        record(
            session,
            Event.FACTORY_ADDED,
            by=chief.id,
            subject=f"factory:{number}",
            at=MONDAY,
            county=PINGLI,
            name=f"{number}厂",
            number=str(number),
        )
    session.commit()

    page = client.get("/trail?event=factories:factory:added").text

    assert page.count("<tr>") == 51
    assert "event=factories%3Afactory%3Aadded&amp;page=2" in page


def test_an_inspector_does_not_enter(session, sign_in):
    assert sign_in(make_officer(session)).get("/trail").status_code == 403
