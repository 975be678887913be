import assert from "node:assert/strict";
import { test } from "node:test";

import "fake-indexeddb/auto";

import { placePhoto } from "../../static/src/offline/photos.mjs";
import { sendAgain, wrap } from "../../static/src/offline/parcels.mjs";
import { answered, handedIn, signed, withPhoto } from "../../static/src/offline/visits.mjs";
import { AT, OFFICER, checksum, lostReply, mishap, outboxOn, phoneWith, problem, putPhoto, putVisit } from "./phone.mjs";

const EMPTY = { end: "empty", signedOut: [] };
const LATER = { end: "later", signedOut: [] };

const deedsIn = ({ body }) => JSON.parse(body).deeds.map(({ deed }) => deed);
const change = (shelf, key, how) => shelf.change("visits", key, how);
const answer = (shelf, key, code, changes) => change(shelf, key, (visit) => answered(visit, code, changes, AT));

test("a visit arrives in the order in which it was made, then its photographs", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await answer(shelf, key, "A1-01", { verdict: "fail" });
  const photo = await putPhoto(shelf, key, 1);
  await change(shelf, key, (visit) => handedIn(signed(visit, "lead", { name: "", picture: "AAAA", at: AT }), "", AT));

  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.deepEqual(service.calls.map(({ what }) => what), ["parcel", "parcel", "photo", "standings"]);
  assert.deepEqual(service.sent("parcel").map(deedsIn), [["open", "answer", "attach"], ["sign", "hand_in"]]);
  assert.equal((await shelf.get("visits", key)).state, "delivered");
  assert.equal((await shelf.get("photos", photo)).state, "readable");
  assert.deepEqual(await shelf.all("parcels"), []);
});

test("two who sign in the same moment have both signed", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  const sign = (role, picture) => change(shelf, key, (visit) => signed(visit, role, { name: "", picture, at: AT }));

  await Promise.all([sign("lead", "AAAA"), sign("second", "BBBB"), sign("factory", "CCCC")]);
  await outbox.deliver();

  const deeds = service.sent("parcel").flatMap(({ body }) => JSON.parse(body).deeds).filter(({ deed }) => deed === "sign");
  assert.deepEqual(deeds.map(({ role, picture }) => [role, picture]), [["lead", "AAAA"], ["second", "BBBB"], ["factory", "CCCC"]]);
});

test("a parcel whose reply was lost is sent again with the same bytes, and taken once", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  service.mishaps.push(lostReply);

  assert.deepEqual(await outbox.deliver(), LATER);
  assert.equal((await shelf.all("parcels")).length, 1);
  await answer(shelf, key, "A1-01", { verdict: "pass" });
  assert.deepEqual(await outbox.deliver(), EMPTY);

  const [first, again, change] = service.sent("parcel");
  assert.equal(again.key, first.key);
  assert.equal(again.body, first.body);
  assert.deepEqual(deedsIn(change), ["answer"]);
  assert.equal(service.parcels.size, 2);
});

test("a reply that is not the receipt of this parcel deletes nothing", async () => {
  const { shelf, service, outbox } = await phoneWith();
  await putVisit(shelf);
  service.mishaps.push((_call, { body }) => ({ kind: "taken", status: 200, body: { ...body, sha256: checksum("other bytes") } }));

  assert.deepEqual(await outbox.deliver(), LATER);

  assert.equal((await shelf.all("parcels"))[0].state, "waiting");
});

test("out of coverage, a day of changes waits in one parcel and in the visit", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  for (const verdict of ["pass", "fail", "pass"]) {
    service.mishaps.push(mishap(0));
    await outbox.deliver();
    await answer(shelf, key, "A1-01", { verdict });
  }

  assert.equal((await shelf.all("parcels")).length, 1);
  await outbox.deliver();

  assert.equal(service.parcels.size, 2);
  assert.equal(JSON.parse([...service.parcels.values()][1]).deeds[0].entry.verdict, "pass");
});

test("a refused parcel is set aside with the reason and holds up neither its visit nor others", async () => {
  const { shelf, service, outbox } = await phoneWith();
  await putVisit(shelf, "visit-1");
  await putVisit(shelf, "visit-2");
  service.mishaps.push(problem(409, "This factory has closed."));

  assert.deepEqual(await outbox.deliver(), EMPTY);

  const [aside] = await shelf.all("parcels");
  assert.equal(aside.state, "aside");
  assert.equal(aside.sentence, "This factory has closed.");
  assert.equal((await shelf.get("visits", "visit-1")).sentence, "This factory has closed.");
  assert.deepEqual([...service.visits.keys()], ["visit-2"]);
});

