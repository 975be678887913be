"""A table taken in, decided on, written and taken back: whole or not at all."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.districts.models import Community, Town
from firesafe.factories.entry import entry_of
from firesafe.factories.models import Factory
from firesafe.imports.actions import (
    choose_columns,
    choose_places,
    commit_import,
    judge_row,
    take_in,
    undo_import,
)
from firesafe.imports.models import ImportState
from firesafe.imports.plan import Judgement, RowKind
from firesafe.imports.queries import plan_of
from tests.imports.tables import HEADER, rows_of, table_row
from tests.makers import (
    HANBIN,
    MONDAY,
    PINGLI,
    make_community,
    make_factory,
    make_inspection,
    make_officer,
)


@pytest.fixture
def clerk(session):
    make_community(session)
    return make_officer(session, post=Post.COUNTY_CLERK)


def take(session, clerk, *rows, header=HEADER):
    rows = rows_of(*rows, header=header)
    return take_in(session, rows, file_name="名册.xlsx", by=clerk, at=MONDAY)


def commit(session, upload, clerk):
    seen = plan_of(session, upload, clerk).fingerprint
    commit_import(session, upload, fingerprint=seen, by=clerk, at=MONDAY)
    session.flush()


def undo(session, upload, clerk):
    undo_import(session, upload, by=clerk, at=MONDAY + timedelta(hours=1))
    session.flush()


def names(session):
    return list(session.scalars(select(Factory.name).order_by(Factory.id)))


def test_a_table_is_kept_with_a_guess_at_its_columns(session, clerk):
    upload = take(session, clerk, table_row())

    assert upload.header == HEADER
    assert upload.choices["columns"]["name"] == 0
    assert upload.rows == [[2, table_row()]]
    assert (upload.county_code, upload.state) == (PINGLI, ImportState.PREVIEWED)
    assert names(session) == []


def test_a_table_of_a_header_alone_is_refused(session, clerk):
    with pytest.raises(RuleBroken, match="nothing in the table below its header"):
        take(session, clerk)


@pytest.mark.parametrize("post", [Post.INSPECTOR, Post.CITY_SUPERVISOR, Post.FACTORY_MANAGER])
def test_who_does_not_keep_the_register_takes_nothing_in(session, post):
    with pytest.raises(Refused):
        take(session, make_officer(session, post=post), table_row())


def test_new_and_changed_rows_are_written_and_all_others_stay_outside(session, clerk):
    old = make_factory(session, name="示例老厂")
    upload = take(
        session,
        clerk,
        table_row(),
        table_row(企业名称="示例老厂", 地址="9号楼"),
        table_row(企业名称="坏了的厂", 建筑用途="城堡"),
        ["合计"],
    )

    commit(session, upload, clerk)

    assert names(session) == ["示例老厂", "示例新厂"]
    assert (old.address, old.version) == ("9号楼", 2)
    assert (upload.state, upload.new_count, upload.changed_count) == (ImportState.COMMITTED, 1, 1)
    (entry,) = session.scalars(
        select(AuditEntry).where(AuditEntry.event == Event.REGISTER_IMPORTED)
    )
    assert entry.facts == {"file": "名册.xlsx", "added": 1, "changed": 1}


def test_the_same_table_once_more_has_nothing_new(session, clerk):
    commit(session, take(session, clerk, table_row()), clerk)
    again = take(session, clerk, table_row())

    assert [row.kind for row in plan_of(session, again, clerk).rows] == [RowKind.SAME]
    with pytest.raises(RuleBroken, match="nothing new in this table"):
        commit(session, again, clerk)


def test_five_hundred_rows_imported_twice_make_five_hundred_factories(session, clerk):
    rows = [
        table_row(
            企业名称=f"示例{number:03d}号厂", 地址=f"{number}号楼", 联系电话=f"139{number:08d}"
        )
        for number in range(500)
    ]
    commit(session, take(session, clerk, *rows), clerk)
    again = take(session, clerk, *rows)

    assert {row.kind for row in plan_of(session, again, clerk).rows} == {RowKind.SAME}
    with pytest.raises(RuleBroken, match="nothing new in this table"):
        commit(session, again, clerk)
    assert session.scalar(select(func.count()).select_from(Factory)) == 500


def test_an_import_is_written_only_once(session, clerk):
    upload = take(session, clerk, table_row())
    commit(session, upload, clerk)

    with pytest.raises(RuleBroken, match="written already"):
        commit_import(session, upload, fingerprint="", by=clerk, at=MONDAY)


def test_a_register_that_has_changed_since_asks_to_look_once_more(session, clerk):
    upload = take(session, clerk, table_row())
    seen = plan_of(session, upload, clerk).fingerprint
    make_factory(session, name="示例新厂")

    with pytest.raises(Stale, match="Look through the rows once more"):
        commit_import(session, upload, fingerprint=seen, by=clerk, at=MONDAY)
    assert names(session) == ["示例新厂"]


def test_a_stranger_neither_writes_nor_takes_back(session, clerk):
    upload = take(session, clerk, table_row())
    stranger = make_officer(session, post=Post.SECTION_CHIEF, county=HANBIN)

    with pytest.raises(Refused):
        commit_import(session, upload, fingerprint="", by=stranger, at=MONDAY)
    with pytest.raises(Refused):
        choose_places(upload, [], by=stranger)
    commit(session, upload, clerk)
    with pytest.raises(Refused):
        undo(session, upload, stranger)


def test_columns_may_be_chosen_anew_which_drops_what_was_said_of_rows(session, clerk):
    upload = take(session, clerk, table_row())
    judge_row(upload, 2, Judgement.ANOTHER, by=clerk)

    choose_columns(upload, {"name": 4, "town": 1, "note": 99}, by=clerk)

    assert upload.choices == {"columns": {"name": 4, "town": 1}, "places": []}
    assert plan_of(session, upload, clerk).rows[0].name == "独立厂房"


def test_a_judgement_is_given_and_taken_back(session, clerk):
    make_factory(session, name="示例老厂", address="6号楼", responsible_phone="13900001111")
    upload = take(session, clerk, table_row())

    kinds = []
    for judgement in (None, Judgement.SAME, Judgement.ANOTHER, None):
        judge_row(upload, 2, judgement, by=clerk)
        kinds.append(plan_of(session, upload, clerk).rows[0].kind)

    assert kinds == [RowKind.DOUBLE, RowKind.UPDATE, RowKind.NEW, RowKind.DOUBLE]


def test_wanted_places_are_made_with_the_factories_and_go_with_them(session, clerk):
    upload = take(session, clerk, table_row(镇办="桃园镇", 社区="新桃社区"))
    choose_places(upload, ["桃园镇", "桃园镇/新桃社区", "没人要的镇"], by=clerk)

    commit(session, upload, clerk)
    factory = session.scalars(select(Factory)).one()
    assert (factory.town.name, factory.community.name) == ("桃园镇", "新桃社区")
    assert session.scalar(select(func.count(Town.id))) == 2

    undo(session, upload, clerk)
    assert session.scalars(select(Town.name)).all() == ["老县镇"]
    assert session.scalars(select(Community.name)).all() == ["示例社区"]


def test_a_made_place_that_is_in_use_by_now_stays(session, clerk):
    upload = take(session, clerk, table_row(镇办="桃园镇", 社区=""))
    choose_places(upload, ["桃园镇"], by=clerk)
    commit(session, upload, clerk)
    make_factory(session, town="桃园镇", name="别家")

    undo(session, upload, clerk)

    assert set(session.scalars(select(Town.name))) == {"老县镇", "桃园镇"}
    assert names(session) == ["别家"]


def test_an_import_is_taken_back_to_what_was_before(session, clerk):
    old = make_factory(session, name="示例老厂")
    before = entry_of(old)
    upload = take(session, clerk, table_row(), table_row(企业名称="示例老厂", 当班人数="9"))
    commit(session, upload, clerk)
    assert old.workers_on_shift == 9

    undo(session, upload, clerk)

    assert entry_of(old) == before
    assert names(session) == ["示例老厂"]
    assert upload.state is ImportState.UNDONE
    with pytest.raises(RuleBroken, match="not in the register"):
        undo(session, upload, clerk)


def test_a_point_number_that_moved_is_free_again_when_the_import_is_taken_back(session, clerk):
    header = [*HEADER, "点位编号"]
    old = make_factory(session, name="示例老厂", point_number="A-1")
    upload = take(
        session,
        clerk,
        [*table_row(企业名称="示例老厂"), "A-2"],
        [*table_row(地址="9号楼", 联系电话=""), "A-3"],
        header=header,
    )
    commit(session, upload, clerk)

    undo(session, upload, clerk)

    assert old.point_number == "A-1"


def test_what_was_changed_since_keeps_the_import_and_is_named(session, clerk):
    upload = take(session, clerk, table_row(), table_row(企业名称="丙厂", 地址="9号楼"))
    commit(session, upload, clerk)
    session.scalars(select(Factory).where(Factory.name == "丙厂")).one().version += 1

    with pytest.raises(RuleBroken, match=r"1 factories .* stays: 丙厂\."):
        undo(session, upload, clerk)
    assert names(session) == ["示例新厂", "丙厂"]


def test_a_factory_that_was_visited_since_keeps_the_import(session, clerk):
    upload = take(session, clerk, table_row())
    commit(session, upload, clerk)
    make_inspection(session, factory=session.scalars(select(Factory)).one())

    with pytest.raises(RuleBroken, match="示例新厂"):
        undo(session, upload, clerk)


def test_an_import_that_is_interrupted_leaves_nothing_behind(database, session, clerk):
    upload = take(session, clerk, table_row(镇办="桃园镇", 社区=""))
    choose_places(upload, ["桃园镇"], by=clerk)
    seen = plan_of(session, upload, clerk).fingerprint
    make_factory(session, county=HANBIN, point_number="PL00001")
    session.commit()

    with pytest.raises(ZeroDivisionError), database.writing() as work:
        held = work.get_one(type(upload), upload.id)
        commit_import(work, held, fingerprint=seen, by=clerk, at=MONDAY)
        raise ZeroDivisionError

    with database.reading() as reading:
        assert reading.scalars(select(Factory.name)).all() == ["示例玩具一厂"]
        assert "桃园镇" not in reading.scalars(select(Town.name)).all()
        assert reading.get_one(type(upload), upload.id).state is ImportState.PREVIEWED
