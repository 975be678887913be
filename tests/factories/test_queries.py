"""What an officer sees of the register, and how it is narrowed and searched."""

import pytest
from sqlalchemy import create_engine, inspect

from firesafe.accounts.posts import Post
from firesafe.core.db import Base
from firesafe.core.errors import NotFound
from firesafe.districts.models import Town
from firesafe.factories.models import BuildingUse, FactoryManager, FactoryState
from firesafe.factories.queries import Factories, find_door, highest_number
from tests.makers import HANBIN, MONDAY, PINGLI, make_factory, make_officer


def names(session, factories):
    return [factory.name for factory in session.scalars(factories.by_name())]


@pytest.fixture
def clerk(session):
    return make_officer(session, post=Post.COUNTY_CLERK)


def test_an_officer_sees_the_factories_of_his_county_by_name(session, clerk):
    make_factory(session, name="乙厂")
    make_factory(session, name="丙厂", county=HANBIN)
    make_factory(session, name="一厂")

    assert names(session, Factories.visible_to(clerk)) == ["一厂", "乙厂"]


def test_an_inspector_of_one_town_sees_only_that_town(session):
    factory = make_factory(session, name="镇上")
    make_factory(session, name="城里", town="城关镇")
    inspector = make_officer(session, town_id=factory.town_id)

    assert names(session, Factories.visible_to(inspector)) == ["镇上"]


def test_the_city_sees_every_county(session):
    make_factory(session, name="甲厂")
    make_factory(session, name="丁厂", county=HANBIN)
    supervisor = make_officer(session, post=Post.CITY_SUPERVISOR, county=None)

    assert sorted(names(session, Factories.visible_to(supervisor))) == ["丁厂", "甲厂"]
    assert names(session, Factories.visible_to(supervisor).in_county(HANBIN)) == ["丁厂"]


def test_a_manager_sees_his_own_factories_alone(session):
    mine, _other = make_factory(session, name="我厂"), make_factory(session)
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    session.add(FactoryManager(factory_id=mine.id, officer_id=manager.id, since=MONDAY))

    assert names(session, Factories.visible_to(manager)) == ["我厂"]


def test_an_administrator_sees_no_factory(session):
    make_factory(session)
    administrator = make_officer(session, post=Post.ADMINISTRATOR)

    assert names(session, Factories.visible_to(administrator)) == []


def test_a_factory_of_another_county_is_not_found(session, clerk):
    factory = make_factory(session, county=HANBIN)

    with pytest.raises(NotFound):
        Factories.visible_to(clerk).one(session, factory.id)
    assert Factories.visible_to(clerk).named_at_door(session, factory.door_code) == []
    assert not Factories.visible_to(clerk).includes(session, factory)


def test_the_door_code_leads_to_its_factory(session, clerk):
    factory = make_factory(session)

    assert find_door(session, factory.door_code) is factory
    assert Factories.visible_to(clerk).named_at_door(session, factory.door_code) == [factory]
    assert Factories.visible_to(clerk).includes(session, factory)


@pytest.mark.parametrize(
    ("narrow", "left"),
    [
        (lambda f: f.used_as(BuildingUse.HOUSING_BASE), ["楼下"]),
        (lambda f: f.in_state(FactoryState.STOPPED), ["停产"]),
        (lambda f: f.in_state(FactoryState.CLOSED), ["关了"]),
        (lambda f: f.in_state(None), ["停产", "普通", "楼下", "重点"]),
        (lambda f: f.key_units(), ["重点"]),
        (lambda f: f.below_housing(), ["楼下"]),
        (lambda f: f.below_housing(only=False).in_town(None).in_state(None), None),
    ],
)
def test_filters_narrow_the_list(session, clerk, narrow, left):
    make_factory(session, name="普通")
    make_factory(session, name="楼下", building_use=BuildingUse.HOUSING_BASE, is_below_housing=True)
    make_factory(session, name="停产", state=FactoryState.STOPPED)
    make_factory(session, name="关了", state=FactoryState.CLOSED)
    make_factory(session, name="重点", is_key_unit=True)
    everything = Factories.visible_to(clerk)

    found = names(session, narrow(everything))

    assert found == (left if left is not None else names(session, everything.in_state(None)))


