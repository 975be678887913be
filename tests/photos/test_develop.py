from io import BytesIO

import pytest
import weasyprint  # noqa: F401 — importing it turns truncated pictures on for the process
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile
from PIL.ExifTags import Base

from firesafe.photos.develop import develop, fingerprint_of, fitted
from firesafe.photos.rules import SIZES, BadPhotograph, Fault, distance
from tests.patience import run_at_once
from tests.photos.hostile import FAMILIES, files_of, hostile_files
from tests.photos.pictures import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    chunk,
    corners_of,
    exif,
    four_corners,
    heic,
    heic_of,
    jpeg,
    png,
    saved,
    scene,
    segment,
    webp,
    with_segments,
)

UPRIGHT = [RED, GREEN, BLUE, WHITE]
TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def opened(jpeg_bytes):
    with Image.open(BytesIO(jpeg_bytes)) as picture:
        picture.load()
        return picture


def is_near(colours, others, most=12):
    pairs = zip(colours, others, strict=True)
    return all(abs(a - b) <= most for one, other in pairs for a, b in zip(one, other, strict=True))


def test_there_are_more_than_a_hundred_hostile_files():
    files = [case for case in hostile_files() if case.data]

    assert len({case.data for case in files}) == len({case.name for case in files}) > 100


@pytest.mark.parametrize("family", FAMILIES)
def test_a_hostile_file_is_refused_by_its_name(family):
    files = [case for case in files_of(FAMILIES[family]) if case.data]

    faults = {case.name: fault_of(case.data) for case in files}

    assert faults == {case.name: case.fault for case in files}


def fault_of(data):
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        develop(data)
    except BadPhotograph as bad:
        return bad.fault
    return None


def test_a_picture_without_its_last_rows_is_refused_though_its_frame_is_whole():
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    data = png()
    rows = data.index(b"IDAT") - 4
    length = int.from_bytes(data[rows : rows + 4], "big")
    half = data[:rows] + chunk(b"IDAT", data[rows + 8 : rows + 8 + length // 2])

    with pytest.raises(BadPhotograph) as bad:
        develop(half + chunk(b"IEND", b""))

    assert bad.value.fault is Fault.DAMAGED


@given(data=st.data())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_change_of_bytes_brings_the_decoder_down(data):
    whole = data.draw(st.sampled_from([jpeg(64, 48), png(64, 48), webp(64, 48), heic(64, 64)]))
    spoilt = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 12))):
        spoilt[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    try:
        assert develop(bytes(spoilt)).sizes.keys() == set(SIZES)
    except BadPhotograph as bad:
        assert bad.fault in Fault


@pytest.mark.parametrize("orientation", TURNED)
def test_a_photograph_stands_upright(orientation):
    turn = TURNED[orientation]
    lying = four_corners().transpose(turn) if turn is not None else four_corners()

    developed = develop(saved(lying, exif=exif(orientation)))

    assert (developed.width_px, developed.height_px) == (400, 300)
    assert all(is_near(corners_of(developed.sizes[size]), UPRIGHT) for size in SIZES)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_heic_stands_upright_and_is_turned_once(orientation):
    turn = TURNED[orientation]
    lying = four_corners().transpose(turn) if turn is not None else four_corners()

    developed = develop(heic_of(lying, exif=exif(orientation).tobytes()))

    assert (developed.width_px, developed.height_px) == (400, 300)
    assert is_near(corners_of(developed.sizes[320]), UPRIGHT, most=25)


LARGE = {
    "jpeg": lambda: jpeg(2400, 1800),
    "progressive": lambda: jpeg(2400, 1800, progressive=True),
    "grey": lambda: saved(scene(2400, 1800).convert("L")),
    "cmyk": lambda: saved(scene(2400, 1800).convert("CMYK")),
    "png": lambda: png(2400, 1800),
    "indexed": lambda: saved(scene(2400, 1800).quantize(64), "PNG"),
    "bits": lambda: saved(scene(2400, 1800).convert("1"), "PNG"),
    "alpha": lambda: saved(scene(2400, 1800).convert("LA"), "PNG"),
    "webp": lambda: webp(2400, 1800),
    "heic": lambda: heic(2400, 1800),
}


@pytest.mark.parametrize("kind", LARGE)
def test_every_kind_becomes_three_plain_jpegs(kind):
    developed = develop(LARGE[kind]())

    pictures = [opened(developed.sizes[size]) for size in SIZES]
    assert [picture.size for picture in pictures] == [(1600, 1200), (800, 600), (320, 240)]
    assert {(picture.format, picture.mode) for picture in pictures} == {("JPEG", "RGB")}
    assert (developed.width_px, developed.height_px) == (2400, 1800)


def test_a_grey_picture_of_16_bits_keeps_its_greys():
    row = b"\x00\xff" * 32 + b"\x00\x80" * 32
    deep = Image.frombytes("I;16", (64, 64), row * 64)

    left, right, *_ = (colour[0] for colour in corners_of(develop(saved(deep, "PNG")).sizes[320]))

    assert left == pytest.approx(255, abs=3)
    assert right == pytest.approx(128, abs=3)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((640, 480), [(640, 480), (640, 480), (320, 240)]),
        ((1, 1), [(1, 1)] * 3),
        ((4000, 2667), [(1600, 1067), (800, 533), (320, 213)]),
        ((6000, 3), [(1600, 1), (800, 1), (320, 1)]),
    ],
)
def test_a_picture_is_never_made_larger(size, expected):
    developed = develop(saved(Image.new("RGB", size, GREEN)))

    assert [opened(developed.sizes[each]).size for each in SIZES] == expected


