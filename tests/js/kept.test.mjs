/** Where a visit comes from when its empty sheet is opened. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "fake-indexeddb/auto";

import { lookAhead } from "../../static/src/inspections/ahead.mjs";
import { opened } from "../../static/src/inspections/kept.mjs";
import { shelf } from "../../static/src/offline/desk.mjs";
import { OFFICER, putVisit } from "./phone.mjs";

const SAMPLES = { "C1-01": [{ from_workers: 1, asked: 1 }] };
const ASKED = { key: "visit-1", inspection: 0, state: null, officer: OFFICER };
const SHEET = { pathname: "/visit/2026", search: "?key=visit-1" };

/** Do some work, and tell which ways the shelf was gone to. */
async function modesOf(work) {
  const { transaction } = IDBDatabase.prototype;
  const modes = [];
  IDBDatabase.prototype.transaction = function (stores, mode) {
    modes.push(mode);
    return transaction.call(this, stores, mode);
  };
  try {
    await work();
  } finally {
    IDBDatabase.prototype.transaction = transaction;
  }
  return modes;
}

beforeEach(async () => {
  await shelf.put("notes", { drafts: [], samples: SAMPLES }, "bundle");
  await putVisit(shelf);
});

test("a look that was begun early is the only one", async () => {
  let found;

  const modes = await modesOf(async () => {
    lookAhead(SHEET);
    found = await opened(ASKED);
  });

  assert.deepEqual(modes, ["readonly"]);
  assert.equal(found.visit.key, "visit-1");
  assert.deepEqual(found.samples, SAMPLES);
});

test("whoever asks again is told how it stands by then", async () => {
  lookAhead(SHEET);
  await opened(ASKED);

  await shelf.change("visits", "visit-1", (visit) => ({ ...visit, kind: "recheck" }));

  assert.equal((await opened(ASKED)).visit.kind, "recheck");
});

test("a look for another visit is of no use", async () => {
  await putVisit(shelf, "visit-2");
  lookAhead({ ...SHEET, search: "?key=visit-2" });

  assert.equal((await opened(ASKED)).visit.key, "visit-1");
});

test("only the sheet of a named visit is looked for", async () => {
  const modes = await modesOf(() => {
    lookAhead({ pathname: "/visit/2026", search: "" });
    lookAhead({ pathname: "/factories", search: "?key=visit-1" });
  });

  assert.deepEqual(modes, []);
});

test("a colleague's visit is not shown, whoever looked for it", async () => {
  lookAhead(SHEET);

  assert.equal((await opened({ ...ASKED, officer: OFFICER + 1 })).visit, null);
});

test("what the bundle tells of a draft is taken over, and kept", async () => {
  const told = { key: "visit-1", inspection_id: 7, answers: { "A1-01": { entry: { verdict: "pass" }, version: 4 } } };
  await shelf.put("notes", { drafts: [told], samples: SAMPLES }, "bundle");
  lookAhead(SHEET);

  const { visit } = await opened(ASKED);

  assert.equal(visit.answers["A1-01"].entry.verdict, "pass");
  assert.deepEqual(await shelf.get("visits", "visit-1"), visit);
});

test("a draft that is named by its number is found", async () => {
  await shelf.change("visits", "visit-1", (visit) => ({ ...visit, inspectionId: 7 }));

  assert.equal((await opened({ ...ASKED, key: null, inspection: 7 })).visit.key, "visit-1");
});
