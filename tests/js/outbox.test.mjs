import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";

import { IDBFactory } from "fake-indexeddb";

import { makeKey } from "../../static/src/offline/keys.mjs";
import { Outbox } from "../../static/src/offline/outbox.mjs";
import { sendPhoto } from "../../static/src/offline/photo-post.mjs";
import { Shelf } from "../../static/src/offline/shelf.mjs";
import { answered, begun, handedIn, signed, withPhoto } from "../../static/src/offline/visits.mjs";

const AT = "2026-11-26T02:00:00.000Z";
const START = { key: "v1", officer: 7, edition: "2026", factory: { id: 1, name: "A" }, kind: "planned", second: { id: 8, name: "B" }, workers: 46, cardsShown: true, openedAt: AT };
const checksum = async (text) => createHash("sha256").update(text).digest("hex");

/** A service that takes everything once, as ours does. */
class Service {
  taken = new Map();
  photos = new Set();
  visits = { v1: { state: "handed_in" } };
  fate = () => null;

  async parcel(key, body) {
    const fate = this.fate(key, body);
    if (fate?.before) return fate.before;
    this.taken.set(key, JSON.parse(body));
    if (fate?.after) return fate.after;
    const outcome = { visit: "v1", inspection_id: 12, state: "draft", address: "/inspections/12", answers: {} };
    return { kind: "taken", status: 200, body: { parcel: key, sha256: await checksum(body), outcome } };
  }

  get deeds() {
    return [...this.taken.values()].flatMap(({ deeds }) => deeds.map(({ deed }) => deed));
  }
}

let shelf, service, photoAnswers;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  shelf = new Shelf();
  service = new Service();
  photoAnswers = async ({ sha256 }) => ({ kind: "taken", status: 200, body: { sha256, state: "received" } });
  await shelf.put("notes", "phone-key", "phone");
  await shelf.put("notes", "a token", "token:7");
  await shelf.put("visits", begun(START, { verdict: null, seen: "" }, ["A1-01", "A1-02"], { "A1-02": "none here" }));
});

function outbox() {
  return new Outbox({
    shelf,
    checksum,
    makeKey,
    sendParcel: (key, body) => service.parcel(key, body),
    sendPhoto: (photo) => photoAnswers(photo),
    askStandings: async ({ photos, visits }) => ({
      kind: "taken",
      status: 200,
      body: {
        photos: Object.fromEntries(photos.map((sha) => [sha, { state: service.photos.has(sha) ? "readable" : "received" }])),
        visits: Object.fromEntries(visits.map((key) => [key, service.visits[key]])),
      },
    }),
    now: () => AT,
    tell: () => undefined,
  });
}

const change = (how) => shelf.within(["visits"], "readwrite", async (transaction) => {
  const visits = transaction.objectStore("visits");
  await visits.put(how(await visits.get("v1")));
});

test("a visit begins, its presets are answers, and the parcel goes with its receipt", async () => {
  assert.equal(await outbox().deliver(), "empty");

  assert.deepEqual(service.deeds, ["open", "answer"]);
  assert.deepEqual(await shelf.all("parcels"), []);
  assert.equal((await shelf.get("visits", "v1")).inspectionId, 12);
});

test("a parcel whose reply was lost is sent again with the same key and bytes", async () => {
  service.fate = () => ({ after: { kind: "later", status: 0, body: {} } });
  assert.equal(await outbox().deliver(), "later");
  const [first] = service.taken;
  await change((visit) => answered(visit, "A1-01", { verdict: "pass" }, AT));

  service.fate = () => null;
  assert.equal(await outbox().deliver(), "empty");

  const [again, next] = service.taken;
  assert.deepEqual(again, first);
  assert.deepEqual(next[1].deeds.map(({ deed, code }) => [deed, code]), [["answer", "A1-01"]]);
});

test("somebody else's answer is no receipt, and nothing is deleted for it", async () => {
  service.fate = () => ({ after: { kind: "taken", status: 200, body: "<html>welcome to the hotel</html>" } });

  assert.equal(await outbox().deliver(), "later");

  assert.equal((await shelf.all("parcels")).length, 1);
});

test("a receipt with another checksum is none", async () => {
  service.fate = (key) => ({ after: { kind: "taken", status: 200, body: { parcel: key, sha256: "0".repeat(64), outcome: {} } } });

  assert.equal(await outbox().deliver(), "later");

  assert.equal((await shelf.all("parcels")).length, 1);
});

test("a refused parcel is set aside with the reason and holds nobody up", async () => {
  await shelf.put("visits", begun({ ...START, key: "v2" }, { verdict: null }, ["A1-01"], {}));
  service.fate = (_key, body) => (body.includes('"visit":"v1"') ? { before: { kind: "refused", status: 409, body: { detail: "Not yours." } } } : null);

  assert.equal(await outbox().deliver(), "empty");

  assert.deepEqual([...service.taken.values()].map(({ visit }) => visit), ["v2"]);
  assert.deepEqual((await shelf.all("parcels")).map(({ state, sentence }) => [state, sentence]), [["aside", "Not yours."]]);
  assert.equal((await shelf.get("visits", "v1")).sentence, "Not yours.");
});

