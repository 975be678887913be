"""Entering factories, changing their entries, and putting them into managers' hands."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused, RuleBroken
from firesafe.factories.actions import (
    FactoryChanged,
    add_factories,
    add_factory,
    change_state,
    edit_factory,
    link_manager,
    note_export,
    remove_manager,
)
from firesafe.factories.entry import FIELDS, Change, as_fact, entry_of, from_facts
from firesafe.factories.models import BuildingUse, Factory, FactoryState
from firesafe.factories.queries import Factories, history_of, managers_of
from tests.factories.entries import make_entry
from tests.makers import HANBIN, MONDAY, PINGLI, make_community, make_factory, make_officer


@pytest.fixture
def clerk(session):
    return make_officer(session, post=Post.COUNTY_CLERK, name="李经办")


def add(session, clerk, *entries):
    return add_factories(session, entries, county_code=PINGLI, by=clerk, at=MONDAY)


def test_a_new_factory_gets_a_number_a_door_code_and_is_found(session, clerk):
    entry = make_entry(session, name="示例绒品三厂", responsible_phone="13812345678")

    factory = add_factory(session, entry, county_code=PINGLI, by=clerk, at=MONDAY)

    assert factory.point_number == "PL00001"
    assert len(factory.door_code) == 16
    assert entry_of(factory) == replace(entry, point_number="PL00001")
    found = Factories.visible_to(clerk).matching("绒品 老县 13812345678")
    assert session.scalars(found.by_name()).all() == [factory]


def test_the_trail_knows_who_entered_it(session, clerk):
    factory = add(session, clerk, make_entry(session))[0]

    (line,) = history_of(session, factory)
    assert (line.entry.event, line.by) == (Event.FACTORY_ADDED, "李经办")
    assert line.entry.facts == {"name": "示例绒品三厂", "number": "PL00001"}


def test_numbers_go_on_and_leave_out_those_that_are_given(session, clerk):
    entries = [make_entry(session, name=f"{n}厂") for n in "甲乙丙"]
    entries[1] = replace(entries[1], point_number="PL00002")

    factories = add(session, clerk, *entries)

    assert [f.point_number for f in factories] == ["PL00001", "PL00002", "PL00003"]
    assert len({f.door_code for f in factories}) == 3


def test_two_clerks_at_once_get_different_numbers(database, session, clerk):
    entries = [make_entry(session, name=f"{number}厂") for number in range(8)]
    session.commit()

    def enter(entry):
        with database.writing() as work:
            add_factory(work, entry, county_code=PINGLI, by=clerk, at=MONDAY)

    with ThreadPoolExecutor(max_workers=4) as clerks:
        list(clerks.map(enter, entries))

    with database.reading() as reading:
        numbers = reading.scalars(select(Factory.point_number)).all()
    assert sorted(numbers) == [f"PL{number:05d}" for number in range(1, 9)]


def test_at_the_foot_of_a_housing_block_people_live_above(session, clerk):
    factory = add(session, clerk, make_entry(session, building_use=BuildingUse.HOUSING_BASE))[0]

    assert factory.is_below_housing


def test_a_number_that_is_taken_is_refused_with_the_name_of_its_factory(session, clerk):
    make_factory(session, name="老厂", point_number="A-1")

    with pytest.raises(RuleBroken, match="A-1 belongs to “老厂”"):
        add(session, clerk, make_entry(session, point_number="A-1"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "needs a name"),
        ({"workers_on_shift": 61, "most_on_shift": 60}, "more people on shift"),
        ({"storeys": 3, "on_floor": 4}, "has 3 storeys"),
        ({"on_floor": 0}, "count from 1"),
        ({"latitude": Decimal("32.4")}, "both latitude and longitude"),
        ({"town_id": 10**6}, "Choose a town"),
        ({"zone_code": "610902-gaoxin"}, "functional zone"),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(session, clerk, wrong, sentence):
    entry = make_entry(session)

    with pytest.raises(RuleBroken, match=sentence):
        add(session, clerk, replace(entry, **wrong))


def test_a_community_of_another_town_is_refused(session, clerk):
    other = make_community(session, town="城关镇")

    with pytest.raises(RuleBroken, match="Choose a community"):
        add(session, clerk, make_entry(session, community_id=other.id))


def test_the_town_of_another_county_is_refused(session, clerk):
    with pytest.raises(RuleBroken, match="Choose a town"):
        add(session, clerk, make_entry(session, county=HANBIN))


@pytest.mark.parametrize("post", [Post.INSPECTOR, Post.CITY_SUPERVISOR, Post.FACTORY_MANAGER])
def test_who_does_not_keep_the_register_enters_nothing(session, post):
    with pytest.raises(Refused):
        add(session, make_officer(session, post=post), make_entry(session))


def edit(session, factory, officer, *, version=1, **new):
    entry = replace(entry_of(factory), **new)
    return edit_factory(session, factory, entry, version=version, by=officer, at=MONDAY)


def test_an_edit_keeps_what_was_and_what_is_places_by_their_names(session, clerk):
    factory = make_factory(session, name="旧名")
    town = make_community(session, town="城关镇", name="试点社区").town

    edit(session, factory, clerk, name="新名", town_id=town.id, community_id=None)

    (line,) = history_of(session, factory)
    assert line.entry.facts == {
        "version": 2,
        "changes": {
            "name": ["旧名", "新名"],
            "town_id": ["老县镇", "城关镇"],
            "community_id": ["示例社区", ""],
        },
    }
    assert session.scalars(Factories.visible_to(clerk).matching("新名 城关").by_name()).all()


def test_an_edit_without_a_difference_leaves_no_trace(session, clerk):
    factory = make_factory(session)

    assert edit(session, factory, clerk) == ()
    assert (factory.version, history_of(session, factory)) == (1, [])


def test_a_stale_edit_names_what_changed_and_by_whom(session, clerk):
    factory = make_factory(session, address="5号楼1层")
    chief = make_officer(session, post=Post.SECTION_CHIEF, name="赵负责")
    edit(session, factory, chief, address="6号楼", workers_on_shift=20)
    edit(session, factory, chief, version=2, address="7号楼")

    with pytest.raises(FactoryChanged, match="赵负责 has changed this factory") as caught:
        edit(session, factory, clerk, trade="布艺")

    assert set(caught.value.changes) == {
        Change("address", "5号楼1层", "7号楼"),
        Change("workers_on_shift", 46, 20),
    }
    assert factory.trade == ""


def test_a_stranger_edits_nothing(session):
    factory = make_factory(session)
    stranger = make_officer(session, post=Post.COUNTY_CLERK, county=HANBIN)

    with pytest.raises(Refused):
        edit(session, factory, stranger, name="别人的")


def test_a_clerk_of_one_town_moves_nothing_out_of_it(session):
    factory = make_factory(session)
    clerk = make_officer(session, post=Post.COUNTY_CLERK, town_id=factory.town_id)
    elsewhere = make_community(session, town="城关镇")

    with pytest.raises(Refused):
        edit(session, factory, clerk, town_id=elsewhere.town_id, community_id=None)


def test_a_factory_that_closes_down_says_so_in_its_history(session, clerk):
    factory = make_factory(session)

    change_state(session, factory, FactoryState.CLOSED, by=clerk, at=MONDAY)

    assert factory.state is FactoryState.CLOSED
    assert history_of(session, factory)[0].entry.facts["changes"] == {
        "state": ["working", "closed"]
    }


def test_a_manager_is_linked_once_and_removed_again(session, clerk):
    factory = make_factory(session)
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None, name="孙厂长")

    for _ in range(2):
        link = link_manager(session, factory, manager, by=manager, at=MONDAY)
    session.flush()
    assert [link.officer.name for link in managers_of(session, factory)] == ["孙厂长"]
    remove_manager(session, factory, link, by=clerk, at=MONDAY + timedelta(hours=1))
    session.flush()

    assert managers_of(session, factory) == []
    events = [line.entry.event for line in history_of(session, factory)]
    assert events == [Event.MANAGER_REMOVED, Event.MANAGER_LINKED]


def test_an_inspector_cannot_be_made_manager(session, clerk):
    with pytest.raises(RuleBroken, match="no factory manager"):
        link_manager(session, make_factory(session), make_officer(session), by=clerk, at=MONDAY)


def test_nobody_takes_a_manager_away_who_does_not_keep_the_register(session):
    factory = make_factory(session)
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    link = link_manager(session, factory, manager, by=manager, at=MONDAY)

    with pytest.raises(Refused):
        remove_manager(session, factory, link, by=make_officer(session), at=MONDAY)


def export(session, officer, reason):
    note_export(session, by=officer, at=MONDAY, form="xlsx", reason=reason, town="3")
    session.flush()
    return session.scalars(select(AuditEntry)).one()


def test_an_export_is_noted_with_its_filters(session, clerk):
    entry = export(session, clerk, None)

    assert entry.event is Event.REGISTER_EXPORTED
    assert (entry.facts["form"], entry.facts["filters"]) == ("xlsx", {"town": "3"})


def test_phone_numbers_in_clear_need_a_reason_which_is_kept(session, clerk):
    with pytest.raises(RuleBroken, match="Say why"):
        export(session, clerk, " ")

    entry = export(session, clerk, "通知停电")
    assert entry.event is Event.REGISTER_EXPORTED_CLEAR
    assert entry.facts["reason"] == "通知停电"


def test_an_inspector_never_has_phone_numbers_in_clear(session):
    with pytest.raises(Refused):
        export(session, make_officer(session), "想看看")


def test_an_entry_comes_back_whole_from_what_is_kept_of_it(session):
    entry = make_entry(session, latitude=Decimal("32.3885"), longitude=Decimal("109.36"))

    assert from_facts({name: as_fact(getattr(entry, name)) for name in FIELDS}) == entry


def test_all_that_is_entered_is_kept_and_all_that_is_kept_is_entered():
    own = {"id", "county_code", "door_code", "search_text", "created_at", "changed_at", "version"}

    assert {column.key for column in Factory.__table__.columns} - own == set(FIELDS)
