"""Signing afterwards: a factory that refused at the visit may still sign."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import NotFound, Refused, RuleBroken
from firesafe.factories.models import FactoryManager
from firesafe.inspections.closing import refuse_signature
from firesafe.inspections.late_signature import (
    factory_signature,
    is_unsigned,
    sign_later,
    unsigned_visits,
)
from firesafe.inspections.models import SignatureRole
from tests.makers import (
    MONDAY,
    make_closed_inspection,
    make_factory,
    make_officer,
    make_open_inspection,
)
from tests.photos.pictures import jpeg

NEXT_DAY = MONDAY + timedelta(days=1)


def make_manager(session, factory, name="张厂长"):
    manager = make_officer(session, post=Post.FACTORY_MANAGER, name=name)
    session.add(FactoryManager(factory_id=factory.id, officer_id=manager.id, since=MONDAY))
    session.flush()
    return manager


@pytest.fixture
def visit(session):
    return make_closed_inspection(session, refused=True)


@pytest.fixture
def manager(session, visit):
    return make_manager(session, visit.factory)


def sign(session, visit, by):
    return sign_later(session, visit, sha256="a" * 64, by=by, at=NEXT_DAY)


def test_a_manager_signs_in_his_own_name_and_it_is_marked_as_later(session, visit, manager):
    signature = sign(session, visit, manager)

    session.flush()
    session.refresh(visit)
    assert factory_signature(visit) is signature
    assert (signature.role, signature.name) == (SignatureRole.FACTORY, "张厂长")
    assert (signature.is_later, signature.signed_at) == (True, NEXT_DAY)


def test_nothing_else_of_the_record_changes(session, visit, manager):
    kept = (visit.refused_at, visit.refusal_reason, visit.closed_at, visit.changed_at)

    sign(session, visit, manager)

    assert (visit.refused_at, visit.refusal_reason, visit.closed_at, visit.changed_at) == kept
    assert visit.refused_at is not None


def test_it_stands_in_the_trail_of_the_visit(session, visit, manager):
    sign(session, visit, manager)

    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.event == Event.INSPECTION_SIGNED_LATER)
    ).one()
    assert (entry.by_id, entry.subject) == (manager.id, f"inspection:{visit.id}")
    assert (entry.at, entry.facts) == (NEXT_DAY, {"name": "张厂长"})


def test_it_is_done_once_whichever_manager_did_it(session, visit, manager):
    sign(session, visit, manager)

    for by in (manager, make_manager(session, visit.factory, name="李厂长")):
        with pytest.raises(RuleBroken):
            sign(session, visit, by)
    assert factory_signature(visit).name == "张厂长"


def test_only_a_manager_of_that_factory_signs(session, visit):
    elsewhere = make_manager(session, make_factory(session, name="别家"))

    with pytest.raises(NotFound):
        sign(session, visit, elsewhere)
    for post in (Post.INSPECTOR, Post.SECTION_CHIEF, Post.COUNTY_CLERK):
        with pytest.raises(Refused):
            sign(session, visit, make_officer(session, post=post))


def test_a_visit_that_was_signed_or_is_still_open_is_not_signed_later(session):
    signed = make_closed_inspection(session)
    draft = make_open_inspection(session, factory=make_factory(session))
    refuse_signature(session, draft, reason="不肯", witness="刘某", by=draft.lead, at=MONDAY)

    for each in (signed, draft):
        assert not is_unsigned(each)
        with pytest.raises(RuleBroken):
            sign(session, each, make_manager(session, each.factory))


def test_a_manager_is_shown_what_waits_for_his_signature_and_no_others(session, visit, manager):
    make_closed_inspection(session, factory=visit.factory)
    make_closed_inspection(session, factory=make_factory(session, name="别家"), refused=True)

    assert unsigned_visits(session, manager) == [visit]

    sign(session, visit, manager)
    session.flush()
    assert unsigned_visits(session, manager) == []


@pytest.fixture
def client(session, sign_in, manager):
    return sign_in(manager)


def picture():
    return {"picture": (BytesIO(jpeg()), "paper.jpg")}


def post(client, visit, **form):
    return client.post(
        f"/my-visits/{visit.id}/signature", data=form, content_type="multipart/form-data"
    )


def test_the_managers_page_shows_what_was_found_and_why_nobody_signed(client, visit):
    page = client.get(f"/my-visits/{visit.id}").text

    assert "门口堆放纸箱约12只。" in page
    assert "负责人不在场" in page
    assert f'action="/my-visits/{visit.id}/signature"' in page
    assert f"/my-visits/{visit.id}" in client.get("/my-factory").text


def test_the_signature_is_added_and_shown_as_later_to_both_sides(session, sign_in, client, visit):
    inspector = sign_in(visit.lead)

    answer = post(client, visit, **picture())

    assert answer.location == f"/my-visits/{visit.id}"
    for page in (client.get(answer.location).text, inspector.get(f"/inspections/{visit.id}").text):
        assert "补签" in page
        assert "负责人不在场" in page
    assert f'action="/my-visits/{visit.id}/signature"' not in client.get(answer.location).text
    assert client.get(f"/my-visits/{visit.id}/signature").mimetype == "image/png"
    assert f"/my-visits/{visit.id}" not in client.get("/my-factory").text
    assert inspector.get(f"/inspections/{visit.id}/signatures/factory").status_code == 200


def test_a_second_signature_is_refused_and_the_first_stays(client, visit):
    post(client, visit, **picture())
    first = client.get(f"/my-visits/{visit.id}/signature").data

    answer = post(client, visit, **picture())

    assert answer.status_code == 422
    assert client.get(f"/my-visits/{visit.id}/signature").data == first


@pytest.mark.parametrize("form", [{}, {"picture": ""}])
def test_without_a_picture_nothing_is_signed(session, client, visit, form):
    assert post(client, visit, **form).status_code == 422
    assert client.get(f"/my-visits/{visit.id}/signature").status_code == 404


def test_another_factorys_visit_and_a_draft_are_out_of_sight(session, sign_in, visit):
    elsewhere = make_manager(session, make_factory(session, name="别家"))
    draft = make_open_inspection(session, factory=make_factory(session, name="未完"))
    his = make_manager(session, draft.factory)

    for manager, each in ((elsewhere, visit), (his, draft)):
        client = sign_in(manager)
        assert client.get(f"/my-visits/{each.id}").status_code == 404
        assert post(client, each, **picture()).status_code == 404
        assert client.get(f"/my-visits/{each.id}/signature").status_code == 404