def test_two_phone_pictures_in_one_file_give_the_first():
    data = saved(scene(), "MPO", save_all=True, append_images=[Image.new("RGB", (160, 120))])

    developed = develop(data)

    assert opened(developed.sizes[1600]).size == (640, 480)


def test_nothing_but_the_picture_gets_out():
    secret = b"secret-7f3a"
    notes = exif()
    notes[Base.ImageDescription] = secret.decode()
    data = with_segments(
        jpeg(exif=notes, comment=secret), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + secret)
    )

    developed = develop(data + b"\n" + secret)

    assert data.count(secret) == 3
    for size in SIZES:
        assert secret not in developed.sizes[size]
        assert not {"exif", "comment", "icc_profile"} & opened(developed.sizes[size]).info.keys()


def test_transparency_becomes_white():
    clear = Image.new("RGBA", (64, 64), (200, 0, 0, 0))

    colours = corners_of(develop(saved(clear, "PNG")).sizes[320])

    assert is_near(colours, [(255, 255, 255)] * 4, most=2)


def test_colours_of_another_profile_are_brought_to_srgb():
    swapped = saved(four_corners(), "PNG", icc_profile=profile("wRGB", swap_red_and_green=True))

    red, green, *_ = corners_of(develop(swapped).sizes[320])

    assert red[1] > red[0]
    assert green[0] > green[1]


@pytest.mark.parametrize("icc", [b"", b"not a profile", b"\0" * 128])
def test_a_profile_that_cannot_be_used_is_left_aside(icc):
    data = saved(four_corners(), "PNG", icc_profile=icc)

    assert is_near(corners_of(develop(data).sizes[320]), UPRIGHT)


def test_colours_that_are_srgb_already_stay_as_they_are():
    named_so = saved(four_corners(), "PNG", icc_profile=profile("sRGB", swap_red_and_green=True))

    assert is_near(corners_of(develop(named_so).sizes[320]), UPRIGHT)


def profile(name, *, swap_red_and_green):
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    icc = icc.replace("sRGB".encode("utf-16-be"), name.encode("utf-16-be"))
    if swap_red_and_green:
        icc = icc.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")
    return icc


def test_a_fingerprint_outlives_shrinking_and_encoding():
    first = develop(jpeg(2400, 1800)).fingerprint
    again = develop(saved(scene(2400, 1800).resize((1000, 750)), "WEBP", quality=50)).fingerprint
    darker = develop(saved(scene(2400, 1800).point(lambda v: v * 0.8))).fingerprint

    assert distance(first, again) <= 2
    assert distance(first, darker) <= 4


def test_fingerprints_of_other_pictures_are_far_apart():
    prints = [develop(jpeg(seed=seed)).fingerprint for seed in range(6)]

    assert min(distance(a, b) for a in prints for b in prints if a != b) > 7
    assert len(set(prints)) == 6


def test_an_even_picture_has_no_fingerprint():
    assert fingerprint_of(Image.new("RGB", (320, 240), (90, 90, 90))) is None


def test_the_same_bytes_give_the_same_prints():
    data = jpeg(2000, 1500, exif=exif(6))

    assert develop(data) == develop(data)


def test_threads_do_not_undo_each_others_guard():
    data, outcomes = jpeg()[:-900], []

    def refused():
        for _ in range(20):
            ImageFile.LOAD_TRUNCATED_IMAGES = True  # as another importer of WeasyPrint would
            try:
                develop(data)
            except BadPhotograph as bad:
                outcomes.append(bad.fault)

    run_at_once(*[refused] * 4)

    assert outcomes == [Fault.CUT_SHORT] * 80


def test_fitted_never_enlarges():
    assert fitted((4000, 3000), 1600) == (1600, 1200)
    assert fitted((300, 200), 1600) == (300, 200)
