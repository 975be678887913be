"""The accounts that an officer looks after."""

import re

import pytest
from sqlalchemy import select

from firesafe.accounts.models import Officer
from firesafe.accounts.passwords import fits
from firesafe.accounts.posts import Post
from tests.makers import HANBIN, PINGLI, make_community, make_officer


@pytest.fixture
def chief(session):
    return make_officer(session, post=Post.SECTION_CHIEF, name="陈科长")


@pytest.fixture
def inspector(session):
    return make_officer(session, name="李测试")


def one_time_password(page):
    return re.search(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", page).group()


def test_the_list_shows_whom_one_looks_after_with_masked_phones(sign_in, session, chief, inspector):
    make_officer(session, name="王外县", county=HANBIN)

    page = sign_in(chief).get("/officers").text

    assert "李测试" in page
    assert "王外县" not in page
    assert inspector.phone not in page
    assert inspector.phone[-4:] in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("words=李", True),
        ("words=赵", False),
        ("post=inspector", True),
        ("post=county_clerk", False),
    ],
)
def test_the_list_is_narrowed_by_words_and_post(sign_in, chief, inspector, query, is_found):
    assert ("李测试" in sign_in(chief).get(f"/officers?{query}").text) is is_found


@pytest.mark.parametrize("query", ["post=king", "page=x", "page=-3", "page=99999999999999999999"])
def test_a_filter_that_means_nothing_is_left_out(sign_in, chief, inspector, query):
    assert "李测试" in sign_in(chief).get(f"/officers?{query}").text


def test_an_inspector_does_not_enter(sign_in, inspector):
    assert sign_in(inspector).get("/officers").status_code == 403


def test_a_chief_adds_an_inspector_and_is_told_the_password_once(sign_in, session, chief):
    town = make_community(session).town
    filled = {"name": "赵新", "post": "inspector", "county": PINGLI, "town": str(town.id)}

    answer = sign_in(chief).post("/officers/new", data={**filled, "phone": "138 0000 0001"})

    made = session.scalars(select(Officer).where(Officer.phone == "13800000001")).one()
    assert (answer.status_code, made.town_id) == (200, town.id)
    assert fits(made.password_hash, one_time_password(answer.text))


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"phone": "12"},
        {"phone": "", "staff_number": ""},
        {"post": "administrator"},
        {"county": HANBIN},
        {"town": "999"},
        {"staff_number": "!"},
    ],
)
def test_an_account_filled_in_wrongly_is_not_made(sign_in, session, chief, change):
    filled = {"name": "赵新", "post": "inspector", "county": PINGLI, "phone": "13800000001"}

    answer = sign_in(chief).post("/officers/new", data={**filled, **change})

    assert answer.status_code == 422
    assert session.scalars(select(Officer.name)).all() == ["陈科长"]


def test_an_administrator_adds_a_city_supervisor_without_a_county(sign_in, session):
    client = sign_in(make_officer(session, post=Post.ADMINISTRATOR, county=None))

    filled = {"name": "市督查", "post": "city_supervisor", "county": "", "staff_number": "c-1"}
    assert client.post("/officers/new", data=filled).status_code == 200

    made = session.scalars(select(Officer).where(Officer.staff_number == "C-1")).one()
    assert made.county_code is None


def test_a_new_one_time_password_is_shown_once(sign_in, session, chief, inspector):
    client = sign_in(chief)

    answer = client.post(f"/officers/{inspector.id}/one-time-password")

    password = one_time_password(answer.text)
    session.refresh(inspector)
    session.commit()
    assert fits(inspector.password_hash, password)
    assert password not in client.get(f"/officers/{inspector.id}").text


def test_an_account_is_disabled_and_enabled_from_its_page(sign_in, session, chief, inspector):
    client, his = sign_in(chief), sign_in(inspector)
    address = f"/officers/{inspector.id}"

    assert client.post(f"{address}/end").location == address
    assert his.get("/me").status_code == 302
    assert f"{address}/return" in client.get(address).text

    client.post(f"{address}/return")
    session.refresh(inspector)
    assert inspector.disabled_at is None


@pytest.mark.parametrize("deed", ["one-time-password", "edit", "end", "return"])
def test_another_countys_account_is_out_of_sight(sign_in, session, chief, deed):
    foreign = make_officer(session, county=HANBIN)
    client = sign_in(chief)

    assert client.get(f"/officers/{foreign.id}").status_code == 404
    assert client.post(f"/officers/{foreign.id}/{deed}").status_code == 404


