"""What was handed in is closed, and its findings made, once its last photograph is readable."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.core.db import Database
from firesafe.findings.handing_in import SETTLE, settle
from firesafe.findings.models import Finding
from firesafe.inspections.actions import attach_photo
from firesafe.inspections.models import Inspection, InspectionState, PhotoMoment
from firesafe.inspections.phone import HandingIn, hand_in
from firesafe.inspections.rules import OnPhone
from firesafe.jobs.actions import enqueue
from firesafe.jobs.worker import run_due_jobs
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import ORIGINAL, photo_key
from firesafe.photos.store import Store
from tests.makers import MONDAY, answer_all, make_open_inspection, make_photo, sign_all
from tests.photos.pictures import jpeg

LATER = MONDAY + timedelta(hours=5)
DAY_AHEAD = 24 * 3600


@pytest.fixture
def handed_in(session):
    """A visit that was handed in on a phone a day ahead; its one photograph has just arrived."""
    visit = make_open_inspection(session)
    answer_all(session, visit, failed={"A3-02": {"verdict": "fail", "seen": "门口堆放纸箱。"}})
    sha256 = make_photo(session, by=visit.lead)
    attach_photo(session, visit, "A3-02", sha256, PhotoMoment.FOUND, by=visit.lead, at=MONDAY)
    sign_all(session, visit)
    shown = MONDAY + timedelta(days=1, hours=1)
    handing = HandingIn("没有意见", [sha256], OnPhone(shown, DAY_AHEAD))
    hand_in(session, visit, handing, by=visit.lead, at=LATER)
    return visit


def photo_of(session):
    return session.scalars(select(Photo)).one()


def findings(session):
    return session.scalars(select(Finding)).all()


def test_it_waits_for_a_photograph_that_is_not_readable_yet(session, handed_in):
    assert not settle(session, handed_in, at=LATER)

    assert handed_in.state is InspectionState.HANDED_IN
    assert findings(session) == []


def test_it_is_closed_when_the_last_one_is_readable(session, handed_in):
    photo_of(session).state = PhotoState.READABLE

    assert settle(session, handed_in, at=LATER)

    assert handed_in.state is InspectionState.CLOSED
    assert handed_in.statement == "没有意见"
    assert [each.checkpoint_code for each in findings(session)] == ["A3-02"]


def test_it_counts_as_closed_when_it_was_signed_and_its_findings_from_the_handing_in(
    session, handed_in
):
    photo_of(session).state = PhotoState.READABLE
    settle(session, handed_in, at=LATER + timedelta(days=2))

    assert handed_in.closed_at == MONDAY + timedelta(hours=1)
    assert handed_in.closed_on_phone_at == MONDAY + timedelta(days=1, hours=1)
    assert findings(session)[0].found_at == LATER


def test_settling_twice_makes_no_second_finding(session, handed_in):
    photo_of(session).state = PhotoState.READABLE
    settle(session, handed_in, at=LATER)

    assert settle(session, handed_in, at=LATER)
    assert len(findings(session)) == 1


def test_an_unreadable_photograph_keeps_it_open(session, handed_in):
    photo_of(session).state = PhotoState.UNREADABLE

    assert not settle(session, handed_in, at=LATER)


def test_a_job_settles_the_visits_that_waited_for_a_photograph(session, services, handed_in):
    photo = photo_of(session)
    photo.state = PhotoState.READABLE
    enqueue(session, SETTLE, "settle:1", {"sha256": photo.sha256}, at=LATER)
    session.commit()

    run_due_jobs(services, at=LATER + timedelta(minutes=1))

    with services.get(Database).reading() as reader:
        assert reader.scalars(select(Finding.checkpoint_code)).all() == ["A3-02"]


def test_developing_the_last_photograph_closes_it(session, services, handed_in):
    services.get(Store).put(photo_key(photo_of(session).sha256, ORIGINAL), jpeg())
    session.commit()

    run_due_jobs(services, at=LATER)

    with services.get(Database).reading() as reader:
        assert reader.get(Inspection, handed_in.id).state is InspectionState.CLOSED
