"""Measures how fast papers are printed: ours against naive code and a warm Chromium.

Everything is CPU time of user and system, and all contestants take turns in the same
run, so the ratios hold on a busy machine too. The paper is a rectification notice of
five pages with eight photographs.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from weasyprint import HTML

from bench._pressing import STATIC, TEMPLATES, merge_all, open_press, print_one
from firesafe.notices.canonical import to_json
from firesafe.notices.document import Press
from firesafe.notices.paper import paper_html
from firesafe.notices.snapshot import RectificationNotice
from tests import browser
from tests.notices.samples import make_head, make_notice, photo_bytes

ROUNDS = 7
WORKERS = 2

Row = tuple[str, str, str, bool]
"""What was measured, the figure, the goal, whether it was reached."""

NAIVE_ANNEX = """
.annex { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm 4mm }
.annex__photo { float: none; width: auto }
.sign-for .form__signer { display: flex }
"""


def main(arguments: list[str] | None = None) -> list[Row]:
    """Measure and return the rows; print nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batch", type=int, default=300, help="papers of the batch; 0 for none")
    options = parser.parse_args(arguments or [])
    rows = one_paper()
    if options.batch:
        rows += a_batch(options.batch)
    return rows


def one_paper() -> list[Row]:
    """Measure one warm paper: ours, naive code with two sorts of photographs, Chromium."""
    press = Press(TEMPLATES, STATIC)
    with tempfile.TemporaryDirectory() as name, chromium() as browser_pdf:
        papers = [a_paper(roll, Path(name)) for roll in range(ROUNDS + 1)]
        contestants: dict[str, Callable[[Entry], object]] = {
            "ours": lambda entry: press.paper_pdf(entry.notice, entry.photos),
            "naive": lambda entry: HTML(filename=entry.page).write_pdf(),
            "naive with uploads": lambda entry: HTML(filename=entry.page_with_uploads).write_pdf(),
        }
        if browser_pdf:
            contestants["Chromium"] = lambda entry: browser_pdf(entry.page)
        seconds = race(contestants, papers)
        size = len(press.paper_pdf(papers[0].notice, papers[0].photos)) / 1e6
    return rows_of(seconds, size)


@dataclass(frozen=True)
class Entry:
    """One notice, ready for all contestants."""

    notice: RectificationNotice
    photos: dict[str, bytes]
    page: Path
    page_with_uploads: Path


def a_paper(roll: int, folder: Path) -> Entry:
    """Make a notice with photographs of its own."""
    notice, photos = notice_of(roll)
    uploads = as_uploaded(photos)
    return Entry(
        notice,
        photos,
        naive_page(notice, photos, folder / f"small{roll}"),
        naive_page(notice, uploads, folder / f"uploads{roll}"),
    )


def notice_of(roll: int) -> tuple[RectificationNotice, dict[str, bytes]]:
    """Return a notice of five pages with eight photographs, unlike that of any other roll."""
    head = make_head(number=f"示例消改〔2026〕第{roll + 1:04}号")
    addressee = f"示例县示例玩具{roll + 1}厂"
    return make_notice(findings=5, photos=8, roll=roll, head=head, addressee=addressee)


def race(
    contestants: dict[str, Callable[[Entry], object]], entries: list[Entry]
) -> dict[str, float]:
    """Let all take turns, a new notice each round; return the least seconds of each.

    The first round only warms up. The least is what other work on the machine disturbs least.
    """
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for entry in entries:
        for name, contestant in contestants.items():
            started = time.process_time() + browser_seconds()
            contestant(entry)
            times[name].append(time.process_time() + browser_seconds() - started)
    return {name: min(seconds[1:]) for name, seconds in times.items()}


def rows_of(seconds: dict[str, float], size: float) -> list[Row]:
    """Return the rows for one paper."""
    ours = seconds["ours"]
    rows: list[Row] = [
        ("PDF of 5 pages, 8 photos, CPU-s", f"{ours:.3f}", "<= 0.25", ours <= 0.25),
        ratio("PDF against naive code", ours, seconds["naive"], 0.7),
        ratio("PDF against naive code with uploads", ours, seconds["naive with uploads"], 0.7),
    ]
    if "Chromium" in seconds:
        rows.append(ratio("PDF against warm Chromium", ours, seconds["Chromium"], 0.5))
    return [*rows, ("PDF size, MB", f"{size:.2f}", "<= 1.2", size <= 1.2)]


