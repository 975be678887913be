"""An edition is read whole or not at all, and every fault is named by file, code and field."""

import hashlib
import re

import pytest

from firesafe.core.errors import NotFound
from firesafe.standard.edition import (
    FaultyEdition,
    Words,
    current_edition,
    edition,
    edition_codes,
    edition_file,
    read_edition,
)


def test_an_edition_is_known_by_the_hash_of_its_bytes(standard):
    content = edition_file("2026").read_bytes()

    assert standard.sha256 == hashlib.sha256(content).hexdigest()


def test_an_edition_is_read_once():
    assert edition("2026") is edition("2026")


def test_the_newest_edition_is_the_current_one():
    assert current_edition() is edition(edition_codes()[-1])


@pytest.mark.parametrize("code", ["1999", "../2026", "", "2026.toml"])
def test_an_edition_that_is_not_there_is_not_found(code):
    with pytest.raises(NotFound):
        edition(code)


def test_a_checkpoint_and_an_item_are_found_by_their_codes(standard):
    assert standard.checkpoint("A3-02").title.zh == "安全出口、疏散通道畅通"
    assert standard.checkpoint("A3-02").item_code == "A3"
    assert standard.item("A3").group_code == "A"


@pytest.mark.parametrize("code", ["A3-07", "A3", ""])
def test_a_checkpoint_that_is_not_there_is_not_found(standard, code):
    with pytest.raises(NotFound, match="2026"):
        standard.checkpoint(code)


def test_an_item_that_is_not_there_is_not_found(standard):
    with pytest.raises(NotFound, match="2026"):
        standard.item("E1")


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "出口"), ("zh_CN", "出口"), ("en", "exit"), ("en_GB", "exit")]
)
def test_words_are_given_in_the_language_of_the_screen(language, text):
    assert Words("出口", "exit").in_language(language) == text


# Fields: each row is (row, old text, new text, the fault).
WRONG_FIELDS = [
    ("A3-02", "photo = true", "photo = 1", "checkpoints A3-02: photo: true or false is needed"),
    ("A3-02", "days = 0", "days = true", "checkpoints A3-02: days: a whole number is needed"),
    ("A3-02", "days = 0", 'days = "0"', "checkpoints A3-02: days: a whole number is needed"),
    ("A3-02", "days = 0", "", "checkpoints A3-02: days is missing"),
    ("A3-02", "days = 0", "days = 0\nday = 3", "checkpoints A3-02: day is not a field"),
    ("A3-02", 'grade = "serious"', 'grade = "grave"', "A3-02: grade: 'grave' is none of general"),
    ("A3-02", "methods = [", 'methods = ["sniff", ', "A3-02: methods no. 1: 'sniff' is none of"),
    ("A3-02", 'methods = ["look", "test"]', 'methods = "look"', "A3-02: methods: a list is needed"),
    ("A3-02", "rule = {", 'rule = "x" #', "checkpoints A3-02: rule: a table is needed"),
    ("A3-02", 'mark = "V"', 'mark = "W"', "checkpoints A3-02: bases no. 1: mark: 'W' is none of"),
    ("A1-01", 'instead = { law = "消防法", ', "instead = { ", "instead: law is missing"),
    ("", "as_of = 2026-11-22", 'as_of = "today"', "as_of: a day is needed, not 'today'"),
    ("", "as_of = 2026-11-22", "", "as_of is missing"),
    ("", 'fail = "不合格"', "", "printed: marks: fail is missing"),
    ("", 'general = "一般"', 'general = "一般"\nslight = "x"', "grades: 'slight' is none of"),
    ("A3-02", 'code = "A3-02"', "code = 302", "checkpoints no. 14: code: a text is needed"),
    (
        "civil-building",
        "value = true",
        "value = 2026-01-01",
        "triggers civil-building: any_of no. 2",
    ),
]


@pytest.mark.parametrize(("row", "old", "new", "fault"), WRONG_FIELDS)
def test_a_wrong_field_is_named_with_its_place(tampered, row, old, new, fault):
    with pytest.raises(FaultyEdition) as caught:
        read_edition(tampered(old, new, within=row))

    assert len(caught.value.faults) == 1
    assert caught.value.faults[0].startswith("2026.toml: ")
    assert fault in caught.value.faults[0]