def test_ones_own_account_offers_no_way_to_shut_oneself_out(sign_in, session):
    administrator = make_officer(session, post=Post.ADMINISTRATOR, county=None)
    client = sign_in(administrator)

    assert (
        f"/officers/{administrator.id}/end" not in client.get(f"/officers/{administrator.id}").text
    )
    assert client.post(f"/officers/{administrator.id}/end").status_code == 403


def filled(officer, **change):
    """What a browser sends after somebody has changed some fields of the page."""
    known = {
        "name": officer.name,
        "town": "" if officer.town_id is None else str(officer.town_id),
        "phone": officer.phone,
        "staff_number": officer.staff_number,
        "card_number": officer.card_number or "",
    }
    return known | {f"seen_{name}": text for name, text in known.items()} | change


def look_again(session, officer):
    session.refresh(officer)
    session.commit()
    return officer


def test_a_chief_changes_what_is_known_of_an_inspector(sign_in, session, chief, inspector):
    town = make_community(session).town
    client, address = sign_in(chief), f"/officers/{inspector.id}"
    change = {
        "name": "李更名",
        "town": str(town.id),
        "phone": "138 0000 0009",
        "card_number": "K-1",
    }

    assert f"{address}/edit" in client.get(address).text
    assert 'value="李测试"' in client.get(f"{address}/edit").text
    answer = client.post(f"{address}/edit", data=filled(inspector, **change))

    assert answer.location == address
    look_again(session, inspector)
    assert (inspector.name, inspector.phone) == ("李更名", "13800000009")
    assert (inspector.town_id, inspector.card_number) == (town.id, "K-1")
    page = client.get(address).text
    assert "陈科长" in page
    assert "<del>李测试</del>" in page
    assert "<ins>老县镇</ins>" in page


def test_saving_what_was_there_changes_nothing(sign_in, session, chief, inspector):
    client = sign_in(chief)

    answer = client.post(f"/officers/{inspector.id}/edit", data=filled(inspector))

    assert answer.status_code == 302
    assert "<del>" not in client.get(answer.location).text


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": " "},
        {"name": "王" * 41},
        {"phone": "12"},
        {"phone": "", "staff_number": ""},
        {"staff_number": "13800000001"},
        {"town": "999"},
    ],
)
def test_an_account_changed_wrongly_stays_as_it_was(sign_in, session, chief, inspector, change):
    answer = sign_in(chief).post(f"/officers/{inspector.id}/edit", data=filled(inspector, **change))

    assert answer.status_code == 422
    assert look_again(session, inspector).name == "李测试"


def test_whoever_saves_over_anothers_change_is_shown_it_first(sign_in, session, chief, inspector):
    client, address = sign_in(chief), f"/officers/{inspector.id}/edit"
    mine = filled(inspector, name="李我改")
    client.post(address, data=filled(inspector, phone="13800000009"))

    answer = client.post(address, data=mine)

    assert answer.status_code == 409
    assert "<ins>13800000009</ins>" in answer.text
    assert look_again(session, inspector).name == "李测试"
    # What the page now carries as seen is what is known now: saving again goes through.
    assert client.post(address, data=filled(inspector, name="李我改")).status_code == 302
    assert look_again(session, inspector).name == "李我改"


def test_the_page_of_a_conflict_carries_what_is_known_now(sign_in, session, chief, inspector):
    client, address = sign_in(chief), f"/officers/{inspector.id}/edit"
    mine = filled(inspector, name="李我改")
    client.post(address, data=filled(inspector, phone="13800000009"))

    page = client.post(address, data=mine).text

    assert re.search(r'name="seen_phone"[^>]*value="13800000009"', page)
    assert re.search(r'name="name"[^>]*value="李我改"', page)


def test_ones_own_account_is_changed_by_somebody_else(sign_in, session):
    administrator = make_officer(session, post=Post.ADMINISTRATOR, county=None)
    client, address = sign_in(administrator), f"/officers/{administrator.id}"

    assert f"{address}/edit" not in client.get(address).text
    assert client.get(f"{address}/edit").status_code == 403
    assert client.post(f"{address}/edit", data=filled(administrator)).status_code == 403


def test_a_factory_manager_has_neither_town_nor_card(sign_in, session, chief):
    manager = make_officer(session, post=Post.FACTORY_MANAGER, name="张厂长")
    client, address = sign_in(chief), f"/officers/{manager.id}/edit"

    page = client.get(address).text
    assert 'id="town"' not in page
    assert 'id="card_number"' not in page
    sent = {name: text for name, text in filled(manager, name="张更名").items()
            if name not in ("town", "card_number")}  # fmt: skip
    assert client.post(address, data=sent).status_code == 302
    assert look_again(session, manager).name == "张更名"
