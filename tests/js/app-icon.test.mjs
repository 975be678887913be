/** The picture on the home screen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";

import { iconPng } from "../../static/app-icon.mjs";

function pixel(png, size, x, y) {
  const from = png.indexOf("IDAT");
  const lines = inflateSync(png.subarray(from + 4, from + 4 + png.readUInt32BE(from - 4)));
  const at = y * (1 + 3 * size) + 1 + 3 * x;
  return lines.subarray(at, at + 3).toString("hex");
}

test("it is indigo to the very corner and shows its squares", () => {
  const png = iconPng(64);

  assert.equal(png.readUInt32BE(16), 64);
  assert.equal(pixel(png, 64, 0, 0), "1d4f6e");
  assert.equal(pixel(png, 64, 20, 20), "ffffff");
  assert.equal(pixel(png, 64, 40, 40), "86aec6");
});
