"""Desk pages ask the database at most eight times, however many rows they show."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from firesafe.accounts.posts import Post
from firesafe.core.db import Database
from firesafe.findings.extending import Application, ask_for_extension
from firesafe.inspections.actions import attach_photo
from firesafe.inspections.models import PhotoMoment
from firesafe.notices.actions import issue_papers
from firesafe.notices.freezing import Terms
from firesafe.notices.receiving import state_view
from firesafe.photos.store import Store
from tests.house.kit import make_import
from tests.makers import MONDAY, make_factory, make_officer, make_open_inspection
from tests.notices.cases import TUESDAY, make_case, new_key
from tests.notices.urgings import serve
from tests.notices.visits import make_chief, make_ready_visit
from tests.reports.reports import make_report

MOST = 8
PAGES = (
    "/inbox",
    "/notices",
    "/notices?standing=late",
    "/notices?standing=unread-views",
    "/notices?standing=filled-in",
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

EMPTY = 'class="empty"'


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
    """More rows for every page than it may ask questions: one that asks for each is found out."""
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
    for number in range(MOST + 1):
        factory = make_factory(session, name=f"送达{number}厂")
        go_on(session, make_case(session, store, factory=factory, failed=("P1-01", "P2-01")))
        make_report(session, factory=factory, client_key=new_key())
        draft = make_open_inspection(session, factory=factory)
        attach_photo(session, draft, "A3-02", "c" * 64, PhotoMoment.FOUND, by=draft.lead, at=MONDAY)
    for _ in range(MOST + 1):
        make_import(session, make_officer(session, post=Post.COUNTY_CLERK))
    session.commit()


def go_on(session, case):
    """Serve the notice, to which something is said; one finding is put off, the other overdue."""
    serve(session, case)
    put_off = case.findings["P1-01"]
    wished_on = put_off.due_on + timedelta(days=3)
    wish = Application(new_key(), "配件没到货。", "专人看守。", wished_on)
    ask_for_extension(session, put_off, wish, by=case.manager, at=TUESDAY)
    case.findings["P2-01"].due_on = MONDAY.date()
    said = {"client_key": new_key(), "by": case.manager, "at": TUESDAY}
    state_view(session, case.notice, "已在整改。", **said)


def test_a_list_asks_at_most_eight_times(database, session, county, sign_in):
    client = sign_in(make_chief(session))
    asked = {}
    for page in PAGES:
        with counted(database) as statements:
            answer = client.get(page)
        assert answer.status_code == 200
        assert EMPTY not in answer.text, f"{page} has no rows, so nothing is proved of it"
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
