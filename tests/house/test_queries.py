"""Desk pages ask the database at most eight times, however many rows they show."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from firesafe.accounts.posts import Post
from firesafe.core.db import Database
from firesafe.notices.actions import issue_papers
from firesafe.notices.freezing import Terms
from firesafe.photos.store import Store
from tests.makers import MONDAY, make_factory, make_officer
from tests.notices.visits import make_chief, make_ready_visit

MOST = 8
PAGES = (
    "/inbox",
    "/notices",
    "/notices?standing=late",
    "/notices/years/2026",
    "/factories",
    "/findings",
    "/findings?view=all",
    "/reports",
    "/inspections",
    "/rechecks",
    "/referrals",
    "/referrals?view=all",
    "/extensions",
    "/supervision-letters",
    "/communities",
    "/officers",
    "/trail",
    "/sync/phones",
    "/factories/imports",
)


@contextmanager
def counted(database: Database):
    """Yield the statements that the readers of ``database`` run in the meantime."""
    statements: list[str] = []

    def ran(_connection, _cursor, statement, *_more):
        statements.append(statement)

    event.listen(database.reader, "before_cursor_execute", ran)
    try:
        yield statements
    finally:
        event.remove(database.reader, "before_cursor_execute", ran)


@pytest.fixture
def county(session, services):
    """Nine visits in nine factories: some waiting for their papers, some issued."""
    store = services.get(Store)
    visits = [
        make_ready_visit(
            session,
            store,
            factory=make_factory(session, name=f"示例{number}厂"),
            failed=("A1-06", "P2-01"),
        )
        for number in range(9)
    ]
    issuing = {"by": make_chief(session), "at": MONDAY, "public_address": ""}
    for visit in visits[:4]:
        issue_papers(session, visit, Terms("专人看守。"), **issuing)
    for _ in range(5):
        make_officer(session, post=Post.COUNTY_CLERK)
    session.commit()
    return visits


def test_a_list_asks_at_most_eight_times(database, session, county, sign_in):
    client = sign_in(make_chief(session))
    asked = {}
    for page in PAGES:
        with counted(database) as statements:
            assert client.get(page).status_code == 200
        asked[page] = [each for each in statements if not each.startswith(("BEGIN", "PRAGMA"))]

    assert {page: len(each) for page, each in asked.items() if len(each) > MOST} == {}


def test_the_desk_of_one_visit_asks_no_more_for_more_findings(database, session, services, sign_in):
    store = services.get(Store)
    few = make_ready_visit(session, store, failed=("A1-04",))
    many = make_ready_visit(session, store, failed=("A1-04", "A3-02", "P2-01", "P1-01"))
    client = sign_in(make_chief(session))
    client.get(f"/inbox/{few.id}")

    asked = []
    for visit in (few, many):
        with counted(database) as statements:
            assert client.get(f"/inbox/{visit.id}").status_code == 200
        asked.append(len(statements))

    assert asked[0] == asked[1]
