import pytest

from firesafe.photos.rules import (
    MAX_DISTANCE,
    ORIGINAL,
    SENTENCES,
    BadPhotograph,
    Fault,
    MediaType,
    bands,
    distance,
    is_far,
    is_sha256,
    media_type_of,
    metres_between,
    nearby_bands,
    photo_key,
    stamped_key,
)
from tests.photos.pictures import heic, jpeg, png, webp

SHA = "ab" + "0" * 62


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (jpeg(64, 48), MediaType.JPEG),
        (png(64, 48), MediaType.PNG),
        (webp(64, 48), MediaType.WEBP),
        (heic(), MediaType.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", MediaType.HEIC),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1heic", None),
        (b"\0\0\0\x10ftypmif1\0\0\0\0heic", None),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell_the_kind(data, media_type):
    assert media_type_of(data[:64]) is media_type


def test_a_photograph_lies_in_a_folder_by_its_first_two_digits():
    assert photo_key(SHA, ORIGINAL) == f"photos/ab/{SHA}.orig"
    assert photo_key(SHA, 800) == f"photos/ab/{SHA}.800.jpg"


def test_other_words_make_another_stamped_copy():
    one, other = stamped_key(SHA, ("一厂", "A3-02")), stamped_key(SHA, ("一厂", "A3-03"))

    assert one == stamped_key(SHA, ["一厂", "A3-02"])
    assert one != other
    assert one.startswith(f"photos/ab/{SHA}.stamped-")


@pytest.mark.parametrize(("text", "answer"), [(SHA, True), (SHA.upper(), False), (SHA[1:], False)])
def test_a_sha256_is_written_in_lower_case(text, answer):
    assert is_sha256(text) is answer


def test_distance_counts_bits():
    assert distance("00000000000000ff", "00000000000000f0") == 4
    assert distance("8000000000000000", "0000000000000001") == 2


def test_bands_are_cut_in_order():
    assert bands("0001000200030004") == (1, 2, 3, 4)


def test_a_band_has_itself_and_sixteen_neighbours():
    near = list(nearby_bands(0b1010))

    assert len(set(near)) == 17
    assert all((band ^ 0b1010).bit_count() <= 1 for band in near)


def test_bits_spread_as_widely_as_can_be_leave_one_band_near():
    spread = "0003000300030001"  # seven bits: two in each band, one in the last

    assert distance(spread, "0" * 16) == MAX_DISTANCE
    assert any(band in nearby_bands(0) for band in bands(spread))


def test_every_fault_has_a_sentence_that_says_what_to_do():
    assert SENTENCES.keys() == set(Fault)
    assert all(sentence.count(".") >= 2 for sentence in SENTENCES.values())


def test_a_bad_photograph_carries_its_fault_and_its_words():
    bad = BadPhotograph(Fault.TOO_LARGE, megabytes=20)

    assert (bad.status, bad.fault, bad.words) == (422, Fault.TOO_LARGE, {"megabytes": 20})
    assert "20 MB" in str(bad)


ANKANG, XIAN = (32.6847, 109.0290), (34.3416, 108.9398)


@pytest.mark.parametrize(
    ("first", "second", "metres"),
    [
        (ANKANG, ANKANG, 0),
        (ANKANG, XIAN, 184_400),
        ((0, 0), (1, 0), 111_195),
        ((60, 10), (60, 11), 55_600),  # a degree east is half as long there
        ((0, 179.9995), (0, -179.9995), 111),  # round the back of the world
        ((90, 0), (-90, 0), 20_015_000),
    ],
)
def test_the_distance_between_two_places(first, second, metres):
    assert metres_between(first, second) == pytest.approx(metres, rel=0.005, abs=0.001)
    assert metres_between(second, first) == metres_between(first, second)


@pytest.mark.parametrize(
    ("metres", "accuracy_m", "answer"),
    [(200, None, False), (201, None, True), (230, 30, False), (231, 30, True)],
)
def test_far_is_beyond_two_hundred_metres_and_what_the_phone_was_off(metres, accuracy_m, answer):
    assert is_far(metres, accuracy_m) is answer
