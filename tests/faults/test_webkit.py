"""WebKitGTK opens our pages and keeps what they write; what it cannot do is written down here."""

import pytest
from selenium.webdriver.common.by import By

pytestmark = pytest.mark.browser

KEEP = """
const [bytes, done] = arguments;
const opening = indexedDB.open("kept", 1);
opening.onupgradeneeded = () => opening.result.createObjectStore("photos");
opening.onsuccess = () => {
  const work = opening.result.transaction("photos", bytes ? "readwrite" : "readonly");
  const photos = work.objectStore("photos");
  const asked = bytes ? photos.put(new Uint8Array(bytes).buffer, 1) : photos.get(1);
  work.oncomplete = () => done(bytes ? "kept" : [...new Uint8Array(asked.result)]);
  work.onerror = () => done(String(work.error));
};
"""


def test_it_signs_nobody_in_but_shows_the_door(live_server, webkit):
    webkit.get(f"{live_server.address}/today")

    assert webkit.current_url.startswith(f"{live_server.address}/sign-in")
    assert webkit.find_element(By.TAG_NAME, "h1").text
    assert webkit.execute_script("return document.documentElement.lang") == "zh-CN"


def test_a_buffer_is_kept_and_there_after_the_page_was_loaded_again(live_server, webkit):
    webkit.get(f"{live_server.address}/sign-in")
    assert webkit.execute_async_script(KEEP, [1, 2, 3]) == "kept"

    webkit.refresh()

    assert webkit.execute_async_script(KEEP, None) == [1, 2, 3]


def test_it_has_service_workers_and_no_background_sync(live_server, webkit):
    webkit.get(f"{live_server.address}/sign-in")

    assert webkit.execute_script("return 'serviceWorker' in navigator") is True
    assert webkit.execute_script("return 'SyncManager' in window") is False
