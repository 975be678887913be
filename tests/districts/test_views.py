"""The towns and communities that a county keeps."""

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.districts.models import Community, Town
from tests.makers import HANBIN, make_community, make_factory, make_officer


@pytest.fixture
def client(session, sign_in):
    return sign_in(make_officer(session, post=Post.COUNTY_CLERK))


@pytest.fixture
def community(session):
    made = make_community(session)
    session.commit()
    return made


def names(session, kind):
    found = set(session.scalars(select(kind.name)))
    session.commit()
    return found


def test_the_page_lists_the_countys_own_places(client, session, community):
    make_community(session, county=HANBIN, town="外镇")
    session.commit()

    page = client.get("/communities").text

    assert "老县镇" in page
    assert "示例社区" in page
    assert "外镇" not in page


def test_a_town_and_a_community_are_entered(client, session):
    assert client.post("/communities", data={"name": "新镇"}).location == "/communities"
    town_id = session.scalars(select(Town.id)).one()
    session.commit()

    client.post(f"/towns/{town_id}", data={"name": "新社区"})

    assert "新社区" in client.get(f"/towns/{town_id}").text


@pytest.mark.parametrize("name", ["", " ", "老县镇", "镇" * 41])
def test_a_name_filled_in_wrongly_is_told_at_the_field(client, session, community, name):
    answer = client.post("/communities", data={"name": name})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert names(session, Town) == {"老县镇"}


def test_places_are_renamed(client, session, community):
    client.post(f"/towns/{community.town_id}/name", data={"name": "新镇", "was": "老县镇"})
    client.post(f"/communities/{community.id}/name", data={"name": "新社区", "was": "示例社区"})

    assert names(session, Town) | names(session, Community) == {"新镇", "新社区"}


def test_the_page_to_rename_remembers_the_name_that_was_seen(client, community):
    page = client.get(f"/communities/{community.id}/name").text

    assert page.count('value="示例社区"') == 2


@pytest.mark.parametrize("address", ["towns", "communities"])
def test_a_stale_name_is_409_and_an_empty_one_422(client, session, community, address):
    place_id = {"towns": community.town_id, "communities": community.id}[address]

    stale = client.post(f"/{address}/{place_id}/name", data={"name": "新", "was": "旧"})
    empty = client.post(f"/{address}/{place_id}/name", data={"name": "", "was": "旧"})

    assert (stale.status_code, empty.status_code) == (409, 422)
    assert names(session, Town) | names(session, Community) == {"老县镇", "示例社区"}


def test_an_empty_place_is_removed_and_one_in_use_is_not(client, session, community):
    factory = make_factory(session, name="示例二厂")
    used, empty = factory.community, Community(town=factory.town, name="空社区")
    session.add(empty)
    session.commit()

    assert client.post(f"/communities/{empty.id}/removal").status_code == 302
    assert client.post(f"/communities/{used.id}/removal").status_code == 422
    assert client.post(f"/towns/{used.town_id}/removal").status_code == 422

    assert names(session, Community) == {"示例社区"}


@pytest.mark.parametrize("address", ["towns/{}", "towns/{}/name", "communities/{}/name"])
def test_places_of_another_county_are_out_of_sight(client, session, address):
    foreign = make_community(session, county=HANBIN)
    session.commit()
    place_id = foreign.id if address.startswith("communities") else foreign.town_id

    assert client.get("/" + address.format(place_id)).status_code == 404


def test_an_inspector_does_not_enter(session, sign_in):
    assert sign_in(make_officer(session)).get("/communities").status_code == 403
