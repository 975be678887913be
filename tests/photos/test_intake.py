import hashlib
from io import BytesIO

import pytest

from firesafe.photos.intake import MEGABYTE, PIECE_BYTES, take_in
from firesafe.photos.rules import ORIGINAL, BadPhotograph, Fault, MediaType, photo_key
from tests.photos.pictures import heic, jpeg, png, webp

PICTURE = jpeg()
SHA = hashlib.sha256(PICTURE).hexdigest()


class Trickle:
    """A body that gives a few bytes at a time, and may end too early."""

    def __init__(self, data, *, step=7, broken_at=None):
        self.rest, self.step, self.broken_at = data, step, broken_at
        self.most_asked = 0

    def read(self, size, /):
        self.most_asked = max(self.most_asked, size)
        if self.broken_at is not None and len(self.rest) <= self.broken_at:
            raise ConnectionResetError
        piece, self.rest = self.rest[: min(size, self.step)], self.rest[min(size, self.step) :]
        return piece


def files_of(store):
    return [file for file in store.spool_folder.parent.rglob("*") if file.is_file()]


def refused(store, body, **announced):
    with pytest.raises(BadPhotograph) as bad:
        take_in(store, body, **{"byte_count": len(PICTURE), **announced})
    assert files_of(store) == []
    return bad.value.fault


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (PICTURE, MediaType.JPEG),
        (png(), MediaType.PNG),
        (webp(), MediaType.WEBP),
        (heic(), MediaType.HEIC),
    ],
    ids=list(MediaType),
)
def test_a_photograph_is_kept_under_its_checksum(any_store, data, media_type):
    sha256 = hashlib.sha256(data).hexdigest()

    arrived = take_in(any_store, BytesIO(data), byte_count=len(data), sha256=sha256)

    assert (arrived.sha256, arrived.media_type, arrived.byte_count) == (
        sha256,
        media_type,
        len(data),
    )
    assert any_store.get(photo_key(sha256, ORIGINAL)) == data


def test_a_form_need_not_know_the_checksum(folder_store):
    assert take_in(folder_store, BytesIO(PICTURE), byte_count=None).sha256 == SHA


def test_a_body_that_trickles_in_is_put_together(folder_store):
    body = Trickle(PICTURE)

    assert take_in(folder_store, body, byte_count=len(PICTURE), sha256=SHA).byte_count == len(
        PICTURE
    )
    assert body.most_asked == len(PICTURE)


def test_a_body_of_unknown_length_is_read_piece_by_piece(folder_store):
    body = Trickle(PICTURE + bytes(PIECE_BYTES), step=PIECE_BYTES)

    assert take_in(folder_store, body, byte_count=None).byte_count == len(PICTURE) + PIECE_BYTES
    assert body.most_asked == PIECE_BYTES


def test_more_than_one_piece_adds_up(folder_store):
    long = PICTURE + bytes(3 * PIECE_BYTES)

    arrived = take_in(folder_store, BytesIO(long), byte_count=len(long))

    assert arrived.sha256 == hashlib.sha256(long).hexdigest()


def test_the_same_photograph_twice_is_one_file(folder_store):
    for _ in range(2):
        take_in(folder_store, BytesIO(PICTURE), byte_count=len(PICTURE), sha256=SHA)

    assert [file.name for file in files_of(folder_store)] == [f"{SHA}.orig"]


def test_faults_have_names_and_leave_nothing_behind(folder_store):
    other = "0" * 64
    assert refused(folder_store, BytesIO(b""), byte_count=0) is Fault.EMPTY
    assert refused(folder_store, BytesIO(b""), byte_count=None) is Fault.EMPTY
    assert refused(folder_store, BytesIO(PICTURE[:900])) is Fault.INCOMPLETE
    assert refused(folder_store, BytesIO(PICTURE), byte_count=99) is Fault.INCOMPLETE
    assert refused(folder_store, BytesIO(PICTURE), sha256=other) is Fault.CHECKSUM
    assert refused(folder_store, BytesIO(b"<svg/>"), byte_count=6) is Fault.NOT_A_PHOTOGRAPH


def test_what_is_announced_as_too_large_is_not_even_read(folder_store):
    body = Trickle(PICTURE)

    assert (
        refused(folder_store, body, byte_count=MEGABYTE + 1, max_bytes=MEGABYTE) is Fault.TOO_LARGE
    )
    assert body.most_asked == 0


def test_what_turns_out_too_large_is_stopped(folder_store):
    body = Trickle(PICTURE + bytes(30 * MEGABYTE), step=PIECE_BYTES)

    assert refused(folder_store, body, byte_count=None, max_bytes=MEGABYTE) is Fault.TOO_LARGE
    assert len(body.rest) > 28 * MEGABYTE


def test_a_broken_line_leaves_nothing_behind(folder_store):
    with pytest.raises(ConnectionResetError):
        take_in(folder_store, Trickle(PICTURE, step=999, broken_at=5000), byte_count=len(PICTURE))

    assert files_of(folder_store) == []
