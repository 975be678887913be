"""Lists cut into pages."""

import pytest
from sqlalchemy import insert, select

from firesafe.districts.models import Town
from firesafe.web import paging
from firesafe.web.paging import page_of
from tests.makers import PINGLI

ALL = select(Town).order_by(Town.name)


def fill(session, count):
    rows = [{"county_code": PINGLI, "name": f"{number:05d}镇"} for number in range(count)]
    session.execute(insert(Town), rows)


def names(page):
    return [town.name for town in page.rows]


def test_pages_follow_one_another_without_gap_or_overlap(session):
    fill(session, 5)

    pages = [page_of(session, ALL, number, size=2) for number in (1, 2, 3)]

    assert [names(page) for page in pages] == [
        ["00000镇", "00001镇"],
        ["00002镇", "00003镇"],
        ["00004镇"],
    ]
    assert [page.page_count for page in pages] == [3, 3, 3]


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-7, 1), (4, 3), (10**30, 3)])
def test_a_number_out_of_range_gives_the_nearest_page(session, asked, given):
    fill(session, 5)

    assert page_of(session, ALL, asked, size=2).number == given


def test_an_empty_list_is_one_empty_page(session):
    page = page_of(session, ALL, 1)

    assert (page.rows, page.count, page.page_count, page.is_more) == ([], 0, 1, False)


@pytest.mark.parametrize(("rows", "count", "is_more"), [(10, 10, False), (11, 10, True)])
def test_counting_and_leafing_stop_at_the_bound(session, monkeypatch, rows, count, is_more):
    monkeypatch.setattr(paging, "MOST_COUNTED", 10)
    fill(session, rows)

    page = page_of(session, ALL, 99, size=4)

    assert (page.count, page.is_more, page.number) == (count, is_more, 3)
