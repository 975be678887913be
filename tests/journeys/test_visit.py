"""J1, from signing in to the findings: a whole visit by one person's thumbs, and nothing else."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from firesafe.accounts.passwords import hash_password
from firesafe.core.settings import read_settings
from firesafe.factories.models import Factory
from firesafe.findings.models import Finding
from firesafe.inspections.models import Inspection
from firesafe.photos.models import Photo
from firesafe.photos.rules import ORIGINAL, photo_key
from firesafe.photos.store import open_store
from tests.browser import LiveServer
from tests.inspections.inking import draw
from tests.makers import make_factory, make_officer

pytestmark = pytest.mark.browser

PASSWORD = "Kan-Xiaofang-4x4"
FAILED = "A3-02"


def picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((2000, 1500), 40).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def place(live_server: LiveServer):
    """Two inspectors of a county, and a factory that is due."""
    with live_server.writing() as session:
        lead = make_officer(session, name="王测试", password_hash=hash_password(PASSWORD))
        make_officer(session, name="李测试")
        make_factory(session, name="示例玩具一厂")
        make_factory(session, name="示例玩具二厂")
    return lead


def sign_in(page: Page, server: LiveServer, phone_number: str) -> None:
    page.goto(server.address)
    page.get_by_label("手机号或工号").fill(phone_number)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("今日")


def fill_in(page: Page) -> None:
    """Answer one checkpoint after the other, led by the button at the foot."""
    following = page.locator("[data-next-words]")
    for _each in range(67):
        words = following.inner_text()
        if words == "去签名":
            break
        code = words.split(" · ")[-1]
        following.click()
        _answer(page.locator(f"#checkpoint-{code.lower()}"), code)
        expect(following).not_to_have_text(words)
    expect(following).to_have_text("去签名")


def _answer(row: Locator, code: str) -> None:
    if code == FAILED:
        row.get_by_text("不合格", exact=True).first.click()
        row.locator("[data-phrase]").first.click()
        photo = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        row.locator("[data-photos=found] [data-source=camera]").set_input_files(photo)
        expect(row.locator("[data-photo]")).to_have_count(1)
        return
    row.get_by_text("合格", exact=True).first.click()
    if row.locator("[data-right]").count():
        row.locator("[data-right]").fill(row.locator("[data-asked]").input_value())
        row.locator("[data-right]").blur()
    by_hand = row.locator("[data-by-hand]")
    if by_hand.count():
        if by_hand.get_attribute("open") is None:
            by_hand.locator("summary").click()
        by_hand.locator("input").first.fill("40")
        by_hand.locator("input").first.blur()


def sign_all(page: Page) -> None:
    for role in ("lead", "second", "factory"):
        place = page.locator(f"[data-sign-role={role}]")
        if role == "factory":
            place.locator("[name=name]").fill("张测试")
        draw(page, place)
        expect(place.locator("[data-signed]")).to_be_visible()


@pytest.mark.parametrize(
    ("shape", "factory"), [("phone", "示例玩具一厂"), ("desk", "示例玩具二厂")]
)
def test_a_visit_from_signing_in_to_its_findings(live_server, request, place, shape, factory):
    page: Page = request.getfixturevalue(shape)
    sign_in(page, live_server, place.phone)

    page.get_by_text(factory).first.click()
    page.get_by_role("link", name="开始检查").click()
    page.get_by_label("当班人数").fill("46")
    page.get_by_role("button", name="开始").click()
    page.wait_for_url("**/fill*")
    page.locator("[data-ready]").wait_for(state="attached")
    fill_in(page)
    page.locator("[data-next-words]").click()
    expect(page.locator("[data-gaps]")).to_be_hidden()
    sign_all(page)
    page.locator("[data-hand-in]").click()
    page.locator("[data-hand-in-sheet] .button--main").click()

    page.wait_for_url("**/today")
    visit = closed(live_server, page, factory)
    with live_server.database.reading() as session:
        finding = session.scalars(select(Finding).where(Finding.inspection_id == visit)).one()
        sha256 = finding.photos[0]["sha256"]
        assert finding.checkpoint_code == FAILED
        assert (
            session.scalars(select(Photo.state).where(Photo.sha256 == sha256)).one() == "readable"
        )
    store = open_store(read_settings(live_server.instance).store)
    assert store.exists(photo_key(sha256, ORIGINAL))


def closed(server: LiveServer, page: Page, factory: str) -> int:
    """Return the id of the visit, once the service has all of it and has closed it."""
    with server.database.reading() as session:
        rows = select(Inspection).join(Factory).where(Factory.name == factory)
        visit = session.scalars(rows).one().id
    page.goto(f"{server.address}/inspections/{visit}")
    page.wait_for_function(
        "async () => (await (await fetch(location.href)).text()).includes('已签名提交')"
    )
    return visit
