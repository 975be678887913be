"""Codes, phones, figures and names as the register writes them."""

import string
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firesafe.core.errors import RuleBroken
from firesafe.factories.rules import (
    CREDIT_CHARACTERS,
    coordinate,
    county_of_code,
    credit_check_character,
    credit_code,
    has_lost_digits,
    name_key,
    phone,
    search_phrases,
    spaced,
    whole_number,
)

# The first five are public knowledge, the others are made up; standards dossier 5.1.
GOOD_CODES = [
    "914403001922038216",
    "9144030071526726XG",
    "91110108551385082Q",
    "91330100799655058B",
    "91110000802100433B",
    "91610902MA7TEXT074",
    "91610926MA7TEXT07W",
    "91610981MA7TEXT07H",
    "91610929MA7TEXT078",
    "92610902MA7TEXT15U",
    "11610900016083111B",
]


@pytest.mark.parametrize("code", GOOD_CODES)
def test_a_credit_code_that_fits_is_taken(code):
    assert credit_code(code) == code


@pytest.mark.parametrize("code", GOOD_CODES)
def test_any_other_last_character_is_refused(code):
    for other in set(CREDIT_CHARACTERS) - {code[-1]}:
        with pytest.raises(RuleBroken, match="last character"):
            credit_code(code[:-1] + other)


@pytest.mark.parametrize(
    "text",
    ["91610926ma7text07w", "9161 0926-MA7T EXT0 7W", "９１６１０９２６ＭＡ７ＴＥＸＴ０７Ｗ"],
)
def test_a_credit_code_is_read_whatever_its_case_width_and_blanks(text):
    assert credit_code(text) == "91610926MA7TEXT07W"


@pytest.mark.parametrize("text", ["", "  ", "-"])
def test_a_factory_may_have_no_credit_code(text):
    assert credit_code(text) == ""


@pytest.mark.parametrize(
    ("text", "count"), [("91610926MA7TEXT07", 17), ("91610926MA7TEXT07WW", 19)]
)
def test_a_credit_code_of_another_length_is_refused_with_its_length(text, count):
    with pytest.raises(RuleBroken, match=f"18 characters, this one has {count}"):
        credit_code(text)


@pytest.mark.parametrize("letter", "IOSVZ")
def test_a_letter_that_does_not_occur_is_named(letter):
    with pytest.raises(RuleBroken, match=f"“{letter}” does not occur"):
        credit_code(f"91610926MA7TEX{letter}07W")


def test_the_check_character_is_that_of_the_worked_example():
    assert credit_check_character("91440300192203821") == "6"


@given(st.text(CREDIT_CHARACTERS, min_size=17, max_size=17))
def test_one_check_character_fits_any_first_seventeen(first):
    code = first + credit_check_character(first)

    assert credit_code(code.lower()) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800000000", "13800000000"),
        ("13800000000.0", "13800000000"),
        ("1.38E+10", "13800000000"),
        ("1.3812345678e10", "13812345678"),
        ("１３８ ００００ ００００", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("0915-8421234", "0915-8421234"),
        ("(0915) 8421234", "0915-8421234"),
        ("02987654321", "029-87654321"),
        ("8421234", "8421234"),
        ("", ""),
    ],
)
def test_a_phone_number_is_read_whatever_a_table_made_of_it(text, number):
    assert phone(text) == number


@pytest.mark.parametrize(
    "text", ["1380000000", "138000000000", "02912345678", "12345", "13800000000/8421234", "无"]
)
def test_what_is_no_phone_number_is_named(text):
    with pytest.raises(RuleBroken, match="no phone number"):
        phone(text)


@pytest.mark.parametrize(
    ("text", "is_lost"),
    [("1.38E+10", True), ("1.3812345678E+10", False), ("13800000000.0", False), ("", False)],
)
def test_a_shortened_number_may_have_lost_digits(text, is_lost):
    assert has_lost_digits(text) is is_lost


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("46", 46),
        ("46.0", 46),
        ("532.5", 533),
        ("1,200", 1200),
        ("１２００", 1200),
        ("1 200", 1200),
        ("三", 3),
        ("", None),
        ("  ", None),
    ],
)
def test_a_figure_is_read_as_tables_write_it(text, number):
    assert whole_number(text) == number


def test_a_floor_below_ground_is_rounded_away_from_zero_like_one_above():
    assert [whole_number(text, least=-5) for text in ("-1", "-1.5", "1.5")] == [-1, -2, 2]


@pytest.mark.parametrize("text", ["-1", "1000001", "1e30"])
def test_a_figure_out_of_the_range_is_refused(text):
    with pytest.raises(RuleBroken, match="out of the range from 0 to 1000000"):
        whole_number(text)


@pytest.mark.parametrize("text", ["about 5", "5-6", "1,20", "½ and a bit", "nan", "inf", "0x10"])
def test_what_is_no_figure_is_named(text):
    with pytest.raises(RuleBroken, match="is no number"):
        whole_number(text)


def test_a_position_has_six_decimals():
    assert coordinate("３２.3885", most=90) == Decimal("32.388500")
    assert coordinate("", most=90) is None


@pytest.mark.parametrize("text", ["91", "-90.1", "32,38", "N32", "nan"])
def test_what_is_no_position_is_refused(text):
    with pytest.raises(RuleBroken, match="no position"):
        coordinate(text, most=90)


@pytest.mark.parametrize("text", ["610928", "610928.0", "６１０９２８", "610981"])
def test_a_former_code_leads_to_the_county_of_today(text):
    assert county_of_code(text).code == "610981"


def test_a_code_of_another_city_is_refused():
    with pytest.raises(RuleBroken, match="110000"):
        county_of_code("110000")


def test_two_spellings_of_a_name_have_one_key():
    assert name_key("示例玩具（一）厂 ") == name_key("示例玩具(一) 厂")
    assert name_key("ＡＢＣ-Toys") == name_key("abc toys")
    assert name_key("示例玩具一厂") != name_key("示例玩具二厂")


def test_chinese_is_spaced_and_words_are_kept():
    assert spaced("示例玩具（5号楼A3-201）Ｔoy") == "示 例 玩 具 5 号 楼 a3 201 toy"


def test_each_word_is_a_phrase_of_its_own():
    assert search_phrases("竹木  A3， ！") == ("竹 木", "a3")


PARSERS = [credit_code, phone, whole_number, county_of_code, lambda text: coordinate(text, most=90)]


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text() | st.text(string.digits + ".,+-eE １２x", max_size=30))
def test_no_text_makes_a_parser_fail_in_another_way_than_its_own(parse, text):
    try:
        parse(text)
    except RuleBroken as fault:
        assert fault.sentence


@given(st.text())
def test_spacing_twice_changes_nothing(text):
    assert spaced(spaced(text)) == spaced(text)


@given(st.text(), st.text())
def test_any_part_of_a_spaced_chinese_name_is_found_in_it(before, after):
    assert " 竹 木 " in f" {spaced(before + '竹木' + after)} "
