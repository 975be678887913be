from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from PIL.ExifTags import GPS
from PIL.TiffImagePlugin import IFDRational

from firesafe.photos.develop import develop
from firesafe.photos.metadata import Metadata, Place, place_on_earth, read_metadata
from tests.photos.pictures import exif, heic_of, jpeg, saved, scene, segment, with_segments

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def said_by(data):
    with Image.open(BytesIO(data)) as picture:
        return read_metadata(picture)


def position(latitude=(32, 41, 4.5), longitude=(109, 1, 38), north="N", east="E", **more):
    tags = {
        GPS.GPSLatitudeRef: north,
        GPS.GPSLatitude: tuple(IFDRational(part) for part in latitude),
        GPS.GPSLongitudeRef: east,
        GPS.GPSLongitude: tuple(IFDRational(part) for part in longitude),
    }
    return tags | {GPS[name]: value for name, value in more.items()}


def place_in(**parts):
    return said_by(jpeg(64, 48, exif=exif(gps=position(**parts)))).place


def test_a_time_with_its_zone():
    texts = {"DateTimeOriginal": "2026:11:23 13:00:00", "OffsetTimeOriginal": "+09:00"}

    said = said_by(jpeg(64, 48, exif=exif(**texts)))

    assert (said.taken_at, said.is_zone_assumed) == (NOON, False)


@pytest.mark.parametrize("offset", [None, "", "   :  ", "+8", "+25:00", "east"])
def test_a_time_without_a_zone_is_the_county_s_and_marked(offset):
    texts = {"DateTimeOriginal": "2026:11:23 12:00:00"}
    if offset is not None:
        texts["OffsetTimeOriginal"] = offset

    said = said_by(jpeg(64, 48, exif=exif(**texts)))

    assert said.taken_at in {NOON, None}
    assert said.is_zone_assumed is (said.taken_at is not None)


def test_the_time_of_digitizing_stands_in():
    said = said_by(jpeg(64, 48, exif=exif(DateTimeDigitized="2026:11:23 12:00:00")))

    assert said.taken_at == NOON


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:01 00:00:00", "yesterday", ""]
)
def test_what_is_no_time_is_left_out(text):
    assert said_by(jpeg(64, 48, exif=exif(DateTimeOriginal=text))) == Metadata()


def test_the_first_hour_of_all_time_does_not_overflow():
    said = said_by(jpeg(64, 48, exif=exif(DateTimeOriginal="0001:01:01 00:00:00")))

    assert said.taken_at is None


def test_a_place_in_degrees():
    place = place_in(GPSHPositioningError=IFDRational(25, 2))

    assert place == Place(
        pytest.approx(32.68458, abs=1e-5), pytest.approx(109.02722, abs=1e-5), 12.5
    )


def test_south_and_west_are_negative():
    place = place_in(north="S", east="W")

    assert (place.latitude < 0, place.longitude < 0) == (True, True)


@pytest.mark.parametrize(
    "parts",
    [
        {"latitude": (IFDRational(1, 0), 0, 0)},
        {"latitude": (91, 0, 0)},
        {"longitude": (181, 0, 0)},
        {"latitude": (0, 0, 0), "longitude": (0, 0, 0)},
        {"latitude": (32, 41)},
    ],
    ids=["divided by zero", "beyond the pole", "once around", "nothing", "two parts"],
)
def test_what_is_no_place_on_earth_is_left_out(parts):
    assert place_in(**parts) is None


@pytest.mark.parametrize("radius", [float("nan"), float("inf"), -1.0])
def test_a_radius_that_is_none_is_left_out(radius):
    assert place_on_earth(32.7, 109.0, radius) == Place(32.7, 109.0, None)


@pytest.mark.parametrize("orientation", [0, 9, 255])
def test_an_unknown_way_up_is_taken_for_upright(orientation):
    assert said_by(jpeg(64, 48, exif=exif(orientation))).orientation == 1


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # Pillow tells the log, and goes on
@pytest.mark.parametrize(
    "block",
    [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(60)],
    ids=["empty", "beyond its end", "of too many entries"],
)
def test_a_broken_block_says_nothing(block):
    assert said_by(with_segments(jpeg(64, 48), segment(0xE1, block))) == Metadata()


def test_png_and_webp_say_it_too():
    block = exif(DateTimeOriginal="2026:11:23 12:00:00", gps=position())

    for data in (saved(scene(64, 48), "PNG", exif=block), saved(scene(64, 48), "WEBP", exif=block)):
        said = said_by(data)
        assert (said.taken_at, said.place is not None) == (NOON, True)


def test_a_heic_says_it_once_developed():
    from_phone = heic_of(scene(64, 48), exif=exif(DateTimeOriginal="2026:11:23 12:00:00").tobytes())

    assert develop(from_phone).metadata.taken_at == NOON