def ratio(name: str, ours: float, theirs: float, goal: float) -> Row:
    """Return the row of a ratio, with both figures in it."""
    share = ours / theirs
    return name, f"{share:.2f} ({ours:.3f} / {theirs:.3f} s)", f"<= {goal}", share <= goal


def naive_page(notice: RectificationNotice, photos: dict[str, bytes], folder: Path) -> Path:
    """Write the page as somebody in a hurry would: styles inside, photos beside, a grid."""
    folder.mkdir()
    for name, picture in photos.items():
        (folder / f"{name}.jpg").write_bytes(picture)
    sheets = ("page.css", "tables.css", "forms.css", "annex.css")
    style = "".join((STATIC / "css" / "pdf" / sheet).read_text("utf-8") for sheet in sheets)
    page = paper_html(notice, TEMPLATES, photo_address="{}.jpg".format)
    page = page.replace("</head>", f"<style>{style}{NAIVE_ANNEX}</style></head>")
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    return file


def as_uploaded(photos: dict[str, bytes]) -> dict[str, bytes]:
    """Return the photographs as a telephone sends them: 1600 px, with an EXIF block."""
    uploads = {}
    for number, name in enumerate(photos):
        with Image.open(BytesIO(photo_bytes(number, size=1600))) as picture:
            exif = picture.getexif()
            exif[0x0112] = 1
            out = BytesIO()
            picture.save(out, "JPEG", quality=85, exif=exif)
        uploads[name] = out.getvalue()
    return uploads


@contextmanager
def chromium() -> Iterator[Callable[[Path], bytes] | None]:
    """Start a Chromium and give a function that prints a page with it; none if there is none."""
    program = browser.chromium()
    if not Path(program).exists():
        yield None
        return
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = opened.new_page()

        def pdf(file: Path) -> bytes:
            page.goto(file.as_uri())
            return page.pdf(prefer_css_page_size=True)

        yield pdf
        opened.close()


def browser_seconds() -> float:
    """Return the CPU seconds of all processes below this one: Chromium's and its driver's."""
    ticks = 0
    for process in descendants_of(os.getpid()):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def descendants_of(pid: int) -> Iterator[Path]:
    """Yield the folders in /proc of all processes started below ``pid``."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield Path("/proc", child)
            yield from descendants_of(int(child))


def a_batch(count: int) -> list[Row]:
    """Print ``count`` different notices with two workers, then join them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_down(count, folder)
        before, started = children_seconds(), time.monotonic()
        with ProcessPoolExecutor(
            WORKERS, get_context("spawn"), initializer=open_press, initargs=(folder,)
        ) as pool:
            results = list(pool.map(print_one, range(count), chunksize=4))
        spent, wall = children_seconds() - before, time.monotonic() - started
        open_press(folder)
        again = [print_one(number)[0] for number in range(0, count, 37)]
        same = again == [digest for digest, _ in results[::37]]
        memory = max(memory for _, memory in results)
        cpu, clock = 75 * count / 300, 42 * count / 300  # the goals are for 300
        merged = merging(sorted(folder.glob("*.pdf")), folder)
    return [
        (f"{count} PDFs, CPU-s", f"{spent:.1f}", f"<= {cpu:.0f}", spent <= cpu),
        (f"{count} PDFs, {WORKERS} workers, s", f"{wall:.1f}", f"<= {clock:.0f}", wall <= clock),
        ("memory of a worker, MB", f"{memory:.0f}", "<= 160", memory <= 160),
        ("same bytes from workers and alone", "yes" if same else "no", "yes", same),
        merged,
    ]


def write_down(count: int, folder: Path) -> None:
    """Put snapshots and photographs where a worker finds them; twenty notices take turns."""
    for roll in range(min(count, 20)):
        notice, photos = notice_of(roll)
        (folder / f"{roll}.json").write_text(to_json(notice), "utf-8")
        for sha256, picture in photos.items():
            (folder / f"{sha256}.jpg").write_bytes(picture)


def merging(papers: list[Path], folder: Path) -> Row:
    """Measure the joining of all papers in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        seconds, pages, memory = pool.submit(merge_all, papers, folder / "all.pdf").result()
    goal = 2 * len(papers) / 300
    figure = f"{seconds:.2f} ({pages} pages, {memory:.0f} MB of memory)"
    return f"joining {len(papers)} PDFs, CPU-s", figure, f"<= {goal:.1f}", seconds <= goal


def children_seconds() -> float:
    """Return the CPU seconds of the processes this one has started and ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    for row in main():
        print(*row, sep="\t")
