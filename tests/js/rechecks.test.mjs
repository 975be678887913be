import assert from "node:assert/strict";
import { test } from "node:test";

import "fake-indexeddb/auto";

import { forgetOfficer } from "../../static/src/offline/leaving.mjs";
import { forgetAside, reopenHeldUp, sendAgain } from "../../static/src/offline/parcels.mjs";
import { filledIn, handedInRecheck, recheckDeed } from "../../static/src/offline/rechecks.mjs";
import { packed } from "../../static/src/offline/rescue.mjs";
import { recheckOf, savedRecheck, takeRecheck } from "../../static/src/offline/saved-recheck.mjs";
import { sheetAddress } from "../../static/src/offline/visits.mjs";
import { isAnythingUnsent, readWaiting } from "../../static/src/offline/waiting.mjs";
import { missingIn, wallClock } from "../../static/src/notices/recheck-form.mjs";
import { AT, FILLED, OFFICER, lostReply, mishap, outboxOn, phoneWith, problem, putPhoto, putRecheck } from "./phone.mjs";

const EMPTY = { end: "empty", signedOut: [] };
const RULES = { reasonFor: ["partly", "not_put_right"], secondFor: "on_site" };
const HOW = { makeKey: () => "key-of-file", now: () => AT, most: { bytes: 1e7, entries: 100 } };

const handIn = (shelf, key) => shelf.change("visits", key, (own) => handedInRecheck(own, AT));
const deedIn = ({ body }) => JSON.parse(body).deeds[0];
const standing = async (shelf) => (await readWaiting(shelf, OFFICER)).lines[0].standing;

test("what is still being made is sent by nobody, and its photographs go ahead", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putRecheck(shelf);
  const photo = await putPhoto(shelf, key, 1, { code: "31" });

  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.deepEqual(service.sent("parcel"), []);
  assert.deepEqual(service.sent("photo").map(({ sha256 }) => sha256), [photo]);
  const waiting = await readWaiting(shelf, OFFICER);
  assert.equal(waiting.lines[0].standing, "local");
  assert.equal(isAnythingUnsent(waiting), true);
});

test("handed in, it goes after its photographs as one deed, and is done with its paper", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putRecheck(shelf);
  const photo = await putPhoto(shelf, key, 1, { code: "31" });
  await handIn(shelf, key);

  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.deepEqual(service.calls.map(({ what }) => what), ["photo", "parcel", "standings"]);
  const [parcel] = service.sent("parcel");
  assert.equal(JSON.parse(parcel.body).visit, "visit-of-old");
  assert.deepEqual(deedIn(parcel), {
    deed: "recheck", key, manner: "on_site", occasion: "asked", second_id: 4, statement: "", rechecked_at: AT, steps: [],
    judgements: [{ finding_id: 31, version: 2, result: "put_right", reason: "", photos: [photo] }],
  });
  const own = await shelf.get("visits", key);
  assert.deepEqual([own.state, own.address, own.recheck.number], ["delivered", "/notices/9", "No. 1"]);
  assert.deepEqual(await shelf.all("parcels"), []);
});

test("a photograph that does not get through holds it up, and a later round brings both", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putRecheck(shelf);
  await putPhoto(shelf, key, 1, { code: "31" });
  await handIn(shelf, key);
  service.mishaps.push(mishap(500));

  assert.equal((await outbox.deliver()).end, "later");
  assert.deepEqual(service.sent("parcel"), []);
  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.equal(service.parcels.size, 1);
});

test("a reply that was lost brings the same bytes again, also after the page was closed", async () => {
  const { shelf, service, outbox } = await phoneWith();
  await handIn(shelf, await putRecheck(shelf));
  service.mishaps.push(lostReply);

  assert.equal((await outbox.deliver()).end, "later");
  await shelf.close();
  assert.deepEqual(await outboxOn(shelf, service).deliver(), EMPTY);

  const [first, again] = service.sent("parcel");
  assert.deepEqual([again.key, again.body], [first.key, first.body]);
  assert.equal(service.parcels.size, 1);
});

test("refused, it is set aside whole with the sentence, and open again", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putRecheck(shelf);
  await handIn(shelf, key);
  service.mishaps.push(problem(409, "Finding A3-02 is closed already."));

  await outbox.deliver();

  const [line] = (await readWaiting(shelf, OFFICER)).lines;
  assert.equal(line.standing, "refused");
  assert.deepEqual(line.aside.map(({ sentence }) => sentence), ["Finding A3-02 is closed already."]);
  assert.equal(line.visit.state, "draft");
  assert.equal(line.visit.recheck.judgements[0].result, "put_right");
});

test("looked at again and handed in once more, it takes the place of what was set aside", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putRecheck(shelf);
  await handIn(shelf, key);
  service.mishaps.push(problem(409, "no"));
  await outbox.deliver();
  const seen = [{ ...FILLED.judgements[0], finding: 32, code: "P2-01", version: 5 }];
  await shelf.change("visits", key, (own) => filledIn(own, { ...FILLED, judgements: seen }, AT));
  const { recheck } = await shelf.get("visits", key);
  await handIn(shelf, key);

  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.deepEqual(recheck.judgements.map(({ finding, isGone = false }) => [finding, isGone]), [[32, false], [31, true]]);
  assert.deepEqual(deedIn(service.sent("parcel")[1]).judgements.map(({ finding_id: id, version }) => [id, version]), [[32, 5]]);
  assert.equal(deedIn(service.sent("parcel")[1]).key, key);
  assert.equal(await standing(shelf), "delivered");
});

