"""Measures how long a phone needs to open the visit page, against a plain page in the same run.

The phone is Chromium with its CPU slowed four times, on slow 4G (1.6 Mbit/s down, 0.75 up, 150 ms)
or without any network. Both pages take turns, so the ratios hold on a busy machine. A page is
interactive once the first verdict has a size, its script says that it is ready, and no long task
that begins within the second after that runs. The plain page has no script to wait for.
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench._plain_page import FORM, serve_plain_page
from bench.photos import Row
from firesafe.accounts.models import Officer
from firesafe.inspections.actions import attach_photo
from firesafe.inspections.models import PhotoMoment
from tests.browser import PHONE, LiveServer, chromium
from tests.makers import MONDAY, make_officer, make_open_inspection, make_photo

ROUNDS = 5
MORE_OFF = 3  # times as many without network, where the plain page swings by half
TAPS = 20
PHOTOS = 40
SLOWED = 4
SCREEN = {**PHONE, "viewport": {"width": 360, "height": 740}}
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
DIST = Path(__file__).resolve().parents[1] / "static" / "dist"
WATCH = """
self.longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries()))
  .observe({ type: "longtask", buffered: true });
const look = () => {
  const isThere = [...document.querySelectorAll("label")].some((label) => label.offsetHeight);
  const isReady = !document.querySelector('[data-behaviour="visit"]:not([data-ready])');
  if (isThere && isReady) self.readyAt = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
INTERACTIVE = """async () => {
  while (!self.readyAt || performance.now() < readyAt + 1500) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return longTasks.filter((task) => task.startTime < readyAt + 1000)
    .reduce((end, task) => Math.max(end, task.startTime + task.duration), readyAt);
}"""
KEEP_SHEET = """async () => {
  const { rows } = document.querySelector("[data-rows]").dataset;
  await (await caches.open("pages")).addAll(["/visit/2026", rows]);
}"""
FETCHED = "() => performance.getEntriesByType('resource').map((each) => each.name)"
WATCH_TAPS = """() => {
  self.taps = [];
  new PerformanceObserver((list) => taps.push(...list.getEntries()))
    .observe({ type: "event", durationThreshold: 16 });
}"""
TAPPED = "() => taps.filter((each) => each.interactionId).map((each) => each.duration)"


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit with all its checkpoints, and whoever fills it in."""

    server: LiveServer
    lead: Officer
    inspection_id: int
    key: str

    @property
    def page(self) -> str:
        """Where it is filled in."""
        return f"{self.server.address}/inspections/{self.inspection_id}/fill"

    @property
    def kept_page(self) -> str:
        """Where it is filled in without signal."""
        return f"{self.server.address}/visit/2026?key={self.key}"


def main(arguments: list[str] | None = None) -> list[Row]:
    """Measure and return the rows; print nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args(arguments or []).rounds
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        serve_plain_page() as plain,
        _visits(Path(folder)) as (fresh, full),
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--enable-precise-memory-info"]
        )
        return [
            *_first_visit(browser, fresh, plain + FORM, rounds),
            _without_network(browser, fresh, plain + FORM, rounds * MORE_OFF),
            *_taps(browser, full),
        ]


def _first_visit(browser: Browser, visit: Visit, plain: str, rounds: int) -> list[Row]:
    ours, theirs, heaps = [], [], []
    fetched: list[str] = []
    for _ in range(rounds + 1):
        with _phone(browser, visit) as (page, session):
            theirs.append(_opened(page, plain, session, SLOW_4G))
        with _phone(browser, visit) as (page, session):
            ours.append(_opened(page, visit.page, session, SLOW_4G))
            heaps.append(_heap(session))
            fetched = page.evaluate(FETCHED)
    del theirs[0], ours[0]  # the service had just been started
    heap, script, style = max(heaps), _weight(fetched, ".mjs"), _weight(fetched, ".css")
    return [
        _ratio("first visit until interactive over the plain page", ours, theirs, 2.5),
        ("script heap with the visit open, MB", f"{heap:.1f}", "<= 5.5", heap <= 5.5),
        ("scripts of the visit page compressed, KB", f"{script:.1f}", "<= 60", script <= 60),
        ("styles of the visit page compressed, KB", f"{style:.1f}", "<= 25", style <= 25),
    ]


