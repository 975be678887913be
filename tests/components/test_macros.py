"""What the components say, which is more than how they look."""

import pytest

DEADLINE = (
    '{% from "components/deadline_chip.html" import deadline_chip %}{{ deadline_chip(d, s) }}'
)
RING = '{% from "components/ring.html" import ring %}{{ ring(done, total, failed) }}'
GRADE = '{% from "components/grade.html" import grade %}{{ grade(level) }}'
PAGER = '{% from "components/pager.html" import pager %}{{ pager(page, "/factories?town=3") }}'
GAPS = '{% from "components/error_summary.html" import gaps %}{{ gaps(found) }}'
TABLE = (
    '{% from "components/table.html" import table, cell %}{% call table("Factories", columns) %}'
    '<tr>{% call cell("Workers", number=true) %}46{% endcall %}</tr>{% endcall %}'
)
ROW = (
    '{% from "components/checkpoint_row.html" import checkpoint_row %}'
    '{% call(part) checkpoint_row("A3-02", "Exits", "verdict", verdict, settled=settled) %}'
    "{{ part }}{% endcall %}"
)


@pytest.mark.parametrize(
    ("days", "state", "kind", "words"),
    [
        (21, "open", "plain", "21 days left"),
        (3, "open", "soon", "3 days left"),
        (1, "open", "soon", "1 day left"),
        (0, "open", "soon", "Due today"),
        (-2, "open", "over", "2 days overdue"),
        (None, "open", "plain", "No deadline yet"),
        (-2, "answered", "indigo", "Waiting for re-check"),
        (-2, "closed", "pass", "Closed"),
    ],
)
def test_a_deadline_says_how_far_it_is(render, days, state, kind, words):
    chip = render(DEADLINE, d=days, s=state)

    assert f"chip--{kind}" in chip
    assert f"<span>{words}</span>" in chip


def test_the_failed_part_of_a_ring_stands_at_its_end(render):
    ring = render(RING, done=4, total=8, failed=2)

    assert 'stroke-dasharray="25.0 200" transform="rotate(-90 18 18)"/>' in ring
    assert 'stroke-dasharray="25.0 200" transform="rotate(0.0 18 18)"/>' in ring


def test_a_ring_without_anything_to_do_is_empty_and_not_a_fault(render):
    assert render(RING, done=0, total=0, failed=0).count("hidden/>") == 2


@pytest.mark.parametrize(
    ("level", "bars", "word"),
    [("general", 1, "General"), ("serious", 2, "Serious"), (3, 3, "Major (suspected)")],
)
def test_a_grade_has_as_many_full_bars_as_it_is_grave(render, level, bars, word):
    grade = render(GRADE, level=level)

    assert grade.count('opacity=".28"') == 3 - bars
    assert f"</svg>{word}" in grade


def test_leafing_keeps_the_filters_and_ends_at_the_last_page(render):
    page = {
        "number": 4,
        "size": 50,
        "rows": [1, 2],
        "count": 152,
        "is_more": False,
        "page_count": 4,
    }

    pager = render(PAGER, page=page)

    assert 'href="/factories?town=3&amp;page=3"' in pager
    assert "page=5" not in pager
    assert "151 to 152 of 152" in pager


def test_a_gap_names_its_remedy_and_leads_to_its_place(render):
    found = [("checkpoint-a3-02", "A3-02 has no photograph: take one"), ("", "Nobody has signed")]

    summary = render(GAPS, found=found)

    assert "1 thing is still to be filled in" in summary
    assert "Nobody has signed" in summary
    assert '<a class="errors__link" href="#checkpoint-a3-02">A3-02 has no' in summary
    assert 'href="#"' not in summary


def test_why_something_was_not_done_is_no_gap_to_be_filled_in(render):
    summary = render(GAPS, found=[("", "Another officer has decided meanwhile.")])

    assert "This was not done yet" in summary
    assert "filled in" not in summary


def test_without_gaps_there_is_no_summary(render):
    assert render(GAPS, found=[]) == ""


def test_cells_name_their_columns_for_narrow_screens(render):
    columns = [{"label": "Workers", "number": True, "href": "?sort=workers", "sorted": "down"}]

    table = render(TABLE, columns=columns)

    assert '<td data-label="Workers" class="table__number">46</td>' in table
    assert 'aria-sort="descending"' in table


def test_a_settled_checkpoint_is_one_line_with_its_verdict(render):
    row = render(ROW, verdict="fail", settled=True)

    assert 'data-verdict="fail">' in row
    assert "Failed</span></span>" in row.split("<fieldset")[0]


def test_a_checkpoint_asks_its_caller_for_every_part_in_the_order_of_the_page(render):
    row = render(ROW, verdict="", settled=False)

    places = [
        row.index(part) for part in ("measure", 'class="verdict"', "reason", "finding", "more")
    ]
    assert places == sorted(places)
    assert 'data-verdict="" open' in row
