"""A visit on the second engine: kept on the phone, there again, and sent."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from sqlalchemy import select

from firesafe.inspections.models import Answer
from tests.makers import make_officer, make_open_inspection

pytestmark = pytest.mark.browser

SECONDS = 60
READY = "[data-behaviour=visit][data-ready]"
FAIL = "checkpoint-a3-02-fail"


def open_visit(browser, address: str) -> None:
    browser.get(address)
    WebDriverWait(browser, SECONDS).until(lambda it: it.find_elements(By.CSS_SELECTOR, READY))


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
    webkit.get(f"{line.address}/sign-in")
    webkit.add_cookie({"name": "session", "value": own_server.cookie_of(lead), "path": "/"})
    address = f"{line.address}/inspections/{visit.id}/fill#checkpoint-a3-02"
    open_visit(webkit, address)
    line.refuse()

    webkit.find_element(By.CSS_SELECTOR, f"label[for={FAIL}]").click()
    wait_for_words(webkit, "已存本机")
    first = webkit.current_window_handle
    webkit.switch_to.new_window("window")
    second = webkit.current_window_handle
    webkit.switch_to.window(first)
    webkit.close()
    webkit.switch_to.window(second)
    assert verdict(own_server, visit.id) is None
    line.accept()
    open_visit(webkit, address)

    assert webkit.find_element(By.ID, FAIL).is_selected()
    wait_for_words(webkit, "已送达")
    assert verdict(own_server, visit.id) == "fail"
