"""Today's page, a factory's page, the list of visits and their records."""

import re

import pytest
from sqlalchemy import func, select

from firesafe.accounts.posts import Post
from firesafe.inspections.models import Correction, Inspection
from tests.makers import (
    HANBIN,
    make_closed_inspection,
    make_factory,
    make_officer,
    make_open_inspection,
)


@pytest.fixture
def inspector(session):
    return make_officer(session, name="王测试")


@pytest.fixture
def client(sign_in, inspector):
    return sign_in(inspector)


@pytest.fixture
def stranger(session, sign_in):
    return sign_in(make_officer(session, county=HANBIN))


def start_of(page, second, **changes):
    """Return what the form for beginning sends."""
    key = re.search(r'name="client_key"[^>]*value="([^"]+)"', page.text)[1]
    start = {"client_key": key, "kind": "planned", "second_id": second.id}
    return {**start, "workers_on_shift": 46, "cards_shown": "y", **changes}


def test_today_shows_the_open_visit_and_what_is_due(session, inspector, client):
    make_open_inspection(session, lead=inspector, factory=make_factory(session, name="正在查的厂"))
    make_factory(session, name="没查过的厂")
    session.commit()

    page = client.get("/today")

    assert page.status_code == 200
    assert "正在查的厂" in page.text
    assert "没查过的厂" in page.text


def test_today_without_anything_says_so(client):
    assert client.get("/today").status_code == 200


def test_a_factory_shows_its_last_visit_and_what_is_to_be_put_right(session, client):
    visit = make_closed_inspection(session, failed={"A3-02": {"seen": "北门堆着纸箱。"}})
    session.commit()

    page = client.get(f"/factories/{visit.factory_id}")

    assert page.text.count("squares__cell--fail") == 1
    assert "北门堆着纸箱。" in page.text


def test_a_factory_without_a_visit_can_be_visited(session, client):
    factory = make_factory(session)
    session.commit()

    page = client.get(f"/factories/{factory.id}")

    assert f"/inspections/new?factory={factory.id}" in page.text


def test_the_city_reads_and_begins_nothing(session, sign_in):
    factory = make_factory(session)
    city = sign_in(make_officer(session, post=Post.CITY_SUPERVISOR, county=None))

    page = city.get(f"/factories/{factory.id}")

    assert page.status_code == 200
    assert "/inspections/new" not in page.text


def test_a_visit_is_begun_once_however_often_the_form_is_sent(session, client):
    factory, second = make_factory(session), make_officer(session)
    session.commit()
    address = f"/inspections/new?factory={factory.id}"
    start = start_of(client.get(address), second)

    answers = [client.post(address, data=start) for _each in range(2)]

    assert len({answer.location for answer in answers}) == 1
    assert session.scalar(select(func.count()).select_from(Inspection)) == 1


def test_a_form_that_is_not_whole_begins_nothing(session, client):
    factory, second = make_factory(session), make_officer(session)
    session.commit()
    address = f"/inspections/new?factory={factory.id}"
    start = start_of(client.get(address), second, workers_on_shift="")

    answer = client.post(address, data=start)

    assert answer.status_code == 422
    assert "workers_on_shift-error" in answer.text
    assert session.scalar(select(func.count()).select_from(Inspection)) == 0


def test_visits_are_listed_and_narrowed_down(session, inspector, client):
    make_open_inspection(session, lead=inspector, factory=make_factory(session, name="甲厂"))
    make_closed_inspection(session, factory=make_factory(session, name="乙厂"))
    session.commit()

    everything = client.get("/inspections").text
    assert "甲厂" in everything
    assert "乙厂" in everything
    closed = client.get("/inspections?state=closed").text
    assert "乙厂" in closed
    assert "甲厂" not in closed
    mine = client.get("/inspections?mine=1&kind=planned&from=2026-11-01&to=2026-11-30").text
    assert "甲厂" in mine
    assert "乙厂" not in mine


def test_filters_that_cannot_be_read_are_left_out(client):
    assert client.get("/inspections?state=x&kind=y&from=z&factory=q&page=-3").status_code == 200


def test_a_record_shows_what_was_found(session, client):
    visit = make_closed_inspection(session, failed={"A3-02": {"place": "2层北侧"}})
    session.commit()

    page = client.get(f"/inspections/{visit.id}")

    assert "2层北侧：门口堆放纸箱约12只。" in page.text
    assert f"/inspections/{visit.id}/photos/" in page.text
    signed = re.findall(r'<p class="field__label">(\S+) ', page.text)
    assert signed == ["检查员", "检查员", "厂方负责人"]


def test_a_correction_stands_beside_the_record(session, inspector, client):
    visit = make_closed_inspection(session, lead=inspector)
    session.commit()
    told = {"subject": "A3-02", "was": "12只", "should_be": "20只", "reason": "数错了"}

    answer = client.post(f"/inspections/{visit.id}/corrections", data=told)

    assert answer.status_code == 302
    assert "20只" in client.get(f"/inspections/{visit.id}").text


def test_a_correction_that_is_not_whole_is_not_recorded(session, inspector, client):
    visit = make_closed_inspection(session, lead=inspector)
    session.commit()

    answer = client.post(f"/inspections/{visit.id}/corrections", data={"subject": "visit"})

    assert answer.status_code == 422
    assert session.scalars(select(Correction)).all() == []


def test_a_draft_is_given_up_with_a_reason(session, inspector, client):
    visit = make_open_inspection(session, lead=inspector)
    session.commit()

    assert client.post(f"/inspections/{visit.id}/void", data={"reason": ""}).status_code == 422
    assert (
        client.post(f"/inspections/{visit.id}/void", data={"reason": "去错了"}).status_code == 302
    )
    assert "去错了" in client.get(f"/inspections/{visit.id}").text


def test_a_photograph_without_a_file_and_a_signature_without_one_are_not_there(session, client):
    visit = make_closed_inspection(session)
    session.commit()
    sha256 = next(answer.photos[0].sha256 for answer in visit.answers if answer.photos)

    assert client.get(f"/inspections/{visit.id}/photos/{sha256}/320").status_code == 404
    assert client.get(f"/inspections/{visit.id}/photos/{'0' * 64}/320").status_code == 404
    assert client.get(f"/inspections/{visit.id}/signatures/lead").status_code == 404
    assert client.get(f"/inspections/{visit.id}/signatures/nobody").status_code == 404


@pytest.mark.parametrize("page", ["", "/fill", "/finish", "/signatures/lead"])
def test_another_county_s_visit_is_not_there(session, stranger, page):
    visit = make_closed_inspection(session)
    session.commit()

    assert stranger.get(f"/inspections/{visit.id}{page}").status_code == 404
