/** A phone and the service it sends to, for the tests of the outbox; both hold what real ones hold. */
import { createHash } from "node:crypto";

import { IDBFactory } from "fake-indexeddb";

import { Outbox } from "../../static/src/offline/outbox.mjs";
import { keepPhoto } from "../../static/src/offline/photos.mjs";
import { kindOf } from "../../static/src/offline/post.mjs";
import { Shelf } from "../../static/src/offline/shelf.mjs";
import { begunRecheck, filledIn } from "../../static/src/offline/rechecks.mjs";
import { begun } from "../../static/src/offline/visits.mjs";

export const AT = "2026-11-26T01:00:00Z";
export const OFFICER = 3;
export const checksum = (text) => createHash("sha256").update(text).digest("hex");

/**
 * The service, as far as phones see it: a parcel is taken once, and a repeated one answered the
 * same. `mishaps` are what befalls the next calls, in order: a function of the call that returns
 * an outcome in place of the service's, or nothing.
 */
export class Service {
  constructor() {
    this.parcels = new Map();
    this.photos = new Map();
    this.visits = new Map();
    this.calls = [];
    this.mishaps = [];
    this.isReadable = true;
  }

  answer(call, status, body) {
    this.calls.push(call);
    const mishap = this.mishaps.shift();
    return (mishap && mishap(call, { kind: kindOf(status, body), status, body })) || { kind: kindOf(status, body), status, body };
  }

  sendParcel = async (key, body, token) => {
    const call = { what: "parcel", key, body, token };
    const before = this.mishaps[0];
    if (before?.isBefore) {
      this.calls.push(call);
      this.mishaps.shift();
      return before(call);
    }
    const known = this.parcels.get(key);
    if (!known) this.parcels.set(key, body);
    const { visit, deeds } = JSON.parse(body);
    if (deeds.some(({ deed }) => deed === "hand_in")) this.visits.set(visit, "handed_in");
    else if (!this.visits.has(visit)) this.visits.set(visit, "draft");
    const answers = Object.fromEntries(deeds.filter(({ deed }) => deed === "answer").map(({ code, entry, clock }) => [code, { version: clock, entry, overtaken: false }]));
    if (deeds.some(({ deed }) => deed === "recheck")) {
      const outcome = { visit, inspection_id: 7, state: "closed", address: "/inspections/7", answers: {}, opinion: { number: "No. 1", address: "/notices/9" } };
      return this.answer(call, 200, { parcel: key, sha256: checksum(body), outcome });
    }
    const outcome = { visit, inspection_id: 7, state: this.visits.get(visit), address: "/inspections/7", answers };
    return this.answer(call, 200, { parcel: key, sha256: checksum(body), outcome });
  };

  sendPhoto = async (photo, token, onProgress) => {
    const call = { what: "photo", sha256: photo.sha256, isBroken: photo.isBroken === true, token };
    const before = this.mishaps[0];
    if (before?.isBefore) {
      this.calls.push(call);
      this.mishaps.shift();
      return before(call);
    }
    onProgress(50);
    this.photos.set(photo.sha256, photo.bytes);
    return this.answer(call, 200, { sha256: photo.sha256, state: "received" });
  };

  askStandings = async (asked, token) => {
    const photos = Object.fromEntries(asked.photos.map((sha256) => [sha256, { state: !this.photos.has(sha256) ? "absent" : this.isReadable ? "readable" : "received", ...this.told }]));
    const isWhole = this.isReadable;
    const visits = Object.fromEntries(asked.visits.map((key) => {
      const state = this.visits.get(key) ?? "absent";
      return [key, { state: state === "handed_in" && isWhole ? "closed" : state, address: "/inspections/7" }];
    }));
    return this.answer({ what: "standings", ...asked, token }, 200, { photos, visits });
  };

  /** @param {string} what */
  sent(what) {
    return this.calls.filter((call) => call.what === what);
  }
}

/** A call that never reaches the service. */
export function mishap(status, body = {}) {
  return Object.assign(() => ({ kind: kindOf(status, body), status, body }), { isBefore: true });
}

/** The service has done it, and its reply is lost. */
export const lostReply = () => ({ kind: "busy", status: 0, body: {} });

export const problem = (status, detail) => mishap(status, { status, detail });

export async function phoneWith({ officers = [OFFICER], service = new Service() } = {}) {
  globalThis.indexedDB = new IDBFactory();
  const shelf = new Shelf();
  await shelf.put("notes", "phone-1", "phone");
  for (const officer of officers) await shelf.put("notes", { token: `token of ${officer}`, expiresAt: "2027-01-01T00:00:00Z" }, `token:${officer}`);
  const told = [];
  const outbox = outboxOn(shelf, service, told);
  return { shelf, service, outbox, told };
}

let keys = 0;

export function outboxOn(shelf, service, told = [], now = () => AT) {
  const { sendParcel, sendPhoto, askStandings } = service;
  const makeKey = () => `key-${(keys += 1)}`;
  return new Outbox({ shelf, sendParcel, sendPhoto, askStandings, checksum: async (text) => checksum(text), makeKey, now, tell: (topic, detail) => told.push({ topic, ...detail }) });
}

export async function putVisit(shelf, key = "visit-1", officer = OFFICER) {
  const start = {
    key, officer, edition: "2026", factory: { id: 12, name: "Plush" }, kind: "planned",
    second: null, workers: 46, cardsShown: true, openedAt: AT,
  };
  await shelf.put("visits", begun(start, { verdict: null }, ["A1-01", "A1-02"], {}));
  return key;
}

/** A re-check on site of finding 31, which is put right. */
export async function putRecheck(shelf, key = "recheck-1", officer = OFFICER) {
  const start = { key, officer, factory: { id: 12, name: "Plush" }, inspection: 7, visit: "visit-of-old" };
  await shelf.put("visits", filledIn(begunRecheck(start, AT), FILLED, AT));
  return key;
}

export const FILLED = {
  manner: "on_site", occasion: "asked", second: 4, statement: "", madeAt: AT, steps: [],
  judgements: [{ finding: 31, code: "A3-02", version: 2, result: "put_right", reason: "" }, { finding: 32, code: "P2-01", version: 1, result: "", reason: "" }],
};

/** A photograph of `size` bytes, kept for the visit. */
export async function putPhoto(shelf, visit, number, { officer = OFFICER, size = 1000, drawnOver, code = "A1-01" } = {}) {
  const bytes = new Uint8Array(size).fill(number).buffer;
  const sha256 = createHash("sha256").update(new Uint8Array(bytes)).digest("hex");
  const addedAt = new Date(Date.parse(AT) + number * 1000).toISOString();
  const photo = { sha256, bytes, type: "image/jpeg", takenAt: AT, source: "camera", thumbnail: new ArrayBuffer(8), state: "local", addedAt, officer, drawnOver };
  await keepPhoto(shelf, visit, photo, { code, moment: "found" });
  return sha256;
}