test("what was set aside of a visit can be sent again, in its old order", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  service.mishaps.push(problem(409, "Not now."));
  await outbox.deliver();
  await answer(shelf, key, "A1-01", { verdict: "pass" });
  service.mishaps.push(problem(404, "There is no such visit."));
  await outbox.deliver();
  assert.deepEqual((await shelf.all("parcels")).map(({ state }) => state), ["aside", "aside"]);

  await sendAgain(shelf, key);
  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.deepEqual(service.sent("parcel").slice(2).map(deedsIn), [["open"], ["answer"]]);
  assert.deepEqual(await shelf.all("parcels"), []);
});

test("a visit that could not be handed in is open again, and its signatures lie in what was set aside", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await outbox.deliver();
  await change(shelf, key, (visit) => handedIn(signed(visit, "lead", { name: "", picture: "AAAA", at: AT }), "", AT));
  service.mishaps.push(problem(409, "A1-02 is not answered."));

  await outbox.deliver();

  const visit = await shelf.get("visits", key);
  assert.equal(visit.state, "draft");
  assert.equal(visit.sentence, "A1-02 is not answered.");
  assert.deepEqual(deedsIn((await shelf.all("parcels"))[0]), ["sign", "hand_in"]);
});

test("once the visit is handed in after all, what was set aside for it goes", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await outbox.deliver();
  const hand = (visit) => handedIn(signed(visit, "lead", { name: "", picture: "AAAA", at: AT }), "", AT);
  await change(shelf, key, hand);
  service.mishaps.push(problem(409, "A1-02 is not answered."));
  await outbox.deliver();

  await change(shelf, key, (visit) => hand(answered(visit, "A1-02", { verdict: "pass" }, AT)));
  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.deepEqual(await shelf.all("parcels"), []);
  assert.equal((await shelf.get("visits", key)).state, "delivered");
});

test("a fault at one parcel keeps back its visit for the next round, and no other", async () => {
  const { shelf, service, outbox } = await phoneWith();
  await putVisit(shelf, "visit-1");
  await putVisit(shelf, "visit-2");
  service.mishaps.push(mishap(500));

  assert.deepEqual(await outbox.deliver(), LATER);
  assert.deepEqual([...service.visits.keys()], ["visit-2"]);
  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.deepEqual([...service.visits.keys()].sort(), ["visit-1", "visit-2"]);
});

test("a refusal that is not in our words is somebody else's, and is tried again", async () => {
  const { shelf, service, outbox } = await phoneWith();
  await putVisit(shelf);
  service.mishaps.push(mishap(403, null));

  assert.deepEqual(await outbox.deliver(), LATER);

  assert.equal((await shelf.all("parcels"))[0].state, "waiting");
});

test("where nothing goes through, the round ends and nothing is lost", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putVisit(shelf, "visit-2");
  await putPhoto(shelf, key, 1);
  service.mishaps.push(mishap(0));

  assert.deepEqual(await outbox.deliver(), LATER);

  assert.equal(service.calls.length, 1);
  assert.equal((await shelf.all("parcels")).length, 2);
  assert.equal((await shelf.all("bytes")).length, 1);
});

test("an ended sign-in keeps the queue and asks; after it, all goes on", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  service.mishaps.push(problem(401, "Sign in again."));

  assert.deepEqual(await outbox.deliver(), { end: "empty", signedOut: [OFFICER] });
  assert.equal((await shelf.all("parcels")).length, 1);
  await shelf.put("notes", { token: "a new one", expiresAt: "2027-01-01" }, `token:${OFFICER}`);
  assert.deepEqual(await outbox.deliver(), EMPTY);

  const [first, again] = service.sent("parcel");
  assert.equal(again.body, first.body);
  assert.equal(again.token, "a new one");
});

test("each officer's work goes in his own name, and waits for nobody else to sign in", async () => {
  const { shelf, service, outbox } = await phoneWith({ officers: [4] });
  await putVisit(shelf, "mine", 3);
  await putVisit(shelf, "hers", 4);
  await putPhoto(shelf, "mine", 1, { officer: 3 });
  await putPhoto(shelf, "hers", 2, { officer: 4 });

  assert.deepEqual(await outbox.deliver(), { end: "empty", signedOut: [3] });

  assert.deepEqual([...service.visits.keys()], ["hers"]);
  assert.ok(service.calls.every(({ token }) => token === "token of 4"));
  assert.equal((await shelf.all("photos")).filter(({ state }) => state === "local").length, 1);
});

