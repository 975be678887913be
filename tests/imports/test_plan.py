"""What becomes of each row of a table, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firesafe.factories.entry import RegisterEntry
from firesafe.factories.models import BuildingUse
from firesafe.imports.places import Atlas, Place
from firesafe.imports.plan import Choices, Judgement, Planner, RowKind
from firesafe.imports.register import Known, Register
from firesafe.imports.rules import guess_columns
from firesafe.imports.tables import Row
from tests.imports.tables import GOOD, HEADER, rows_of, table_row
from tests.makers import PINGLI

TOWN, OTHER_TOWN, COMMUNITY = 1, 2, 7
PLACES = [
    Place(TOWN, "老县镇"),
    Place(OTHER_TOWN, "城关镇"),
    Place(COMMUNITY, "示例社区", TOWN),
    Place(8, "示例社区", OTHER_TOWN),
]


def known(number=1, **more):
    values = {
        "name": "示例老厂",
        "town_id": TOWN,
        "community_id": COMMUNITY,
        "building_use": BuildingUse.INDUSTRIAL,
        "point_number": f"PL{number:05d}",
        "address": "5号楼",
        "responsible_phone": "13800000000",
    }
    return Known(number, 1, RegisterEntry(**{**values, **more}))


def plan(*rows, header=HEADER, register=(), county=PINGLI, **choices):
    header_row, *body = rows_of(*rows, header=header)
    wanted = Choices(guess_columns(header_row.cells), **choices)
    planner = Planner(county, Register(register), Atlas(PLACES, wanted.places), wanted)
    return planner.plan(body)


def one(*rows, **more):
    """Return what becomes of the last of the rows."""
    return plan(*rows, **more).rows[-1]


def said(row):
    return [remark.sentence % dict(remark.words) for remark in row.remarks]


def test_a_row_of_which_nothing_is_known_is_new():
    row = one(table_row())

    assert row.kind is RowKind.NEW
    assert (row.line, row.entry.name, row.entry.workers_on_shift) == (2, "示例新厂", 46)
    assert (row.entry.town_id, row.entry.community_id) == (TOWN, COMMUNITY)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"企业名称": ""}, "The name of the factory is missing."),
        ({"镇办": ""}, "The town is missing."),
        ({"建筑用途": ""}, "The building use is missing."),
        ({"建筑用途": "城堡"}, "“城堡” is none of the choices."),
        ({"统一社会信用代码": "91610926MA7TEXT07"}, "has 18 characters, this one has 17."),
        ({"联系电话": "12345"}, "“12345” is no phone number."),
        ({"当班人数": "很多"}, "“很多” is no number."),
        ({"地址": "2026-05-01"}, "The spreadsheet has made a date of it: 2026-05-01."),
        ({"镇办": "桃园镇"}, "The county has no town “桃园镇”."),
        ({"社区": "桃园社区"}, "The town has no community “桃园社区”."),
        ({"企业名称": "厂" * 81}, "This is longer than 80 characters."),
    ],
)
def test_a_wrong_row_says_why_in_a_sentence(cells, sentence):
    row = one(table_row(**cells))

    assert row.kind is RowKind.WRONG
    assert any(sentence in told for told in said(row))


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    row = one(table_row(联系电话="12345", 当班人数="很多", 镇办="桃园镇"))

    assert [remark.field for remark in row.remarks] == [
        "responsible_phone",
        "workers_on_shift",
        "town",
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"企业名称": "示例老厂"},
        {"企业名称": "示例 老厂（）"},
        {"企业名称": "示例老厂", "镇办": "老县"},
    ],
)
def test_a_factory_is_known_by_its_name_in_its_town(cells):
    row = one(table_row(**cells), register=[known()])

    assert (row.kind, row.known.id) == (RowKind.UPDATE, 1)
    assert {change.field for change in row.changes} >= {"address", "responsible_phone"}
    assert row.entry.point_number == "PL00001"


def test_the_same_name_in_another_town_is_another_factory():
    row = one(table_row(企业名称="示例老厂", 镇办="城关镇"), register=[known()])

    assert row.kind is RowKind.NEW


def test_a_point_number_is_surer_than_a_name():
    header = [*HEADER, "点位编号"]
    row = one([*table_row(企业名称="改了名的厂"), "PL00001"], header=header, register=[known()])

    assert (row.kind, row.known.id) == (RowKind.UPDATE, 1)
    assert ("name", "示例老厂", "改了名的厂") in [(c.field, c.old, c.new) for c in row.changes]


def test_a_factory_moves_to_another_town_by_its_number_and_leaves_its_community():
    header = ["点位编号", "镇办"]
    row = one(["PL00001", "城关镇"], header=header, register=[known()])

    assert (row.entry.town_id, row.entry.community_id) == (OTHER_TOWN, None)


def test_one_code_and_nearly_the_name_are_one_factory_renamed():
    code = "91610926MA7TEXT07W"
    old = known(name="示例老厂有限公司", credit_code=code, town_id=OTHER_TOWN)

    row = one(table_row(企业名称="平利县示例老厂", 统一社会信用代码=code), register=[old])

    assert (row.kind, row.known.id) == (RowKind.UPDATE, 1)


def test_one_code_may_have_several_factories():
    code = "91610926MA7TEXT07W"
    mother = known(name="示例总厂", credit_code=code)

    row = one(table_row(企业名称="示例分厂", 统一社会信用代码=code), register=[mother])

    assert row.kind is RowKind.NEW


def test_an_empty_cell_changes_nothing():
    empty = {"地址": "", "联系电话": "—", "当班人数": "", "建筑用途": ""}
    row = one(table_row(企业名称="示例老厂", **empty), register=[known()])

    assert (row.kind, row.changes) == (RowKind.SAME, ())


def test_several_factories_of_one_name_ask_for_the_number():
    row = one(table_row(企业名称="示例老厂"), register=[known(1), known(2)])

    assert row.kind is RowKind.WRONG
    assert "2 factories of this name" in said(row)[0]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"地址": "5 号楼", "联系电话": "13800000000"}, "the same address and phone"),
        ({"企业名称": "示例老厂有限公司"}, "nearly the same name in the same town"),
        (
            {"统一社会信用代码": "91610926MA7TEXT07W", "联系电话": "13800000000"},
            "the same credit code",
        ),
    ],
)
def test_a_row_that_may_be_a_known_factory_is_asked_about(cells, sentence):
    old = known(credit_code="91610926MA7TEXT07W")
    row = one(table_row(**cells), register=[old])

    assert (row.kind, row.is_doubtful, row.known.id) == (RowKind.DOUBLE, True, 1)
    assert "May be “示例老厂”" in said(row)[0]
    assert sentence in said(row)[0]


def test_the_officer_s_judgement_settles_a_doubt():
    cells = table_row(地址="5号楼", 联系电话="13800000000")

    same = one(cells, register=[known()], judgements={2: Judgement.SAME})
    another = one(cells, register=[known()], judgements={2: Judgement.ANOTHER})

    assert (same.kind, same.known.id) == (RowKind.UPDATE, 1)
    assert another.kind is RowKind.NEW


def test_a_row_that_stands_there_twice_is_double_the_second_time():
    row = one(table_row(), table_row(企业名称="示例 新厂"))

    assert (row.kind, row.is_doubtful) == (RowKind.DOUBLE, False)
    assert said(row) == ["The same factory as in row 2."]


def test_two_rows_for_one_factory_are_double_however_they_name_it():
    header = [*HEADER, "点位编号"]
    by_number, by_name = [*table_row(企业名称=""), "PL00001"], [*table_row(企业名称="示例老厂"), ""]

    row = one(by_number, by_name, header=header, register=[known()])

    assert said(row) == ["The same factory as in row 2."]


def test_rows_that_may_be_one_factory_are_asked_about():
    row = one(table_row(), table_row(企业名称="别的名字"))

    assert (row.kind, row.is_doubtful) == (RowKind.DOUBLE, True)
    assert "row 2" in said(row)[0]
    settled = one(table_row(), table_row(企业名称="别的名字"), judgements={3: Judgement.ANOTHER})
    assert settled.kind is RowKind.NEW


def test_a_wrong_row_makes_no_double_of_the_right_one_below():
    rows = plan(table_row(建筑用途=""), table_row()).rows

    assert [row.kind for row in rows] == [RowKind.WRONG, RowKind.NEW]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["合计", "", "", "", "", "", "", "284"], "A sum of the rows above."),
        (HEADER, "The header once more."),
        (
            ["某某玩具厂（示例行，填好后删去）", *GOOD[1:]],
            "The example of the template.",
        ),
    ],
)
def test_what_is_no_factory_is_left_out(cells, sentence):
    row = one(cells)

    assert (row.kind, said(row)) == (RowKind.SKIPPED, [sentence])


def test_a_place_that_is_wanted_is_made_once_and_used():
    rows = (
        table_row(镇办="桃园镇", 社区="新桃社区"),
        table_row(企业名称="另一厂", 镇办="桃园镇", 社区="新桃社区", 地址="9号楼"),
    )

    asked = plan(*rows)
    made = plan(*rows, places=asked.missing)

    assert asked.missing == ("桃园镇", "桃园镇/新桃社区")
    assert [(place.name, place.town_id) for place in made.to_make] == [
        ("桃园镇", None),
        ("新桃社区", -1),
    ]
    assert {(row.entry.town_id, row.entry.community_id) for row in made.rows} == {(-1, -2)}
    assert made.atlas.name("community_id", -2) == "新桃社区"


@pytest.mark.parametrize(
    ("code", "county", "kind"),
    [
        ("610928", "610981", RowKind.NEW),
        ("610981", "610981", RowKind.NEW),
        ("旬阳市", "610981", RowKind.NEW),
        ("610928", PINGLI, RowKind.WRONG),
        ("610999", PINGLI, RowKind.WRONG),
    ],
)
def test_a_row_belongs_to_the_county_of_its_present_or_former_code(code, county, kind):
    row = one([*table_row(), code], header=[*HEADER, "县区"], county=county)

    assert row.kind is kind


def test_a_former_county_code_is_kept_and_said():
    row = one([*table_row(), "610928.0"], header=[*HEADER, "县区"], county="610981")

    assert row.entry.former_county_code == "610928"
    assert [note.words for note in row.notes] == [{"old": "610928", "new": "610981"}]


def test_a_shortened_phone_number_is_read_and_said():
    row = one(table_row(联系电话="1.39E+10"))

    assert row.entry.responsible_phone == "13900000000"
    assert row.notes[0].field == "responsible_phone"


def test_full_width_digits_are_narrowed_and_full_width_punctuation_stays():
    row = one([*table_row(企业名称="示例（新）厂"), "停工，３月复工"], header=[*HEADER, "备注"])

    assert (row.entry.name, row.entry.note) == ("示例（新）厂", "停工，3月复工")


def test_a_phone_number_that_an_export_has_hidden_says_nothing():
    row = one(
        table_row(企业名称="示例老厂", 联系电话="138****0000", 当班人数="50"), register=[known()]
    )

    assert row.kind is RowKind.UPDATE
    assert row.entry.responsible_phone == "13800000000"


def test_a_row_that_contradicts_itself_is_wrong():
    row = one([*table_row(), "20"], header=[*HEADER, "最大班人数"])

    assert said(row) == ["There cannot be more people on shift than on the largest shift."]


def test_a_plan_is_known_by_its_fingerprint():
    rows = (table_row(), table_row(企业名称="示例老厂"))
    now = plan(*rows, register=[known()]).fingerprint

    assert plan(*rows, register=[known()]).fingerprint == now
    edited = Known(1, 2, known().entry)
    assert plan(*rows, register=[edited]).fingerprint != now
    assert plan(*rows[:1], register=[known()]).fingerprint != now


def test_counts_are_by_kind():
    made = plan(table_row(), table_row(), table_row(建筑用途="城堡", 企业名称="丙厂"))

    assert made.counts == {RowKind.NEW: 1, RowKind.DOUBLE: 1, RowKind.WRONG: 1}
    assert [row.line for row in made.of_kind(RowKind.WRONG)] == [4]


@given(
    rows=st.lists(st.lists(st.text(max_size=30), max_size=12), max_size=6),
    places=st.lists(st.text(max_size=10), max_size=3),
)
def test_no_table_makes_the_plan_fail(rows, places):
    planner = Planner(
        PINGLI,
        Register([known()]),
        Atlas(PLACES, places),
        Choices({name: place for place, name in enumerate(guess_columns(HEADER))}, places),
    )

    made = planner.plan(Row(line, cells) for line, cells in enumerate(rows, start=2))

    assert len(made.rows) == len(rows)
    assert len(made.fingerprint) == 64
