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

    The press itself may be used only by the thread that made it, and it takes two seconds to
    load and make, so that is done when the first paper comes in.
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
            self._press = self._new_press()
        return self._press.paper_pdf(paper, photos)

    def _new_press(self) -> "Press":
        from firesafe.notices.document import Press  # noqa: PLC0415 — most processes never print

        return Press(self.templates, self._static)