test("sent again unchanged, what was set aside goes as it was", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putRecheck(shelf);
  await handIn(shelf, key);
  service.mishaps.push(problem(409, "no"));
  await outbox.deliver();

  await sendAgain(shelf, key);
  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.equal(service.sent("parcel")[1].body, service.sent("parcel")[0].body);
  assert.equal(await standing(shelf), "delivered");
});

test("left out by the officer, it ends", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putRecheck(shelf);
  await handIn(shelf, key);
  service.mishaps.push(problem(409, "no"));
  await outbox.deliver();

  await forgetAside(shelf, key);

  assert.equal(isAnythingUnsent(await readWaiting(shelf, OFFICER)), false);
});

test("a photograph that cannot be read opens it again before it has left", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putRecheck(shelf);
  await putPhoto(shelf, key, 1, { code: "31" });
  await handIn(shelf, key);
  service.mishaps.push(problem(415, "no photograph"));
  await outbox.deliver();

  await reopenHeldUp(shelf, key);

  assert.deepEqual(service.sent("parcel"), []);
  assert.deepEqual(await shelf.all("parcels"), []);
  assert.equal((await shelf.get("visits", key)).state, "draft");
});

test("one that waits for signal is not opened by looking at it", async () => {
  const { shelf, outbox, service } = await phoneWith();
  const key = await putRecheck(shelf);
  await handIn(shelf, key);
  service.mishaps.push(mishap(0));
  await outbox.deliver();

  await reopenHeldUp(shelf, key);

  assert.equal((await shelf.get("visits", key)).state, "handed_in");
  assert.equal((await shelf.all("parcels")).length, 1);
});

test("a saved file holds it with its photographs, and it goes from the phone all the same", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putRecheck(shelf);
  const photo = await putPhoto(shelf, key, 1, { code: "31" });
  await handIn(shelf, key);

  const [part] = await packed(shelf, OFFICER, HOW);

  assert.equal(deedIn(part.parcels[0]).key, key);
  assert.deepEqual(part.photos.map(({ sha256 }) => sha256), [photo]);
  await outbox.deliver();
  assert.deepEqual(service.calls.map(({ what }) => what), ["photo", "parcel", "standings"]);
});

test("signing out leaves what nobody has, and takes what has arrived", async () => {
  const { shelf, outbox } = await phoneWith();
  const [made, sent] = [await putRecheck(shelf, "recheck-1"), await putRecheck(shelf, "recheck-2")];
  await handIn(shelf, sent);
  await outbox.deliver();

  await forgetOfficer(shelf, OFFICER);

  assert.deepEqual((await shelf.all("visits")).map(({ key }) => key), [made]);
});

test("it is opened on the page of its case", () => {
  const own = { key: "recheck-1", edition: "", recheck: { ...FILLED, inspection: 7, visit: "v" } };

  assert.equal(sheetAddress(own), "/rechecks/7?manner=on_site");
});

test("what is missing is told before it is handed in, by the rules the page was given", () => {
  const [judged, open] = FILLED.judgements;
  const words = (changes) => missingIn({ ...FILLED, ...changes }, RULES).map(({ word }) => word);

  assert.deepEqual(words({}), []);
  assert.deepEqual(words({ judgements: [open] }), ["none"]);
  assert.deepEqual(words({ judgements: [{ ...judged, result: "partly", reason: " " }] }), ["reason"]);
  assert.deepEqual(words({ second: null }), ["second"]);
  assert.deepEqual(words({ second: null, manner: "by_photo" }), []);
});

test("day and time are those of the county's clock", () => {
  assert.equal(wallClock(new Date("2026-11-26T01:05:59Z"), "+08:00"), "2026-11-26T09:05");
  assert.equal(wallClock(new Date("2026-11-26T01:05:59Z"), "-03:30"), "2026-11-25T21:35");
});

async function carried(shelf, key) {
  const here = await shelf.get("visits", key);
  return recheckOf(JSON.parse(JSON.stringify(savedRecheck(here))), { officer: here.officer, factory: here.factory });
}

test("saved in a file and taken in elsewhere, it is the same, and goes the same way", async () => {
  const first = await phoneWith();
  const key = await putRecheck(first.shelf);
  await putPhoto(first.shelf, key, 1, { code: "31" });
  const [part] = await packed(first.shelf, OFFICER, HOW);
  assert.deepEqual(part.rechecks.map((each) => each.key), [key]);
  const brought = await carried(first.shelf, key);
  const deed = recheckDeed(handedInRecheck(await first.shelf.get("visits", key), AT));

  const { shelf, service, outbox } = await phoneWith();
  assert.equal(await takeRecheck(shelf, brought), "taken");
  assert.equal(await takeRecheck(shelf, brought), "taken");
  await handIn(shelf, key);
  await outbox.deliver();

  assert.deepEqual(service.sent("parcel").map(deedIn), [deed]);
  assert.equal(await takeRecheck(shelf, brought), "taken");
  assert.equal((await shelf.get("visits", key)).state, "delivered");
});

test("what was written later here stays, and so does another re-check of the case", async () => {
  const { shelf } = await phoneWith();
  const key = await putRecheck(shelf);
  const brought = await carried(shelf, key);
  await shelf.change("visits", key, (own) => ({ ...own, changedAt: "2026-11-26T09:00:00Z", recheck: { ...own.recheck, statement: "Later." } }));

  await takeRecheck(shelf, brought);
  assert.equal((await shelf.get("visits", key)).recheck.statement, "Later.");
  assert.equal(await takeRecheck(shelf, { ...brought, key: "another" }), "other");
  assert.equal((await shelf.all("visits")).length, 1);
});