def _without_network(browser: Browser, visit: Visit, plain: str, rounds: int) -> Row:
    with _phone(browser, visit) as (page, session):
        page.goto(plain)
        _wait_for_worker(page)
        page.goto(visit.page)
        page.locator("[data-ready]").wait_for(state="attached")
        _wait_for_worker(page)
        page.evaluate(KEEP_SHEET)
        page.context.set_offline(True)
        theirs, ours = [], []
        for _ in range(rounds):
            theirs.append(_opened(page, plain, session))
            ours.append(_opened(page, visit.kept_page, session))
    return _ratio("opening without network over the plain page", ours, theirs, 1.7)


def _taps(browser: Browser, visit: Visit) -> list[Row]:
    with _phone(browser, visit) as (page, session):
        page.goto(visit.page)
        page.locator("[data-ready]").wait_for(state="attached")
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.evaluate(WATCH_TAPS)
        verdicts = page.locator("label.verdict__label:visible")
        for number in range(TAPS):
            verdicts.nth(number % verdicts.count()).tap()
            page.wait_for_timeout(300)  # one after another, as by a thumb
        durations = page.evaluate(TAPPED)
    middle = statistics.median(durations) if durations else 0
    worst = max(durations, default=0)
    figure = f"{middle:.0f}, worst {worst:.0f}"
    return [("tap on a verdict until it is painted, ms", figure, "<= 50", middle <= 50)]


def _opened(
    page: Page, address: str, session: CDPSession, network: dict[str, object] | None = None
) -> float:
    """Return after how many ms a page was interactive."""
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    if network:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", network)
    page.goto(address)
    return float(page.evaluate(INTERACTIVE))


@contextmanager
def _phone(browser: Browser, visit: Visit) -> Iterator[tuple[Page, CDPSession]]:
    """Yield an empty page of a phone that knows nothing yet, signed in."""
    context: BrowserContext = browser.new_context(**SCREEN)
    context.add_init_script(WATCH)
    page = context.new_page()
    visit.server.sign_in(page, visit.lead)
    yield page, context.new_cdp_session(page)
    context.close()


@contextmanager
def _visits(folder: Path) -> Iterator[tuple[Visit, Visit]]:
    """Yield a fresh visit, and one with forty photographs."""
    server = LiveServer.made_in(folder)
    with server.writing() as session:
        lead = make_officer(session)
        fresh, full = (make_open_inspection(session, lead=lead) for _ in range(2))
        codes = [answer.checkpoint_code for answer in full.answers][: PHOTOS // 2]
        for code in codes * 2:
            photo = make_photo(session, by=lead)
            attach_photo(session, full, code, photo, PhotoMoment.FOUND, by=lead, at=MONDAY)
        visits = [Visit(server, lead, each.id, each.client_key) for each in (fresh, full)]
    server.start()
    try:
        yield visits[0], visits[1]
    finally:
        server.close()


def _wait_for_worker(page: Page) -> None:
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")


def _heap(session: CDPSession) -> float:
    """Return what scripts hold, in MB."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 2**20


def _weight(addresses: list[str], kind: str) -> float:
    """Return what files of a kind weigh together, with Brotli, in KB."""
    names = {address.rpartition("/")[2] for address in addresses if address.endswith(kind)}
    return sum((DIST / f"{name}.br").stat().st_size for name in names) / 1024


def _ratio(what: str, ours: list[float], theirs: list[float], goal: float) -> Row:
    mine, plain = statistics.median(ours), statistics.median(theirs)
    figure = f"{mine / plain:.2f} ({mine / 1000:.2f} / {plain / 1000:.2f} s)"
    return (what, figure, f"<= {goal}", mine <= goal * plain)
