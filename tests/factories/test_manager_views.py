"""The page behind the code on an invitation."""

import pytest
from sqlalchemy import select

from firesafe.accounts.invitations import invite_manager
from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.core.clock import now
from firesafe.core.settings import Settings
from firesafe.factories.models import FactoryManager
from tests.makers import make_factory, make_officer

FILLED = {"name": "张厂长", "password": "Fire-door1", "again": "Fire-door1"}


@pytest.fixture
def factory(session):
    return make_factory(session)


@pytest.fixture
def invite(session, factory):
    """Return a function that invites a phone number and gives the address on the sheet."""
    clerk = make_officer(session, post=Post.COUNTY_CLERK)

    def address(phone="13800000009"):
        _, token = invite_manager(
            session,
            factory_id=factory.id,
            county_code=factory.county_code,
            name="张测试",
            phone=phone,
            by=clerk,
            at=now(),
        )
        session.commit()
        return f"/invitations/{token}"

    return address


def managers_of(session, factory):
    links = select(FactoryManager).where(FactoryManager.factory_id == factory.id)
    found = [link.officer for link in session.scalars(links)]
    session.commit()
    return found


def test_the_page_names_the_factory_and_hides_the_middle_of_the_phone(app, factory, invite):
    page = app.test_client().get(invite()).text

    assert factory.name in page
    assert 'value="张测试"' in page
    assert "138****0009" in page


def test_an_invited_manager_is_signed_in_and_has_his_factory(app, session, factory, invite):
    client = app.test_client()

    assert client.post(invite(), data=FILLED).location == "/"

    (manager,) = managers_of(session, factory)
    assert (manager.name, manager.phone) == ("张厂长", "13800000009")
    assert client.get("/", follow_redirects=True).request.path == "/my-factory"


@pytest.mark.parametrize(
    "change",
    [{"name": ""}, {"password": "weak", "again": "weak"}, {"again": "other"}, {"password": ""}],
)
def test_a_form_filled_in_wrongly_makes_no_account(app, session, factory, invite, change):
    answer = app.test_client().post(invite(), data={**FILLED, **change})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert managers_of(session, factory) == []


@pytest.mark.parametrize("address", ["/invitations/made-up", "/invitations/made-up/acceptance"])
def test_a_token_that_was_never_given_out_is_404(app, sign_in, session, address):
    client = sign_in(make_officer(session, post=Post.FACTORY_MANAGER))

    assert client.post(address, data=FILLED).status_code == 404


def test_an_invitation_leads_nowhere_once_it_is_accepted(app, invite):
    address = invite()
    app.test_client().post(address, data=FILLED)

    assert app.test_client().get(address).status_code == 404


def test_whoever_has_an_account_signs_in_and_takes_the_factory_with_it(
    app, session, sign_in, factory, invite
):
    manager = make_officer(session, post=Post.FACTORY_MANAGER)
    address = invite(manager.phone)

    assert f"/sign-in?next={address}" in app.test_client().get(address).text
    client = sign_in(manager)
    assert f"{address}/acceptance" in client.get(address).text
    assert client.post(f"{address}/acceptance").location == "/"

    assert managers_of(session, factory) == [manager]


def test_an_invitation_is_not_accepted_by_somebody_else(session, sign_in, factory, invite):
    known = make_officer(session, post=Post.FACTORY_MANAGER)
    address = invite(known.phone)
    other = sign_in(make_officer(session, post=Post.FACTORY_MANAGER))

    assert f"{address}/acceptance" not in other.get(address).text
    assert other.post(f"{address}/acceptance").status_code == 403
    assert managers_of(session, factory) == []


def test_a_stranger_is_sent_to_sign_in_before_accepting(app, session, invite):
    known = make_officer(session, post=Post.FACTORY_MANAGER)
    address = invite(known.phone)

    assert app.test_client().post(f"{address}/acceptance").location.startswith("/sign-in")
    assert session.scalars(select(Officer).where(Officer.id == known.id)).one() is known


def test_tokens_cannot_be_tried_out_one_after_another(app, services):
    limit, client = services.get(Settings).sign_in_attempts_per_minute, app.test_client()

    statuses = [client.get(f"/invitations/{number}").status_code for number in range(limit + 1)]

    assert statuses[-2:] == [404, 429]
