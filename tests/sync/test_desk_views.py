"""The desk: files that phones have saved, and what phones still hold."""

import re
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from sqlalchemy import func, select

from firesafe.accounts.posts import Post
from firesafe.core.clock import now
from firesafe.inspections.actions import attach_photo
from firesafe.inspections.models import PhotoMoment
from firesafe.photos.models import Photo
from firesafe.photos.store import Store
from firesafe.sync.models import Parcel
from tests.house.test_queries import MOST, counted
from tests.makers import (
    HANBIN,
    make_factory,
    make_officer,
    make_open_inspection,
    make_photo,
)
from tests.notices.visits import make_chief, make_ready_visit
from tests.photos.pictures import saved as as_jpeg
from tests.photos.pictures import scene
from tests.sync.saved import packed, saved_file
from tests.sync.sent import (
    a_key,
    a_parcel,
    all_answers,
    all_signatures,
    answer,
    attaching,
    handing_in,
    opening,
    put,
)

PICTURE = as_jpeg(scene())
SHA = sha256(PICTURE).hexdigest()


@pytest.fixture
def desk(sign_in, team):
    """The first inspector at a desk."""
    return in_english(sign_in(team.lead))


def in_english(client):
    client.set_cookie("language", "en")
    return client


def take(desk, file):
    return desk.post("/sync/rescue", data={"file": (BytesIO(file), "firesafe.zip")})


def fates(answer):
    """Return what became of each part of the file, in the order of the page."""
    words = ("Taken in", "Was here already", "Not taken")
    cells = re.findall(r'<td data-label="What became of it">(.*?)</td>', answer.text, re.DOTALL)
    return [next(word for word in words if word in cell) for cell in cells]


@pytest.fixture
def visit(team):
    """A whole visit with one photograph in two parcels, as a phone has them: key, parcel."""
    key = a_key()
    begin = a_parcel(key, opening(team.factory, team.second), attaching("A3-02", SHA))
    rest = a_parcel(
        key,
        *all_answers(failed={"A3-02": {}}),
        *all_signatures(),
        handing_in([SHA]),
    )
    return key, [(a_key(), begin), (a_key(), rest)]


@pytest.fixture
def count(database):
    def counted(table):
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(table))

    return counted


def test_a_saved_file_is_taken_in_as_if_the_phone_had_sent_it(team, desk, visit, visit_of, count):
    key, parcels = visit

    answer = take(desk, saved_file(team.lead, parcels, [PICTURE]))

    assert answer.status_code == 200
    assert fates(answer) == ["Taken in"] * 3
    assert visit_of(key).handed_in_at is not None
    assert count(Photo) == 1


def test_a_file_taken_in_twice_does_no_harm(team, desk, visit, count):
    _key, parcels = visit
    file = saved_file(team.lead, parcels, [PICTURE])
    take(desk, file)

    again = take(desk, file)

    assert fates(again) == ["Was here already"] * 3
    assert (count(Parcel), count(Photo)) == (2, 1)


def test_what_the_phone_has_sent_itself_is_known(team, phone, desk, visit):
    _key, parcels = visit
    put(phone, parcels[0][1], key=parcels[0][0])

    answer = take(desk, saved_file(team.lead, parcels, [PICTURE]))

    assert fates(answer) == ["Was here already", "Taken in", "Taken in"]


def test_the_phone_gets_its_receipt_for_what_the_desk_took_in(team, phone, desk, visit):
    _key, parcels = visit
    take(desk, saved_file(team.lead, parcels))

    assert put(phone, parcels[0][1], key=parcels[0][0]).status_code == 200


def test_a_part_that_is_refused_holds_up_no_other(team, desk, visit):
    key, (begin, rest) = visit
    bad = (a_key(), a_parcel(key, answer("Z9-99")))

    answer_page = take(desk, saved_file(team.lead, [begin, bad, rest], [PICTURE, b"no picture"]))

    assert fates(answer_page) == ["Taken in", "Not taken", "Taken in", "Taken in", "Not taken"]
    assert "This visit has no checkpoint of that code." in answer_page.text
    assert "This file is not a photograph." in answer_page.text


def test_a_parcel_that_is_none_is_told_as_damaged(team, desk):
    answer_page = take(desk, saved_file(team.lead, [(a_key(), {"visit": "none"})]))

    assert fates(answer_page) == ["Not taken"]


def test_nobody_begins_a_visit_in_the_place_of_another(sign_in, team, visit, count):
    _key, parcels = visit
    second = in_english(sign_in(team.second))

    answer_page = take(second, saved_file(team.lead, parcels))

    assert fates(answer_page) == ["Not taken"] * 2
    assert "王测试 began this visit" in answer_page.text
    assert count(Parcel) == 0


def test_the_second_inspector_takes_in_what_was_written_in_a_visit_of_both(
    sign_in, team, phone, visit
):
    key, parcels = visit
    put(phone, parcels[0][1], key=parcels[0][0])
    later = (a_key(), a_parcel(key, answer("A3-02", clock=9, verdict="pass")))

    answer_page = take(in_english(sign_in(team.second)), saved_file(team.lead, [parcels[0], later]))

    assert fates(answer_page) == ["Was here already", "Taken in"]


