"""The 2026 edition says what the dossier of the standard says."""

import re
from collections import Counter

import pytest

from firesafe.standard.rules import printed_bases, unverified_names
from firesafe.standard.terms import Grade, Mark, Method

ITEMS = {
    "A1": ("提高检查消除火灾隐患能力", "查隐患", 6),
    "A2": ("提高扑救初起火灾能力", "扑初火", 6),
    "A3": ("提高组织疏散逃生能力", "会疏散", 6),
    "A4": ("提高消防宣传教育能力", "会宣教", 5),
    "P1": ("提示火灾危险性", "危险性", 4),
    "P2": ("提示逃生路线、安全出口位置和逃生自救方法", "逃生路线", 5),
    "P3": ("提示简易防护面罩、手电筒等器材的位置和使用方法", "器材位置", 5),
    "P4": ("提示厂区内严禁明火", "禁明火", 5),
    "K1": ("懂火灾危害性", "懂危害", 3),
    "K2": ("懂预防措施", "懂预防", 3),
    "K3": ("懂扑救方法", "懂扑救", 3),
    "K4": ("懂逃生方法", "懂逃生", 3),
    "C1": ("会报警", "会报警", 3),
    "C2": ("会使用消防器材", "用器材", 4),
    "C3": ("会处理险肇事故", "会处置", 3),
    "C4": ("会选择逃生路线", "选路线", 3),
}

# Per checkpoint: grade, days, whether a photograph is due, methods. All as in the dossier.
FIGURES = """
A1-01 general 7 Y 查看    A1-02 general 7 Y 查      A1-03 general 15 Y 查问
A1-04 serious 3 Y 看试    A1-05 serious 3 Y 看量    A1-06 major_suspected 0 Y 看查问
A2-01 serious 7 Y 看量算  A2-02 serious 3 Y 看查    A2-03 general 0 Y 看量
A2-04 serious 3 Y 看试    A2-05 general 15 Y 练     A2-06 general 15 Y 练查
A3-01 serious 30 Y 看查   A3-02 serious 0 Y 看试    A3-03 serious 30 Y 量
A3-04 serious 7 Y 看试    A3-05 serious 7 Y 试量    A3-06 general 15 Y 查练
A4-01 general 7 N 查问    A4-02 general 7 Y 查      A4-03 general 15 Y 查问
A4-04 general 7 Y 看      A4-05 general 30 N 查     P1-01 general 7 Y 看
P1-02 general 7 Y 看查    P1-03 general 7 Y 看      P1-04 general 7 N 问
P2-01 general 7 Y 看      P2-02 serious 7 Y 看试    P2-03 serious 7 Y 看量
P2-04 general 15 Y 看量   P2-05 general 7 Y 看      P3-01 general 7 Y 看查
P3-02 general 7 Y 看      P3-03 general 7 Y 看试查  P3-04 general 7 Y 看
P3-05 general 7 N 试      P4-01 general 7 Y 看      P4-02 serious 0 Y 看
P4-03 serious 0 Y 查看    P4-04 major_suspected 0 Y 看查  P4-05 serious 0 Y 看
K1-01 general 15 N 问     K1-02 general 15 N 问     K1-03 general 15 N 问
K2-01 general 15 N 问     K2-02 general 15 N 问     K2-03 general 15 N 问
K3-01 general 15 N 问     K3-02 general 15 N 问     K3-03 general 15 N 问
K4-01 general 15 N 问     K4-02 general 15 N 问     K4-03 general 15 N 问
C1-01 general 15 N 试     C1-02 general 15 N 试     C1-03 general 7 N 查问
C2-01 general 15 Y 试     C2-02 general 15 Y 试     C2-03 general 15 Y 试
C2-04 general 7 N 试      C3-01 general 15 N 试问   C3-02 general 15 Y 查问
C3-03 general 15 N 练问   C4-01 general 15 N 试     C4-02 general 15 Y 练
C4-03 general 15 Y 练
"""

