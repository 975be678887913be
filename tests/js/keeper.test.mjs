/** Answers for which there was no room go along with the next that finds some. */
import assert from "node:assert/strict";
import { test } from "node:test";

import "fake-indexeddb/auto";

import { Keeper } from "../../static/src/inspections/keeper.mjs";
import { shelf } from "../../static/src/offline/desk.mjs";
import { putVisit } from "./phone.mjs";

/** A phone that is full for as long as the work lasts. */
async function whileFull(work) {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("no room", "QuotaExceededError"); };
  try {
    return await work();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
}

test("what found no room is known, and kept with the next answer", async () => {
  const keeper = new Keeper(await putVisit(shelf));

  assert.equal(await whileFull(() => keeper.keep("A1-01", { verdict: "fail" })), null);
  assert.equal(keeper.isWhole, false);
  assert.equal((await shelf.get("visits", "visit-1")).answers["A1-01"].entry.verdict, null);

  const kept = await keeper.keep("A1-02", { verdict: "pass" });

  assert.equal(keeper.isWhole, true);
  assert.deepEqual(["A1-01", "A1-02"].map((code) => kept.answers[code].entry.verdict), ["fail", "pass"]);
});

test("the last that was typed counts, also when it was typed while there was no room", async () => {
  const keeper = new Keeper(await putVisit(shelf, "visit-2"));

  await whileFull(() => keeper.keep("A1-01", { verdict: "fail", seen: "a" }));
  await whileFull(() => keeper.keep("A1-01", { seen: "ab" }));
  const { answers } = await keeper.keep("A1-02", { verdict: "pass" });

  assert.deepEqual([answers["A1-01"].entry.verdict, answers["A1-01"].entry.seen], ["fail", "ab"]);
});
