/** What an officer is warned of before a visit begins. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { askToPersist, freeBytes, warningFor } from "../../static/src/offline/storage.mjs";

const NOW = new Date("2026-11-26T08:00:00Z");
const MB = 1024 * 1024;
const warned = (standing) => warningFor({ isLasting: true, free: 500 * MB, since: null, ...standing }, NOW);

test("what has waited for more than three days is old", () => {
  assert.equal(warned({ since: "2026-11-23T08:00:01Z" }), null);
  assert.equal(warned({ since: "2026-11-23T07:59:59Z" }), "old");
});

test("room for less than a few visits is short, and unknown room is not", () => {
  assert.equal(warned({ free: 39 * MB }), "short");
  assert.equal(warned({ free: 40 * MB }), null);
  assert.equal(warned({ free: null }), null);
});

test("a browser that keeps nothing is worse than all", () => {
  assert.equal(warned({ isLasting: false, free: 0, since: "2026-11-01T00:00:00Z" }), "unkept");
  assert.equal(warned({ free: 0, since: "2026-11-01T00:00:00Z" }), "short");
});

test("free is what is left of the quota; old browsers do not tell", async () => {
  assert.equal(await freeBytes({ estimate: async () => ({ quota: 100, usage: 30 }) }), 70);
  assert.equal(await freeBytes({ estimate: async () => ({ quota: 100, usage: 130 }) }), 0);
  assert.equal(await freeBytes({}), null);
  assert.equal(await freeBytes(undefined), null);
});

test("a browser that keeps for good already is not asked again", async () => {
  const asked = [];
  const storage = (isKept) => ({ persisted: async () => isKept, persist: async () => asked.push(isKept) });

  for (const isKept of [true, false]) await askToPersist(storage(isKept));
  await askToPersist(undefined);

  assert.deepEqual(asked, [false]);
});
