"""Taking a photograph on a phone: what is kept of it, and what is refused before it is."""

import base64
import hashlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from tests.browser import settled
from tests.photos.pictures import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    corners_of,
    exif,
    four_corners,
    heic,
    jpeg,
    png,
    saved,
    scene,
    segment,
    with_segments,
)

pytestmark = pytest.mark.browser

# How a camera held in each way stores a scene that is red, green, blue, white when upright.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def sum_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(picture)) as opened:
        return opened.size


def stored(orientation: int, width: int = 2400, height: int = 1800) -> bytes:
    """Return a JPEG that is upright only once it has been turned as its EXIF block says."""
    picture = four_corners(width, height)
    if (move := STORED[orientation]) is not None:
        picture = picture.transpose(move)
    return saved(picture, "JPEG", exif=exif(orientation))


def test_a_photograph_of_twelve_million_points_is_shrunk_and_named(take):
    large = jpeg(4000, 3000, quality=92)

    photo = take(large)

    assert size_of(photo["bytes"]) == (1600, 1200)
    assert photo["type"] == "image/jpeg"
    assert photo["isBuffer"]
    assert photo["sha256"] == sum_of(photo["bytes"])
    assert photo["original"] == sum_of(large)
    assert len(photo["bytes"]) < len(large) / 3


def test_a_thumbnail_comes_with_it(take):
    photo = take(jpeg(4000, 3000))

    assert size_of(photo["thumbnail"]) == (200, 150)
    assert len(photo["thumbnail"]) < 20_000


@pytest.mark.parametrize("orientation", STORED)
def test_it_stands_upright_however_the_phone_was_held(take, orientation):
    photo = take(stored(orientation))

    assert size_of(photo["bytes"]) == (1600, 1200)
    for found, wanted in zip(corners_of(photo["bytes"]), (RED, GREEN, BLUE, WHITE), strict=True):
        assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) < 12


def test_nothing_is_ever_grown(take):
    photo = take(saved(scene(300, 200), "BMP"))

    assert (size_of(photo["bytes"]), photo["type"]) == ((300, 200), "image/jpeg")


def test_a_small_one_that_would_only_lose_stays_as_it_is(take):
    small = jpeg(640, 480, quality=40)

    photo = take(small)

    assert photo["bytes"] == small
    assert photo["sha256"] == photo["original"] == sum_of(small)


def test_what_is_seen_through_becomes_paper(take):
    photo = take(saved(Image.new("RGBA", (2000, 1000), (0, 0, 0, 0)), "PNG"))

    assert corners_of(photo["bytes"])[0] == (255, 255, 255)


def test_heic_that_cannot_be_drawn_goes_as_it_is(take):
    photo = take(heic())

    assert (photo["bytes"], photo["type"]) == (heic(), "image/heic")
    assert photo["thumbnail"] is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "photo_empty", id="empty"),
        pytest.param(b"%PDF-1.7 is no picture", "photo_no_picture", id="a paper"),
        pytest.param(heic() + bytes(3000), "photo_too_large", id="too large as it is"),
    ],
)
def test_what_is_no_photograph_is_refused_by_name(take, content, reason):
    refused = take(content, maxBytes=len(heic()) + 2000)

    assert refused == {"name": "PhotoRefused", "reason": reason}


def test_a_refused_one_does_not_hold_up_the_next(take):
    refused, photo = take(b"", png())

    assert refused["reason"] == "photo_empty"
    assert size_of(photo["bytes"]) == (320, 240)


def test_the_camera_s_own_time_is_kept_though_the_block_is_gone(take):
    block = exif(DateTimeOriginal="2026:11:23 10:32:05", OffsetTimeOriginal="+08:00")

    photo = take(saved(scene(2000, 1000), "JPEG", exif=block))

    assert photo["takenAt"] == "2026-11-23T02:32:05.000Z"
    with Image.open(BytesIO(photo["bytes"])) as opened:
        assert dict(opened.getexif()) == {}


def test_a_time_without_a_zone_is_the_phone_s(take):
    block = exif(DateTimeOriginal="2026:11:23 10:32:05")

    photo = take(saved(scene(2000, 1000), "JPEG", exif=block))

    assert photo["takenAt"] == "2026-11-23T02:32:05.000Z"  # the phone of the tests is in Shanghai


def test_without_one_the_file_s_time_counts_unless_it_lies_ahead(take):
    morning = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    ahead = datetime.now(UTC).timestamp() + 86_400

    kept = take(jpeg(), changed_at=morning.timestamp() * 1000)
    corrected = take(jpeg(), changed_at=ahead * 1000)

    assert kept["takenAt"] == "2026-11-23T02:00:00.000Z"
    assert datetime.fromisoformat(corrected["takenAt"]).timestamp() < ahead - 86_000


def test_without_the_browser_s_own_sums_the_names_are_the_same(bench, take):
    bench.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    large = jpeg(2400, 1800, quality=95)

    photo = take(large)

    assert (photo["sha256"], photo["original"]) == (sum_of(photo["bytes"]), sum_of(large))


AS_THE_CAMERA_LAY = """() => {
  const own = self.createImageBitmap.bind(self);
  const tags = [[1, 0x12, 0, 3, 0, 0, 0, 1, 0], [0x12, 1, 3, 0, 1, 0, 0, 0]];
  self.createImageBitmap = async (file) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    for (const tag of tags) {
      const at = bytes.findIndex((_, i) => tag.every((byte, place) => bytes[i + place] === byte));
      if (at > 0) bytes[at + tag.length] = 1;
    }
    return own(new Blob([bytes], { type: "image/jpeg" }));
  };
}"""


def test_an_old_browser_that_turns_nothing_gets_it_upright_too(bench, take):
    """As Chrome 78 does: a picture is opened the way it was stored."""
    bench.evaluate(AS_THE_CAMERA_LAY)

    for orientation in STORED:
        photo = take(stored(orientation))
        assert size_of(photo["bytes"]) == (1600, 1200), orientation
        found = corners_of(photo["bytes"])
        assert [max(range(3), key=one.__getitem__) for one in found[:3]] == [0, 1, 2], orientation


def test_a_browser_without_bitmaps_takes_the_other_way(bench, take):
    bench.evaluate("delete self.createImageBitmap")

    photo = take(stored(6))

    assert size_of(photo["bytes"]) == (1600, 1200)
    assert max(range(3), key=corners_of(photo["bytes"])[1].__getitem__) == 1


def test_a_picture_cut_short_is_not_made_whole(take):
    """Drawn, it would be a proper JPEG with grey below, and nobody would know."""
    small = saved(scene(160, 120), "JPEG")
    whole = with_segments(jpeg(4000, 3000, quality=90), segment(0xE2, small))

    cut, with_clip = take(whole[: len(whole) // 2], whole + bytes(600_000))

    assert cut["reason"] == "photo_unreadable"
    assert size_of(with_clip["bytes"]) == (1600, 1200)


IN_A_ROW = """async ({ content, count }) => {
  const { takePhoto } = await import("/src/camera/take.mjs");
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  for (let each = 0; each < count; each += 1) {
    await takePhoto(new File([bytes], "image.jpg"), { source: "camera" });
  }
}"""


def test_forty_in_a_row_leave_nothing_behind(bench, megabytes):
    content = base64.b64encode(jpeg(4000, 3000, quality=92)).decode()
    settled(bench, IN_A_ROW, {"content": content, "count": 5})
    before = megabytes()

    settled(bench, IN_A_ROW, {"content": content, "count": 40})

    assert megabytes() - before < 48  # what a single one of them fills while it is open
