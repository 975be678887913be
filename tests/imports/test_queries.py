"""What an import is compared with, and who sees it."""

import pytest
from sqlalchemy import event

from firesafe.accounts.posts import Post
from firesafe.core.errors import NotFound
from firesafe.factories.models import FactoryManager
from firesafe.imports.actions import take_in
from firesafe.imports.plan import RowKind
from firesafe.imports.queries import Imports, factories_in_use, plan_of
from tests.imports.tables import rows_of, table_row
from tests.makers import (
    HANBIN,
    MONDAY,
    make_community,
    make_factory,
    make_inspection,
    make_officer,
)


@pytest.fixture
def clerk(session):
    make_community(session)
    return make_officer(session, post=Post.COUNTY_CLERK)


def take(session, clerk, *rows):
    return take_in(session, rows_of(*rows), file_name="名册.xlsx", by=clerk, at=MONDAY)


def test_an_import_is_seen_in_its_county_alone(session, clerk):
    upload = take(session, clerk, table_row())
    colleague = make_officer(session, post=Post.SECTION_CHIEF)
    stranger = make_officer(session, post=Post.SECTION_CHIEF, county=HANBIN)

    assert Imports.visible_to(colleague).one(session, upload.id) is upload
    assert session.scalars(Imports.visible_to(stranger).newest_first()).all() == []
    with pytest.raises(NotFound):
        Imports.visible_to(stranger).one(session, upload.id)


def test_rows_are_compared_with_the_register_of_the_county_alone(session, clerk):
    make_factory(session, name="示例新厂", county=HANBIN)
    upload = take(session, clerk, table_row(), table_row(企业名称="示例玩具一厂"))
    assert plan_of(session, upload, clerk).rows[0].kind is RowKind.NEW

    factory = make_factory(session)
    plan = plan_of(session, upload, clerk)

    assert [row.known and row.known.id for row in plan.rows] == [None, factory.id]


def test_a_clerk_of_one_town_brings_nothing_into_another(session):
    town = make_community(session, town="城关镇").town
    make_community(session, town="老县镇")
    clerk = make_officer(session, post=Post.COUNTY_CLERK, town_id=town.id)

    plan = plan_of(session, take(session, clerk, table_row()), clerk)

    assert plan.rows[0].kind is RowKind.WRONG
    assert plan.missing == ("老县镇", "老县镇/示例社区")


def test_the_number_of_questions_does_not_grow_with_the_rows(session, clerk):
    asked = []

    def count(*_args):
        asked.append(1)

    for number in range(2):
        make_factory(session, name=f"{number}厂")
    few = take(session, clerk, *(table_row(企业名称=f"{n}号厂") for n in range(2)))
    many = take(session, clerk, *(table_row(企业名称=f"{n}号厂") for n in range(60)))
    session.flush()
    event.listen(session.get_bind(), "after_cursor_execute", count)
    plan_of(session, few, clerk)
    for_few = len(asked)
    plan_of(session, many, clerk)

    assert len(asked) - for_few == for_few <= 4
    event.remove(session.get_bind(), "after_cursor_execute", count)


def test_a_factory_is_in_use_once_anything_speaks_of_it(session):
    visited, managed, new = (make_factory(session) for _ in range(3))
    make_inspection(session, factory=visited)
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    session.add(FactoryManager(factory_id=managed.id, officer_id=manager.id, since=MONDAY))
    session.flush()

    assert factories_in_use(session, [visited.id, managed.id, new.id]) == {visited.id, managed.id}