def test_whoever_is_no_inspector_of_the_visit_is_refused_with_a_sentence(
    session, sign_in, team, phone, visit
):
    key, parcels = visit
    put(phone, parcels[0][1], key=parcels[0][0])
    chief = make_officer(session, post=Post.SECTION_CHIEF)
    later = (a_key(), a_parcel(key, answer("A3-02", clock=9, verdict="pass")))

    answer_page = take(in_english(sign_in(chief)), saved_file(team.lead, [later]))

    assert fates(answer_page) == ["Not taken"]
    assert "Only the two inspectors of this visit can change it" in answer_page.text


def test_a_file_that_lay_about_says_nothing_of_the_clock(team, desk, visit, visit_of):
    key, parcels = visit

    take(desk, saved_file(team.lead, parcels, ahead=-timedelta(days=3)))

    assert visit_of(key).clock_ahead_seconds == 0


def test_a_file_from_the_future_shows_that_the_clock_was_ahead(team, desk, visit, visit_of):
    key, parcels = visit

    take(desk, saved_file(team.lead, parcels, ahead=timedelta(days=1)))

    assert abs(visit_of(key).clock_ahead_seconds - 24 * 3600) < 20


def test_another_file_is_refused_on_the_form(desk):
    answer_page = take(desk, packed({"letter.txt": b"hello"}))

    assert answer_page.status_code == 422
    assert "not a file that a phone has saved" in answer_page.text
    assert desk.post("/sync/rescue").status_code == 422


@pytest.fixture
def held(session, team):
    """A draft with one photograph that arrived and one that did not."""
    visit = make_open_inspection(session, factory=team.factory, lead=team.lead, second=team.second)
    visit.phone_device = "微信, 安卓"
    for sha in (make_photo(session, by=team.lead), "b" * 64):
        attach_photo(session, visit, "A3-02", sha, PhotoMoment.FOUND, by=team.lead, at=now())
    session.commit()
    return visit


def test_the_county_sees_which_phone_still_holds_what(session, sign_in, held):
    chief = in_english(sign_in(make_officer(session, post=Post.SECTION_CHIEF)))

    page = chief.get("/sync/phones").text

    row = re.search(r"<tr>\s*<td><a.*?</tr>", page, re.DOTALL).group()
    assert held.factory.name in row
    assert "微信, 安卓" in row
    assert "王测试" in row
    assert re.search(r'data-label="Photographs"[^>]*>1<', row)


def test_another_county_s_phones_are_not_seen(session, sign_in, held):
    stranger = make_officer(session, post=Post.SECTION_CHIEF, county=HANBIN)

    page = in_english(sign_in(stranger)).get("/sync/phones").text

    assert held.factory.name not in page
    assert "No phone holds anything back" in page


def test_a_visit_whose_photographs_are_all_here_is_not_listed(session, sign_in, team):
    visit = make_open_inspection(session, factory=team.factory, lead=team.lead)
    sha = make_photo(session, by=team.lead)
    attach_photo(session, visit, "A3-02", sha, PhotoMoment.FOUND, by=team.lead, at=now())
    chief = make_officer(session, post=Post.SECTION_CHIEF)

    page = in_english(sign_in(chief)).get("/sync/phones").text

    assert "No phone holds anything back" in page


def test_the_list_is_cut_into_pages_and_asks_few_times(database, session, sign_in, team):
    for number in range(60):
        factory = make_factory(session, name=f"示例{number}厂")
        visit = make_open_inspection(session, factory=factory, lead=team.lead)
        attach_photo(session, visit, "A3-02", "c" * 64, PhotoMoment.FOUND, by=team.lead, at=now())
    chief = in_english(sign_in(make_officer(session, post=Post.SECTION_CHIEF)))

    with counted(database) as statements:
        first = chief.get("/sync/phones").text
    second = chief.get("/sync/phones?page=2").text

    assert (first.count("<td><a"), second.count("<td><a")) == (50, 10)
    assert len([each for each in statements if each.startswith("SELECT")]) <= MOST


def test_the_chief_sees_it_at_his_desk_too(session, services, sign_in):
    visit = make_ready_visit(session, services.get(Store))
    visit.clock_ahead_seconds, visit.opened_on_phone_at = 86_400, now()
    chief = in_english(sign_in(make_chief(session)))

    page = chief.get(f"/inbox/{visit.id}").text

    assert "clock was 24 hours ahead" in page


@pytest.mark.parametrize(("ahead", "told"), [(86_400, "ahead"), (-7_200, "behind"), (200, None)])
def test_the_chief_sees_on_the_record_that_the_clock_was_wrong(session, sign_in, held, ahead, told):
    held.clock_ahead_seconds, held.opened_on_phone_at = ahead, now()
    session.commit()
    chief = in_english(sign_in(make_officer(session, post=Post.SECTION_CHIEF)))

    page = chief.get(f"/inspections/{held.id}").text

    assert ("The phone's clock was" in page or "The phone&#39;s clock was" in page) is bool(told)
    assert told is None or told in page