test("a photograph is forgotten only when the service can read it", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  const sha256 = await putPhoto(shelf, key, 1);
  service.isReadable = false;

  assert.deepEqual(await outbox.deliver(), LATER);
  assert.equal((await shelf.get("photos", sha256)).state, "received");
  assert.equal((await shelf.get("bytes", sha256)).byteLength, 1000);

  service.isReadable = true;
  assert.deepEqual(await outbox.deliver(), EMPTY);
  assert.equal(await shelf.get("bytes", sha256), undefined);
  assert.equal((await shelf.get("photos", sha256)).thumbnail.byteLength, 8);
});

test("a photograph that the service lost again is sent again", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  const sha256 = await putPhoto(shelf, key, 1);
  service.isReadable = false;
  await outbox.deliver();

  service.photos.clear();
  await outbox.deliver();
  service.isReadable = true;
  await outbox.deliver();
  await outbox.deliver();

  assert.equal(service.sent("photo").length, 2);
  assert.equal((await shelf.get("photos", sha256)).state, "readable");
});

test("what the service says of the place stays with a photograph whose bytes are gone", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const sha256 = await putPhoto(shelf, await putVisit(shelf), 1);
  service.told = { distance: "2.3 km away", is_far: true };

  await outbox.deliver();

  const { distance, isFar } = await shelf.get("photos", sha256);
  assert.deepEqual({ distance, isFar }, { distance: "2.3 km away", isFar: true });
  assert.equal(await shelf.get("bytes", sha256), undefined);
});

test("a photograph whose line broke goes on piece by piece", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  await outbox.deliver();
  await putPhoto(shelf, key, 2);
  service.mishaps.push(undefined, mishap(0));

  assert.deepEqual(await outbox.deliver(), LATER);
  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.deepEqual(service.sent("photo").map(({ isBroken }) => isBroken), [false, false, true]);
});

test("a place that became known late stays with a photograph that has none and is not sent yet", async () => {
  const { shelf, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  const [door, stairwell] = [{ latitude: 32.7, longitude: 109, accuracy_m: 12 }, { latitude: 32.8, longitude: 109, accuracy_m: 40 }];
  const sent = await putPhoto(shelf, key, 1);
  await outbox.deliver();
  const waiting = await putPhoto(shelf, key, 2);

  for (const place of [door, stairwell]) for (const sha256 of [sent, waiting, "taken out"]) await placePhoto(shelf, sha256, place);

  assert.equal((await shelf.get("photos", sent)).place, undefined);
  assert.deepEqual((await shelf.get("photos", waiting)).place, door);
  assert.equal(await shelf.get("photos", "taken out"), undefined);
});

test("a photograph that is refused holds up no other, and keeps its bytes and the reason", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  const [bad, good] = [await putPhoto(shelf, key, 1), await putPhoto(shelf, key, 2)];
  service.mishaps.push(undefined, problem(422, "This is no picture."));

  await outbox.deliver();

  assert.deepEqual([...service.photos.keys()], [good]);
  assert.equal((await shelf.get("photos", bad)).state, "refused");
  assert.equal((await shelf.get("photos", bad)).sentence, "This is no picture.");
  assert.equal((await shelf.get("bytes", bad)).byteLength, 1000);
});

test("a photograph at which the service breaks down waits, and holds up no other", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  const [bad, good] = [await putPhoto(shelf, key, 1), await putPhoto(shelf, key, 2)];
  service.mishaps.push(undefined, mishap(500));

  assert.deepEqual(await outbox.deliver(), LATER);
  assert.deepEqual([...service.photos.keys()], [good]);
  await outbox.deliver();

  assert.ok(service.photos.has(bad));
});

test("answers overtake photographs", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  for (const number of [1, 2]) await putPhoto(shelf, key, number);
  service.mishaps.push(undefined, (_call, outcome) => {
    later = answer(shelf, key, "A1-01", { verdict: "fail" });
    return outcome;
  });
  let later;

  await outbox.deliver();
  await later;

  assert.deepEqual(service.calls.map(({ what }) => what), ["parcel", "photo", "parcel", "photo", "standings"]);
});