WRONG_PARTS = [
    ("A3-02", 'code = "A3-02"', 'code = "A3-09"', "A3: checkpoints are not numbered from 01"),
    ("A3-02", 'code = "A3-02"', 'code = "E3-02"', "E3-02: code: is not that of an item"),
    ("A3-02", 'code = "A3-02"', 'code = "A3-01"', "checkpoints: A3-01 stands 2 times"),
    ("", '[[groups]]\ncode = "A"', '[[groups]]\ncode = "E"', "groups: E, P, K, C are not"),
    ("A4", 'code = "A4"', 'code = "A5"', "items: A1, A2, A3, A5, P1"),
    ("GB 2894", 'key = "GB 2894"', 'key = "消防法"', "laws: 消防法 stands 2 times"),
    ("high_rise", '"high_rise"', '"key_unit"', "facts: key_unit stands 2 times"),
    ("", "percent = 80", "percent = 0", "sampling: percent: 0 is not between"),
    ("", "up_to = 10,", "up_to = 60,", "sampling: rows do not rise"),
    ("", "{ up_to = 10, ask = 3 }", "{ up_to = 10, ask = 0 }", "sampling: rows do not rise"),
    ("", "ask_above = 10", "ask_above = 2", "sampling: rows do not rise"),
    ("", "good_from = 80", "good_from = 70", "scoring: marks do not rise from 1 to 100"),
    ("", "pass_from = 70", "pass_from = 0", "scoring: marks do not rise from 1 to 100"),
    ("", "excellent_from = 90", "excellent_from = 101", "scoring: marks do not rise from 1"),
    ("", "serious_cap = 60", "serious_cap = 101", "scoring: serious_cap: 101 is not between"),
    ("A3-02", 'zh = "出口和通道畅通"', 'zh = "安全出口和通道畅通"', "A3-02: short: zh: 安全出口和"),
    ("A3-02", 'procedure = "看', 'procedure = " 看', "A3-02: procedure: has blanks around it"),
    ("A3-02", 'en = "Exits kept clear"', 'en = ""', "A3-02: short: en: is empty"),
    (
        "A3-02",
        'label = "堆物占道"',
        'label = "出口上锁"',
        "A3-02: phrases: 出口上锁 stands 2 times",
    ),
    ("A3-02", 'label = "堆物占道"', 'label = "疏散通道上堆满东西"', "is longer than 8 characters"),
    ("A3-02", "占用通道。", "占用通道", "A3-02: phrases: 堆物占道: text is no whole sentence"),
    ("A3-02", '["look", "test"]', "[]", "A3-02: methods: none is named"),
    ("A3-02", '["look", "test"]', '["look", "look"]', "A3-02: methods: look stands 2 times"),
    ("A3-02", '["look", "test"]', '["drill"]', "A3-02: drill: stands exactly where"),
    ("A2-05", '["drill"]', '["test"]', "A2-05: drill: stands exactly where"),
    ("A3-02", "days = 0", "days = 2", "A3-02: days: 2 is none of 0, 3, 7, 15, 30"),
    ("A1-06", "days = 30", "days = 31", "A1-06: exceptions: separation: days: 31 is none"),
    ("A1-06", "days = 30", "days = 0", "A1-06: exceptions: separation: days: are the usual 0"),
    ("A3-02", 'grade = "serious"', 'grade = "major_suspected"', "escalation: grade: major_susp"),
    ("C2-02", 'fact = "has_hydrants"', 'fact = "wells"', "not_applicable: fact: wells is not"),
    ("C2-02", "value = false", "value = 3", "not_applicable: value: has_hydrants is 3 cannot"),
    ("A2-04", "value = 300", "value = true", "footprint_m2 at_most True cannot be asked"),
    ("civil-building", '"podium", ', '"pagoda", ', "trigger civil-building: value: building_use"),
    ("civil-building", '"A1-06"', '"A1-09"', "trigger civil-building: checkpoints: A1-09 does"),
    ("key-unit", "all_of = [{", "all_of = [] #", "trigger key-unit: all_of: neither this nor"),
    ("C2-04", "needed = 3", "needed = 4", "C2-04: counting: a fixed counting has not"),
    ("C2-04", "needed = 3", "needed = 3, percent = 80", "C2-04: counting: a fixed counting has"),
    ("C1-02", "percent = 80", "percent = 101", "C1-02: counting: a table counting has not"),
    ("C1-01", "points_needed = 5", "points_needed = 7", "C1-01: counting: points_needed: 7 of 6"),
    ("C1-01", "points_needed = 5", "points_needed = 0", "points and points_needed stand together"),
    ("A2-05", "steps_needed = 3", "steps_needed = 5", "A2-05: drill: steps_needed: 5 of 4"),
    ("A2-05", "steps_needed = 3", "steps_needed = 0", "A2-05: drill: steps_needed: 0 of 4"),
    ("A2-05", "limit_seconds = 60", "limit_seconds = -1", "A2-05: drill: limit_seconds: -1"),
    ("K1-01", 'answer = "', 'answer = " ', "K1-01: questions: answer: has blanks"),
    ("A3-02", 'law = "消防法"', 'law = "消防条例"', "A3-02: bases: law: 消防条例 is not among"),
    ("A3-02", 'article = "28条"', 'article = "28"', "A3-02: bases: article: 消防法: '28' is no"),
    (
        "A2-05",
        'law = "四个能力"',
        'law = "四个能力", article = "1"',
        "cannot be a place in a paper",
    ),
    ("A2-01", 'article = "7章"', 'article = "第7章"', "A2-01: bases: article: GB 50140-2005"),
    ("A1-01", "key_unit_only = true, ", "", "A1-01: bases: 消防法 17条2款(三): key_unit_only and"),
    (
        "A1-01",
        'article = "16条1款(五)"',
        'article = "十六"',
        "A1-01: bases: article: 消防法: '十六'",
    ),
    ("C2-02", 'mark = "V"', 'mark = "K-H"', "C2-02: bases: none may be printed"),
    ("C2-02", 'mark = "V"', 'mark = "V", high_rise_only = true', "C2-02: bases: none may be"),
    ("C2-02", 'mark = "V"', 'mark = "V", screening_only = true', "C2-02: bases: none may be"),
]


