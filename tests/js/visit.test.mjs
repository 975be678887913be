import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { partsOf, stepsOf, valueOf } from "../../static/src/inspections/fields.mjs";
import { figuresOf, nextOpen, placeOf } from "../../static/src/inspections/progress.mjs";
import { stateOf } from "../../static/src/inspections/read-back.mjs";
import { sha256 } from "../../static/src/inspections/sha256.mjs";

const POINTS = [
  { code: "A1-01", verdict: "pass" },
  { code: "A1-02", verdict: "" },
  { code: "A2-01", verdict: "fail" },
  { code: "A2-02", verdict: "" },
];

test("a failed checkpoint is looked at as well", () => {
  assert.deepEqual(figuresOf(POINTS), { done: 2, total: 4, failed: 1 });
});

test("the next one is sought onwards, and from the beginning after the end", () => {
  assert.equal(nextOpen(POINTS, "A1-02"), "A2-02");
  assert.equal(nextOpen(POINTS, "A2-02"), "A1-02");
  assert.equal(nextOpen(POINTS, ""), "A1-02");
});

test("there is no next one when all are answered", () => {
  assert.equal(nextOpen([{ code: "A1-01", verdict: "pass" }], ""), "");
});

test("one failure marks an item, then what is not looked at, and what does not apply counts for nothing", () => {
  assert.equal(stateOf(["pass", "", "fail"]), "fail");
  assert.equal(stateOf(["pass", "", "na"]), "open");
  assert.equal(stateOf(["na", "pass"]), "pass");
  assert.equal(stateOf(["na", "na"]), "none");
});

test("a code tells its item and its group", () => {
  assert.deepEqual(placeOf("K3-02"), { item: "K3", group: "K" });
});

test("a field's name tells its checkpoint; what the page keeps for itself is no answer", () => {
  assert.deepEqual(partsOf("A3-02-grace_days"), { code: "A3-02", field: "grace_days" });
  assert.equal(partsOf("A3-02-version"), null);
  assert.equal(partsOf("csrf_token"), null);
});

test("an empty number is no zero, and the usual grade is none", () => {
  assert.equal(valueOf("asked_count", ""), null);
  assert.equal(valueOf("grace_days", "0"), 0);
  assert.equal(valueOf("grade", ""), null);
  assert.equal(valueOf("seen", ""), "");
});

test("a step's second is rounded up; a step that was left out has none", () => {
  const steps = [
    { type: "number", value: "5.2" },
    { type: "number", value: "" },
    { type: "checkbox", value: "2", checked: true },
    { type: "checkbox", value: "3", checked: false },
  ];

  assert.deepEqual(stepsOf(steps), [6, null, 0, null]);
});

test("our own SHA-256 is everybody's", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) % 256);
    const expected = createHash("sha256").update(bytes).digest("hex");

    assert.equal(Buffer.from(sha256(bytes)).toString("hex"), expected);
  }
});
