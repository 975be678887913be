/** What of an officer's work is on the phone only, and what is said about it. */
import assert from "node:assert/strict";
import { test } from "node:test";

import "fake-indexeddb/auto";

import { bannerFor, kindOfWaiting, progressOf } from "../../static/src/offline/banner-words.mjs";
import { readWaiting } from "../../static/src/offline/waiting.mjs";
import { answered, handedIn, withPhoto } from "../../static/src/offline/visits.mjs";
import { AT, OFFICER, mishap, phoneWith, problem, putPhoto, putVisit } from "./phone.mjs";

const LATER = "2026-11-26T02:00:00Z";
const look = (shelf) => readWaiting(shelf, OFFICER);
const standings = async (shelf) => (await look(shelf)).lines.map(({ standing }) => standing);
const counts = ({ visits, photos, refused }) => ({ visits, photos, refused });

test("a visit is on this phone only, then underway, then delivered", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  await shelf.change("visits", key, (visit) => handedIn(visit, "", AT));
  assert.deepEqual(await standings(shelf), ["local"]);
  assert.deepEqual(counts(await look(shelf)), { visits: 1, photos: 1, refused: 0 });

  service.isReadable = false;
  await outbox.deliver();
  assert.deepEqual(await standings(shelf), ["arriving"]);
  assert.deepEqual(counts(await look(shelf)), { visits: 0, photos: 0, refused: 0 });

  service.isReadable = true;
  await outbox.deliver();
  assert.deepEqual(await standings(shelf), ["delivered"]);
});

test("a draft of which everything has arrived is up to date until something is entered", async () => {
  const { shelf, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await outbox.deliver();
  assert.deepEqual(await standings(shelf), ["up-to-date"]);

  await shelf.change("visits", key, (visit) => answered(visit, "A1-01", { verdict: "pass" }, LATER));

  const { lines, since } = await look(shelf);
  assert.equal(lines[0].standing, "local");
  assert.equal(since, LATER);
});

test("what was not taken comes with its reason, and waits for nobody", async () => {
  const { shelf, service, outbox } = await phoneWith();
  await putVisit(shelf);
  service.mishaps.push(problem(422, "The second inspector is not known here."));

  await outbox.deliver();

  const { lines, refused, visits } = await look(shelf);
  assert.deepEqual([lines[0].standing, refused, visits], ["refused", 1, 0]);
  assert.equal(lines[0].aside[0].sentence, "The second inspector is not known here.");
});

test("the oldest visit stands first, and what waits is as old as its oldest part", async () => {
  const { shelf, service, outbox } = await phoneWith();
  service.mishaps.push(mishap(0));
  const late = await putVisit(shelf, "late");
  await shelf.change("visits", late, (visit) => ({ ...visit, openedAt: LATER }));
  await putVisit(shelf, "early");
  await outbox.deliver();

  const { lines, since } = await look(shelf);

  assert.deepEqual(lines.map(({ key }) => key), ["early", "late"]);
  assert.equal(since, AT);
});

test("a photograph that was taken out again waits no more; one without a visit still does", async () => {
  const { shelf } = await phoneWith();
  const key = await putVisit(shelf);
  const out = await putPhoto(shelf, key, 1);
  await shelf.change("visits", key, (visit) => withPhoto(visit, { sha256: out, code: "A1-01", moment: "found" }, "detach", AT));
  await putPhoto(shelf, key, 2);
  const { photos } = await look(shelf);
  assert.equal(photos, 1);

  await shelf.remove("visits", key);

  const { lines, photos: loose } = await look(shelf);
  assert.deepEqual(lines.map(({ visit }) => visit), [null]);
  assert.equal(loose, 2);
});

test("of another officer it is told only that something waits", async () => {
  const { shelf, outbox } = await phoneWith({ officers: [OFFICER, 4] });
  await putVisit(shelf, "theirs", 4);

  const { lines, others } = await look(shelf);
  assert.deepEqual([lines, others], [[], 1]);

  await outbox.deliver();
  assert.equal((await look(shelf)).others, 0);
});

test("the day of the last arrival is known", async () => {
  const { shelf, outbox } = await phoneWith();
  await putVisit(shelf);

  await outbox.deliver();

  assert.equal(await shelf.get("notes", `sent-at:${OFFICER}`), AT);
});

const calm = { isAtWork: false, isSignedOut: false, sentAt: undefined };
const noon = new Date("2026-11-26T12:00:00");
const some = { visits: 1, photos: 4, refused: 0 };
const none = { visits: 0, photos: 0, refused: 0, arriving: 0 };

test("the banner says the most pressing thing", () => {
  assert.equal(bannerFor({ ...some, refused: 1 }, { ...calm, isAtWork: true }, noon), "refused");
  assert.equal(bannerFor(some, { ...calm, isSignedOut: true }, noon), "signed-out");
  assert.equal(bannerFor(some, { ...calm, isAtWork: true }, noon), "sending");
  assert.equal(bannerFor(some, calm, noon), "local");
});

test("that all has arrived is said on its day, and then no more", () => {
  const sentAt = new Date("2026-11-26T09:00:00").toISOString();

  assert.equal(bannerFor(none, { ...calm, isAtWork: true, sentAt }, noon), "delivered");
  assert.equal(bannerFor(none, { ...calm, sentAt }, new Date("2026-11-27T00:10:00")), null);
  assert.equal(bannerFor(none, calm, noon), null);
});

test("not all is delivered while the service is not through with a visit", () => {
  const sentAt = new Date("2026-11-26T09:00:00").toISOString();

  assert.equal(bannerFor({ ...none, arriving: 1 }, { ...calm, sentAt }, noon), "arriving");
  assert.equal(bannerFor({ ...some, arriving: 1 }, { ...calm, sentAt }, noon), "local");
});

test("progress counts from the most that waited", () => {
  assert.deepEqual(progressOf(0, some), { most: 5, done: 0, total: 5 });
  assert.deepEqual(progressOf(5, { visits: 0, photos: 2 }), { most: 5, done: 3, total: 5 });
  assert.equal(kindOfWaiting({ visits: 0, photos: 2 }), "photos");
});
