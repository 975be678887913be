"""Every number of a year is listed, gaps would be seen, and a year is frozen once it is over."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.notices.actions import issue_papers, withdraw_notice
from firesafe.notices.freezing import Terms
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, NoticeState, NumberSeries, YearClose
from firesafe.notices.queries import issuer_of
from firesafe.notices.series import close_years, lines_of, tallies_of
from firesafe.photos.store import Store
from tests.makers import HANBIN, MONDAY, PINGLI, make_officer
from tests.notices.visits import make_chief, make_ready_visit

KIND = PaperKind.RECTIFICATION_NOTICE
NEW_YEAR = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight in Ankang


@pytest.fixture
def chief(session):
    return make_chief(session)


@pytest.fixture
def notices(session, services, chief):
    """Three notices, the second of which was withdrawn."""
    words = {"by": chief, "at": MONDAY, "public_address": ""}
    issued = []
    for _ in range(3):
        visit = make_ready_visit(session, services.get(Store))
        issued.append(issue_papers(session, visit, Terms("专人看守。"), **words)[1])
    withdraw_notice(session, issued[1], "部位写错。", **words)
    return issued


@pytest.fixture
def series(session, notices):
    return session.get_one(NumberSeries, (notices[0].issuer_id, KIND, 2026))


@pytest.fixture
def address(session, notices):
    return f"/notices/years/2026/{notices[0].issuer_id}/{KIND.value}"


def lose(session, notice):
    """Take a paper out of the table, as no action ever does."""
    session.execute(delete(Notice).where(Notice.refers_to_id == notice.id))
    session.execute(delete(Notice).where(Notice.id == notice.id))
    session.expire_all()


def tally(session, chief):
    return next(each for each in tallies_of(session, chief, 2026) if each.series.kind is KIND)


def test_every_number_has_its_paper_and_the_void_one_says_what_withdrew_it(session, series):
    lines = lines_of(session, series, range(1, series.last + 1))

    assert [line.number for line in lines] == [line.notice.number for line in lines]
    assert [line.withdrawn_by for line in lines] == ["", "示例26消撤〔2026〕第0001号", ""]


def test_a_lost_paper_is_seen_as_a_gap(session, series, notices, chief):
    assert tally(session, chief).missing == 0

    lose(session, notices[2])

    assert tally(session, chief).missing == 1
    assert lines_of(session, series, [3])[0].notice is None


def test_a_year_is_frozen_once_when_it_is_over(session, notices, chief):
    close_years(session, at=MONDAY)
    assert session.scalars(select(YearClose)).all() == []

    close_years(session, at=NEW_YEAR)
    notices[0].state = NoticeState.WITHDRAWN
    close_years(session, at=NEW_YEAR)

    closed = tally(session, chief)
    assert closed.close.last == 3
    assert closed.close.counts == {"issued": 2, "served": 0, "closed": 0, "withdrawn": 1}
    assert closed.states[NoticeState.WITHDRAWN] == 2
    events = select(AuditEntry).where(AuditEntry.event == Event.YEAR_CLOSED)
    assert [entry.facts for entry in session.scalars(events)] == [{"year": 2026}]


def test_the_pages_list_all_numbers_or_the_void_ones(notices, address, chief, sign_in):
    client = sign_in(chief)
    client.set_cookie("language", "en")

    year = client.get("/notices/years/2026").text
    assert year.count("None missing") == 4
    numbers = client.get(address).text
    assert all(notice.number in numbers for notice in notices)
    void = client.get(f"{address}?only=void").text
    assert notices[1].number in void
    assert notices[0].number not in void


def test_what_is_late_to_be_served_is_so_in_the_series_too(
    session, notices, address, chief, sign_in
):
    notices[0].issued_at = datetime(2026, 3, 2, tzinfo=UTC)
    session.commit()

    assert "超期未送达" in sign_in(chief).get(address).text


def test_a_gap_is_shown_on_the_pages(session, notices, address, chief, sign_in):
    lose(session, notices[2])
    client = sign_in(chief)
    client.set_cookie("language", "en")

    assert "1 missing" in client.get("/notices/years/2026").text
    assert "Missing" in client.get(address).text


def test_the_table_has_every_number(notices, address, chief, sign_in):
    answer = sign_in(chief).get(f"{address}/xlsx")

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [notice.number for notice in notices]
    assert rows[2][5] == "示例26消撤〔2026〕第0001号"


@pytest.mark.parametrize("part", ["0/rectification-notice", "{issuer}/nothing"])
def test_a_series_that_is_not_there_is_not_found(session, notices, chief, sign_in, part):
    issuer = issuer_of(session, PINGLI).id

    address = f"/notices/years/2026/{part.format(issuer=issuer)}"
    assert sign_in(chief).get(address).status_code == 404


def test_another_county_does_not_see_it_and_the_city_does(session, notices, address, sign_in):
    other = sign_in(make_chief(session, county=HANBIN))
    city = sign_in(make_officer(session, post=Post.CITY_SUPERVISOR, county=None))

    assert other.get(address).status_code == 404
    assert notices[0].number in city.get(address).text