@pytest.mark.parametrize(
    "narrow",
    [
        lambda f: f.used_as(BuildingUse.HOUSING_BASE),
        lambda f: f.in_state(FactoryState.STOPPED),
        lambda f: f.key_units(),
        lambda f: f.below_housing(),
    ],
)
def test_words_and_filters_are_both_kept(session, clerk, narrow):
    matching = {"name": "示例楼下厂", "search_text": "示 例 楼 下 厂"}
    kept = {
        "building_use": BuildingUse.HOUSING_BASE,
        "state": FactoryState.STOPPED,
        "is_key_unit": True,
        "is_below_housing": True,
    }
    make_factory(session, **matching, **kept)
    make_factory(session, **matching)
    make_factory(session, **kept)
    make_factory(session, **matching, **kept, county=HANBIN)

    found = narrow(Factories.visible_to(clerk).matching("楼下"))

    assert names(session, found) == ["示例楼下厂"]


def test_town_and_community_narrow_the_list(session, clerk):
    here = make_factory(session, name="此处")
    there = make_factory(session, name="彼处", town="城关镇")

    assert names(session, Factories.visible_to(clerk).in_town(there.town_id)) == ["彼处"]
    assert names(session, Factories.visible_to(clerk).in_community(here.community_id)) == ["此处"]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("竹木", True),
        ("木", True),
        ("示例竹木三厂", True),
        ("竹木三", True),
        ("三厂 示例", True),
        ("ＴＯＹ", True),
        ("to", True),
        ("竹木　toy 138", True),
        ("oy", False),
        ("木竹", False),
        ("竹 三厂 绒品", False),
        ("%", True),
        ("竹%木", True),
        ('"竹木" OR \'', False),
        ("", True),
    ],
)
def test_any_part_of_the_name_finds_it_and_all_words_must_occur(session, clerk, words, is_found):
    make_factory(session, name="示例竹木三厂", search_text="示 例 竹 木 三 厂 toy 13800000000")
    session.commit()

    found = names(session, Factories.visible_to(clerk).matching(words))

    assert found == (["示例竹木三厂"] if is_found else [])


def test_the_search_follows_what_is_written_whoever_writes_it(session, clerk):
    factory = make_factory(session, name="旧名", search_text="旧 名")
    session.commit()
    factory.search_text = "新 名"
    session.commit()
    gone = make_factory(session, name="走了", search_text="走 了")
    session.commit()
    session.delete(gone)
    session.commit()

    everything = Factories.visible_to(clerk)

    assert names(session, everything.matching("新")) == ["旧名"]
    assert names(session, everything.matching("旧")) == []
    assert names(session, everything.matching("走")) == []


def test_a_renamed_town_is_found_by_its_new_name(session, clerk):
    factory = make_factory(session)
    session.commit()
    session.get_one(Town, factory.town_id).name = "桃园镇"
    session.commit()

    assert names(session, Factories.visible_to(clerk).matching("桃园")) == [factory.name]


def test_the_next_number_is_after_the_highest_of_the_county_alone(session):
    for number, county in (("PL00007", PINGLI), ("PL00012", PINGLI), ("门市-99", PINGLI)):
        make_factory(session, county=county, point_number=number)
    make_factory(session, county=HANBIN, point_number="HB00050")

    assert highest_number(session, PINGLI, "PL") == 12
    assert highest_number(session, HANBIN, "PL") == 0


def test_the_index_goes_with_its_table(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    Base.metadata.create_all(engine)
    made = inspect(engine).get_table_names()
    Base.metadata.drop_all(engine)

    assert "factory_search" in made
    assert inspect(engine).get_table_names() == []
    engine.dispose()