ESCALATIONS = {
    "A1-02": (Grade.SERIOUS, "已到期未整改"),
    "A3-01": (Grade.MAJOR_SUSPECTED, "地下、半地下车间，或同时存在出口上锁封堵"),
    "A3-02": (Grade.MAJOR_SUSPECTED, "生产期间上锁/封堵"),
    "A4-02": (Grade.SERIOUS, "未培训上岗≥10%"),
    "P3-03": (Grade.SERIOUS, "缺配≥50%"),
}

EXCEPTIONS = {
    "A1-04": [(0, "裸露带电、电动车充电")],
    "A1-06": [(30, "分隔改造")],
    "A2-04": [(0, "遮挡")],
    "A3-03": [(0, "物品占用")],
}

DRILLS = {
    "A2-05": (60, 3, ["喊", "断电", "取器", "引导"]),
    "A2-06": (180, 4, ["灭火组", "通讯组", "疏散组", "救护组"]),
    "A3-06": (180, 3, ["警报", "引导", "到齐"]),
    "C3-03": (0, 5, ["检查", "冷却", "移除", "监护", "护现场", "报告"]),
    "C4-02": (0, 2, ["改道", "引导"]),
    "C4-03": (120, 2, ["报数", "相符"]),
}

SHORT_OF_METHOD = {
    Method.LOOK: "看",
    Method.DOCUMENTS: "查",
    Method.ASK: "问",
    Method.TEST: "试",
    Method.DRILL: "练",
    Method.MEASURE: "量",
    Method.COMPUTE: "算",
}


def test_the_sixteen_items_have_their_names_and_their_checkpoints(standard):
    found = {
        item.code: (item.name.zh, item.short.zh, len(standard.checkpoints_of(item.code)))
        for item in standard.items
    }

    assert found == ITEMS
    assert len(standard.checkpoints) == 67


def test_the_four_groups_hold_four_items_each(standard):
    groups = {g.code: [item.code for item in standard.items_of(g.code)] for g in standard.groups}

    assert groups == {letter: [f"{letter}{n}" for n in range(1, 5)] for letter in "APKC"}
    assert [g.name.zh for g in standard.groups] == ["四个能力", "四项提示", "四懂", "四会"]


def test_grades_days_photographs_and_methods_are_those_of_the_dossier(standard):
    words = FIGURES.split()
    rows = [words[place : place + 5] for place in range(0, len(words), 5)]
    found = [
        [
            checkpoint.code,
            checkpoint.grade.value,
            str(checkpoint.days),
            "Y" if checkpoint.photo else "N",
            "".join(SHORT_OF_METHOD[method] for method in checkpoint.methods),
        ]
        for checkpoint in standard.checkpoints
    ]

    assert found == rows


def test_graver_grades_and_their_conditions_are_those_of_the_dossier(standard):
    found = {
        c.code: (c.escalation.grade, c.escalation.condition)
        for c in standard.checkpoints
        if c.escalation
    }

    assert found == ESCALATIONS


def test_four_checkpoints_can_be_a_suspected_major_hazard(standard):
    gravest = [c.code for c in standard.checkpoints if c.gravest is Grade.MAJOR_SUSPECTED]

    assert gravest == ["A1-06", "A3-01", "A3-02", "P4-04"]


def test_other_days_are_those_of_the_dossier(standard):
    found = {
        c.code: [(exception.days, exception.when.zh) for exception in c.exceptions]
        for c in standard.checkpoints
        if c.exceptions
    }

    assert found == EXCEPTIONS


def test_what_holds_until_an_exit_is_built_is_said(standard):
    assert [c.code for c in standard.checkpoints if c.interim] == ["A3-01"]


def test_drills_have_their_limits_and_steps(standard):
    found = {
        c.code: (
            c.drill.limit_seconds,
            c.drill.steps_needed,
            [step.zh for step in c.drill.steps],
        )
        for c in standard.checkpoints
        if c.drill
    }

    assert found == DRILLS


def test_short_names_are_the_spoken_ones(standard):
    spoken = {
        "A2-05": "第一灭火力量",
        "A3-01": "安全出口数量",
        "A3-02": "出口和通道畅通",
        "A3-03": "疏散宽度",
        "A3-04": "门窗障碍物",
        "A3-06": "预案与疏散演练",
        "K1-02": "懂烟气危害",
    }

    assert {code: standard.checkpoint(code).short.zh for code in spoken} == spoken
    assert max(len(c.short.zh) for c in standard.checkpoints) <= 8


