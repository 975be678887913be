import hashlib
import os
import time
from io import BytesIO
from pathlib import Path

import pytest

from firesafe.photos.intake import MEGABYTE
from firesafe.photos.pieces import Piece, WrongOffset, bytes_come, take_in_piece
from firesafe.photos.rules import ORIGINAL, BadPhotograph, Fault, MediaType, photo_key
from firesafe.photos.store import PARTIAL_SECONDS, SPOOL_SECONDS, open_store, sweep_spool
from tests.patience import forked, run_at_once
from tests.photos.pictures import jpeg
from tests.photos.test_intake import Trickle

PICTURE = jpeg(400, 300)
SHA = hashlib.sha256(PICTURE).hexdigest()
TOTAL = len(PICTURE)
HALF = TOTAL // 2
WANG, LI = 7, 8


def send(store, start, end, *, data=PICTURE, sender=WANG, **more):
    """Send the bytes from ``start`` to ``end`` as a piece."""
    said = {"sha256": SHA, "sender": sender, "offset": start, "total": TOTAL}
    where = Piece(**{**said, **{name: more.pop(name) for name in said if name in more}})
    body = more.pop("body", BytesIO(data[start:end]))
    return take_in_piece(store, body, where, **{"byte_count": end - start, **more})


def refused(store, start, end, **more):
    with pytest.raises(BadPhotograph) as bad:
        send(store, start, end, **more)
    return bad.value.fault


def wanted_instead(store, start, end, **more):
    with pytest.raises(WrongOffset) as wrong:
        send(store, start, end, **more)
    return wrong.value.offset


def spooled(store):
    return sorted(file for file in store.spool_folder.iterdir() if SHA in file.name)


def test_pieces_add_up_to_a_photograph(any_store):
    assert send(any_store, 0, 1000) == 1000
    assert send(any_store, 1000, HALF) == HALF
    arrived = send(any_store, HALF, TOTAL)

    assert (arrived.sha256, arrived.media_type, arrived.byte_count) == (SHA, MediaType.JPEG, TOTAL)
    assert any_store.get(photo_key(SHA, ORIGINAL)) == PICTURE
    assert spooled(any_store) == []


def test_one_piece_may_be_all_of_it(folder_store):
    assert send(folder_store, 0, TOTAL).byte_count == TOTAL


def test_how_much_has_come_can_be_asked(folder_store):
    assert bytes_come(folder_store, SHA, WANG) is None
    send(folder_store, 0, 1000)
    assert bytes_come(folder_store, SHA, WANG) == 1000
    send(folder_store, 1000, TOTAL)
    assert bytes_come(folder_store, SHA, WANG) is None


def test_a_piece_that_belongs_elsewhere_changes_nothing(folder_store):
    assert wanted_instead(folder_store, 5, 100) == 0
    assert spooled(folder_store) == []
    send(folder_store, 0, 1000)

    for start in (0, 999, 1001, TOTAL - 1):
        assert wanted_instead(folder_store, start, TOTAL) == 1000
    assert wanted_instead(folder_store, 1000, TOTAL, offset=10**15) == 1000

    assert send(folder_store, 1000, TOTAL).sha256 == SHA


def test_a_reply_that_was_lost_is_asked_for_again(folder_store):
    send(folder_store, 0, 1000)

    assert wanted_instead(folder_store, 0, 1000) == 1000


@pytest.mark.parametrize("start", [0, 1000])
def test_a_piece_that_was_cut_off_never_came(folder_store, start):
    if start:
        send(folder_store, 0, start)

    short = BytesIO(PICTURE[start : start + 500])
    assert refused(folder_store, start, TOTAL, body=short) is Fault.INCOMPLETE
    broken = Trickle(PICTURE[start:], broken_at=200)
    with pytest.raises(ConnectionResetError):
        send(folder_store, start, TOTAL, body=broken)

    assert bytes_come(folder_store, SHA, WANG) == (start or None)
    assert len(spooled(folder_store)) == bool(start)
    assert send(folder_store, start, TOTAL).sha256 == SHA
    assert folder_store.get(photo_key(SHA, ORIGINAL)) == PICTURE


def test_a_piece_that_brings_more_than_it_announced_never_came(folder_store):
    send(folder_store, 0, 1000)

    assert refused(folder_store, 1000, 1500, body=BytesIO(PICTURE[1000:1600])) is Fault.INCOMPLETE
    assert bytes_come(folder_store, SHA, WANG) == 1000


def test_more_than_the_whole_is_refused(folder_store):
    assert refused(folder_store, 0, TOTAL + 1) is Fault.BEYOND_LENGTH
    assert spooled(folder_store) == []
    send(folder_store, 0, 1000)

    assert refused(folder_store, 1000, TOTAL + 1) is Fault.BEYOND_LENGTH
    assert bytes_come(folder_store, SHA, WANG) == 1000


@pytest.mark.parametrize(
    ("total", "fault"),
    [
        (0, Fault.EMPTY),
        (MEGABYTE + 1, Fault.TOO_LARGE),
        (10**15, Fault.TOO_LARGE),
    ],
)
def test_a_hostile_length_is_refused_before_a_byte_is_read(folder_store, total, fault):
    body = Trickle(PICTURE)

    assert refused(folder_store, 0, 9, total=total, body=body, max_bytes=MEGABYTE) is fault
    assert body.most_asked == 0
    assert spooled(folder_store) == []


def test_a_piece_of_no_length_is_refused(folder_store):
    assert refused(folder_store, 0, 9, byte_count=None) is Fault.LENGTH_MISSING


