"""A killed phone and a killed server come back with what they had, and a line lies between."""

import pytest

from firesafe.inspections.models import Inspection
from tests.browser import settled
from tests.makers import make_officer, make_open_inspection

pytestmark = pytest.mark.browser

KEEP = """(word) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("kept", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("words");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const work = opening.result.transaction("words", word ? "readwrite" : "readonly");
    const words = work.objectStore("words");
    const asked = word ? words.put(word, 1) : words.get(1);
    work.oncomplete = () => resolve(asked.result);
    work.onerror = () => reject(work.error);
  };
})"""
FETCH = "(path) => fetch(path).then((reply) => reply.status, (fault) => fault.name)"


@pytest.fixture
def inspector(own_server):
    with own_server.writing() as session:
        return make_officer(session)


def test_a_killed_phone_keeps_what_it_had_written(own_server, pocket_phone):
    page = pocket_phone.start()
    page.goto(f"{own_server.address}/sign-in")
    settled(page, KEEP, "纸箱约12只")

    page = pocket_phone.restart()

    page.goto(f"{own_server.address}/sign-in")
    assert settled(page, KEEP) == "纸箱约12只"


def test_nothing_is_left_running_of_a_killed_phone(own_server, pocket_phone):
    pocket_phone.start().goto(f"{own_server.address}/sign-in")
    assert len(pocket_phone.processes()) > 2

    pocket_phone.kill()

    assert pocket_phone.processes() == set()


def test_a_phone_in_flight_mode_reaches_nothing(own_server, pocket_phone):
    page = pocket_phone.start()
    page.goto(f"{own_server.address}/sign-in")

    pocket_phone.set_offline(True)
    assert settled(page, FETCH, "/check") == "TypeError"
    assert page.evaluate("navigator.onLine") is False

    pocket_phone.set_offline(False)
    assert settled(page, FETCH, "/check") == 200


def test_a_killed_server_comes_back_at_its_place_with_what_it_had(
    own_server, line, pocket_phone, inspector
):
    page = pocket_phone.start()
    own_server.sign_in(page, inspector, address=line.address)
    assert page.goto(f"{line.address}/today").status == 200

    own_server.kill()
    assert settled(page, FETCH, "/today") == "TypeError"
    with own_server.writing() as session:
        visit = make_open_inspection(session, lead=session.merge(inspector)).id
    own_server.start()

    assert settled(page, FETCH, f"/inspections/{visit}/fill") == 200
    with own_server.database.reading() as session:
        assert session.get(Inspection, visit) is not None


def test_a_page_over_a_line_that_is_cut_says_so_and_comes_on_the_next_try(
    own_server, line, pocket_phone
):
    page = pocket_phone.start()
    page.goto(f"{line.address}/sign-in")
    page.wait_for_load_state("networkidle")  # what it fetches later would keep a connection

    line.cut()
    line.cut_after(received=100, of=b"GET /check")

    assert settled(page, FETCH, "/check") == "TypeError"
    assert line.cuts == 1
    assert settled(page, FETCH, "/check") == 200
