"""The plain page that opening is measured against: the same questions as bare HTML.

One file, a script of a few lines that keeps what was chosen, and a service worker that answers
from its cache. It is served compressed, from memory.
"""

import gzip
import html
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from firesafe.standard.edition import current_edition

FORM = "/"
CHOICES = ("合格", "不合格", "不适用")
SCRIPT = """
navigator.serviceWorker.register("/sw.js");
document.addEventListener("change", ({ target }) => {
  localStorage.setItem(target.name, target.value);
});
for (const [name, value] of Object.entries(localStorage)) {
  const choice = document.querySelector(`[name="${name}"][value="${value}"]`);
  if (choice) choice.checked = true;
}
"""
WORKER = """
self.addEventListener("install", (event) => event.waitUntil(
  caches.open("plain").then((cache) => cache.addAll(["/", "/form.js"]))));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => event.respondWith(
  caches.match(event.request).then((kept) => kept || fetch(event.request))));
"""


def form() -> str:
    """Return the page: each checkpoint with its three verdicts."""
    checkpoints = current_edition().checkpoints
    rows = "".join(_row(each.code, each.title.in_language("zh")) for each in checkpoints)
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>检查</title>'
        f'<h1>检查</h1><form>{rows}</form><script src="/form.js"></script></html>'
    )


def _row(code: str, name: str) -> str:
    choices = "".join(
        f'<label><input type="radio" name="{code}" value="{n}">{word}</label>'
        for n, word in enumerate(CHOICES)
    )
    return f"<fieldset><legend>{code} {html.escape(name)}</legend>{choices}</fieldset>"


@contextmanager
def serve_plain_page() -> Iterator[str]:
    """Yield the address of the plain page while it is served."""
    files = {
        FORM: ("text/html; charset=utf-8", gzip.compress(form().encode())),
        "/form.js": ("text/javascript", gzip.compress(SCRIPT.encode())),
        "/sw.js": ("text/javascript", gzip.compress(WORKER.encode())),
    }

    class Plain(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, body = files.get(self.path, ("text/plain", gzip.compress(b"")))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Plain)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
