"""The modules of the camera in a real Chromium, each as it lies in static/src, not bundled."""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import LiveServer, settled
from tests.camera.source import serve_source


@pytest.fixture
def bench(live_server: LiveServer, phone: Page) -> Page:
    """A page of the service, under its content policy, that may import our modules."""
    phone.route("**/src/**", serve_source)
    phone.goto(f"{live_server.address}/sign-in")
    return phone


TAKE = """async ({ files, options, script }) => {
  const { takePhoto } = await import("/src/camera/take.mjs");
  const text = (bytes) => {
    let letters = "";
    for (const byte of new Uint8Array(bytes)) letters += String.fromCharCode(byte);
    return btoa(letters);
  };
  const file = ({ content, ...rest }) =>
    new File([Uint8Array.from(atob(content), (l) => l.charCodeAt(0))], "image.jpg", rest);
  const takeOne = (sent) => takePhoto(file(sent), { source: "camera", ...options }).then(
    (taken) => ({
      ...taken,
      isBuffer: taken.bytes instanceof ArrayBuffer,
      bytes: text(taken.bytes),
      thumbnail: taken.thumbnail && text(taken.thumbnail),
    }),
    ({ name, reason }) => ({ name, reason }),
  );
  return Promise.all(files.map(takeOne));
}"""


@pytest.fixture
def take(bench: Page) -> Callable[..., Any]:
    """Return a function that takes photographs as a page would, all in one go."""

    def taken(*contents: bytes, changed_at: float = 0, **options: Any) -> Any:
        files = [
            {"content": base64.b64encode(content).decode(), "lastModified": changed_at}
            for content in contents
        ]
        found = settled(bench, TAKE, {"files": files, "options": options})
        for photo in found:
            for part in ("bytes", "thumbnail"):
                if photo.get(part):
                    photo[part] = base64.b64decode(photo[part])
        return found[0] if len(contents) == 1 else found

    return taken


@pytest.fixture
def megabytes(browser: Browser, bench: Page) -> Callable[[], float]:
    """Return a function that measures what all of the browser's processes hold, after tidying.

    Not their files: of these each has a share, which grows when another browser ends.
    """

    def held() -> float:
        page = bench.context.new_cdp_session(bench)
        page.send("HeapProfiler.collectGarbage")
        session = browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        pages = (Path(f"/proc/{process['id']}/smaps_rollup") for process in processes)
        told = [re.findall(r"Pss_(?:Anon|Shmem):\s+(\d+)", one.read_text()) for one in pages]
        return sum(int(kilobytes) for one in told for kilobytes in one) / 1024

    return held
