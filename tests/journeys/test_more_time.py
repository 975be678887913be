"""J4, from asking for more time to the letter about what is overdue; the days are moved."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day, now
from firesafe.core.settings import read_settings
from firesafe.findings.models import Finding, FindingState
from firesafe.notices.models import Notice
from firesafe.photos.store import open_store
from firesafe.reminders.models import Reminder
from firesafe.reminders.rules import EARLY_DAYS, Occasion
from tests.browser import PATIENCE_MS, LiveServer
from tests.makers import make_factory
from tests.notices.cases import Case, make_case
from tests.notices.printed import Printed
from tests.notices.urgings import serve

pytestmark = pytest.mark.browser

FACTORY = "示例玩具十厂"
REFUSED = "本地可以买到，期限足够。"


@pytest.fixture
def case(own_server: LiveServer) -> Case:
    """One finding under a served notice, with five days left."""
    store = open_store(read_settings(own_server.instance).store)
    with own_server.writing() as session:
        made = make_case(session, store, factory=make_factory(session, name=FACTORY))
        serve(session, made)
        made.finding.due_on = county_day(now()) + timedelta(days=5)
    return made


def ask(page: Page, server: LiveServer, case: Case, wished_on: date) -> None:
    page.goto(f"{server.address}/my-factory/findings/{case.finding.id}")
    page.get_by_role("link", name="申请延期").click()
    page.get_by_label("新期限").fill(wished_on.isoformat())
    page.get_by_label("不能按期完成的原因").fill("疏散标志要从外地发货。")
    page.get_by_label("已采取的防范措施").fill("专人看守，每班巡查。")
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url(f"**/my-factory/findings/{case.finding.id}")
    expect(page.get_by_text("还没决定")).to_be_visible()


def decide(page: Page, server: LiveServer, answer: str, grounds: str) -> str:
    """Decide what was asked for, and return the number of the reply."""
    page.goto(f"{server.address}/findings")
    page.get_by_role("link", name="延期申请").click()
    page.get_by_text(FACTORY).click()
    expect(page.get_by_text("疏散标志要从外地发货。")).to_be_visible()
    page.get_by_label(answer, exact=True).check()
    page.get_by_label("理由").fill(grounds)
    page.locator("summary", has_text="决定并制发答复书").click()
    page.get_by_role("dialog").get_by_role("button", name="决定并制发答复书").click()
    return number_on(page)


def number_on(page: Page) -> str:
    """Return the number of the paper that was issued just now."""
    page.wait_for_url(re.compile(r"/notices/\d+$"))
    return page.get_by_role("heading", level=1).inner_text()


def read_pdf(page: Page, server: LiveServer, link: str) -> str:
    """Open the paper behind a link of the page, and return its text without blanks."""
    address = page.get_by_role("link", name=link).first.get_attribute("href")
    answer = page.request.get(f"{server.address}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    return "".join(Printed(answer.body()).text.split())


def reminded(page: Page, server: LiveServer, case: Case, today: date, occasion: Occasion) -> None:
    """Let a day come, and go on once the worker has reminded whoever has to know."""
    server.move_to((today - county_day(now())).days)
    everybody = {case.manager.id, case.chief.id, case.visit.lead_id}
    for _ in range(PATIENCE_MS // 100):
        if reminded_of(server, case, occasion) == everybody:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{occasion} came to {reminded_of(server, case, occasion)} only")


def reminded_of(server: LiveServer, case: Case, occasion: Occasion) -> set[int]:
    rows = select(Reminder.officer_id).where(
        Reminder.finding_id == case.finding.id, Reminder.occasion == occasion
    )
    with server.database.reading() as session:
        found = list(session.scalars(rows))
    assert len(found) == len(set(found)), "nobody is reminded twice of the same"
    return set(found)


def read_reminder(page: Page, server: LiveServer, officer: Officer, words: str) -> None:
    server.sign_in(page, officer)
    page.goto(f"{server.address}/reminders")
    expect(page.get_by_text(words).first).to_be_visible()


def urge(page: Page, server: LiveServer, days_late: int) -> str:
    """Issue the letter from the overdue list, and return its number."""
    page.goto(f"{server.address}/findings?view=overdue")
    page.get_by_role("link", name="逾期待督办").click()
    page.get_by_text(FACTORY).click()
    expect(page.get_by_text(f"逾期 {days_late} 天")).to_be_visible()
    page.locator("summary", has_text="制发督办函").click()
    page.get_by_role("dialog").get_by_role("button", name="制发督办函").click()
    return number_on(page)


def test_from_asking_for_more_time_to_the_letter(own_server, phone, desk, case):
    own_server.sign_in(phone, case.manager)
    own_server.sign_in(desk, case.chief)
    new_day = case.finding.due_on + timedelta(days=2)

    ask(phone, own_server, case, new_day)
    reply = decide(desk, own_server, "同意延期", "情况属实，已有防范措施。")

    phone.goto(f"{own_server.address}/my-factory/findings/{case.finding.id}")
    text = read_pdf(phone, own_server, reply)
    assert reply in text
    assert "√同意延期整改" in text
    assert f"{new_day.year}年{new_day.month}月{new_day.day}日" in text

    for days, occasion, words in (
        (-EARLY_DAYS, Occasion.SOON, "快到期"),
        (0, Occasion.TODAY, "今天到期"),
        (1, Occasion.OVERDUE, "逾期"),
    ):
        reminded(phone, own_server, case, new_day + timedelta(days=days), occasion)
        read_reminder(phone, own_server, case.manager, words)

    own_server.sign_in(desk, case.chief)  # nobody stays signed in for days
    letter = urge(desk, own_server, 1)
    assert "消督〔" in letter
    text = read_pdf(desk, own_server, "打开 PDF")
    assert letter in text
    assert case.finding.wording in text
    assert "逾期1日" in text
    phone.goto(f"{own_server.address}/my-notices")
    expect(phone.get_by_text(letter)).to_be_visible()
    with own_server.database.reading() as session:
        finding = session.get_one(Finding, case.finding.id)
        assert (finding.state, finding.due_on) == (FindingState.OPEN, new_day)
        assert session.scalars(select(Notice.number).where(Notice.number == letter)).one()


def test_more_time_is_refused_and_the_manager_reads_why(own_server, phone, desk, case):
    own_server.sign_in(phone, case.manager)
    own_server.sign_in(desk, case.chief)
    last_day = case.finding.due_on
    wished_on = last_day + timedelta(days=2)

    ask(phone, own_server, case, wished_on)
    reply = decide(desk, own_server, "不同意延期", REFUSED)

    phone.goto(f"{own_server.address}/my-factory/findings/{case.finding.id}")
    expect(phone.get_by_text("不同意，原期限不变").first).to_be_visible()
    expect(phone.get_by_text(REFUSED).first).to_be_visible()
    expect(phone.get_by_role("link", name="申请延期")).to_have_count(0)  # once for each finding
    text = read_pdf(phone, own_server, reply)
    assert reply in text
    assert "√不同意延期整改" in text
    assert "√同意延期整改" not in text
    assert REFUSED.rstrip("。") in text
    with own_server.database.reading() as session:
        assert session.get_one(Finding, case.finding.id).due_on == last_day
