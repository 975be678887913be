"""The one press of a process, and the thread it lives in."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from firesafe.notices.unnumbered import Printable

if TYPE_CHECKING:
    from firesafe.notices.document import Press


class PressRoom:
    """Prints for any thread, one paper at a time, in a thread of its own.

    The press itself may be used only by the thread that made it, and it takes a second to
    make, so it is made when the first paper comes in.
    """

    def __init__(self, templates: Path, static: Path) -> None:
        self.templates = templates
        self._static = static
        self._press: Press | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")

    def paper_pdf(self, paper: Printable, photos: Mapping[str, bytes]) -> bytes:
        """Return the PDF of ``paper``; waits for its turn.

        Raises:
            Unprintable: a photograph is missing or damaged, or a character is in no typeface.
        """
        return self._thread.submit(self._print, paper, photos).result()

    def _print(self, paper: Printable, photos: Mapping[str, bytes]) -> bytes:
        if self._press is None:
            self._press = load_typesetter()(self.templates, self._static)
        return self._press.paper_pdf(paper, photos)


def load_typesetter() -> "type[Press]":
    """Load what sets papers, which takes a second that most verbs of the command need not wait.

    While it is being loaded WeasyPrint lets the whole process accept truncated pictures, so a
    process that looks at photographs in other threads calls this before it has them.
    """
    from firesafe.notices.document import Press  # noqa: PLC0415 — see above

    return Press
