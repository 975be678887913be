"""A manager signs on his own phone what his factory refused to sign at the visit."""

import pytest
from playwright.sync_api import expect

from firesafe.accounts.posts import Post
from firesafe.factories.models import FactoryManager
from firesafe.inspections.late_signature import factory_signature
from firesafe.inspections.models import Inspection
from tests.inspections.inking import draw
from tests.makers import MONDAY, make_closed_inspection, make_factory, make_officer

pytestmark = pytest.mark.browser


@pytest.fixture
def refused(live_server):
    """A closed visit that the factory would not sign, and the factory's manager."""
    with live_server.writing() as session:
        visit = make_closed_inspection(session, factory=make_factory(session), refused=True)
        manager = make_officer(session, post=Post.FACTORY_MANAGER, name="张厂长")
        link = FactoryManager(factory_id=visit.factory_id, officer_id=manager.id, since=MONDAY)
        session.add(link)
    return visit, manager


@pytest.mark.parametrize("shape", ["phone", "desk"])
def test_a_manager_finds_the_visit_reads_it_and_signs(live_server, refused, request, shape):
    visit, manager = refused
    page = request.getfixturevalue(shape)
    live_server.sign_in(page, manager)
    page.goto(f"{live_server.address}/my-factory")

    page.get_by_text("还没有厂方签名").click()
    expect(page.get_by_text("负责人不在场")).to_be_visible()
    expect(page.get_by_text("门口堆放纸箱约12只。")).to_be_visible()
    draw(page, page.locator("form.card"))
    expect(page.locator("[data-preview]")).to_be_visible()
    page.get_by_role("button", name="补签").click()

    expect(page.locator(f"img[src='/my-visits/{visit.id}/signature']")).to_be_visible()
    expect(page.locator("#signature .chip")).to_have_text("补签")
    expect(page.get_by_role("button", name="补签")).to_have_count(0)
    with live_server.database.reading() as session:
        signed = factory_signature(session.get_one(Inspection, visit.id))
        assert (signed.name, signed.is_later) == ("张厂长", True)
