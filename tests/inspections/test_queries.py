"""Reading visits."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from firesafe.accounts.posts import Post
from firesafe.core.errors import NotFound
from firesafe.factories.models import FactoryState
from firesafe.inspections.actions import answer_checkpoint
from firesafe.inspections.models import InspectionKind, InspectionState
from firesafe.inspections.queries import (
    Inspections,
    Progress,
    answer_of,
    closed_count,
    drafts_of,
    due_count,
    due_factories,
    photo_of,
    progress_of,
    second_inspectors,
    signature_of,
)
from firesafe.inspections.rules import REVISIT_DAYS
from tests.makers import (
    HANBIN,
    MONDAY,
    make_closed_inspection,
    make_community,
    make_factory,
    make_inspection,
    make_officer,
    make_open_inspection,
)

DAY = timedelta(days=1)


def ids(session, visits):
    return [visit.id for visit in session.scalars(visits.newest_first())]


def test_a_visit_of_another_county_is_not_there(session):
    visit = make_inspection(session, factory=make_factory(session, county=HANBIN))
    stranger = make_officer(session)

    with pytest.raises(NotFound):
        Inspections.visible_to(stranger).one(session, visit.id)
    with pytest.raises(NotFound):
        Inspections.visible_to(stranger).to_change(session, visit.id)


def test_the_city_sees_every_county(session):
    visits = [
        make_inspection(session, factory=make_factory(session, county=county))
        for county in (HANBIN, "610926")
    ]
    city = make_officer(session, post=Post.CITY_SUPERVISOR, county=None)

    assert set(ids(session, Inspections.visible_to(city))) == {visit.id for visit in visits}


def test_a_town_s_inspector_sees_his_town(session):
    here, there = make_inspection(session), make_inspection(session)
    there.factory.town = make_community(session, town="城关镇").town
    session.flush()
    officer = make_officer(session, town_id=here.factory.town_id)

    assert ids(session, Inspections.visible_to(officer)) == [here.id]


def test_visits_are_narrowed_down(session):
    lead = make_officer(session)
    visit = make_inspection(session, lead=lead, second=make_officer(session))
    old = make_inspection(session, lead=lead, at=MONDAY - 40 * DAY, state=InspectionState.VOID)
    all_of_them = Inspections.visible_to(lead)

    assert ids(session, all_of_them) == [visit.id, old.id]
    assert ids(session, all_of_them.in_state(InspectionState.VOID)) == [old.id]
    assert ids(session, all_of_them.of_kind(InspectionKind.RANDOM)) == []
    assert ids(session, all_of_them.of_inspector(visit.second_id)) == [visit.id]
    assert ids(session, all_of_them.of_factory(old.factory_id)) == [old.id]
    assert ids(session, all_of_them.opened_between(date(2026, 11, 23), date(2026, 11, 23))) == [
        visit.id
    ]
    assert ids(session, all_of_them.opened_between(None, date(2026, 11, 22))) == [old.id]


def test_drafts_are_those_one_made_or_went_along_to(session):
    lead, second = make_officer(session), make_officer(session)
    older = make_inspection(session, lead=lead, second=second, at=MONDAY - DAY)
    newer = make_inspection(session, lead=second)
    make_inspection(session, lead=second, state=InspectionState.CLOSED)

    assert [visit.id for visit in drafts_of(session, second)] == [newer.id, older.id]
    assert [visit.id for visit in drafts_of(session, lead)] == [older.id]


def test_progress_counts_answers_and_failures(session):
    visit = make_open_inspection(session)
    preset = sum(answer.is_preset for answer in visit.answers)
    for code, verdict in (("A1-01", "pass"), ("A1-02", "fail")):
        answer_checkpoint(
            session, visit, code, {"verdict": verdict}, version=1, by=visit.lead, at=MONDAY
        )

    assert progress_of(session, [visit.id]) == {visit.id: Progress(preset + 2, 1, 67)}
    assert progress_of(session, []) == {}


def test_due_are_the_never_visited_first_then_those_visited_longest_ago(session):
    officer = make_officer(session)
    never, long_ago, longer_ago, lately = (make_factory(session) for _each in range(4))
    for factory, days in ((long_ago, 91), (longer_ago, 200), (lately, 10)):
        closed_at = MONDAY - days * DAY
        make_inspection(session, factory=factory, state=InspectionState.CLOSED, closed_at=closed_at)

    due = due_factories(session, officer, at=MONDAY)

    assert [each.factory.id for each in due] == [never.id, longer_ago.id, long_ago.id]
    assert due[0].last_closed_at is None


def test_due_begins_after_the_last_day_of_the_interval(session):
    factory = make_factory(session)
    closed_at = MONDAY - REVISIT_DAYS * DAY
    make_inspection(session, factory=factory, state=InspectionState.CLOSED, closed_at=closed_at)
    officer = make_officer(session)

    assert due_factories(session, officer, at=MONDAY) == []
    assert len(due_factories(session, officer, at=MONDAY + timedelta(seconds=1))) == 1


def test_stopped_factories_and_those_with_an_open_visit_are_not_due(session):
    make_factory(session, state=FactoryState.STOPPED)
    make_inspection(session)
    make_factory(session, county=HANBIN)

    assert due_factories(session, make_officer(session), at=MONDAY) == []


def test_second_inspectors_are_the_colleagues_who_inspect(session):
    officer = make_officer(session, name="甲")
    chief = make_officer(session, name="乙", post=Post.SECTION_CHIEF)
    make_officer(session, name="丙", post=Post.COUNTY_CLERK)
    make_officer(session, name="丁", county=HANBIN)
    make_officer(session, name="戊", disabled_at=MONDAY)

    assert [each.id for each in second_inspectors(session, officer)] == [chief.id]


def test_what_a_visit_does_not_have_is_not_there(session):
    visit = make_closed_inspection(session)
    sha256 = next(answer.photos[0].sha256 for answer in visit.answers if answer.photos)

    assert photo_of(session, visit, sha256).sha256 == sha256
    assert signature_of(session, visit, "lead").name == visit.lead.name
    for wrong in (
        lambda: photo_of(session, make_inspection(session), sha256),
        lambda: signature_of(session, make_inspection(session), "lead"),
        lambda: signature_of(session, visit, "nobody"),
        lambda: answer_of(session, visit, "X9-99"),
    ):
        with pytest.raises(NotFound):
            wrong()


def test_a_record_is_read_in_few_queries(session, database):
    visit = make_closed_inspection(session, failed=("A3-02", "P2-01", "A1-04"))
    session.commit()
    asked = []
    event.listen(database.reader, "before_cursor_execute", lambda *args: asked.append(args[2]))

    with database.reading() as reading:
        found = Inspections.visible_to(visit.lead).with_answers(reading, visit.id)
        assert sum(len(answer.photos) for answer in found.answers) == 3

    assert len([words for words in asked if words.startswith("SELECT")]) <= 4


def test_all_that_is_due_is_counted_beyond_what_is_listed(session):
    for _each in range(3):
        make_factory(session)
    officer = make_officer(session)

    assert len(due_factories(session, officer, at=MONDAY, limit=2)) == 2
    assert due_count(session, officer, at=MONDAY) == 3


def test_visits_closed_since_a_day_are_counted_for_both_who_made_them(session):
    visit = make_closed_inspection(session)
    make_closed_inspection(session, lead=visit.lead, at=MONDAY - 40 * DAY)

    assert closed_count(session, visit.lead, since=MONDAY - DAY) == 1
    assert closed_count(session, visit.second, since=MONDAY - DAY) == 1
    assert closed_count(session, visit.lead, since=MONDAY - 50 * DAY) == 2
