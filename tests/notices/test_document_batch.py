"""A batch of papers joined for printing on both sides."""

import re
import tracemalloc
from itertools import chain

import pikepdf
import pytest

from firesafe.notices.binding import merge_papers
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
    return papers, join(papers, folder / "joined.pdf", told.append), told


def join(papers, target, progress=lambda done: None):
    with target.open("wb") as file:
        merge_papers(papers, file, progress)
    return target


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

    texts = [page.text for page in Printed(joined.read_bytes()).pages]
    annexes = [number for number, text in enumerate(texts) if "附件现场照片" in text]

    with pikepdf.open(joined) as pdf:
        targets = [
            pdf.pages.index(pikepdf.Page(link.Dest[0]))
            for page in pdf.pages
            for link in page.get("/Annots", [])
        ]

    assert len(annexes) == 2
    assert targets == [annexes[0]] * 2 + [annexes[1]] * 4


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


def test_text_that_looks_like_a_reference_is_left_alone(tmp_path):
    paper, looks = tmp_path / "paper.pdf", r"1 0 R (\1 0 R) 消防 <1 0 R>"
    with pikepdf.new() as pdf:
        pdf.add_blank_page().obj.Note = pikepdf.Array(
            [pikepdf.String(looks), 1, pdf.make_indirect(pikepdf.String(f"{looks}\n\x00"))]
        )
        pdf.save(paper)

    with pikepdf.open(join([paper, paper], tmp_path / "joined.pdf")) as joined:
        [first, _, second] = (page.obj for page in joined.pages)
        assert joined.check_pdf_syntax() == []
        assert [str(first.Note[0]), first.Note[1], str(second.Note[2])] == [
            looks,
            1,
            f"{looks}\n\x00",
        ]


def test_a_batch_never_lies_in_memory(batch, tmp_path):
    def most_memory(times):
        tracemalloc.start()
        join(batch[0] * times, tmp_path / "joined.pdf")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    most_memory(1)  # what is only loaded once
    size = sum(paper.stat().st_size for paper in batch[0])

    assert most_memory(8) - most_memory(1) < size / 2


def test_progress_is_told_paper_by_paper(batch):
    assert batch[2] == [1, 2, 3, 4]


def test_blank_pages_are_a4(batch):
    with pikepdf.open(batch[1]) as pdf:
        sizes = {tuple(round(float(side)) for side in page.mediabox) for page in pdf.pages}

    assert sizes == {(0, 0, 595, 842)}
    assert not re.search("[^—0-9]", "".join(page_numbers(batch[1])))
