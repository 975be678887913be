import pytest

from firesafe.photos.container import MAX_TRAILER_BYTES, check_container
from firesafe.photos.rules import BadPhotograph, Fault, MediaType
from tests.photos.hostile import archive
from tests.photos.pictures import heic, jpeg, png, riff, segment, webp, with_segments

CLIP = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(range(256)) * 2000

WHOLE = {
    "jpeg": (MediaType.JPEG, jpeg()),
    "progressive jpeg": (MediaType.JPEG, jpeg(progressive=True)),
    "jpeg with restarts": (MediaType.JPEG, jpeg(restart_marker_rows=1)),
    "jpeg with fill bytes": (
        MediaType.JPEG,
        with_segments(jpeg(), b"\xff" * 9 + segment(0xFE, b"x")),
    ),
    "png": (MediaType.PNG, png()),
    "webp": (MediaType.WEBP, webp()),
    "lossless webp": (MediaType.WEBP, webp(lossless=True)),
    "heic": (MediaType.HEIC, heic()),
    "jpeg and a second picture": (MediaType.JPEG, jpeg() + jpeg(160, 120)),
    "jpeg, padding, a second picture": (MediaType.JPEG, jpeg() + bytes(500) + jpeg(160, 120)),
    "moving photograph": (MediaType.JPEG, jpeg() + CLIP),
    "moving photograph with a maker's head": (MediaType.JPEG, jpeg() + b"MotionPhoto_Data" + CLIP),
    "jpeg with maker's notes": (MediaType.JPEG, jpeg() + b"SEFH" + b"\7" * (MAX_TRAILER_BYTES - 4)),
    "jpeg with padding": (MediaType.JPEG, jpeg() + bytes(MAX_TRAILER_BYTES * 2)),
    "webp with padding": (MediaType.WEBP, webp() + bytes(10)),
    "heic with padding": (MediaType.HEIC, heic() + bytes(10)),
    "webp with odd parts": (MediaType.WEBP, riff((b"VP8 ", webp()[20:]), (b"EXIF", b"odd"))),
}


@pytest.mark.parametrize(("media_type", "data"), WHOLE.values(), ids=WHOLE)
def test_what_cameras_write_is_let_pass(media_type, data):
    check_container(media_type, data)


def test_four_bytes_of_chance_are_no_archive():
    looks_like_one = b"PK\x05\x06" + b"\xff" * 18

    check_container(MediaType.JPEG, jpeg() + b"\7" * 100 + looks_like_one)


def test_an_archive_is_found_however_far_from_the_end_its_comment_pushes_it():
    with pytest.raises(BadPhotograph) as bad:
        check_container(MediaType.JPEG, jpeg() + b"\7" * 1000 + archive(b"-" * 60_000))

    assert bad.value.fault is Fault.FOREIGN_CONTENT


def test_one_byte_more_than_makers_notes_is_foreign():
    with pytest.raises(BadPhotograph) as bad:
        check_container(MediaType.JPEG, jpeg() + b"\7" * (MAX_TRAILER_BYTES + 1))

    assert bad.value.fault is Fault.FOREIGN_CONTENT
