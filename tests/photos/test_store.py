import os
import time
from pathlib import Path

import pytest

from firesafe.photos.store import SPOOL_SECONDS, open_store
from tests.patience import forked

KEY = "photos/ab/abc.orig"


def spooled_in(store):
    return list(store.spool_folder.iterdir())


def test_what_is_put_is_there(any_store):
    any_store.put(KEY, b"light")

    assert any_store.exists(KEY)
    assert any_store.get(KEY) == b"light"


def test_what_is_put_again_replaces_what_was_there(any_store):
    any_store.put(KEY, b"half a pict")
    any_store.put(KEY, b"a whole picture")

    assert any_store.get(KEY) == b"a whole picture"


def test_what_is_not_there(any_store):
    assert not any_store.exists(KEY)
    with pytest.raises(FileNotFoundError):
        any_store.get(KEY)


def test_what_is_missing_among_many_is_told(any_store):
    any_store.put(KEY, b"light")

    assert any_store.missing([KEY, "papers/0.pdf"]) == {"papers/0.pdf"}


def test_what_is_deleted_is_gone_and_may_be_deleted_again(any_store):
    any_store.put(KEY, b"light")

    any_store.delete(KEY)
    any_store.delete(KEY)

    assert not any_store.exists(KEY)


def test_a_spooled_file_is_taken_over_whole(any_store):
    with any_store.spool() as spooled:
        for _ in range(3):
            spooled.write(b"x" * 100_000)
        any_store.take_over(spooled, "papers/0f.pdf")

    assert len(any_store.get("papers/0f.pdf")) == 300_000
    assert not [file for file in spooled_in(any_store) if file.name == Path(spooled.name).name]


def test_a_spooled_file_that_is_not_wanted_leaves_nothing(any_store):
    with pytest.raises(RuntimeError), any_store.spool() as spooled:
        spooled.write(b"half")
        raise RuntimeError

    assert not Path(spooled.name).exists()


@pytest.mark.parametrize(
    "key",
    ["", "photos", "/photos/ab", "photos/../../etc/passwd", "photos//x", "photos/.x", "Photos/x"],
)
def test_a_key_that_leads_elsewhere_is_refused(any_store, key):
    for deed in (any_store.get, any_store.exists, any_store.delete):
        with pytest.raises(ValueError, match="no key"):
            deed(key)
    with pytest.raises(ValueError, match="no key"):
        any_store.put(key, b"")


def test_a_folder_holds_nothing_but_what_was_kept(folder_store, tmp_path):
    folder_store.put("photos/ab/abc.orig", b"1")
    folder_store.put("papers/0f.pdf", b"2")

    files = [file for file in (tmp_path / "store").rglob("*") if file.is_file()]
    assert sorted(file.name for file in files) == ["0f.pdf", "abc.orig"]


def test_bytes_reach_the_disk_before_the_name_and_the_name_before_the_return(
    folder_store, tmp_path, monkeypatch
):
    order = []
    synced, replaced = os.fsync, Path.replace

    def note_sync(descriptor):
        order.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        synced(descriptor)

    def note_name(file, target):
        order.append("named")
        return replaced(file, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_name)

    folder_store.put("photos/ab/abc.orig", b"light")

    folder = tmp_path / "store"
    assert order[0].parent == folder / "spool"
    assert order[1:] == [folder, folder / "photos", "named", folder / "photos/ab"]


def test_a_forked_process_reads_from_a_folder(folder_store):
    folder_store.put(KEY, b"light")

    def read():
        assert folder_store.get(KEY) == b"light"

    assert forked(read) == 0


def test_opening_sweeps_what_a_killed_process_left_a_day_ago(folder_store, tmp_path):
    old, fresh = folder_store.spool_folder / "old", folder_store.spool_folder / "fresh"
    for file in (old, fresh):
        file.write_bytes(b"half")
    long_ago = time.time() - SPOOL_SECONDS - 60
    os.utime(old, (long_ago, long_ago))

    again = open_store((tmp_path / "store").as_uri())

    assert spooled_in(again) == [fresh]


def test_another_kind_of_address_is_refused():
    with pytest.raises(ValueError, match="no address of a store"):
        open_store("http://example.org/store")
