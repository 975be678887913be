"""J3, from the manager's proof to the closed notice: his phone, the chief's desk, two rounds."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from firesafe.core.settings import read_settings
from firesafe.findings.models import FindingState
from firesafe.findings.queries import findings_of
from firesafe.notices.models import Notice, NoticeState
from firesafe.photos.store import open_store
from tests.browser import LiveServer
from tests.makers import make_factory, make_officer
from tests.notices.cases import Case, make_case

pytestmark = pytest.mark.browser

GENERAL, GRAVE = "P2-01", "A1-04"
FACTORY = "示例玩具九厂"


def picture(grain: int) -> dict[str, object]:
    file = io.BytesIO()
    Image.effect_noise((1600, 1200), grain).save(file, "JPEG")
    return {"name": "now.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


@pytest.fixture
def case(live_server: LiveServer) -> Case:
    """One finding that may be judged by photograph, and one that takes two officers."""
    store = open_store(read_settings(live_server.instance).store)
    with live_server.writing() as session:
        made = make_case(
            session,
            store,
            failed=(GENERAL, GRAVE),
            factory=make_factory(session, name=FACTORY),
        )
        make_officer(session, name="李测试")
    return made


def hand_in(page: Page, server: LiveServer, case: Case, code: str, grain: int) -> None:
    """Take a photograph on the phone, beginning at the home, and hand it in."""
    finding = case.findings[code].id
    page.goto(f"{server.address}/my-factory")
    page.locator(f"a[href='/my-factory/findings/{finding}/evidence']").click()
    expect(page.locator("[data-phrases]")).to_be_visible()  # the script has begun
    page.locator("[data-source=camera]").set_input_files(picture(grain))
    expect(page.locator("[data-photo]")).to_have_count(1)
    page.get_by_role("button", name="东西已搬走。").click()
    page.get_by_role("button", name="交给检查员").click()
    page.wait_for_url(f"**/my-factory/findings/{finding}")
    expect(page.get_by_text("等复查").first).to_be_visible()


def open_case(page: Page, server: LiveServer, manner: str) -> None:
    page.goto(f"{server.address}/rechecks")
    page.get_by_text(FACTORY).click()
    page.get_by_role("link", name=manner).click()


def judge(page: Page, case: Case, code: str, word: str, reason: str = "") -> None:
    card = page.locator(f"#finding-{case.findings[code].id}")
    expect(card.locator("img")).to_have_count(2)
    card.get_by_text(word, exact=True).click()
    card.get_by_label("还差什么").fill(reason)


def decide(page: Page) -> str:
    """Decide, and return the number of the opinion."""
    press = page.locator("summary", has_text="下结论，出复查意见书")
    sheet = page.get_by_role("dialog")
    press.click()
    sheet.get_by_role("button", name="再看看").click()
    expect(press).to_be_visible()  # nothing is numbered by it
    press.click()
    sheet.get_by_role("button", name="下结论，出复查意见书").click()
    page.wait_for_url("**/notices/*")
    number = page.get_by_role("heading", level=1).inner_text()
    assert "消复〔" in number
    return number


def test_from_the_first_proof_to_the_closed_notice(live_server, phone, desk, case):
    live_server.sign_in(phone, case.manager)
    live_server.sign_in(desk, case.chief)
    hand_in(phone, live_server, case, GENERAL, 30)

    open_case(desk, live_server, "看照片复查")
    judge(desk, case, GENERAL, "部分整改", "还有两箱没搬。")
    decide(desk)

    phone.goto(f"{live_server.address}/my-factory")
    expect(phone.get_by_text("还有两箱没搬。")).to_be_visible()
    hand_in(phone, live_server, case, GENERAL, 60)
    hand_in(phone, live_server, case, GRAVE, 90)

    open_case(desk, live_server, "两人到现场")
    for code in (GENERAL, GRAVE):
        judge(desk, case, code, "已整改")
    desk.get_by_label("第二名复查人员").select_option(label="李测试")
    number = decide(desk)

    phone.goto(f"{live_server.address}/my-factory/findings/{case.findings[GENERAL].id}")
    expect(phone.get_by_text(number)).to_be_visible()
    with live_server.database.reading() as session:
        states = {each.state for each in findings_of(session, case.visit)}
        assert states == {FindingState.CLOSED}
        assert session.get_one(Notice, case.notice.id).state is NoticeState.CLOSED
