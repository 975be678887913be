"""Signatures as pictures."""

import io

import pytest
from PIL import Image, ImageDraw

from firesafe.core.errors import NotFound, RuleBroken
from firesafe.inspections.ink import ink_key, keep_ink, read_ink
from firesafe.photos.store import open_store


@pytest.fixture
def store():
    return open_store("memory:///")


def drawn(*, kind="PNG", mode="RGBA", ground=(0, 0, 0, 0), stroke=(20, 24, 30, 255)):
    picture = Image.new(mode, (1200, 500), ground)
    if stroke:
        ImageDraw.Draw(picture).line((100, 400, 600, 80, 1100, 400), fill=stroke, width=12)
    file = io.BytesIO()
    picture.convert("RGB" if kind == "JPEG" else mode).save(file, kind)
    return file.getvalue()


def test_ink_is_kept_small_and_grey_on_white(store):
    sha256 = keep_ink(store, drawn())

    kept = store.get(ink_key(sha256))
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.mode, max(picture.size)) == ("PNG", "L", 800)
        assert picture.getpixel((2, 2)) == 255 // 17 * 17
    assert len(kept) < 20_000
    assert read_ink(store, sha256) == kept


def test_the_same_ink_has_the_same_name(store):
    assert keep_ink(store, drawn()) == keep_ink(store, drawn())


def test_a_photograph_of_paper_does_as_well(store):
    photograph = drawn(kind="JPEG", ground=(225, 222, 215, 255))

    assert len(keep_ink(store, photograph)) == 64


def test_an_empty_board_is_no_signature(store):
    with pytest.raises(RuleBroken):
        keep_ink(store, drawn(stroke=None))


@pytest.mark.parametrize("data", [b"", b"<svg/>", drawn()[:200]])
def test_what_is_no_picture_is_refused(store, data):
    with pytest.raises(RuleBroken):
        keep_ink(store, data)


def test_ink_that_is_gone_is_not_there(store):
    with pytest.raises(NotFound):
        read_ink(store, "0" * 64)
