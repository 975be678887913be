"""Samples, verdicts from figures, applicability, grades, days and printed bases."""

import pytest

from firesafe.core.errors import RuleBroken
from firesafe.standard.rules import (
    Sample,
    brief_bases,
    days_of,
    grade_of,
    needed_for,
    not_applicable,
    printed_bases,
    sample_for,
    sample_size,
    triggers_for,
)
from firesafe.standard.terms import Effect, Grade

FIRE_LAW = "《中华人民共和国消防法》"
ORDER_61 = "《机关、团体、企业、事业单位消防安全管理规定》（公安部令第61号）"


@pytest.mark.parametrize(
    ("on_shift", "asked", "needed"),
    [
        (0, 0, 0),
        (1, 1, 1),
        (2, 2, 2),
        (3, 3, 3),
        (10, 3, 3),
        (11, 5, 4),
        (46, 5, 4),
        (50, 5, 4),
        (51, 8, 7),
        (100, 8, 7),
        (101, 10, 8),
        (1000, 10, 8),
    ],
)
def test_the_sample_follows_the_table(standard, on_shift, asked, needed):
    counting = standard.checkpoint("K1-01").counting

    assert sample_size(standard.sampling, on_shift) == asked
    assert sample_for(standard, counting, on_shift) == Sample(asked, needed)


def test_fewer_than_nobody_cannot_be_on_shift(standard):
    with pytest.raises(ValueError, match="-1"):
        sample_size(standard.sampling, -1)


@pytest.mark.parametrize(
    ("code", "on_shift", "sample"),
    [
        ("P3-05", 46, Sample(3, 2)),
        ("P3-05", 2, Sample(2, 2)),
        ("C1-03", 46, Sample(2, 2)),
        ("C2-02", 46, Sample(1, 1)),
        ("C2-04", 46, Sample(3, 3)),
        ("C2-04", 1, Sample(1, 1)),
        ("C3-02", 46, Sample(3, 2)),
        ("C4-02", 46, Sample(46, 42)),
    ],
)
def test_fixed_numbers_and_all_present_have_samples_of_their_own(standard, code, on_shift, sample):
    assert sample_for(standard, standard.checkpoint(code).counting, on_shift) == sample


def test_who_asks_more_than_proposed_needs_the_same_share(standard):
    assert needed_for(standard.checkpoint("P3-05").counting, 6) == 4
    assert needed_for(standard.checkpoint("K1-01").counting, 7) == 6
    assert needed_for(standard.checkpoint("C4-02").counting, 11) == 10


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"has_hydrants": False, "footprint_m2": 300}, ["A2-04", "C2-02"]),
        ({"has_hydrants": False, "footprint_m2": 301}, ["C2-02"]),
        ({"has_hydrants": False, "footprint_m2": None}, ["C2-02"]),
        ({"has_hydrants": True, "footprint_m2": 100}, []),
        ({"has_hydrants": None}, []),
        ({}, []),
    ],
)
def test_only_what_is_known_takes_a_checkpoint_off(standard, facts, codes):
    assert list(not_applicable(standard, facts)) == codes


def test_the_reason_for_taking_a_checkpoint_off_is_given(standard):
    reasons = not_applicable(standard, {"has_hydrants": False})

    assert reasons["C2-02"].zh == "没有室内消火栓和软管卷盘"


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, []),
        ({"building_use": "standalone", "shares_with_dwellings": False}, []),
        ({"building_use": "residential"}, ["civil-building"]),
        ({"building_use": "podium"}, ["civil-building"]),
        ({"building_use": "other", "shares_with_dwellings": True}, ["civil-building"]),
        ({"dormitory_area_m2": 1}, ["dormitory"]),
        ({"dormitory_area_m2": 1001}, ["dormitory", "design-review"]),
        ({"labour_intensive": True}, ["crowded-place"]),
        ({"workers_on_shift": 99, "key_unit": False}, []),
        ({"workers_on_shift": 100, "key_unit": False}, ["maybe-key-unit"]),
        ({"workers_on_shift": 100, "key_unit": True}, ["key-unit"]),
        ({"workshop_area_m2": 2500}, []),
        ({"workshop_area_m2": 2501}, ["design-review"]),
        ({"total_area_m2": 3001}, ["sprinklers", "fire-alarm"]),
        ({"footprint_m2": 1501}, ["sprinklers", "hydrants-due"]),
        ({"largest_floor_m2": 1501}, ["fire-alarm"]),
        ({"footprint_m2": 300}, []),
        ({"high_rise": True}, ["high-rise"]),
        ({"below_ground": True}, ["below-ground"]),
        ({"has_stuffing_machine": True}, ["stuffing"]),
        ({"has_solvents": True}, ["solvents"]),
    ],
)
def test_what_is_known_of_a_factory_calls_for_prompts(standard, facts, codes):
    assert [trigger.code for trigger in triggers_for(standard, facts)] == codes


def test_production_in_a_civil_building_is_referred(standard):
    (trigger,) = triggers_for(standard, {"shares_with_dwellings": True})

    assert trigger.effect is Effect.REFERRAL
    assert trigger.checkpoints == ("A1-06",)
    assert printed_bases(standard, trigger, key_unit=False) == (
        f"{FIRE_LAW}第十九条第二款、第六十一条第二款",
        "《建筑防火通用规范》（GB 55037-2022）第4.3.1条",
    )


