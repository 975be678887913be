"""What factories said to papers waits until a chief notes that it was read: who, and when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused
from firesafe.notices.models import Statement
from firesafe.notices.queries import Notices
from firesafe.notices.receiving import read_views, state_view
from firesafe.photos.store import Store
from tests.makers import HANBIN, make_officer
from tests.notices.cases import TUESDAY, make_case, new_key
from tests.notices.orders import make_raid, order
from tests.notices.visits import make_chief

WEDNESDAY = TUESDAY + timedelta(days=1)


@pytest.fixture
def case(session, services):
    return make_case(session, services.get(Store))


def say(session, case, text="第2项已于检查前报修。"):
    said = {"client_key": new_key(), "by": case.manager, "at": TUESDAY}
    statement = state_view(session, case.notice, text, **said)
    session.flush()
    return statement


def read(session, case, statement, *, by=None, at=WEDNESDAY):
    return read_views(session, case.notice, up_to=statement.id, by=by or case.chief, at=at)


def test_who_read_a_view_and_when_is_kept_and_stands_in_the_trail(session, case):
    statement = say(session, case)

    assert read(session, case, statement) == 1

    assert (statement.read_at, statement.read_by_id) == (WEDNESDAY, case.chief.id)
    told = session.scalars(select(AuditEntry).where(AuditEntry.event == Event.VIEW_READ)).one()
    assert told.by_id == case.chief.id
    assert told.facts == {"number": case.notice.number, "text": statement.text}


def test_what_comes_while_one_reads_stays_unread(session, case):
    shown, later = say(session, case), say(session, case, "请再给两天。")

    read(session, case, shown)

    assert (shown.read_at, later.read_at) == (WEDNESDAY, None)
    assert Notices.visible_to(case.chief).with_unread_views().count(session) == 1


def test_what_somebody_has_read_stays_his(session, case):
    statement = say(session, case)
    read(session, case, statement)

    other = make_chief(session)

    assert read(session, case, statement, by=other, at=WEDNESDAY + timedelta(hours=1)) == 0
    assert statement.read_by_id == case.chief.id


def test_a_clerk_and_another_county_s_chief_read_nothing(session, case):
    statement = say(session, case)

    for officer in (
        make_officer(session, post=Post.COUNTY_CLERK),
        make_chief(session, county=HANBIN),
    ):
        with pytest.raises(Refused):
            read(session, case, statement, by=officer)
    assert statement.read_at is None


def test_the_inbox_counts_them_and_leads_to_the_paper_where_they_are_read(
    database, session, sign_in, case
):
    statement = say(session, case)
    chief = sign_in(case.chief)

    assert "1 份文书有企业陈述意见未读" in chief.get("/inbox").text
    assert case.notice.number in chief.get("/notices?standing=unread-views").text
    page = chief.get(f"/notices/{case.notice.id}").text
    assert statement.text in page
    assert "未读" in page
    page = chief.post(
        f"/notices/{case.notice.id}/views/read",
        data={"up-to": statement.id},
        follow_redirects=True,
    ).text

    assert f"{case.chief.name} 已阅" in page
    assert "未读" not in page.partition('id="views"')[2]
    assert "陈述意见未读" not in chief.get("/inbox").text
    with database.reading() as own:
        assert own.get(Statement, statement.id).read_by_id == case.chief.id


def test_the_factory_sees_that_it_was_read_and_marks_nothing_itself(session, sign_in, case):
    statement = say(session, case)
    manager = sign_in(case.manager)

    assert "未读" in manager.get(f"/my-notices/{case.notice.id}").text
    read(session, case, statement)
    session.commit()
    page = manager.get(f"/my-notices/{case.notice.id}").text

    assert f"{case.chief.name} 已阅" in page
    assert "/views/read" not in page
    assert manager.post(f"/notices/{case.notice.id}/views/read").status_code == 403


def test_nothing_is_unread_where_nothing_was_said(session, sign_in, case):
    chief = sign_in(case.chief)

    assert "陈述意见" not in chief.get("/inbox").text
    assert case.notice.number not in chief.get("/notices?standing=unread-views").text


def test_views_on_an_order_wait_for_the_body_that_issued_it(session, services, sign_in):
    raid = make_raid(session, services.get(Store))
    paper = order(session, raid, at=TUESDAY)
    said = {"client_key": new_key(), "by": raid.manager, "at": TUESDAY}
    statement = state_view(session, paper, "锁是夜里才上的。", **said)
    chief, officer = sign_in(make_chief(session)), sign_in(raid.chief)
    session.commit()

    assert "有企业陈述意见未读" not in chief.get("/inbox").text
    assert "已阅" not in chief.get(f"/notices/{paper.id}").text
    assert "有企业陈述意见未读" in officer.get("/orders").text
    assert paper.number in officer.get("/notices?standing=unread-views").text
    address, told = f"/notices/{paper.id}/views/read", {"up-to": statement.id}
    assert chief.post(address, data=told).status_code == 403
    officer.post(address, data=told)

    session.refresh(statement)
    assert statement.read_by_id == raid.chief.id
