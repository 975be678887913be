"""What lies in the PDF besides the page: typefaces, outline, snapshot, pictures; same bytes."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from firesafe.core.errors import RuleBroken
from firesafe.notices.canonical import from_json, to_json
from firesafe.notices.document import Unprintable
from firesafe.notices.page import OwnPhotos
from tests.notices.press_run import print_samples
from tests.notices.printed import Printed
from tests.notices.samples import (
    UNDRAWN,
    make_finding,
    make_notice,
    make_receipt,
    make_record,
    make_withdrawal,
    signed_on_the_screen,
)
from tests.patience import PATIENCE_SECONDS, run_at_once

OWN_FONTS = {"FandolFang", "FandolSong-Regular", "FandolSong-Bold", "FandolHei-Regular"}


def descriptors(pdf: pikepdf.Pdf):
    return [item for item in pdf.objects if is_dictionary(item, "/FontDescriptor")]


def is_dictionary(item: object, kind: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == kind


def test_only_our_typefaces_are_embedded_and_none_as_type_3(printed_notice):
    with printed_notice.opened() as pdf:
        fonts = [item for item in pdf.objects if is_dictionary(item, "/Font")]
        embedded = [str(item.FontName) for item in descriptors(pdf)]
        assert all("/FontFile3" in item or "/FontFile2" in item for item in descriptors(pdf))

    assert printed_notice.fonts == OWN_FONTS
    assert {name.partition("+")[2] for name in embedded} == OWN_FONTS
    assert "/Type3" not in {str(font.Subtype) for font in fonts}


def test_each_typeface_is_of_the_weight_its_name_says(printed_notice):
    with printed_notice.opened() as pdf:
        files = [BytesIO(item.FontFile3.read_bytes()) for item in descriptors(pdf)]
    drawn = {TTFont(file)["CFF "].cff.fontNames[0] for file in files}

    assert drawn == {
        "FandolFang-Regular",
        "FandolHei-Regular",
        "FandolSong-Bold",
        "FandolSong-Regular",
    }


def test_the_head_of_the_table_is_repeated_on_every_page_it_runs_over(printed_notice):
    headed = [page.text.count("整改要求整改期限") for page in printed_notice.pages]
    rows = [count for count, head in zip(printed_notice.row_counts, headed, strict=True) if head]

    assert sum(headed) == len(rows) >= 3
    assert set(headed) == {0, 1}
    assert sum(rows) == 12 + len(rows)


@pytest.mark.parametrize("lines", [3, 10, 17])
def test_no_row_is_cut_however_long_the_rows_are(press, lines):
    findings = tuple(
        make_finding(n, requirement=f"始{n}。{'立即整改，不得再犯。' * lines}终{n}。")
        for n in range(1, 7)
    )

    printed = Printed(press.paper_pdf(*make_notice(findings=findings, photos=0)))

    for n in range(1, 7):
        assert [f"始{n}。" in page.text for page in printed.pages] == [
            f"终{n}。" in page.text for page in printed.pages
        ]


def test_title_language_author_and_outline_are_set(printed_notice):
    with printed_notice.opened() as pdf, pdf.open_outline() as outline:
        [title] = outline.root

        assert pdf.Root.Lang == "zh-CN"
        assert pdf.docinfo["/Title"] == "消防安全隐患整改通知书 示例消改〔2026〕第0037号"
        assert pdf.docinfo["/Author"] == "示例县经济贸易局"
        assert title.title == "消防安全隐患整改通知书"
        assert [part.title for part in title.children] == ["隐患清单", "签收", "现场照片"]


def test_each_photo_code_in_the_table_leads_to_its_photograph(printed_notice):
    with printed_notice.opened() as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert {str(link.Subtype) for link in links} == {"/Link"}
        assert len(links) == 16


def test_the_structure_of_the_file_is_sound(printed_notice):
    with printed_notice.opened() as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_paper_says_it_is_pdf_a_3b(printed_notice):
    with printed_notice.opened() as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "B"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


@pytest.mark.parametrize("make", [make_notice, make_record])
def test_the_snapshot_is_attached_as_it_was_frozen(press, make):
    paper, photos = make(photos=1)

    with Printed(press.paper_pdf(paper, photos)).opened() as pdf:
        attached = pdf.attachments["snapshot.json"].get_file().read_bytes()
        specification = pdf.Root.AF[0]

    assert from_json(attached.decode("utf-8")) == paper
    assert attached.decode("utf-8") == to_json(paper)
    assert specification.AFRelationship == "/Source"


def test_photographs_are_embedded_byte_for_byte(press):
    notice, photos = make_notice(photos=5)

    with Printed(press.paper_pdf(notice, photos)).opened() as pdf:
        images = [image for page in pdf.pages for image in page.get_images().values()]
        embedded = {hashlib.sha256(image.read_raw_bytes()).hexdigest() for image in images}

    assert embedded == set(photos)


def test_photographs_are_sharp_enough_on_paper(press, printed_notice):
    images = [mark for page in printed_notice.pages for mark in page.marks if mark.kind == "image"]

    assert len(images) == 16
    for image in images:
        long_side = max(image.right - image.left, image.bottom - image.top)
        assert 800 / (long_side / 25.4) > 200


def test_signatures_given_on_the_screen_are_printed(press):
    record, pictures = signed_on_the_screen()

    printed = Printed(press.paper_pdf(record, pictures))

    assert sum(mark.kind == "image" for page in printed.pages for mark in page.marks) == 4


def test_the_same_snapshot_gives_the_same_bytes_in_any_process():
    command = [
        sys.executable,
        "-c",
        f"from {print_samples.__module__} import print_samples as p; print(*p())",
    ]
    runs = [
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=PATIENCE_SECONDS,
        ).stdout.split()
        for seed in ("0", "4711")
    ]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        tasks = [pool.submit(print_samples) for _ in range(2)]
        pooled = [task.result(PATIENCE_SECONDS) for task in tasks]

    here = print_samples()

    assert [[name.decode() for name in run] for run in runs] == [here, here]
    assert pooled == [here, here]


PRINT_AND_END = """
import sys
from multiprocessing import get_context
from tests.notices import press_run
press = press_run.make_press()
child = get_context("fork").Process(target=press_run.print_samples)
child.start()
child.join()
sys.exit(child.exitcode)
"""


def test_processes_that_end_take_their_copies_of_typefaces_along(tmp_path):
    made = subprocess.run(
        [sys.executable, "-c", PRINT_AND_END],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        timeout=PATIENCE_SECONDS,
    )

    assert made.returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/a.jpg",
        "https://example.cn/a.jpg",
        "file:///etc/hostname",
        "data:image/png;base64,AAAA",
        "photo:unknown",
        "photo:../known",
    ],
)
def test_the_press_fetches_nothing_but_its_own_photographs(address):
    page = HTML(string=f'<img src="{address}">', url_fetcher=OwnPhotos({"known": b""}))

    with pytest.raises(ValueError, match="not a photograph of this paper"):
        OwnPhotos({"known": b""}).fetch(address)
    with pytest.raises(FatalURLFetchingError):
        page.write_pdf()


def test_a_missing_photograph_stops_the_press(press):
    notice, photos = make_notice(photos=2)
    photos.pop(notice.photos[1].sha256)

    with pytest.raises(Unprintable, match="照片1-2 of this paper is missing"):
        press.paper_pdf(notice, photos)


@pytest.mark.parametrize(
    "damage", [lambda jpeg: jpeg[:-500], lambda jpeg: b"", lambda jpeg: b"%PDF"]
)
def test_a_damaged_photograph_stops_the_press(press, damage):
    notice, photos = make_notice(photos=1)
    name = notice.photos[0].sha256

    with pytest.raises(Unprintable, match="照片1-1 of this paper is damaged"):
        press.paper_pdf(notice, {name: damage(photos[name])})


def test_a_character_in_no_typeface_stops_the_press(press):
    with pytest.raises(Unprintable, match=UNDRAWN) as refusal:
        press.paper_pdf(make_withdrawal(addressee=f"示例{UNDRAWN}厂"), {})

    assert isinstance(refusal.value, RuleBroken)


def test_rare_names_are_printed_with_the_stand_in(press):
    printed = Printed(press.paper_pdf(make_withdrawal(addressee="赵玥郑祎厂"), {}))

    assert "赵玥郑祎厂：" in printed.text
    assert printed.fonts - OWN_FONTS == {"LXGW-WenKai"}


def test_blanks_that_xml_cannot_hold_are_printed_as_blanks(press):
    printed = Printed(press.paper_pdf(make_withdrawal(addressee="示例\x0c玩具\x1f厂"), {}))

    assert "示例 玩具 厂：" in printed.text


def test_a_finding_longer_than_a_page_is_printed_whole(press):
    fact = "".join(f"第{n}处插线板串接，" for n in range(1, 260))
    notice, _ = make_notice(findings=(make_finding(1, fact=fact),), photos=0)

    text = Printed(press.paper_pdf(notice, {})).text

    assert all(f"第{n}处" in text for n in (1, 130, 259))


def test_a_press_refuses_to_work_in_another_thread(press):
    refusals = []

    def work():
        try:
            press.paper_pdf(make_receipt(), {})
        except RuntimeError as refusal:
            refusals.append(str(refusal))

    run_at_once(work)

    assert refusals == ["A press works only in the thread it was made in."]
