/** The file that a phone saves when it cannot send. What the desk makes of it is tested there. */
import assert from "node:assert/strict";
import { test } from "node:test";

import "fake-indexeddb/auto";

import { answered } from "../../static/src/offline/visits.mjs";
import { packed, saved, spread } from "../../static/src/offline/rescue.mjs";
import { AT, OFFICER, mishap, phoneWith, problem, putPhoto, putVisit } from "./phone.mjs";

let keys = 0;
const MOST = { bytes: 16 * 1024 * 1024, entries: 500 };
const parts = { makeKey: () => `key-${(keys += 1)}`, now: () => AT, most: MOST };
const parcel = (seq, length = 100) => ({ seq, key: `key-${seq}`, body: "x".repeat(length) });
const photo = (number, size) => ({ sha256: String(number).padStart(64, "0"), size, type: "image/jpeg" });
const seqs = (files) => files.map(({ parcels }) => parcels.map(({ seq }) => seq));
const sizes = (files) => files.map(({ photos }) => photos.length);

test("everything unsent goes in: what waits, what is dirty, what was set aside", async () => {
  const { shelf, service, outbox } = await phoneWith({ officers: [OFFICER, 4] });
  await putVisit(shelf, "refused");
  service.mishaps.push(problem(422, "No."));
  await outbox.deliver();
  service.mishaps.push(mishap(0));
  const key = await putVisit(shelf, "waiting");
  await putPhoto(shelf, key, 1);
  await outbox.deliver();
  await shelf.change("visits", key, (visit) => answered(visit, "A1-01", { verdict: "pass" }, AT));
  await putVisit(shelf, "theirs", 4);

  const [part, ...more] = await packed(shelf, OFFICER, parts);

  assert.deepEqual(more, []);
  assert.deepEqual(part.parcels.map(({ visit }) => visit), ["refused", "waiting", "waiting"]);
  assert.equal(part.photos.length, 1);
});

test("saving takes nothing from the phone, and what was saved is what is sent", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  const [part] = await packed(shelf, OFFICER, parts);
  await saved(shelf, [part], 1, { id: OFFICER, name: "Wang" }, new Date(AT));

  await outbox.deliver();

  assert.deepEqual(service.sent("parcel").map(({ body }) => body), part.parcels.map(({ body }) => body));
  assert.equal(service.photos.size, 1);
});

test("what fits into one file is one, with the parcels first", () => {
  const files = spread({ parcels: [parcel(1), parcel(2)], rechecks: [], photos: [photo(1, 300_000), photo(2, 300_000)] }, MOST);

  assert.deepEqual([seqs(files), sizes(files)], [[[1, 2]], [2]]);
});

test("more is spread over several, none of which is too large or has too many parts", () => {
  const large = spread({ parcels: [parcel(1)], rechecks: [], photos: Array.from({ length: 6 }, (_each, number) => photo(number, 300_000)) }, { ...MOST, bytes: 1_000_000 });
  assert.deepEqual([seqs(large), sizes(large)], [[[1], []], [3, 3]]);

  const many = spread({ parcels: [], rechecks: [], photos: Array.from({ length: 600 }, (_each, number) => photo(number, 10)) }, MOST);
  assert.deepEqual(sizes(many), [499, 101]);
});

test("where nothing is unsent there is nothing to save", async () => {
  const { shelf, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  await outbox.deliver();

  assert.deepEqual(await packed(shelf, OFFICER, parts), []);
});

test("the photograph below a drawing is saved with it", async () => {
  const { shelf } = await phoneWith();
  const key = await putVisit(shelf);
  const below = await putPhoto(shelf, key, 1);
  const drawn = await putPhoto(shelf, key, 2, { drawnOver: below });

  const [part] = await packed(shelf, OFFICER, parts);

  assert.deepEqual(part.photos.map(({ sha256 }) => sha256), [below, drawn]);
});
