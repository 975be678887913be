from io import BytesIO

import pytest
from PIL import Image, ImageStat

from firesafe.photos.stamp import NoTypeface, stamp, typeface
from tests.photos.pictures import WHITE, saved

LINES = ("示例玩具一厂", "A3-02 疏散通道畅通", "2026-11-23 10:32 赵玥")


def white(width, height):
    return saved(Image.new("RGB", (width, height), WHITE))


def brightness(jpeg, top, bottom):
    """Return the mean brightness of a band of the picture, given as shares of its height."""
    with Image.open(BytesIO(jpeg)) as picture:
        width, height = picture.size
        band = picture.convert("L").crop((0, int(height * top), width, int(height * bottom)))
        return ImageStat.Stat(band).mean[0]


def test_the_strip_lies_along_the_foot_and_leaves_the_rest():
    stamped = stamp(white(1600, 1200), LINES)

    assert brightness(stamped, 0, 0.8) == pytest.approx(240, abs=1)
    assert 60 < brightness(stamped, 0.92, 1) < 130


def test_every_line_is_drawn_and_other_words_look_otherwise():
    bare = stamp(white(1600, 1200), ("", "", ""))
    stamped = stamp(white(1600, 1200), LINES)

    for line in range(3):
        top = 0.913 + line * 0.0275
        assert brightness(stamped, top, top + 0.02) > brightness(bare, top, top + 0.02) + 2
    assert stamp(white(1600, 1200), (*LINES[:2], "2026-11-23 10:33 赵玥")) != stamped


def test_the_same_words_on_the_same_picture_are_the_same_bytes():
    assert stamp(white(800, 600), LINES) == stamp(white(800, 600), LINES)


def test_a_rare_name_is_not_drawn_as_a_box():
    unknown = "\U000f0000"  # of private use: every typeface draws its box

    assert stamp(white(400, 300), ("玥",)) != stamp(white(400, 300), (unknown,))
    assert stamp(white(400, 300), ("玥",)) != stamp(white(400, 300), ("祎",))


@pytest.mark.parametrize("size", [(1600, 90), (60, 1600), (20, 20)])
def test_words_too_long_or_too_many_stay_inside(size):
    stamped = stamp(white(*size), tuple(line * 9 for line in LINES))

    with Image.open(BytesIO(stamped)) as picture:
        assert picture.size == size


def test_a_machine_without_typefaces_is_told(tmp_path):
    with pytest.raises(NoTypeface):
        typeface([tmp_path, tmp_path / "absent"])


def test_the_first_choice_is_taken_wherever_it_lies(tmp_path):
    for name in ("FandolHei-Regular.otf", "LXGWWenKai-Regular.ttf"):
        (tmp_path / "deep").mkdir(exist_ok=True)
        (tmp_path / "deep" / name).touch()

    assert typeface([tmp_path]) == (tmp_path / "deep" / "LXGWWenKai-Regular.ttf", 0)
