"""Places in laws, from the short form to the words of a paper."""

import pytest

from firesafe.standard.citation import (
    LAST,
    Reference,
    chinese_number,
    clauses,
    in_figures,
    references,
    written_out,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (36, "三十六"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (999, "九百九十九"),
    ],
)
def test_numbers_are_written_as_laws_write_them(number, words):
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_numbers_no_article_has_are_refused(number):
    with pytest.raises(ValueError, match="no number of an article"):
        chinese_number(number)


@pytest.mark.parametrize(
    ("short", "words", "figures"),
    [
        ("17条2款(三)", "第十七条第二款第三项", "第17条第2款第3项"),
        ("60条1款(一)", "第六十条第一款第一项", "第60条第1款第1项"),
        ("16条1款(一)(六)", "第十六条第一款第一项、第六项", "第16条第1款第1项、第6项"),
        ("36条末款", "第三十六条末款", "第36条末款"),
        ("63条(二)", "第六十三条第二项", "第63条第2项"),
        ("39条(一)(三)", "第三十九条第一项、第三项", "第39条第1项、第3项"),
        ("105条(二)", "第一百零五条第二项", "第105条第2项"),
        ("30—33条", "第三十条至第三十三条", "第30条至第33条"),
        ("42条", "第四十二条", "第42条"),
    ],
)
def test_a_place_in_an_act_is_written_out(short, words, figures):
    assert written_out(references(short)) == words
    assert in_figures(references(short)) == figures


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (["16条1款(一)", "16条2款"], "第十六条第一款第一项、第十六条第二款"),
        (["21条", "21条1款"], "第二十一条、第二十一条第一款"),
        (["42条1款", "42条2款"], "第四十二条第一款、第二款"),
        (["60条1款(一)", "28条"], "第二十八条、第六十条第一款第一项"),
        (["36条末款", "36条1款"], "第三十六条第一款、末款"),
        (["16条1款(六)", "16条1款(一)(六)"], "第十六条第一款第一项、第六项"),
        (["30—33条", "33条1款"], "第三十条至第三十三条、第三十三条第一款"),
    ],
)
def test_places_stand_in_order_once_and_share_only_what_is_clear(places, words):
    assert written_out(r for place in places for r in references(place)) == words


def test_the_words_that_are_meant_follow_their_place_on_paper_only():
    places = [*references("43条"), *references("40条", "至少每年组织一次演练")]

    assert written_out(places) == "第四十条（“至少每年组织一次演练”）、第四十三条"
    assert in_figures(places) == "第40条、第43条"


def test_the_last_paragraph_is_no_numbered_one():
    assert references("36条末款") == (Reference(36, LAST),)


@pytest.mark.parametrize(
    "text",
    ["", "17", "第17条", "17条二款", "17条(3)", "33—30条", "30—30条", "30—33条1款", "30—33条(一)"],
)
def test_what_is_no_place_in_an_act_is_refused(text):
    with pytest.raises(ValueError, match="is no "):
        references(text)


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("5.2.1", "第5.2.1条"),
        ("5.1.1—5.1.3", "第5.1.1条至第5.1.3条"),
        ("10.0.7", "第10.0.7条"),
        ("6.10", "第6.10条"),
        ("7章", "第7章"),
        ("2.2节", "第2.2节"),
    ],
)
def test_a_clause_of_a_standard_keeps_its_number(short, words):
    assert clauses(short) == words


@pytest.mark.parametrize("text", ["", "5", "5.1条", "第5章", "5.1—"])
def test_what_is_no_clause_is_refused(text):
    with pytest.raises(ValueError, match="no clause"):
        clauses(text)
