"""Looking into the phone's own database from a test, and putting something there."""

from typing import Any

from playwright.sync_api import Page

from tests.browser import settled, wait_until

_OPEN = """() => new Promise((resolve) => {
  const attempt = () => {
    const opening = indexedDB.open('firesafe');
    opening.onupgradeneeded = () => opening.transaction.abort(); // the page itself makes it
    opening.onerror = () => setTimeout(attempt, 50);
    opening.onsuccess = () => resolve(opening.result);
  };
  attempt();
})"""

_ASK = f"""async ([store, mode, does, words]) => {{
  const base = await ({_OPEN})();
  const transaction = base.transaction(store, mode);
  const asked = transaction.objectStore(store)[does](...words);
  await new Promise((resolve, reject) => {{
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  }});
  base.close();
  return asked.result;
}}"""


def put(page: Page, store: str, row: Any, *key: str) -> None:
    """Put a row onto the shelf of the phone, once its page has made it."""
    settled(page, _ASK, [store, "readwrite", "put", [row, *key]])


def rows(page: Page, store: str) -> list[Any]:
    """Return what lies on the shelf of the phone."""
    found: list[Any] = settled(page, _ASK, [store, "readonly", "getAll", []])
    return found


def wait_for_rows(page: Page, store: str, are_so: str) -> None:
    """Return once a function of the page says yes to what lies on the shelf."""
    asking = f"async (words) => ({are_so})(await ({_ASK})(words))"
    wait_until(page, asking, [store, "readonly", "getAll", []])


def wait_for_note(page: Page, name: str) -> None:
    """Return once the phone has noted something under this name."""
    asking = f"async (words) => Boolean(await ({_ASK})(words))"
    wait_until(page, asking, ["notes", "readonly", "get", [name]])


_FILL = f"""async () => {{
  const base = await ({_OPEN})();
  const keep = (size) => new Promise((resolve) => {{
    const noise = new Uint8Array(size);
    for (let from = 0; from < size; from += 65536) {{
      crypto.getRandomValues(noise.subarray(from, from + 65536));
    }}
    const transaction = base.transaction('notes', 'readwrite');
    transaction.objectStore('notes').put(noise.buffer, `filler ${{Math.random()}}`);
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => resolve(false);
  }});
  for (const size of [262144, 32768, 4096, 512]) while (await keep(size));
  base.close();
}}"""


def limit(page: Page, address: str, size: int) -> None:
    """Let the browser keep so many bytes for the service; to be said before it keeps any."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": address, "quotaSize": size})


def fill_up(page: Page) -> None:
    """Keep noise until there is no room left."""
    settled(page, _FILL)
