"""Reporting a hazard, planning who goes there, saying what came of it."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from firesafe.accounts.posts import Post
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import NotFound, Refused, RuleBroken, Stale
from firesafe.factories.models import Factory
from firesafe.findings.models import Finding
from firesafe.reports.actions import Outcome, Room, Told, hand_report, send_report, settle_report
from firesafe.reports.models import HazardReport
from firesafe.reports.queries import Reports
from firesafe.reports.rules import ReportState
from tests.makers import HANBIN, MONDAY, make_factory, make_inspection, make_officer
from tests.reports.reports import ROOM, make_report

LATER = MONDAY + timedelta(hours=1)
LOOKED_INTO = Outcome(ReportState.LOOKED_INTO, "去看过了，门已打开。")


@pytest.fixture
def chief(session):
    return make_officer(session, post=Post.SECTION_CHIEF)


@pytest.fixture
def report(session):
    return make_report(session)


def trail(session):
    return [each.value for each in session.scalars(select(AuditEntry.event))]


def test_a_report_waits_for_the_county_and_is_no_finding(session, chief):
    report = make_report(session)

    assert report.state is ReportState.NEW
    assert [each.id for each in session.scalars(Reports.visible_to(chief).oldest_first())] == [
        report.id
    ]
    assert session.scalar(select(func.count()).select_from(Finding)) == 0
    assert trail(session) == ["reports:report:received"]


def test_the_trail_knows_the_address_and_never_the_number(session, report):
    facts = session.scalars(select(AuditEntry.facts)).one()

    assert facts["address"] == "203.0.113.7"
    assert "13700000000" not in str(facts)


def test_the_same_key_is_one_report_also_at_the_same_moment(session, database):
    factory = make_factory(session)
    session.commit()
    told = Told(str(uuid.uuid4()), "后门上了锁。", "")

    def send(_each):
        with database.writing() as writing:
            place = writing.get_one(Factory, factory.id)
            return send_report(writing, place, told, ROOM, address="", at=MONDAY).id

    with ThreadPoolExecutor(4) as people:
        assert len(set(people.map(send, range(4)))) == 1


def test_one_factory_is_not_reported_without_end(session, report):
    full = Room(per_factory=1, in_all=300)
    told = Told(str(uuid.uuid4()), "又锁了。", "")

    with pytest.raises(RuleBroken, match="many times today"):
        send_report(session, report.factory, told, full, address="", at=LATER)
    day_after = MONDAY + timedelta(hours=25)
    assert send_report(session, report.factory, told, full, address="", at=day_after).id


def test_not_more_come_in_a_day_than_are_taken_whatever_the_factory(session, report):
    told = Told(str(uuid.uuid4()), "锁了。", "")

    with pytest.raises(RuleBroken, match="More reports came today"):
        send_report(session, make_factory(session), told, Room(20, 1), address="", at=LATER)


def test_another_county_sees_nothing_of_it_nor_does_whoever_was_not_asked(session, report):
    others = (
        make_officer(session, post=Post.SECTION_CHIEF, county=HANBIN),
        make_officer(session),
        make_officer(session, post=Post.COUNTY_CLERK),
        make_officer(session, post=Post.CITY_SUPERVISOR, county=None),
    )

    for officer in others:
        with pytest.raises(NotFound):
            Reports.visible_to(officer).one(session, report.id)


def test_a_chief_of_one_town_sees_his_own_town_only(session, report):
    own = make_officer(session, post=Post.SECTION_CHIEF, town=report.factory.town)
    elsewhere = make_factory(session, town="城关镇").town
    other = make_officer(session, post=Post.SECTION_CHIEF, town=elsewhere)

    assert Reports.visible_to(own).count(session) == 1
    assert Reports.visible_to(other).count(session) == 0


def test_a_chief_plans_a_visit_and_the_inspector_sees_the_report(session, chief, report):
    inspector = make_officer(session)

    hand_report(session, report, inspector.id, by=chief, at=LATER)

    assert report.state is ReportState.HANDED
    assert Reports.visible_to(inspector).one(session, report.id) is report


def test_nobody_of_elsewhere_is_sent(session, chief, report):
    stranger = make_officer(session, county=HANBIN)

    with pytest.raises(RuleBroken, match="of the county"):
        hand_report(session, report, stranger.id, by=chief, at=LATER)
    with pytest.raises(Refused):
        hand_report(session, report, stranger.id, by=stranger, at=LATER)


def test_the_inspector_who_went_says_what_came_of_it_and_names_the_visit(session, chief, report):
    inspector = make_officer(session)
    hand_report(session, report, inspector.id, by=chief, at=LATER)
    visit = make_inspection(session, factory=report.factory, lead=inspector, at=LATER)

    outcome = replace(LOOKED_INTO, inspection_id=visit.id)
    settle_report(session, report, outcome, by=inspector, at=LATER)

    assert (report.state, report.settled_by, report.inspection) == (
        ReportState.LOOKED_INTO,
        inspector,
        visit,
    )
    assert trail(session)[-1] == "reports:report:looked-into"


def test_an_unfounded_one_needs_a_sentence(session, chief, report):
    with pytest.raises(RuleBroken, match="in a sentence"):
        settle_report(session, report, Outcome(ReportState.UNFOUNDED, ""), by=chief, at=LATER)

    told = Outcome(ReportState.UNFOUNDED, "门开着，没有上锁。")
    settle_report(session, report, told, by=chief, at=LATER)
    assert trail(session)[-1] == "reports:report:unfounded"


@pytest.mark.parametrize("is_before", [True, False])
def test_only_a_visit_to_this_factory_since_the_report_came_of_it(
    session, chief, report, is_before
):
    place = report.factory if is_before else make_factory(session)
    at = MONDAY - timedelta(days=1) if is_before else LATER
    visit = make_inspection(session, factory=place, at=at)

    with pytest.raises(RuleBroken, match="began after the report"):
        outcome = replace(LOOKED_INTO, inspection_id=visit.id)
        settle_report(session, report, outcome, by=chief, at=LATER)


def test_whoever_was_not_asked_ends_nothing(session, report):
    with pytest.raises(Refused):
        settle_report(session, report, LOOKED_INTO, by=make_officer(session), at=LATER)


def test_of_two_chiefs_at_once_the_second_is_told(session, database, chief, report):
    session.commit()

    def settle(_each):
        with database.writing() as writing:
            held = Reports.visible_to(chief).to_change(writing, report.id)
            by = writing.merge(chief, load=False)
            settle_report(writing, held, LOOKED_INTO, by=by, at=LATER)

    def tried(each):
        try:
            settle(each)
        except Stale as fault:
            return fault.sentence
        return "done"

    with ThreadPoolExecutor(2) as people:
        told = sorted(people.map(tried, range(2)))
    assert told == ["Somebody has dealt with this report in the meantime.", "done"]
    assert session.scalar(select(func.count()).select_from(HazardReport)) == 1
