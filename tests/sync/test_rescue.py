"""Opening a saved file: whatever is not one, or was made to do harm, is refused unread."""

import struct
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA

import pytest

from firesafe.accounts.models import Officer
from firesafe.core.errors import NotFound, RuleBroken
from firesafe.sync.rescue import MOST_BYTES, opened
from tests.sync.saved import packed, saved_file
from tests.sync.sent import a_key, a_parcel, answer

OWNER = Officer(id=7, name="王测试")


def look(file):
    with opened(BytesIO(file)) as saved:
        return saved.manifest


def a_file(**more):
    return saved_file(OWNER, [(a_key(), a_parcel(a_key(), answer("A3-02")))], [b"pixels"], **more)


def renamed(file, old, new):
    """Change a name in the table of contents and beside its entry; both are equally long."""
    assert len(old) == len(new)
    assert old in file
    return file.replace(old, new)


@pytest.mark.parametrize("kind", [0, ZIP_DEFLATED])
def test_a_file_tells_what_is_in_it(kind):
    with opened(BytesIO(a_file(kind=kind))) as saved:
        assert saved.manifest.officer.name == "王测试"
        assert saved.part(saved.manifest.parcels[0]).startswith(b'{"visit"')
        with saved.photo(saved.manifest.photos[0]) as pieces:
            assert (pieces.read(3), pieces.read(9), pieces.read(9)) == (b"pix", b"els", b"")


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"x" * 500, id="a photograph"),
        pytest.param(packed({}), id="an empty one"),
        pytest.param(packed({"manifest.json": b"{}"}), id="an empty manifest"),
        pytest.param(packed({"manifest.json": b"\xff\xfe"}), id="no JSON"),
        pytest.param(a_file(format="another"), id="another format"),
        pytest.param(a_file(version=3), id="a later version"),
        pytest.param(a_file(saved_at="today"), id="no moment"),
        pytest.param(a_file(saved_at="2026-11-23T10:00:00"), id="no zone"),
        pytest.param(a_file(extra={"photos/" + "a" * 64 + ".jpg": b"x"}), id="an unnamed entry"),
        pytest.param(a_file(extra={"../../etc/passwd": b"x"}), id="a way out"),
        pytest.param(a_file(extra={"/etc/passwd": b"x"}), id="an absolute path"),
        pytest.param(a_file(extra={"parcels/": b""}), id="a folder"),
        pytest.param(a_file(extra={"readme.txt": b"x"}), id="another name"),
        pytest.param(a_file(kind=ZIP_LZMA), id="another packing"),
        pytest.param(
            packed({"photos/" + f"{n:064x}" + ".jpg": b"" for n in range(600)}), id="many"
        ),
    ],
)
def test_what_no_phone_has_saved_is_refused(file):
    with pytest.raises(RuleBroken):
        look(file)


def test_an_entry_named_twice_is_refused():
    file = a_file(extra={"manifest.jsoN": b"x"})

    with pytest.raises(RuleBroken):
        look(renamed(file, b"manifest.jsoN", b"manifest.json"))


def test_a_manifest_that_names_another_place_is_refused():
    with pytest.raises(RuleBroken):
        look(a_file(announced=[{"key": a_key(), "file": "../../secret"}]))


def test_a_locked_entry_is_refused():
    file = bytearray(a_file())
    place = file.rindex(b"PK\x01\x02")
    file[place + 8] |= 1

    with pytest.raises(RuleBroken):
        look(bytes(file))


def test_a_bomb_is_refused_before_it_unfolds():
    name = f"photos/{'a' * 64}.jpg"
    file = a_file(
        kind=ZIP_DEFLATED,
        extra={name: bytes(65 * 1024 * 1024)},
        photographed=[{"sha256": "a" * 64, "file": name, "headers": {}}],
    )
    assert len(file) < 1024 * 1024

    with pytest.raises(RuleBroken):
        look(file)


def test_a_bomb_that_lies_about_its_size_is_read_no_further_than_announced():
    key, whole, announced = a_key(), 50 * 1024 * 1024, 1000
    name = f"parcels/00000001-{key}.json"
    file = a_file(
        kind=ZIP_DEFLATED, extra={name: bytes(whole)}, announced=[{"key": key, "file": name}]
    )
    lying = file.replace(struct.pack("<L", whole), struct.pack("<L", announced))

    tracemalloc.start()
    with pytest.raises(RuleBroken), opened(BytesIO(lying)) as saved:
        saved.part(saved.manifest.parcels[0])

    assert file.count(struct.pack("<L", whole)) == 2  # in the contents, and beside the entry
    assert peak_megabytes() < 5


def test_a_table_of_contents_that_is_too_long_is_not_read():
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[0] * 9, 5, *[0] * 6) + b"empty"
    contents = entry * 60_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60_000, 60_000, len(contents), 0, 0)

    tracemalloc.start()
    with pytest.raises(RuleBroken):
        look(contents + end)

    assert peak_megabytes() < 5


def test_a_larger_format_is_refused():
    file = a_file()
    place = file.rindex(b"PK\x05\x06")
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)

    with pytest.raises(RuleBroken):
        look(file[:place] + locator + file[place:])


def test_what_is_too_long_is_refused():
    with pytest.raises(RuleBroken, match="larger than 16 MB"):
        look(bytes(MOST_BYTES + 1))


def test_a_part_that_is_missing_is_told_when_it_is_asked_for():
    key = a_key()
    absent = {"key": key, "file": f"parcels/00000001-{key}.json"}

    with opened(BytesIO(saved_file(OWNER, announced=[absent]))) as saved, pytest.raises(NotFound):
        saved.part(saved.manifest.parcels[0])


def test_a_damaged_part_is_told_as_such_and_the_others_are_whole():
    file = a_file().replace(b"pixels", b"p1xels")

    with opened(BytesIO(file)) as saved:
        assert saved.part(saved.manifest.parcels[0])
        with pytest.raises(RuleBroken), saved.photo(saved.manifest.photos[0]) as pieces:
            pieces.read(100)
            pieces.read(1)


def test_a_file_cut_short_is_refused():
    file = a_file()

    with pytest.raises(RuleBroken):
        look(file[:-30])


def peak_megabytes():
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak
