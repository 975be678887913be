"""Who may do what with a visit."""

import pytest

from firesafe.accounts.posts import Post
from firesafe.inspections.models import InspectionState
from firesafe.inspections.policy import (
    may_close,
    may_correct,
    may_fill,
    may_go_along,
    may_open,
    may_void,
)
from tests.makers import HANBIN, MONDAY, make_factory, make_inspection, make_officer


@pytest.fixture
def visit(session):
    second = make_officer(session, name="李测试")
    return make_inspection(session, second=second)


@pytest.fixture
def chief(session):
    return make_officer(session, post=Post.SECTION_CHIEF)


@pytest.fixture
def colleague(session):
    return make_officer(session)


def test_the_two_inspectors_of_a_draft_fill_it_in_and_close_it(visit, chief, colleague):
    for officer in (visit.lead, visit.second):
        assert may_fill(officer, visit)
        assert may_close(officer, visit)
    assert not may_fill(colleague, visit)
    assert not may_fill(chief, visit)


def test_nobody_fills_in_a_closed_visit(visit):
    visit.state, visit.closed_at = InspectionState.CLOSED, MONDAY

    assert not may_fill(visit.lead, visit)


def test_an_inspector_who_moved_to_another_county_leaves_his_drafts(visit):
    visit.lead.county_code = HANBIN

    assert not may_fill(visit.lead, visit)
    assert not may_void(visit.lead, visit)


def test_a_draft_is_given_up_by_its_inspectors_or_a_chief(visit, chief, colleague, session):
    stranger = make_officer(session, post=Post.SECTION_CHIEF, county=HANBIN)

    assert may_void(visit.lead, visit)
    assert may_void(chief, visit)
    assert not may_void(colleague, visit)
    assert not may_void(stranger, visit)


def test_only_a_closed_visit_is_corrected(visit, chief, colleague):
    assert not may_correct(visit.lead, visit)

    visit.state = InspectionState.CLOSED

    assert may_correct(visit.lead, visit)
    assert may_correct(chief, visit)
    assert not may_correct(colleague, visit)


def test_an_inspector_visits_his_own_county_or_his_own_town(session, colleague):
    near, far = make_factory(session), make_factory(session, county=HANBIN)
    of_town = make_officer(session, town_id=near.town_id)
    of_other_town = make_officer(session, town_id=far.town_id)

    assert may_open(colleague, near)
    assert not may_open(colleague, far)
    assert may_open(of_town, near)
    assert not may_open(of_other_town, near)


@pytest.mark.parametrize("post", [Post.COUNTY_CLERK, Post.CITY_SUPERVISOR, Post.ADMINISTRATOR])
def test_other_posts_inspect_nothing(session, post):
    assert not may_open(make_officer(session, post=post), make_factory(session))


def test_the_second_inspector_is_another_one_of_the_same_county(session, colleague, chief):
    assert may_go_along(chief, colleague)
    assert not may_go_along(colleague, colleague)
    assert not may_go_along(make_officer(session, county=HANBIN), colleague)
    assert not may_go_along(make_officer(session, post=Post.COUNTY_CLERK), colleague)
    assert not may_go_along(make_officer(session, disabled_at=MONDAY), colleague)
