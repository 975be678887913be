"""How counties write their registers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firesafe.core.errors import RuleBroken
from firesafe.factories.entry import FIELD_NAMES
from firesafe.factories.models import (
    BUILDING_USE_NAMES,
    FIRE_RESISTANCE_NAMES,
    BuildingUse,
    FactoryState,
)
from firesafe.factories.rules import name_key
from firesafe.imports import rules
from firesafe.imports.forms import COLUMN_NAMES
from firesafe.imports.rules import words
from firesafe.web.catalogue import read_messages


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("企业名称（全称）", "name"),
        ("企业 名称", "name"),
        ("联系电话", "responsible_phone"),
        ("车间面积(㎡)", "floor_area_m2"),
        ("面积㎡", "floor_area_m2"),
        ("是否与住宅合建", "is_below_housing"),
        ("Building use", "building_use"),
        ("序号", None),
        ("", None),
    ],
)
def test_a_heading_is_known_whatever_its_brackets_units_and_blanks(heading, field):
    assert rules.column_of(heading) == field


def test_our_own_export_and_template_are_recognised_in_both_languages():
    catalogue = read_messages()
    for field, english in COLUMN_NAMES.items():
        known = [rules.column_of(english), rules.column_of(catalogue.get(english).string)]
        assert known == [field, field], english


def test_our_own_choices_are_read_back_in_both_languages():
    catalogue = read_messages()
    for field, names in (
        ("building_use", BUILDING_USE_NAMES),
        ("fire_resistance", FIRE_RESISTANCE_NAMES),
    ):
        for value, english in names.items():
            told = (english, catalogue.get(english).string)
            assert [rules.choice(field, text) for text in told] == [value, value]


def test_every_choice_of_the_data_file_is_one_of_ours():
    choices = words().choices

    assert set(choices["building_use"].values()) == set(BuildingUse)
    assert set(choices["state"].values()) == set(FactoryState)
    assert set(choices["fire_resistance"].values()) == set(FIRE_RESISTANCE_NAMES)
    assert set(words().headings) - {"county", "town", "community"} <= set(FIELD_NAMES)


def test_of_two_columns_with_one_meaning_the_first_is_taken():
    assert rules.guess_columns(["序号", "企业名称", "单位名称", "镇"]) == {"name": 1, "town": 3}


def test_the_header_is_found_below_title_and_remarks():
    rows = [["平利县名册"], ["填表说明：名称要写全"], ["企业名称", "镇办"], ["示例厂", "老县镇"]]

    assert rules.header_place(rows) == 2
    assert rules.header_place([["甲"], ["乙"]]) == 0


@pytest.mark.parametrize(
    ("cells", "is_total"),
    [
        (["合计", "", "284"], True),
        (["", "总计：", "284"], True),
        (["合计38家", ""], True),
        (["小 计"], True),
        (["合计玩具厂"], False),
        (["1", "示例厂"], False),
        ([""], False),
    ],
)
def test_a_sum_is_told_from_a_factory(cells, is_total):
    assert rules.is_total(cells) is is_total


@pytest.mark.parametrize("text", ["", "-", "——", "/", "暂无", " 无 ", "N/A", "#N/A"])
def test_what_means_nothing_is_nothing(text):
    assert rules.bare(text) == ""


def test_the_quote_before_a_formula_of_our_export_is_taken_off():
    assert rules.bare("'=示例厂") == "=示例厂"
    assert rules.bare("'示例厂") == "'示例厂"


@pytest.mark.parametrize("text", ["2026-05-01", "2026/5/1", "5月1日", "2026年5月1日", "1-May"])
def test_what_a_spreadsheet_made_a_date_of_is_named(text):
    with pytest.raises(RuleBroken, match="made a date of it"):
        rules.check_no_date(text)


@pytest.mark.parametrize("text", ["5-1", "3号楼2-1", "2026", "13800000000", ""])
def test_what_is_no_date_passes(text):
    rules.check_no_date(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((text, True) for text in ("有", "√", "TRUE", "1", "是 ")),
        *((text, False) for text in ("无", "×", "否", "0", "没 有")),
        ("", None),
    ],
)
def test_yes_and_no_are_read_in_the_county_s_ways(text, answer):
    assert rules.yes_or_no(text) is answer


def test_what_is_neither_yes_nor_no_is_named():
    with pytest.raises(RuleBroken, match="“不知道”"):
        rules.yes_or_no("不知道")


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("独立厂房", BuildingUse.INDUSTRIAL),
        ("安置楼底层", BuildingUse.HOUSING_BASE),
        ("住宅楼底部（一层）", BuildingUse.HOUSING_BASE),
        ("商业 裙房", BuildingUse.COMMERCIAL_PODIUM),
        ("其它", BuildingUse.OTHER),
    ],
)
def test_building_uses_are_read_in_the_county_s_words(text, use):
    assert rules.choice("building_use", text) == use


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("约500㎡", 500),
        ("1,260 平方米", 1260),
        ("3层", 3),
        ("第2层", 2),
        ("地下1层", -1),
        ("B1", -1),
        ("负一楼", -1),
        ("共 6 层", 6),
        ("4F", 4),
        ("", None),
    ],
)
def test_figures_are_read_without_the_words_around_them(text, number):
    assert rules.figure(text, least=-5) == number


@pytest.mark.parametrize("text", ["1-2层", "很大", "3或4层"])
def test_what_is_no_single_figure_is_named_as_it_stands(text):
    with pytest.raises(RuleBroken, match=f"“{text}” is no number"):
        rules.figure(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("旬阳市", "610981"),
        ("旬阳", "610981"),
        ("Xunyang", "610981"),
        ("610981", "610981"),
        ("610928", "610928"),
        ("610928.0", "610928"),
        ("", None),
    ],
)
def test_a_county_is_known_by_name_and_by_code(text, code):
    assert rules.county_as_written(text) == code


def test_a_county_of_another_city_is_refused():
    with pytest.raises(RuleBroken, match="北京"):
        rules.county_as_written("北京")


def test_a_town_is_known_without_its_ending():
    assert rules.town_key("老县镇") == rules.town_key("老县") == "老县"
    assert rules.town_key("城关街道办事处") == rules.town_key("城关街道")
    assert rules.community_key("示例社区") == rules.community_key("示例")


def test_nearly_the_same_names_are_told():
    names = (
        "平利县示例玩具五厂有限公司",
        "示例玩具五厂",
        "示例玩具五（分厂）",
        "平利示例玩具五公司",
    )

    assert {rules.loose_name_key(name) for name in names} == {"示例玩具五"}
    assert rules.loose_name_key("示例玩具六厂") == "示例玩具六"


PARSERS = [
    rules.yes_or_no,
    rules.figure,
    rules.check_no_date,
    rules.county_as_written,
    rules.named_zone,
    lambda text: rules.choice("building_use", text),
]


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text())
def test_no_cell_makes_a_parser_fail_in_another_way_than_its_own(parse, text):
    try:
        parse(text)
    except RuleBroken as fault:
        assert fault.sentence


@given(text=st.text())
def test_keys_never_fail_and_keep_something_of_what_they_are_given(text):
    for key in (rules.town_key, rules.community_key, rules.loose_name_key):
        assert isinstance(key(text), str)
    assert bool(rules.town_key(text)) == bool(name_key(text))
