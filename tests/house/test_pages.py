"""The page check itself: each fault is seen once."""

import pytest

from tests.house.pages import faults_of

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