def test_the_deciding_question_leads_to_the_graver_grade(standard):
    locked = standard.checkpoint("A3-02")

    assert grade_of(locked, escalated=False) is Grade.SERIOUS
    assert grade_of(locked, escalated=True) is Grade.MAJOR_SUSPECTED


def test_a_checkpoint_without_a_graver_grade_cannot_be_escalated(standard):
    with pytest.raises(RuleBroken, match="A2-03"):
        grade_of(standard.checkpoint("A2-03"), escalated=True)


@pytest.mark.parametrize(
    ("code", "exception", "days"),
    [
        ("A1-04", "", 3),
        ("A1-04", "live-or-charging", 0),
        ("A1-06", "", 0),
        ("A1-06", "separation", 30),
        ("A2-04", "obstructed", 0),
        ("A3-03", "", 30),
        ("A3-03", "occupied", 0),
    ],
)
def test_days_follow_the_exception(standard, code, exception, days):
    assert days_of(standard.checkpoint(code), exception) == days


def test_an_exception_of_another_checkpoint_is_refused(standard):
    with pytest.raises(RuleBroken, match="A3-02"):
        days_of(standard.checkpoint("A3-02"), "separation")


@pytest.mark.parametrize(
    ("code", "key_unit", "general"),
    [
        (
            "A1-01",
            (f"{FIRE_LAW}第十七条第二款第三项", f"{ORDER_61}第二十五条"),
            (f"{FIRE_LAW}第十六条第一款第五项", f"{ORDER_61}第二十六条"),
        ),
        (
            "A1-04",
            (f"{FIRE_LAW}第二十七条第二款、第六十六条", f"{ORDER_61}第二十五条第一款第一项"),
            (f"{FIRE_LAW}第二十七条第二款、第六十六条", f"{ORDER_61}第二十六条"),
        ),
        (
            "A1-05",
            (f"{FIRE_LAW}第十七条第二款第二项、第二十三条第三款", f"{ORDER_61}第十九条"),
            (f"{FIRE_LAW}第十六条第一款第五项、第二十三条第三款", f"{ORDER_61}第十九条"),
        ),
        (
            "A4-02",
            (f"{FIRE_LAW}第十七条第二款第四项", f"{ORDER_61}第三十六条末款"),
            (f"{ORDER_61}第三十六条末款",),
        ),
        (
            "A4-03",
            (
                f"{FIRE_LAW}第六条第二款、第十七条第二款第四项",
                f"{ORDER_61}第三十六条、第四十三条",
            ),
            (f"{FIRE_LAW}第六条第二款", f"{ORDER_61}第三十六条末款、第四十三条"),
        ),
        (
            "P1-02",
            (f"{FIRE_LAW}第十七条第二款第二项", f"{ORDER_61}第十九条"),
            (f"{FIRE_LAW}第十六条第一款第二项", f"{ORDER_61}第十九条"),
        ),
        (
            "C4-03",
            (f"{FIRE_LAW}第四十四条第二款", f"{ORDER_61}第三十九条第一项、第三项"),
            (f"{FIRE_LAW}第十六条第一款第六项、第四十四条第二款",),
        ),
    ],
)
def test_what_binds_key_units_alone_is_swapped_for_the_others(standard, code, key_unit, general):
    checkpoint = standard.checkpoint(code)

    assert printed_bases(standard, checkpoint, key_unit=True) == key_unit
    assert printed_bases(standard, checkpoint, key_unit=False) == general


def test_the_yearly_drill_is_quoted_because_its_article_says_two_things(standard):
    order = printed_bases(standard, standard.checkpoint("A3-06"), key_unit=False)[1]

    assert order == f"{ORDER_61}第四十条（“至少每年组织一次演练”）、第四十三条"


def test_rules_for_high_rises_stand_only_where_there_is_one(standard):
    checkpoint = standard.checkpoint("P2-04")
    low = printed_bases(standard, checkpoint, key_unit=False)
    high = printed_bases(standard, checkpoint, key_unit=False, high_rise=True)

    assert low == (f"{FIRE_LAW}第二十八条",)
    assert high == (*low, "《高层民用建筑消防安全管理规定》（应急管理部令第5号）第三十一条")


def test_clauses_are_told_by_number_and_papers_by_name(standard):
    assert printed_bases(standard, standard.checkpoint("A2-03"), key_unit=False)[-1] == (
        "《建筑灭火器配置设计规范》（GB 50140-2005）第5.1.1条至第5.1.3条"
    )
    assert printed_bases(standard, standard.checkpoint("A2-05"), key_unit=False)[-1] == (
        "“四个能力”建设标准"
    )


def test_lists_on_the_screen_name_laws_in_short(standard):
    assert brief_bases(standard, standard.checkpoint("A1-06"), key_unit=False) == (
        "消防法第19条第2款、第61条第2款",
        "安全生产法第42条",
        "GB 55037-2022 第4.3.1条、第4.3.2条",
    )
