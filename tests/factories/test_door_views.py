"""The code on a door: where it leads whoever scans it, and finding a factory by its number."""

import pytest

from firesafe.accounts.posts import Post
from firesafe.core.settings import Settings
from firesafe.factories.models import FactoryManager
from tests.makers import HANBIN, MONDAY, make_factory, make_officer

FIELD_AND_DESK = (Post.INSPECTOR, Post.SECTION_CHIEF, Post.COUNTY_CLERK, Post.CITY_SUPERVISOR)


@pytest.fixture
def factory(session):
    return make_factory(
        session, name="示例竹木厂", point_number="PL00012", responsible_phone="13812345678"
    )


@pytest.mark.parametrize("post", FIELD_AND_DESK)
def test_the_code_leads_whoever_may_see_the_factory_to_it(session, sign_in, factory, post):
    county = None if post is Post.CITY_SUPERVISOR else factory.county_code
    client = sign_in(make_officer(session, post=post, county=county))

    answer = client.get(f"/doors/{factory.door_code}")

    assert answer.location == f"/factories/{factory.id}"


def test_it_leads_the_manager_to_his_own_page(session, sign_in, factory):
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    session.add(FactoryManager(factory_id=factory.id, officer_id=manager.id, since=MONDAY))

    answer = sign_in(manager).get(f"/doors/{factory.door_code}")

    assert answer.location == "/my-factory"


def test_a_stranger_reads_the_name_and_where_to_sign_in(app, session, factory):
    session.commit()

    answer = app.test_client().get(f"/doors/{factory.door_code}")

    assert answer.status_code == 200
    assert "示例竹木厂" in answer.text
    assert f"/sign-in?next=/doors/{factory.door_code}" in answer.text
    for private in ("13812345678", factory.place, factory.responsible_name, "PL00012"):
        assert private not in answer.text


@pytest.mark.parametrize("post", [Post.INSPECTOR, Post.FACTORY_MANAGER])
def test_whoever_may_not_see_the_factory_reads_no_more_than_a_stranger(
    session, sign_in, factory, post
):
    county = HANBIN if post is Post.INSPECTOR else None
    client = sign_in(make_officer(session, post=post, county=county))

    answer = client.get(f"/doors/{factory.door_code}")

    assert answer.status_code == 200
    assert "示例竹木厂" in answer.text
    assert factory.place not in answer.text
    assert "/sign-in" not in answer.text


def test_a_code_that_no_door_bears_is_nothing(app, factory):
    assert app.test_client().get("/doors/abcdefghijklmnop").status_code == 404


def test_codes_cannot_be_tried_out_by_the_hundred_but_officers_are_not_counted(
    app, services, session, sign_in, factory
):
    limit = services.get(Settings).check_page_attempts_per_minute
    inspector = sign_in(make_officer(session))
    for _each in range(limit + 2):
        assert inspector.get(f"/doors/{factory.door_code}").status_code == 302
    stranger = app.test_client()

    statuses = [stranger.get(f"/doors/guess{n:08d}").status_code for n in range(limit + 1)]

    assert statuses == [404] * limit + [429]


@pytest.mark.parametrize(
    "written", ["PL00012", " pl00012 ", "{code}", "https://4x4.example.cn/doors/{code}"]
)
def test_a_number_or_code_opens_the_factory(session, sign_in, factory, written):
    client = sign_in(make_officer(session))

    answer = client.get("/scan", query_string={"code": written.format(code=factory.door_code)})

    assert answer.location == f"/factories/{factory.id}"


@pytest.mark.parametrize("written", ["PL99999", "", "/doors/"])
def test_a_number_that_nobody_has_is_said_at_the_field(session, sign_in, factory, written):
    answer = sign_in(make_officer(session)).get("/scan", query_string={"code": written})

    assert answer.status_code == 404
    assert "没有这个编号或门码" in answer.text


def test_another_county_s_number_opens_nothing(session, sign_in, factory):
    stranger = sign_in(make_officer(session, county=HANBIN))

    assert stranger.get("/scan?code=PL00012").status_code == 404
    assert stranger.get(f"/scan?code={factory.door_code}").status_code == 404


def test_a_number_of_two_counties_gives_the_city_both(session, sign_in, factory):
    make_factory(session, county=HANBIN, point_number="PL00012")
    supervisor = make_officer(session, post=Post.CITY_SUPERVISOR, county=None)

    answer = sign_in(supervisor).get("/scan?code=PL00012")

    assert answer.location == "/factories?words=PL00012"


@pytest.mark.parametrize(("post", "shown"), [(Post.INSPECTOR, 3), (Post.SECTION_CHIEF, 3)])
def test_the_way_to_scan_stands_in_the_middle_of_a_phone_s_bar(session, sign_in, post, shown):
    page = sign_in(make_officer(session, post=post)).get("/scan").text

    bar = page[page.index("navigation__list") : page.index("navigation__item--more")]
    assert bar.count('<li class="navigation__item">') == 4
    assert bar.split("<li")[shown].count('href="/scan"') == 1
    assert "navigation__raised" in bar.split("<li")[shown]
