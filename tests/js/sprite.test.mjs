import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { sprite, symbol } from "../../static/sprite.mjs";

test("a drawing becomes a symbol called as its file", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M1 2"/></svg>';

  assert.equal(symbol("bin", svg), '<symbol id="bin" viewBox="0 0 24 24"><path d="M1 2"/></symbol>');
});

test("a drawing without a viewBox is named", () => {
  assert.throws(() => symbol("bin", "<svg><path/></svg>"), /icon bin/);
});

test("the sprite holds every drawing of a folder in the order of their names", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "icons-"));
  await writeFile(path.join(folder, "sun.svg"), '<svg viewBox="0 0 1 1"></svg>');
  await writeFile(path.join(folder, "bin.svg"), '<svg viewBox="0 0 1 1"></svg>');
  await writeFile(path.join(folder, "readme.txt"), "no drawing");

  const names = [...(await sprite(folder)).matchAll(/id="([^"]*)"/g)].map(([, name]) => name);

  assert.deepEqual(names, ["bin", "sun"]);
});
