import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyNames, isHalfTyped } from "../../static/src/components/auto-submit.mjs";
import { isOutside } from "../../static/src/components/confirm.mjs";
import { cookie, wear } from "../../static/src/components/display.mjs";
import { size } from "../../static/src/components/file-name.mjs";
import { length } from "../../static/src/components/live-count.mjs";
import { arcs } from "../../static/src/components/ring.mjs";
import { face, kept, share } from "../../static/src/components/seconds.mjs";
import { frame } from "../../static/src/components/signature-frame.mjs";
import { within } from "../../static/src/components/steppers.mjs";

test("a choice is remembered for a year, and over https only sent over https", () => {
  assert.equal(cookie("theme", "dark", false), "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax");
  assert.match(cookie("theme", "dark", true), /; Secure$/);
});

test("choosing what the device has forgets the choice", () => {
  assert.match(cookie("theme", "", false), /^theme=; .*Max-Age=0/);
});

test("the page wears what is chosen and nothing when the usual is chosen", () => {
  const dataset = { text: "large" };

  wear(dataset, "theme", "outdoor");
  wear(dataset, "text", "normal");

  assert.deepEqual(dataset, { theme: "outdoor" });
});

test("filters that are empty stay out of the address", () => {
  const data = new FormData();
  for (const [name, value] of [["town", ""], ["q", "paper"], ["use", ""], ["use", "mixed"]]) {
    data.append(name, value);
  }

  assert.deepEqual(emptyNames(data), ["town"]);
});

test("a press beside or below the sheet is outside it, one on its edge is not", () => {
  const box = { left: 10, right: 20, top: 10, bottom: 20 };

  assert.equal(isOutside({ clientX: 9, clientY: 15 }, box), true);
  assert.equal(isOutside({ clientX: 15, clientY: 21 }, box), true);
  assert.equal(isOutside({ clientX: 20, clientY: 10 }, box), false);
});

test("the size of a file is told in the unit that fits", () => {
  assert.deepEqual([1, 1024, 1500, 1024 * 1024, 2.5 * 1024 * 1024].map(size), ["1 KB", "1 KB", "2 KB", "1.0 MB", "2.5 MB"]);
});

test("characters are counted as a reader counts them", () => {
  assert.equal(length("\u9632\u706b"), 2);
  assert.equal(length("\u{20BB7}"), 1);
  assert.equal(length("a\r\nb"), 3);
});

test("the failed part begins where the good part ends", () => {
  assert.deepEqual(arcs(4, 8, 2), { good: 25, bad: 25, turn: 0 });
  assert.deepEqual(arcs(0, 0, 0), { good: 0, bad: 0, turn: -90 });
});

test("the clock shows tenths, and keeps whole seconds rounded up", () => {
  assert.equal(face(42_390), "42.3");
  assert.equal(kept(60_000), 60);
  assert.equal(kept(60_001), 61);
});

test("the ring is full at the limit and stays full", () => {
  assert.equal(share(30_000, 60), 50);
  assert.equal(share(90_000, 60), 100);
});

test("a signature is cut out in the middle of a box twice as wide as high", () => {
  const wide = frame([{ x: 100, y: 50 }, { x: 300, y: 60 }], 10);
  const high = frame([{ x: 0, y: 0 }, { x: 10, y: 180 }], 10);

  assert.deepEqual(wide, { left: 80, top: -5, width: 240, height: 120 });
  assert.deepEqual(high, { left: -195, top: -10, width: 400, height: 200 });
});

test("a number stays within its bounds", () => {
  assert.deepEqual([-1, 3, 9].map((value) => within(value, 0, 5)), [0, 3, 5]);
});

test("a year that is being typed is not looked for yet", () => {
  const halves = ["", "0002-11-23", "0202-11-23", "2026-11-23"].map((value) => isHalfTyped({ type: "date", value }));

  assert.deepEqual(halves, [false, true, true, false]);
  assert.equal(isHalfTyped({ type: "select-one", value: "1" }), false);
});
