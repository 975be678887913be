"""What a process that prints does, by itself: it has the memory of a press and no more."""

import hashlib
import time
from pathlib import Path

import pikepdf

from firesafe.notices.binding import merge_papers
from firesafe.notices.canonical import from_json, photo_names
from firesafe.notices.document import Press

CHECKOUT = Path(__file__).parents[1]
TEMPLATES, STATIC = CHECKOUT / "templates", CHECKOUT / "static"

_press: Press
_folder: Path


def open_press(folder: Path) -> None:
    """Give this process a press, as a worker has one."""
    global _press, _folder
    _press, _folder = Press(TEMPLATES, STATIC), folder


def print_one(number: int) -> tuple[str, float]:
    """Print the notice of this number; return its SHA-256 and the memory of the process."""
    notice = from_json((_folder / f"{number % 20}.json").read_text("utf-8"))
    photos = {sha: (_folder / f"{sha}.jpg").read_bytes() for sha in photo_names(notice)}
    pdf = _press.paper_pdf(notice, photos)
    (_folder / f"{number:04}.pdf").write_bytes(pdf)
    return hashlib.sha256(pdf).hexdigest(), memory_mb()


def merge_all(papers: list[Path], target: Path) -> tuple[float, int, float]:
    """Join, and return CPU seconds, pages and the most memory in MB."""
    started = time.process_time()
    with target.open("wb") as file:
        merge_papers(papers, file)
    seconds, memory = time.process_time() - started, memory_mb()
    with pikepdf.open(target) as merged:
        return seconds, len(merged.pages), memory


def memory_mb() -> float:
    """Return the most memory this process has had, in MB.

    The kernel's other count, ru_maxrss, begins with what the parent had.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