def test_each_understanding_has_two_questions_and_right_answers(standard):
    asked = {c.code: len(c.questions) for c in standard.checkpoints if c.questions}

    assert asked == {f"K{i}-0{j}": 2 for i in range(1, 5) for j in range(1, 4)}
    first = standard.checkpoint("K1-02").questions[0]
    assert first.ask == "火灾中最容易让人丧命的是什么？"
    assert first.answer == "浓烟和一氧化碳等有毒气体。"


def test_no_text_points_into_a_dossier_that_officers_do_not_have(standard):
    text = repr(standard.checkpoints)

    assert "§" not in text
    assert "**" not in text


def test_english_texts_are_english_and_chinese_ones_chinese(standard):
    chinese = re.compile("[\u3400-\u9fff]")
    swapped = [
        (c.code, field)
        for c in standard.checkpoints
        for field in ("title", "short", "rule", "requirement", "fix")
        if not chinese.search(getattr(c, field).zh)
        or chinese.search(getattr(c, field).en.replace("四懂四会", ""))
    ]

    assert swapped == []


def test_phrases_are_distinct_within_a_checkpoint(standard):
    doubled = [
        (c.code, text)
        for c in standard.checkpoints
        for text, times in Counter(phrase.text for phrase in c.phrases).items()
        if times > 1
    ]

    assert doubled == []


@pytest.mark.parametrize("key_unit", [True, False])
def test_every_checkpoint_prints_a_legal_basis(standard, key_unit):
    without = [
        c.code for c in standard.checkpoints if not printed_bases(standard, c, key_unit=key_unit)
    ]

    assert without == []


def test_sources_that_were_not_checked_are_never_printed(standard):
    for checkpoint in standard.checkpoints:
        printable = {b.law for b in checkpoint.bases if b.mark in ("V", "V2")}
        unchecked = {b.law for b in checkpoint.bases if b.mark not in ("V", "V2")} - printable
        printed = "".join(printed_bases(standard, checkpoint, key_unit=True, high_rise=True))
        assert not [key for key in unchecked if standard.law(key).name in printed], checkpoint.code


def test_names_of_unchecked_sources_carry_no_clause(standard):
    names = unverified_names(standard, standard.checkpoint("A3-05"))

    assert names == (
        "《建筑防火通用规范》（GB 55037-2022）",
        "《消防应急照明和疏散指示系统》（GB 17945-2024）",
        "《消防应急照明和疏散指示系统技术标准》（GB 51309-2018）",
    )


def test_the_screening_rule_of_2017_is_never_printed(standard):
    printed = printed_bases(standard, standard.checkpoint("P4-04"), key_unit=True)

    assert "35181" not in "".join(printed)


KEY_UNIT_ARTICLES = {
    "消防法": {"17条2款(二)", "17条2款(三)", "17条2款(四)"},
    "61号令": {"25条", "25条1款(一)", "39条", "39条(一)(三)", "40条"},
}


def test_articles_for_key_units_alone_are_marked_wherever_they_stand(standard):
    unmarked = [
        (c.code, basis.law, basis.article)
        for c in standard.checkpoints
        for basis in c.bases
        if basis.article in KEY_UNIT_ARTICLES.get(basis.law, ()) and not basis.key_unit_only
    ]
    marked = {
        (basis.law, basis.article)
        for c in standard.checkpoints
        for basis in c.bases
        if basis.key_unit_only
    }

    assert unmarked == []
    yearly_training = {("61号令", "36条")}  # only where it stands for training each year, A4-03
    listed = {(law, place) for law, places in KEY_UNIT_ARTICLES.items() for place in places}
    assert marked == listed | yearly_training


def test_papers_name_grades_and_marks_in_chinese(standard):
    assert standard.printed.grades[Grade.MAJOR_SUSPECTED] == "重大（疑似）"
    assert [standard.printed.marks[mark] for mark in Mark] == ["优", "良", "合格", "不合格"]
    assert {m: w.short for m, w in standard.printed.methods.items()} == SHORT_OF_METHOD
