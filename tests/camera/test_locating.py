"""Where a photograph was taken, as the phone says, and that nobody waits for it."""

import pytest

from tests.browser import settled
from tests.photos.pictures import jpeg

pytestmark = pytest.mark.browser

TAKE_TWICE = """async (content) => {
  const [{ takePhoto }, { Locator }] = await Promise.all(
    ["take", "locate"].map((name) => import(`/src/camera/${name}.mjs`)));
  const locate = new Locator();
  const file = new File([Uint8Array.from(content)], "image.jpg");
  const first = await takePhoto(file, { source: "camera", locate });
  const second = await takePhoto(file, { source: "gallery", locate });
  return [first, second].map(({ place, source }) => ({ place, source }));
}"""

LONG_WAITS = """(thatEnd) => {
  const later = self.setTimeout;
  self.waits = [];
  self.setTimeout = (go, ms = 0) => {
    if (ms < 1000 || ms > 10000) return later(go, ms);
    waits.push(ms);
    return thatEnd ? later(go) : 0;
  };
}"""
"""Notes waits of seconds, which end at once or never."""


def test_the_phone_s_place_goes_with_each_photograph(bench):
    bench.context.grant_permissions(["geolocation"])
    bench.context.set_geolocation({"latitude": 32.39, "longitude": 109.36, "accuracy": 12})

    taken = settled(bench, TAKE_TWICE, list(jpeg()))

    place = {"latitude": 32.39, "longitude": 109.36, "accuracy_m": 12}
    assert taken == [{"place": place, "source": "camera"}, {"place": place, "source": "gallery"}]


def test_a_refused_place_is_none_and_nobody_waits_for_it(bench):
    bench.context.grant_permissions([])
    bench.evaluate(LONG_WAITS, False)

    taken = settled(bench, TAKE_TWICE, list(jpeg()))

    assert [photo["place"] for photo in taken] == [None, None]


def test_a_place_that_does_not_come_holds_a_photograph_up_for_three_seconds(bench):
    bench.evaluate("navigator.geolocation.watchPosition = () => 1")
    bench.evaluate(LONG_WAITS, True)

    taken = settled(bench, TAKE_TWICE, list(jpeg()))

    assert [photo["place"] for photo in taken] == [None, None]
    assert bench.evaluate("self.waits") == [3000, 3000]