@pytest.mark.parametrize(("row", "old", "new", "fault"), WRONG_PARTS)
def test_a_part_that_does_not_fit_the_others_is_named(tampered, row, old, new, fault):
    with pytest.raises(FaultyEdition) as caught:
        read_edition(tampered(old, new, within=row))

    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("row", "field", "fault"),
    [
        ("A4-01", "phrases", "A4-01: phrases: 0 are not 3 to 5"),
        ("A4-01", "bases", "A4-01: bases: none may be printed"),
        ("K1-01", "questions", "K1-01: questions: none to ask"),
    ],
)
def test_a_list_that_must_not_be_empty_is_named(tampered, row, field, fault):
    kept = tampered(f"{field} = [\n", f"{field} = []\nkept = [\n", within=row)
    text = kept.read_text(encoding="utf-8")
    kept.write_text(re.sub(r"kept = \[\n.*?\n\]\n", "", text, flags=re.DOTALL), encoding="utf-8")

    with pytest.raises(FaultyEdition) as caught:
        read_edition(kept)

    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"\ndays = 7\n": "\n", "photo = true": "photo = 1"}, 2),
        ({"\ndays = 0\n": "\ndays = 4\n", "steps_needed = 3": "steps_needed = 9"}, 2),
    ],
    ids=["fields", "parts"],
)
def test_all_faults_of_a_round_are_told_at_once(tmp_path, changes, told):
    text = edition_file("2026").read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new, 1)
    copy = tmp_path / "2026.toml"
    copy.write_text(text, encoding="utf-8")

    with pytest.raises(FaultyEdition) as caught:
        read_edition(copy)

    assert len(caught.value.faults) == told
    assert all(fault.startswith("2026.toml: ") for fault in caught.value.faults)


def test_the_code_of_an_edition_is_the_name_of_its_file(tmp_path):
    copy = tmp_path / "2031.toml"
    copy.write_bytes(edition_file("2026").read_bytes())

    with pytest.raises(FaultyEdition, match="code: 2026 is not the name of the file"):
        read_edition(copy)


@pytest.mark.parametrize("content", [b"code = ", b"\xff\xfe", b"code = 1\ncode = 2"])
def test_a_file_that_cannot_be_read_says_so(tmp_path, content):
    broken = tmp_path / "2026.toml"
    broken.write_bytes(content)

    with pytest.raises(FaultyEdition, match="is not to be read"):
        read_edition(broken)
