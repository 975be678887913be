"""J5, a suspected major hazard: flagged at the visit, referred that day, ended by the fire service.

The chief does it all on her phone. The days go by on the service's own clock.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.core.clock import county_day, now
from firesafe.core.settings import read_settings
from firesafe.findings.models import FindingState
from firesafe.findings.queries import findings_of
from firesafe.inspections.models import Inspection
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import NoticeState
from firesafe.notices.queries import valid_paper_of
from firesafe.photos.store import open_store
from tests.browser import LiveServer
from tests.makers import make_factory, make_officer
from tests.notices.referrals import HAZARD
from tests.notices.test_referral_views import paper
from tests.notices.visits import make_chief, make_ready_visit
from tests.photos.pictures import jpeg

pytestmark = pytest.mark.browser

FACTORY = "示例玩具十厂"
CONCLUSION = "平消重字〔2026〕第0007号"


@pytest.fixture
def visit(own_server: LiveServer) -> Inspection:
    """A visit that was closed just now; people sleep in the workshop."""
    store = open_store(read_settings(own_server.instance).store)
    with own_server.writing() as session:
        factory = make_factory(session, name=FACTORY)
        return make_ready_visit(session, store, failed=(HAZARD,), factory=factory, at=now())


def make(server: LiveServer, post: Post, county: str | None) -> Officer:
    with server.writing() as session:
        if post is Post.SECTION_CHIEF:
            return make_chief(session, county=county)
        return make_officer(session, post=post, county=county, name="李测试")


def issue(page: Page, server: LiveServer, visit: Inspection) -> None:
    page.goto(f"{server.address}/inbox/{visit.id}")
    page.locator("summary", has_text="制发并编号").click()
    page.locator("dialog button[value=issue]").click()
    page.wait_for_url("**/notices/*")


def refer(page: Page) -> str:
    """Go from the inbox to what is owed today and issue the letter; return its number."""
    page.get_by_text("1 件疑似重大火灾隐患须当日移送").click()
    page.get_by_text(FACTORY).click()
    press, sheet = page.locator("summary", has_text="移送并制发移送函"), page.get_by_role("dialog")
    press.click()
    sheet.get_by_role("button", name="再看看").click()  # nothing is numbered by it
    expect(page.get_by_text("已移送：")).to_be_hidden()
    press.click()
    sheet.get_by_role("button", name="移送并制发移送函").click()
    expect(page.get_by_text("已移送：")).to_be_visible()
    return page.locator("a[href^='/notices/']").first.inner_text()


def enter(page: Page, state: str, *, number: str = "", scan: bytes = b"", **more: str) -> None:
    """Enter what came of it, as it stands on the form's own day."""
    page.get_by_text(state, exact=True).last.click()
    page.get_by_label("文书文号").fill(number)
    page.get_by_label("接收人").fill(more.get("receiver", ""))
    if scan:
        kind = "application/pdf" if scan.startswith(b"%PDF") else "image/jpeg"
        picked = {"name": "paper", "mimeType": kind, "buffer": scan}
        page.locator("input[type=file]").set_input_files(picked)
    page.get_by_role("button", name="登记", exact=True).click()


def come_back(page: Page, server: LiveServer, officer: Officer, days: int, address: str) -> None:
    """Open a page some days after today; by then one has to sign in again."""
    server.move_to(days)
    server.sign_in(page, officer)
    page.goto(address)


def see_put_right(page: Page, server: LiveServer, visit: Inspection) -> None:
    """Re-check on site, as two of the county, and find all put right."""
    page.goto(f"{server.address}/rechecks/{visit.id}?manner=on_site")
    page.get_by_text("已整改", exact=True).click()
    page.get_by_label("第二名复查人员").select_option(label="李测试")
    page.locator("summary", has_text="下结论，出复查意见书").click()
    page.get_by_role("dialog").get_by_role("button", name="下结论，出复查意见书").click()
    page.wait_for_url("**/notices/*")


def hear_the_judgement(phone: Page) -> None:
    """Enter that it is a major hazard, first without the paper that says so, and what follows."""
    enter(phone, "判定为重大火灾隐患", number="平消重字〔2026〕第0003号")
    expect(phone.get_by_text("请上传消防机构的文书")).to_be_visible()
    enter(phone, "判定为重大火灾隐患", number="平消重字〔2026〕第0003号", scan=paper())
    enter(phone, "挂牌督办")
    enter(phone, "已报整改方案")


def hear_the_end(phone: Page) -> None:
    """Enter the last conclusion, first with a day that has not come."""
    tomorrow = county_day(now() + timedelta(days=13)).isoformat()
    phone.get_by_label("日期").fill(tomorrow)
    enter(phone, "销号", number=CONCLUSION, scan=jpeg())
    expect(phone.get_by_text("日期不能晚于今天")).to_be_visible()
    phone.get_by_label("日期").fill(county_day(now() + timedelta(days=12)).isoformat())
    enter(phone, "销号", number=CONCLUSION, scan=jpeg())
    expect(phone.get_by_text("消防机构的结论已登记")).to_be_visible()


def test_nobody_but_the_fire_service_ends_it(own_server, phone, visit):
    server = own_server
    chief = make(server, Post.SECTION_CHIEF, visit.county_code)
    city = make(server, Post.CITY_SUPERVISOR, None)
    make(server, Post.INSPECTOR, visit.county_code)
    server.sign_in(phone, chief)

    issue(phone, server, visit)
    phone.goto(f"{server.address}/inbox")
    letter = refer(phone)
    assert "消移〔" in letter
    case = phone.url

    come_back(phone, server, chief, 1, case)
    printed = phone.request.get(
        server.address + (phone.locator("a[href$=pdf]").get_attribute("href") or "")
    )
    assert printed.body().startswith(b"%PDF-")  # though the service was killed right after
    enter(phone, "消防机构已接收", receiver="吴测试")
    expect(phone.get_by_text("吴测试").first).to_be_visible()
    see_put_right(phone, server, visit)

    come_back(phone, server, chief, 5, case)
    hear_the_judgement(phone)
    with server.database.reading() as session:
        assert [each.state for each in findings_of(session, visit)] == [FindingState.ANSWERED]

    come_back(phone, server, chief, 12, case)
    hear_the_end(phone)
    expect(phone.get_by_role("button", name="登记", exact=True)).to_have_count(0)

    with server.database.reading() as session:
        assert [each.state for each in findings_of(session, visit)] == [FindingState.CLOSED]
        notice = valid_paper_of(session, visit, PaperKind.RECTIFICATION_NOTICE)
        assert notice.state is NoticeState.CLOSED
    phone.context.clear_cookies()
    server.sign_in(phone, city)
    phone.goto(f"{server.address}/referrals?view=over")
    phone.get_by_text(FACTORY).click()
    expect(phone.get_by_text(CONCLUSION).first).to_be_visible()


def test_what_is_left_until_tomorrow_is_late_and_stays_so(own_server, phone, visit):
    server = own_server
    chief = make(server, Post.SECTION_CHIEF, visit.county_code)
    server.sign_in(phone, chief)
    issue(phone, server, visit)

    phone.goto(f"{server.address}/referrals")
    expect(phone.get_by_text("移送 今天到期")).to_be_visible()
    come_back(phone, server, chief, 1, f"{server.address}/inbox")
    expect(phone.get_by_text("其中 1 件已逾期")).to_be_visible()
    refer(phone)

    expect(phone.get_by_text("逾期移送")).to_be_visible()
