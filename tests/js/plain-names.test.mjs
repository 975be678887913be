import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";

import { plainNames } from "../../static/plain-names.mjs";

const SOURCES = path.resolve(import.meta.dirname, "../../static/src");

test("private names become ordinary ones where they are declared and used", () => {
  const source = 'class A {\n  #kept = new Map();\n  async #all(x) {\n    return this.#kept.get(other.#all) ?? x?.#kept;\n  }\n}\n';

  assert.equal(plainNames(source), source.replaceAll("#", "_"));
});

test("colours, addresses and selectors are left alone", () => {
  const source = 'const RED = "#d81b1b";\nlink.href = `#item-${item}`;\npage.querySelector("form.card #kind");\n';

  assert.equal(plainNames(source), source);
});

test("of all scripts none keeps a private name, and no ordinary name is taken twice", async () => {
  const names = (await readdir(SOURCES, { recursive: true })).filter((name) => name.endsWith(".mjs"));
  for (const name of names) {
    const source = await readFile(path.join(SOURCES, name), "utf8");
    const own = new Set(Array.from(source.matchAll(/\.#(\w+)/g), ([, called]) => called));
    const taken = Array.from(own).filter((called) => new RegExp(`\\b_${called}\\b`).test(source));

    assert.deepEqual([name, taken], [name, []]);
    assert.doesNotMatch(plainNames(source), /\.#\w/, name);
  }
});