def test_a_piece_of_nothing_is_refused(folder_store):
    assert refused(folder_store, 0, 0) is Fault.EMPTY
    assert spooled(folder_store) == []


def test_another_length_is_another_file(folder_store):
    send(folder_store, 0, 1000)

    assert wanted_instead(folder_store, 1000, 1100, total=TOTAL - 1) == 0
    assert send(folder_store, 0, 10, total=TOTAL - 1) == 10

    assert bytes_come(folder_store, SHA, WANG) == 1000
    assert send(folder_store, 1000, TOTAL).sha256 == SHA


def test_somebody_else_s_pieces_are_left_alone(folder_store):
    send(folder_store, 0, 1000, data=b"\xff\xd8\xff" + bytes(TOTAL), sender=LI)

    assert bytes_come(folder_store, SHA, WANG) is None
    assert wanted_instead(folder_store, 1000, TOTAL) == 0
    assert send(folder_store, 0, TOTAL).sha256 == SHA
    assert bytes_come(folder_store, SHA, LI) == 1000


def test_other_content_under_the_same_name_is_dropped_when_it_is_whole(folder_store):
    send(folder_store, 0, 1000)

    other = PICTURE[:1000] + bytes(TOTAL - 1000)
    assert refused(folder_store, 1000, TOTAL, data=other) is Fault.CHECKSUM

    assert not folder_store.exists(photo_key(SHA, ORIGINAL))
    assert spooled(folder_store) == []
    assert send(folder_store, 0, TOTAL).sha256 == SHA


def test_what_is_no_photograph_is_refused_with_its_first_piece(folder_store):
    assert refused(folder_store, 0, 100, data=bytes(TOTAL)) is Fault.NOT_A_PHOTOGRAPH
    assert spooled(folder_store) == []


def test_what_is_no_photograph_is_refused_however_small_its_pieces(folder_store):
    film = b"<svg/>" * 9
    name = hashlib.sha256(film).hexdigest()
    last = len(film) - 1
    send(folder_store, 0, last, data=film, sha256=name, total=len(film))

    fault = refused(folder_store, last, last + 1, data=film, sha256=name, total=len(film))

    assert fault is Fault.NOT_A_PHOTOGRAPH
    assert not folder_store.exists(photo_key(name, ORIGINAL))


def test_two_senders_at_once_lose_nothing_and_mix_nothing(folder_store):
    step, faults = 997, []

    def push():
        offset = 0
        try:
            while offset < TOTAL:
                end = min(offset + step, TOTAL)
                body = Trickle(PICTURE[offset:end], step=100)
                try:
                    come = send(folder_store, offset, end, body=body)
                except WrongOffset as wrong:
                    come = wrong.offset
                    if come == 0 and folder_store.exists(photo_key(SHA, ORIGINAL)):
                        return  # the other one has finished it
                if not isinstance(come, int):
                    return
                offset = come
        except Exception as fault:
            faults.append(fault)

    run_at_once(*[push] * 4)

    assert faults == []
    assert folder_store.get(photo_key(SHA, ORIGINAL)) == PICTURE


def killed_at(folder, point):
    """Send all in two pieces from a process that dies at ``point``."""
    store = open_store(Path(folder).as_uri())
    if point == "in the middle of a piece":
        send(store, 0, HALF)
        send(store, HALF, TOTAL, body=Mortal(PICTURE[HALF:]))
    if point == "before the last look":
        store.take_over = lambda *_: os._exit(9)
        send(store, 0, TOTAL)
    send(store, 0, HALF)
    os._exit(9)


class Mortal(Trickle):
    """A body in the middle of which the process dies."""

    def read(self, size, /):
        if len(self.rest) < HALF // 2:
            os._exit(9)
        return super().read(min(size, 4096))


@pytest.mark.parametrize(
    "point", ["between two pieces", "in the middle of a piece", "before the last look"]
)
def test_a_process_that_is_killed_loses_no_piece(folder_store, tmp_path, point):
    assert forked(killed_at, str(tmp_path / "store"), point) == 9

    come = bytes_come(folder_store, SHA, WANG) or 0
    assert come >= (0 if point == "before the last look" else HALF)

    assert send(folder_store, come, TOTAL).sha256 == SHA
    assert folder_store.get(photo_key(SHA, ORIGINAL)) == PICTURE


def test_an_answer_waits_for_the_disk(folder_store, monkeypatch):
    synced, order = os.fsync, []

    def note(descriptor):
        place = Path(f"/proc/self/fd/{descriptor}").readlink()
        order.append((place.suffix or "folder", place.stat().st_size if place.is_file() else 0))
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", note)

    send(folder_store, 0, 1000)
    assert order == [(".part", 1000), ("folder", 0)]
    wanted_instead(folder_store, 0, 1000)
    bytes_come(folder_store, SHA, WANG)
    assert order[2:] == order[:2] * 2


def test_pieces_wait_for_seven_days_and_are_then_swept(folder_store):
    send(folder_store, 0, 1000)
    (left,) = spooled(folder_store)
    last = left.stat().st_mtime

    for age, is_there in ((SPOOL_SECONDS + 60, True), (PARTIAL_SECONDS + 60, False)):
        sweep_spool(folder_store.spool_folder, at=last + age)
        assert left.exists() is is_there

    assert wanted_instead(folder_store, 1000, TOTAL) == 0


def test_a_new_piece_lets_the_others_wait_on(folder_store):
    send(folder_store, 0, 1000)
    (left,) = spooled(folder_store)
    os.utime(left, (0, 0))

    send(folder_store, 1000, 2000)
    sweep_spool(folder_store.spool_folder, at=time.time())

    assert bytes_come(folder_store, SHA, WANG) == 2000
