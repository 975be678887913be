"""A visit and a re-check on the second engine: kept on the phone, there again, and sent."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait
from sqlalchemy import select

from firesafe.core.settings import read_settings
from firesafe.findings.models import Recheck
from firesafe.inspections.models import Answer
from firesafe.photos.store import open_store
from tests.makers import make_officer, make_open_inspection
from tests.notices.cases import make_case
from tests.offline.visiting import picture

# What the doors make of it is shown on both databases in tests/sync; here it is the phone.
pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite]

SECONDS = 60
READY = "[data-behaviour=visit][data-ready]"
RECHECK = "form[data-behaviour=recheck][data-ready]"
FAIL = "checkpoint-a3-02-fail"
IS_KEPT = """
const answer = arguments[arguments.length - 1];
const opening = indexedDB.open('firesafe');
opening.onsuccess = () => {
  const asked = opening.result.transaction('visits').objectStore('visits').getAll();
  asked.onsuccess = () => {
    opening.result.close();
    answer(asked.result.some((own) => own.recheck.second && own.photos.length === 1));
  };
};
"""


def open_visit(browser, address: str, ready: str = READY) -> None:
    browser.get(address)
    WebDriverWait(browser, SECONDS).until(lambda it: it.find_elements(By.CSS_SELECTOR, ready))


def sign_in(browser, server, address: str, officer) -> None:
    browser.get(f"{address}/sign-in")
    browser.add_cookie({"name": "session", "value": server.cookie_of(officer), "path": "/"})


def close_for_another(browser) -> None:
    """Close the window, and go on in a new one."""
    first = browser.current_window_handle
    browser.switch_to.new_window("window")
    second = browser.current_window_handle
    browser.switch_to.window(first)
    browser.close()
    browser.switch_to.window(second)


def wait_for_words(browser, words: str) -> None:
    """Return once the page says where the work is."""
    said = (By.CSS_SELECTOR, "[data-saved-words]")
    WebDriverWait(browser, SECONDS).until(lambda it: words in it.find_element(*said).text)


def verdict(server, visit_id: int) -> str | None:
    with server.database.reading() as session:
        answers = select(Answer.verdict).where(
            Answer.inspection_id == visit_id, Answer.checkpoint_code == "A3-02"
        )
        return session.scalars(answers).one()


def test_a_visit_is_kept_there_again_when_opened_anew_and_sent(own_server, line, webkit):
    """Its windows are closed, not the program: what is driven forgets all when it ends."""
    with own_server.writing() as session:
        lead = make_officer(session)
        visit = make_open_inspection(session, lead=lead)
    sign_in(webkit, own_server, line.address, lead)
    address = f"{line.address}/inspections/{visit.id}/fill#checkpoint-a3-02"
    open_visit(webkit, address)
    line.refuse()

    webkit.find_element(By.CSS_SELECTOR, f"label[for={FAIL}]").click()
    wait_for_words(webkit, "已存本机")
    close_for_another(webkit)
    assert verdict(own_server, visit.id) is None
    line.accept()
    open_visit(webkit, address)

    assert webkit.find_element(By.ID, FAIL).is_selected()
    wait_for_words(webkit, "已送达")
    assert verdict(own_server, visit.id) == "fail"


def test_a_re_check_is_kept_there_again_when_opened_anew_and_sent(
    own_server, line, webkit, tmp_path
):
    store = open_store(read_settings(own_server.instance).store)
    with own_server.writing() as session:
        case = make_case(session, store)
        county = case.visit.county_code
        lead = make_officer(session, county=county)
        make_officer(session, county=county, name="李测试")
    sign_in(webkit, own_server, line.address, lead)
    address = f"{line.address}/rechecks/{case.visit.id}?manner=on_site"
    open_visit(webkit, address, RECHECK)
    line.refuse()

    (tmp_path / "after.jpg").write_bytes(picture())
    partly = field(webkit, "result").find_element(By.XPATH, "..//label[contains(., '部分整改')]")
    webkit.execute_script("arguments[0].scrollIntoView({block: 'center'})", partly)
    partly.click()
    field(webkit, "reason").send_keys("still one")
    field(webkit, "photos").send_keys(str(tmp_path / "after.jpg"))
    Select(webkit.find_element(By.NAME, "second_id")).select_by_visible_text("李测试")
    WebDriverWait(webkit, SECONDS).until(lambda it: it.execute_async_script(IS_KEPT))
    close_for_another(webkit)
    line.accept()
    open_visit(webkit, address, RECHECK)

    assert field(webkit, "reason").get_attribute("value") == "still one"
    assert len(webkit.find_elements(By.CSS_SELECTOR, "[data-shots] [data-sha256]")) == 1
    webkit.find_element(By.CSS_SELECTOR, ".confirm summary").click()
    webkit.find_element(By.CSS_SELECTOR, "button[form=recheck]").click()
    WebDriverWait(webkit, SECONDS).until(lambda it: "/notices/" in it.current_url)
    with own_server.database.reading() as session:
        [result] = session.scalars(select(Recheck)).one().results
        assert (result.reason, len(result.photos)) == ("still one", 1)


def field(browser, name: str):
    return browser.find_element(By.CSS_SELECTOR, f"[data-finding] [name$='-{name}']")
