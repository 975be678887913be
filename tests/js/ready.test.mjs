import assert from "node:assert/strict";
import { test } from "node:test";

import { isOutlived, isStale } from "../../static/src/offline/ready.mjs";
import { agoOf, badgeFor } from "../../static/src/offline/ready-badge.mjs";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-26T08:00:00Z");
const ready = (more = {}) => ({ officer: 1, at: new Date(NOW - 2 * HOUR).toISOString(), version: "a", missing: 0, bytes: 1, ...more });
const before = (hours) => ({ at: new Date(NOW - hours * HOUR).toISOString() });
const today = { officer: 1, version: "a", now: NOW };

test("what was fetched this morning is not fetched again", () => {
  assert.equal(isStale(ready(), today), false);
  assert.equal(isStale(ready(before(13)), today), true);
  assert.equal(isStale(undefined, today), true);
});

test("another officer, another version and missing pages are reasons to fetch", () => {
  assert.equal(isStale(ready(), { ...today, officer: 2 }), true);
  assert.equal(isStale(ready(), { ...today, version: "b" }), true);
  assert.equal(isStale(ready({ missing: 1 }), today), true);
});

test("a clock that was put back does not keep the old for ever", () => {
  assert.equal(isStale(ready(before(-24)), today), true);
});

test("nothing is kept for more than thirty days", () => {
  assert.equal(isOutlived(ready(before(24 * 29)), NOW), false);
  assert.equal(isOutlived(ready(before(24 * 31)), NOW), true);
});

test("the badge says what is so", () => {
  assert.equal(badgeFor(undefined, NOW, true), "none");
  assert.equal(badgeFor(ready(), NOW, true), "ready");
  assert.equal(badgeFor(ready(before(25)), NOW, true), "old");
  assert.equal(badgeFor(ready({ missing: 3 }), NOW, true), "partly");
  assert.equal(badgeFor(ready(), NOW, false), "unable");
});

test("how long ago it was is said in the language of the page", () => {
  assert.equal(agoOf(ready().at, NOW, "zh-CN"), "2小时前");
  assert.equal(agoOf(before(72).at, NOW, "en"), "3 days ago");
  assert.equal(agoOf(before(-1).at, NOW, "en"), "now");
});
