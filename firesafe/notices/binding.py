"""Joins the papers of a batch to one PDF, for printing on both sides.

The batch is written object by object while one paper at a time is open, so three hundred
papers with their photographs take no more memory than one. What a PDF holds is read by
pikepdf; only the numbers of its objects are changed here.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import pikepdf

_MARK = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_BLANK_PAGE = b"<< /MediaBox [ 0 0 595.28 841.89 ] /Resources << >> /Type /Page >>"

# What pikepdf writes of an object: strings, which may hold anything, and references.
_STRING_OR_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-f]*>|(\d+) (\d+) R", re.DOTALL)


def merge_papers(
    papers: Sequence[Path], file: BinaryIO, progress: Callable[[int], None] = lambda done: None
) -> None:
    """Join the PDFs of a batch, at least one, into ``file``.

    Each paper begins on an odd page; a blank page is put in where the one before ends on
    an odd page. Page numbers, links and embedded pictures stay as they are. ``progress``
    is told after each paper how many are done.
    """
    batch = _Batch(file)
    for done, paper in enumerate(papers, start=1):
        with pikepdf.open(paper) as source:
            batch.add(source, title=str(source.docinfo.get("/Title", paper.stem)))
        progress(done)
    batch.close()


class _Batch:
    """A PDF that grows by whole papers; `close` makes it readable."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: list[int] = []
        """Where each object lies in the file, from number one on."""
        self._pages: list[int] = []
        self._titles: list[tuple[bytes, int]] = []
        """The title of each paper and the number of its first page."""
        file.write(_MARK)
        self._tree, self._outline = self._reserve(), self._reserve()

    def add(self, source: pikepdf.Pdf, *, title: str) -> None:
        """Copy the pages of ``source`` and all they use, beginning on an odd page."""
        if len(self._pages) % 2:
            self._pages.append(self._reserve())
            self._write_page(self._pages[-1], _BLANK_PAGE)
        _lead_links_to_pages(source)
        first = len(self._pages)
        copy = _Copy(source, self._reserve)
        for number, body in copy.pages():
            self._pages.append(number)
            self._write_page(number, body)
        self._titles.append((pikepdf.String(title).unparse(), self._pages[first]))
        for number, body, data in copy.all_they_use():
            self._write(number, body, data)

    def close(self) -> None:
        """Write what leads to the pages."""
        pages = b" ".join(map(_reference, self._pages))
        tree = b"<< /Count %d /Kids [ %b ] /Type /Pages >>" % (len(self._pages), pages)
        self._write(self._tree, tree)
        self._write_outline()
        catalog = self._reserve()
        outline, root = _reference(self._outline), _reference(self._tree)
        self._write(catalog, b"<< /Outlines %b /Pages %b /Type /Catalog >>" % (outline, root))
        self._write_table(catalog)

    def _reserve(self) -> int:
        self._places.append(0)
        return len(self._places)

    def _write(self, number: int, body: bytes, data: bytes | None = None) -> None:
        self._places[number - 1] = self._file.tell()
        stream = b"" if data is None else b"\nstream\n%b\nendstream" % data
        self._file.write(b"%d 0 obj\n%b%b\nendobj\n" % (number, body, stream))

    def _write_page(self, number: int, body: bytes) -> None:
        self._write(number, b"<< /Parent %b" % _reference(self._tree) + body.removeprefix(b"<<"))

    def _write_table(self, catalog: int) -> None:
        table = self._file.tell()
        size = len(self._places) + 1
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        self._file.writelines(b"%010d 00000 n \n" % place for place in self._places)
        trailer = b"trailer << /Root %b /Size %d >>\n" % (_reference(catalog), size)
        self._file.write(trailer + b"startxref\n%d\n%%%%EOF\n" % table)

    def _write_outline(self) -> None:
        items = [self._reserve() for _ in self._titles]
        chain = b" /First %b /Last %b" % (_reference(items[0]), _reference(items[-1]))
        self._write(self._outline, b"<< /Count %d%b >>" % (len(items), chain))
        for place, (title, page) in enumerate(self._titles):
            near = b" /Prev %b" % _reference(items[place - 1]) if place else b""
            if place + 1 < len(items):
                near += b" /Next %b" % _reference(items[place + 1])
            parts = (_reference(page), _reference(self._outline), near, title)
            self._write(items[place], b"<< /Dest [ %b /Fit ] /Parent %b%b /Title %b >>" % parts)


class _Copy:
    """The objects of one paper under the numbers they have in the batch."""

    def __init__(self, source: pikepdf.Pdf, reserve: Callable[[], int]) -> None:
        self._source = source
        self._reserve = reserve
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[int, int]] = []
        self._pages = [page.obj for page in source.pages]
        for page in self._pages:
            del page["/Parent"]  # the tree of pages is the batch's own
            self._numbers[page.objgen] = reserve()

    def pages(self) -> Iterator[tuple[int, bytes]]:
        """Yield each page's number and what it says."""
        for page in self._pages:
            yield self._numbers[page.objgen], self._body(page)

    def all_they_use(self) -> Iterator[tuple[int, bytes, bytes | None]]:
        """Yield number, body and stream of whatever the pages read so far lead to."""
        while self._waiting:
            name = self._waiting.pop()
            thing = self._source.get_object(name)
            if isinstance(thing, pikepdf.Stream):
                yield self._numbers[name], self._body(thing.stream_dict), thing.read_raw_bytes()
            else:
                yield self._numbers[name], self._body(thing), None

    def _body(self, thing: pikepdf.Object) -> bytes:
        return _STRING_OR_REFERENCE.sub(self._renumbered, thing.unparse(resolved=True))

    def _renumbered(self, found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        name = int(found[1]), int(found[2])
        if name not in self._numbers:
            self._numbers[name] = self._reserve()
            self._waiting.append(name)
        return _reference(self._numbers[name])


def _lead_links_to_pages(source: pikepdf.Pdf) -> None:
    """Let links say where they lead instead of a name, which each paper of a batch has."""
    names = source.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if names is None:
        return
    places = pikepdf.NameTree(names)
    for page in source.pages:
        for link in page.get("/Annots", ()):
            if "/Dest" in link and str(link.Dest) in places:
                link.Dest = places[str(link.Dest)]


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number
