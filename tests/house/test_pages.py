"""The page check itself: each fault is seen once."""

import pytest

from tests.house.pages import faults_of, shape_of

GOOD = (
    "<!doctype html><html lang=en><head><title>T</title></head><body><h1>H</h1>"
    "<label for=a>A</label><input id=a name=a>{more}</body></html>"
)


def test_a_good_page_has_no_fault():
    assert faults_of(GOOD.format(more="")) == []


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ("<p><div></p>", "not valid HTML"),
        ("<h1>Again</h1>", "2 headings"),
        ("<p id=a>twice</p>", "stands 2 times"),
        ("<p aria-describedby=gone>x</p>", "nothing has the id gone"),
        ("<input name=b>", "has no label"),
        ("<label>B</label><input name=b>", "has no label"),
        ("<script>let a = 1</script>", "inline script"),
        ("<p onclick='go()'>x</p>", "onclick on p"),
        ("<p style='color:red'>x</p>", "inline style"),
        ("<form method=post action=/></form>", "csrf_token"),
    ],
)
def test_a_fault_is_named(more, word):
    assert any(word in fault for fault in faults_of(GOOD.format(more=more)))


def test_a_page_without_a_title_is_faulty():
    assert "no title" in faults_of(GOOD.format(more="").replace("T</title>", "</title>"))


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<p id=b1></p><p id=b2></p>", "<p id=b1></p><p id=b1></p>"),
        ("<p id=b7 aria-describedby=b7>x</p>", "<p id=b7 aria-describedby=b8>x</p>"),
        ("<p title='1 > 2 < 4'>x</p>", "<p title='1 > 2' onclick='3 < 4'>x</p>"),
        ("<p>&#39;</p>", "<p>&#0;</p>"),
        ("<p>plain</p>", "<p>not \x01 plain</p>"),
        ("<label><input id=b name=b>B</label>", "<label><input id=b name=b> </label>"),
    ],
)
def test_a_bad_page_is_not_taken_for_the_good_one_before(good, bad):
    assert faults_of(GOOD.format(more=good)) == []
    assert faults_of(GOOD.format(more=bad)) != []


def test_a_page_of_other_words_and_numbers_is_not_looked_at_again():
    one, other = (GOOD.format(more=f"<p id=row-{n}>{n} 件</p>") for n in (7, 12))
    assert shape_of(one) == shape_of(other)
