"""The ZIP as it is written: in parts, at any size, with names that every system takes."""

import hashlib
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from firesafe.cases.contents import Case, Piece
from firesafe.cases.packing import LIST_PLACE, Wrapping, packed
from firesafe.cases.rules import Names, dated_name, safe_name
from firesafe.photos.store import open_store
from tests.makers import MONDAY

MEGABYTE = 1024 * 1024


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path.as_uri())


def put(store, number, content):
    sha256 = hashlib.sha256(content).hexdigest()
    store.put(f"photos/{sha256}.orig", content)
    return Piece(f"07-检查照片/{number:05d}.jpg", f"photos/{sha256}.orig", sha256, MONDAY)


def wrapping(**more):
    told = []
    values = {"head": {}, "made": {}, "check_page": LIST_PLACE, "at": MONDAY}
    return Wrapping(**{**values, **more}, when_written=told.append), told


def test_photographs_are_stored_and_data_is_deflated(store):
    piece = put(store, 1, b"jpeg" * 100)
    wrapped, told = wrapping(made={"00-档案数据.json": b"{}" * 100})

    archive = BytesIO(b"".join(packed(Case({}, [piece]), store, wrapped)))

    with ZipFile(archive) as read:
        kinds = {entry.filename: entry.compress_type for entry in read.infolist()}
        assert read.testzip() is None
    assert kinds.pop(piece.path) == ZIP_STORED
    assert set(kinds.values()) == {ZIP_DEFLATED}
    assert len(told) == 1


def test_the_memory_it_takes_does_not_grow_with_the_case(store):
    def most(count):
        pieces = [put(store, n, bytes([n]) * MEGABYTE) for n in range(count)]
        tracemalloc.start()
        for _part in packed(Case({}, pieces), store, wrapping()[0]):
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    few, many = most(4), most(40)

    assert many < few + MEGABYTE / 2
    assert many < 4 * MEGABYTE


def test_beyond_sixty_five_thousand_files_it_is_still_read(store):
    piece = put(store, 0, b"")
    pieces = [Piece(f"1/{n}", piece.key, piece.sha256, MONDAY) for n in range(66_000)]

    archive = BytesIO(b"".join(packed(Case({}, pieces), store, wrapping()[0])))

    with ZipFile(archive) as read:
        assert len(read.infolist()) == 66_000 + 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("示例26消改〔2026〕第0001号", "示例26消改〔2026〕第0001号"),
        ('a<b>:"/\\|?*c', "a-b--------c"),
        ("玩具厂. ", "玩具厂"),
        ("", "-"),
        ("e\u0301", "\u00e9"),
        ("长" * 300, "长" * 80),
    ],
)
def test_a_name_is_one_that_every_system_takes(text, name):
    assert safe_name(text) == name


def test_names_sort_by_day_and_are_given_once():
    names = Names()

    assert dated_name(MONDAY.date(), "P2-01", "", "abc") == "2026-11-23 P2-01 abc"
    assert [names.free("1", stem, "jpg") for stem in ("A", "a", "a")] == [
        "1/A.jpg",
        "1/a (2).jpg",
        "1/a (3).jpg",
    ]
