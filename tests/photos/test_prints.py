import hashlib
from io import BytesIO

import pytest
from PIL import Image

from firesafe.photos.develop import develop
from firesafe.photos.intake import take_in
from firesafe.photos.prints import keep_prints, sized_photo, stamped_photo
from firesafe.photos.rules import (
    LARGE,
    ORIGINAL,
    SIZES,
    SMALL,
    BadPhotograph,
    photo_key,
    stamped_key,
)
from tests.photos.pictures import exif, jpeg

PICTURE = jpeg(2000, 1500, exif=exif(6))
SHA = hashlib.sha256(PICTURE).hexdigest()
LINES = ("示例玩具一厂", "A3-02 疏散通道畅通", "2026-11-23 10:32 王测试")


@pytest.fixture
def kept_original(any_store):
    take_in(any_store, BytesIO(PICTURE), byte_count=len(PICTURE))
    return any_store


def test_every_size_is_kept_and_given_out_byte_for_byte(any_store):
    developed = develop(PICTURE)

    keep_prints(any_store, SHA, developed)

    assert {size: sized_photo(any_store, SHA, size) for size in SIZES} == developed.sizes


def test_a_missing_size_is_made_anew_with_its_sisters(kept_original):
    assert sized_photo(kept_original, SHA, SMALL) == develop(PICTURE).sizes[SMALL]
    assert kept_original.exists(photo_key(SHA, LARGE))


def test_a_stamped_copy_is_made_once(kept_original):
    stamped = stamped_photo(kept_original, SHA, LINES)
    for key in (photo_key(SHA, ORIGINAL), photo_key(SHA, LARGE)):
        kept_original.delete(key)

    assert stamped_photo(kept_original, SHA, LINES) == stamped
    assert kept_original.get(stamped_key(SHA, LINES)) == stamped
    with Image.open(BytesIO(stamped)) as picture:
        assert picture.size == (1200, 1600)


def test_what_never_arrived_is_not_found(any_store):
    with pytest.raises(FileNotFoundError):
        sized_photo(any_store, SHA, SMALL)
    with pytest.raises(FileNotFoundError):
        stamped_photo(any_store, SHA, LINES)


def test_what_cannot_be_read_makes_no_print(any_store):
    any_store.put(photo_key(SHA, ORIGINAL), PICTURE[:5000])

    with pytest.raises(BadPhotograph):
        sized_photo(any_store, SHA, SMALL)
    assert not any_store.exists(photo_key(SHA, SMALL))
