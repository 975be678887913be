"""A batch of papers joined for printing on both sides."""

import re
from itertools import chain

import pikepdf
import pytest

from firesafe.notices.document import merge_papers
from tests.notices.printed import Printed
from tests.notices.samples import make_notice, make_receipt, make_withdrawal


@pytest.fixture(scope="module")
def batch(press, tmp_path_factory):
    """Papers of several lengths, the file they were joined to, and what progress was told."""
    folder = tmp_path_factory.mktemp("batch")
    samples = [
        make_notice(findings=1, photos=2),
        (make_receipt(), {}),
        make_notice(findings=3, photos=4),
        (make_withdrawal(), {}),
    ]
    papers = []
    for number, sample in enumerate(samples):
        papers.append(folder / f"{number}.pdf")
        papers[-1].write_bytes(press.paper_pdf(*sample))
    told = []
    joined = merge_papers(papers, folder / "joined.pdf", told.append)
    return papers, joined, told


def page_numbers(file):
    return [
        "".join(glyph.text for glyph in page.page_number)
        for page in Printed(file.read_bytes()).pages
    ]


def test_every_paper_begins_on_an_odd_page_with_its_own_page_numbers(batch):
    papers, joined, _ = batch

    expected = []
    for paper in papers:
        expected += [""] * (len(expected) % 2) + page_numbers(paper)

    assert page_numbers(joined) == expected
    assert all(place % 2 == 0 for place, number in enumerate(expected) if number == "—1—")
    assert "" in expected


def test_the_last_paper_is_not_followed_by_a_blank_page(batch):
    _, joined, _ = batch

    assert page_numbers(joined)[-1] != ""


def test_the_outline_of_a_batch_lists_its_papers(batch):
    _, joined, _ = batch

    with pikepdf.open(joined) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]

    assert titles == [
        "消防安全隐患整改通知书 示例消改〔2026〕第0037号",
        "送达回证 示例消送〔2026〕第0037号",
        "消防安全隐患整改通知书 示例消改〔2026〕第0037号",
        "撤回通知书 示例消撤〔2026〕第0002号",
    ]


def test_links_from_the_table_still_lead_into_the_annex_of_their_own_paper(batch):
    _, joined, _ = batch

    with pikepdf.open(joined) as pdf:
        annotations = [note for page in pdf.pages for note in page.get("/Annots", [])]
        names = pdf.Root.Names.Dests
        known = {str(name) for name in names_below(names)}

    assert len(annotations) == 6
    assert all(str(target_of(note)) in known for note in annotations)
    assert len({str(target_of(note)) for note in annotations}) == 6


def target_of(annotation):
    return annotation.A.D if "/A" in annotation else annotation.Dest


def names_below(tree):
    yield from list(tree.get("/Names", []))[::2]
    for kid in tree.get("/Kids", []):
        yield from names_below(kid)


def test_photographs_are_not_squeezed_again(batch):
    papers, joined, _ = batch

    def pictures(file):
        with pikepdf.open(file) as pdf:
            return sorted(
                image.read_raw_bytes() for page in pdf.pages for image in page.get_images().values()
            )

    assert pictures(joined) == sorted(chain.from_iterable(map(pictures, papers)))


def test_the_structure_of_a_batch_is_sound(batch):
    with pikepdf.open(batch[1]) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_progress_is_told_paper_by_paper(batch):
    assert batch[2] == [1, 2, 3, 4]


def test_blank_pages_are_a4(batch):
    with pikepdf.open(batch[1]) as pdf:
        sizes = {tuple(round(float(side)) for side in page.mediabox) for page in pdf.pages}

    assert sizes == {(0, 0, 595, 842)}
    assert not re.search("[^—0-9]", "".join(page_numbers(batch[1])))