test("a photograph taken out again before it was sent stays where it is", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  const sha256 = await putPhoto(shelf, key, 1);
  await change(shelf, key, (visit) => withPhoto(visit, { sha256, code: "A1-01", moment: "found" }, "detach", AT));

  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.equal(service.sent("photo").length, 0);
});

test("the photograph below a drawing is sent as well, although the drawing stands in its place", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  const below = await putPhoto(shelf, key, 1);
  const drawn = await putPhoto(shelf, key, 2, { drawnOver: below });

  assert.deepEqual(await outbox.deliver(), EMPTY);

  assert.deepEqual(service.sent("photo").map(({ sha256 }) => sha256), [below, drawn]);
  const attached = (await shelf.get("visits", key)).photos.filter(({ deed }) => deed === "attach");
  assert.deepEqual(attached.map(({ sha256 }) => sha256), [drawn]);
});

test("forty photographs of a visit all arrive, one at a time", async () => {
  const { shelf, service } = await phoneWith();
  const key = await putVisit(shelf);
  for (let number = 1; number <= 40; number += 1) await putPhoto(shelf, key, number);
  let atOnce = 0;
  const { sendPhoto } = service;
  service.sendPhoto = async (...call) => {
    atOnce += 1;
    assert.equal(atOnce, 1);
    const outcome = await sendPhoto(...call);
    atOnce -= 1;
    return outcome;
  };

  assert.deepEqual(await outboxOn(shelf, service).deliver(), EMPTY);

  assert.equal(service.photos.size, 40);
  assert.deepEqual((await shelf.all("photos")).map(({ state }) => state), Array(40).fill("readable"));
  assert.deepEqual(await shelf.all("bytes"), []);
});

test("two tabs that deliver at once give the service nothing twice that counts", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  const other = outboxOn(shelf, service);

  await Promise.all([outbox.deliver(), other.deliver()]);
  await outbox.deliver();

  assert.equal(service.parcels.size, 1);
  assert.equal(service.photos.size, 1);
  assert.deepEqual(await shelf.all("parcels"), []);
});

test("what is wrapped for a file is all that is unsent, and goes unchanged later", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  service.mishaps.push(mishap(0));
  await outbox.deliver();
  await answer(shelf, key, "A1-01", { verdict: "pass" });

  await wrap(shelf, { isForFile: true, makeKey: () => "for-the-file", now: () => AT });
  const bodies = (await shelf.all("parcels")).map(({ body }) => body);
  await outbox.deliver();

  assert.equal(bodies.length, 2);
  assert.deepEqual([...service.parcels.values()], bodies);
});

test("a visit that was handed in elsewhere is no draft here any more", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await outbox.deliver();
  service.visits.set(key, "void");

  await outbox.deliver();

  assert.equal((await shelf.get("visits", key)).state, "void");
});

test("a delivered visit is shown for three days and then forgotten with its photographs", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  await change(shelf, key, (visit) => handedIn(visit, "", AT));
  await outbox.deliver();
  const on = (day) => outboxOn(shelf, service, [], () => `2026-11-${day}T02:00:00Z`);

  await on(28).deliver();
  assert.equal((await shelf.all("visits")).length, 1);
  await on(29).deliver();

  assert.deepEqual(await shelf.all("visits"), []);
  assert.deepEqual(await shelf.all("photos"), []);
});

test("a connection to the database that the system closes in mid-delivery costs nothing", async () => {
  const { shelf, service } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  const { sendPhoto } = service;
  service.sendPhoto = async (...call) => {
    await shelf.close();
    return sendPhoto(...call);
  };

  assert.deepEqual(await outboxOn(shelf, service).deliver(), EMPTY);

  assert.equal((await shelf.all("photos"))[0].state, "readable");
});

test("a visit that was taken back is a draft on the phone too, unsigned, and is handed in anew", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await change(shelf, key, (visit) => handedIn(signed(visit, "lead", { name: "", picture: "AAAA", at: AT }), "", AT));
  service.mishaps.push(undefined, undefined, (_call, outcome) => {
    outcome.body.visits[key].state = "draft";
    return outcome;
  });

  await outbox.deliver();

  const visit = await shelf.get("visits", key);
  assert.deepEqual([visit.state, visit.signatures, visit.handedInAt], ["draft", {}, undefined]);
});