test("nothing overtakes a parcel that could not be delivered", async () => {
  service.fate = () => ({ before: { kind: "later", status: 503, body: {} } });
  await change((visit) => withPhoto(visit, { sha256: "aa", code: "A1-01", moment: "found" }, "attach", AT));
  await shelf.put("photos", { sha256: "aa", bytes: new ArrayBuffer(3), state: "local", officer: 7, addedAt: AT });
  photoAnswers = () => assert.fail("the photograph overtook its visit");

  assert.equal(await outbox().deliver(), "later");
});

test("without a token all stays and somebody is asked to sign in; then it goes on", async () => {
  await shelf.remove("notes", "token:7");
  assert.equal(await outbox().deliver(), "signed-out");
  assert.equal((await shelf.all("parcels")).length, 1);

  await shelf.put("notes", "another", "token:7");
  assert.equal(await outbox().deliver(), "empty");
});

test("the bytes of a photograph go only when it is readable there", async () => {
  await shelf.put("photos", { sha256: "aa", bytes: new ArrayBuffer(3), state: "local", officer: 7, addedAt: AT });

  assert.equal(await outbox().deliver(), "later");
  assert.equal((await shelf.get("photos", "aa")).state, "received");
  assert.equal((await shelf.get("photos", "aa")).bytes.byteLength, 3);

  service.photos.add("aa");
  assert.equal(await outbox().deliver(), "empty");
  assert.equal((await shelf.get("photos", "aa")).state, "readable");
  assert.equal((await shelf.get("photos", "aa")).bytes, undefined);
});

test("forty photographs go one at a time, oldest first", async () => {
  const sent = [];
  let underWay = 0;
  for (let n = 0; n < 40; n += 1) {
    const addedAt = new Date(Date.UTC(2026, 0, 1, 0, 40 - n)).toISOString();
    await shelf.put("photos", { sha256: `p${n}`, bytes: new ArrayBuffer(1), state: "local", officer: 7, addedAt });
  }
  photoAnswers = async ({ sha256 }) => {
    assert.equal((underWay += 1), 1);
    await Promise.resolve();
    underWay -= 1;
    sent.push(sha256);
    service.photos.add(sha256);
    return { kind: "taken", status: 200, body: { sha256, state: "received" } };
  };

  assert.equal(await outbox().deliver(), "empty");

  assert.equal(sent.length, 40);
  assert.equal(sent[0], "p39");
});

test("a visit is delivered when the service has closed it, and not before", async () => {
  await change((visit) => signed(visit, "lead", { name: "", picture: "AA==", at: AT }));
  await change((visit) => handedIn(visit, "nothing to add", AT));
  assert.equal(await outbox().deliver(), "later");
  assert.deepEqual(service.deeds.slice(-2), ["sign", "hand_in"]);
  assert.equal((await shelf.get("visits", "v1")).state, "handed_in");

  service.visits.v1 = { state: "closed", address: "/inspections/12" };
  assert.equal(await outbox().deliver(), "empty");
  assert.equal((await shelf.get("visits", "v1")).state, "delivered");
});

test("a visit that could not be handed in is open again, and its answers have arrived", async () => {
  await change((visit) => handedIn(visit, "", AT));
  service.fate = (_key, body) => (body.includes("hand_in") ? { before: { kind: "refused", status: 409, body: { detail: "3 things are missing." } } } : null);

  await outbox().deliver();

  assert.deepEqual(service.deeds, ["open", "answer"]);
  const visit = await shelf.get("visits", "v1");
  assert.deepEqual([visit.state, visit.sentence], ["draft", "3 things are missing."]);
});

test("a closed connection is opened anew, and what was kept is there", async () => {
  await shelf.close();

  assert.equal((await shelf.get("visits", "v1")).key, "v1");
});

test("a browser that keeps nothing still holds the visit while the page is open, and says so", async () => {
  const memory = new Shelf(async () => {
    throw new Error("no database in this window");
  });
  await memory.put("visits", { key: "v9" });

  assert.equal((await memory.get("visits", "v9")).key, "v9");
  assert.equal(memory.isLasting, false);
});

test("a photograph whose line broke goes on in pieces from where it broke", async () => {
  const bytes = new Uint8Array(150_000).map((_, n) => n % 251).buffer;
  const got = [];
  const speak = async (method, _address, _token, { body, headers } = {}) => {
    if (method === "GET") return { kind: "taken", status: 200, body: { sha256: "s", state: "partial", offset: 20_000 } };
    got.push([Number(headers["Upload-Offset"]), body.byteLength]);
    const offset = Number(headers["Upload-Offset"]) + body.byteLength;
    const state = offset === 150_000 ? "received" : "partial";
    return { kind: "taken", status: 200, body: { sha256: "s", state, offset } };
  };

  const outcome = await sendPhoto({ sha256: "s", bytes, isBroken: true }, "token", () => undefined, speak);

  assert.equal(outcome.body.state, "received");
  assert.deepEqual(got, [[20_000, 65_536], [85_536, 64_464]]);
});
