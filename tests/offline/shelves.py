"""Looking into the phone's own database from a test, and putting something there."""

from typing import Any

from playwright.sync_api import Page

_ASK = """([store, mode, does, words]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('firesafe');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const base = opening.result;
    const transaction = base.transaction(store, mode);
    const asked = transaction.objectStore(store)[does](...words);
    transaction.oncomplete = () => { base.close(); resolve(asked.result); };
    transaction.onabort = () => reject(transaction.error);
  };
})"""


def put(page: Page, store: str, row: Any, *key: str) -> None:
    """Put a row onto the shelf of the phone; a page that uses it must have been open before."""
    page.evaluate(_ASK, [store, "readwrite", "put", [row, *key]])


def rows(page: Page, store: str) -> list[Any]:
    """Return what lies on the shelf of the phone."""
    found: list[Any] = page.evaluate(_ASK, [store, "readonly", "getAll", []])
    return found
