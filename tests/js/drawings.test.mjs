import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { drawing, drawings } from "../../static/drawings.mjs";

/** @param {string} inner */
const framed = (inner) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${inner}</svg>\n`;

test("of an icon its frame is taken off", () => {
  assert.equal(drawing("bin", framed('<path d="M1 2"/>')), '<path d="M1 2"/>');
});

test("an icon in another frame is named", () => {
  assert.throws(() => drawing("bin", framed("").replace("24 24", "36 36")), /icon bin/);
});

test("every drawing of a folder is called as its file", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "icons-"));
  await writeFile(path.join(folder, "sun.svg"), framed('<circle r="1"/>'));
  await writeFile(path.join(folder, "bin.svg"), framed('<path d="M1 2"/>'));
  await writeFile(path.join(folder, "readme.txt"), "no drawing");

  assert.deepEqual(await drawings(folder), { bin: '<path d="M1 2"/>', sun: '<circle r="1"/>' });
});
