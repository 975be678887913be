/**
 * Deliver what was written out of coverage, oldest first, one at a time.
 *
 * What is dirty is wrapped into parcels that never change again: sent twice, a parcel is the same.
 * A parcel leaves the shelf only for a receipt that names its key and its checksum. One that is
 * refused is set aside with the reason and holds nobody up; one that could not be delivered stays
 * first and ends the round. Photographs follow, each by itself.
 */
import { cleaned, parcelsOf } from "./deeds.mjs";
import { afterReceipt, afterRefusal } from "./receipts.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */
/** @typedef {import("./post.mjs").Outcome} Outcome */
/** @typedef {"empty" | "later" | "signed-out"} End */

/**
 * @typedef {object} Parts
 * @property {Shelf} shelf
 * @property {(key: string, body: string, token: string) => Promise<Outcome>} sendParcel
 * @property {(photo: any, token: string, onProgress: (percent: number) => void) => Promise<Outcome>} sendPhoto
 * @property {(asked: { photos: string[], visits: string[] }, token: string) => Promise<Outcome>} askStandings
 * @property {(text: string) => Promise<string>} checksum  SHA-256 of the text in UTF-8
 * @property {() => string} makeKey
 * @property {() => string} now
 * @property {(topic: import("./news.mjs").Topic, detail?: any) => void} tell
 */

export class Outbox {
  #parts;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @returns {Promise<End>} empty when all is on the service and readable there */
  async deliver() {
    await this.#wrap();
    for (const parcel of await this.#parts.shelf.all("parcels")) {
      if (parcel.state !== "waiting") continue;
      const outcome = await this.#sendParcel(parcel);
      if (outcome !== "taken" && outcome !== "refused") return outcome === "signed-out" ? outcome : "later";
    }
    return this.#deliverPhotos();
  }

  /** Wrap what is dirty of every visit into parcels, in one transaction with the note that it is. */
  async #wrap() {
    const { shelf, makeKey, now } = this.#parts;
    const phone = await shelf.get("notes", "phone");
    await shelf.within(["visits", "parcels"], "readwrite", async (transaction) => {
      for (const visit of await transaction.objectStore("visits").getAll()) {
        const parcels = parcelsOf(visit);
        for (const { deeds, isHandIn } of parcels) {
          const writtenAt = now();
          const body = JSON.stringify({ visit: visit.key, phone, written_at: writtenAt, deeds });
          await transaction.objectStore("parcels").put({ key: makeKey(), visit: visit.key, officer: visit.officer, body, writtenAt, isHandIn, state: "waiting" });
        }
        if (parcels.length) await transaction.objectStore("visits").put(cleaned(visit));
      }
    });
  }

  /** @param {any} parcel */
  async #sendParcel(parcel) {
    const { shelf, sendParcel, checksum, tell } = this.#parts;
    const token = await shelf.get("notes", `token:${parcel.officer}`);
    if (!token) return "signed-out";
    const { kind, body } = await sendParcel(parcel.key, parcel.body, token);
    if (kind === "taken") {
      const isReceipt = body?.parcel === parcel.key && body.sha256 === (await checksum(parcel.body));
      if (!isReceipt) return "later"; // somebody else's answer, such as a sign-in page of a hotel
      await afterReceipt(shelf, parcel, body.outcome);
    }
    if (kind === "refused") await afterRefusal(shelf, parcel, body?.detail ?? "");
    tell("visit", { key: parcel.visit });
    tell("outbox");
    return kind;
  }

  /** @returns {Promise<End>} */
  async #deliverPhotos() {
    const { shelf } = this.#parts;
    for (const { sha256 } of await this.#unsentPhotos()) {
      const photo = await shelf.get("photos", sha256);
      if (!photo) continue; // another tab was quicker
      const end = await this.#sendPhoto(photo);
      if (end !== "empty") return end;
    }
    return this.#settle();
  }

  async #unsentPhotos() {
    const photos = await this.#parts.shelf.all("photos");
    return photos.filter(({ state }) => state === "local" || state === "sending").sort((one, other) => (one.addedAt < other.addedAt ? -1 : 1));
  }

  /**
   * @param {any} photo
   * @returns {Promise<End>}
   */
  async #sendPhoto(photo) {
    const { shelf, sendPhoto, tell } = this.#parts;
    const token = await shelf.get("notes", `token:${photo.officer}`);
    if (!token) return "signed-out";
    const show = (/** @type {number} */ percent) => tell("photo", { sha256: photo.sha256, state: "sending", percent });
    show(0);
    const { kind, body } = await sendPhoto(photo, token, show);
    if (kind === "signed-out") return kind;
    const isTaken = kind === "taken" && body?.sha256 === photo.sha256;
    const state = isTaken ? "received" : kind === "refused" ? "refused" : "local";
    await this.#note(photo.sha256, { state, sentence: state === "refused" ? (body?.sentence ?? body?.detail ?? "") : "", isBroken: state === "local" });
    return state === "local" ? "later" : "empty";
  }

  /**
   * Ask what has become of everything that was sent; only what is readable there may be forgotten here.
   *
   * @returns {Promise<End>}
   */
  async #settle() {
    const { shelf } = this.#parts;
    const photos = (await shelf.all("photos")).filter(({ state }) => state === "received");
    const visits = (await shelf.all("visits")).filter(({ state, isHandInDirty }) => state === "handed_in" && !isHandInDirty);
    for (const officer of new Set([...photos, ...visits].map((each) => each.officer))) {
      const own = (/** @type {any} */ each) => each.officer === officer;
      const end = await this.#settleOf(officer, photos.filter(own), visits.filter(own));
      if (end !== "empty") return end;
    }
    const waits = (await shelf.all("photos")).some(({ state }) => state === "received");
    return waits || (await shelf.all("visits")).some(({ state }) => state === "handed_in") ? "later" : "empty";
  }

  /**
   * @param {number} officer
   * @param {any[]} photos
   * @param {any[]} visits
   * @returns {Promise<End>}
   */
  async #settleOf(officer, photos, visits) {
    const { shelf, askStandings, tell } = this.#parts;
    const token = await shelf.get("notes", `token:${officer}`);
    if (!token) return "signed-out";
    const asked = { photos: photos.map(({ sha256 }) => sha256), visits: visits.map(({ key }) => key) };
    const { kind, body } = await askStandings(asked, token);
    if (kind !== "taken") return kind === "signed-out" ? kind : "later";
    for (const { sha256 } of photos) await this.#learn(sha256, body.photos[sha256]);
    for (const { key } of visits) {
      const told = body.visits[key];
      if (told?.state !== "closed") continue;
      await change(shelf, "visits", key, (visit) => ({ ...visit, state: "delivered", address: told.address, deliveredAt: this.#parts.now() }));
      tell("visit", { key });
    }
    return "empty";
  }

  /**
   * @param {string} sha256
   * @param {{ state: string, sentence?: string } | undefined} standing
   */
  async #learn(sha256, standing) {
    if (standing?.state === "readable") await this.#note(sha256, { state: "readable", bytes: undefined });
    if (standing?.state === "unreadable") await this.#note(sha256, { state: "refused", sentence: standing.sentence ?? "" });
    if (standing?.state === "absent") await this.#note(sha256, { state: "local" });
  }

  /**
   * @param {string} sha256
   * @param {Record<string, unknown>} news
   */
  async #note(sha256, news) {
    await change(this.#parts.shelf, "photos", sha256, (photo) => ({ ...photo, ...news }));
    this.#parts.tell("photo", { sha256, ...news, bytes: undefined });
    this.#parts.tell("outbox");
  }
}

/**
 * @param {Shelf} shelf
 * @param {"visits" | "photos"} store
 * @param {string} key
 * @param {(row: any) => any} how
 */
export function change(shelf, store, key, how) {
  return shelf.within([store], "readwrite", async (transaction) => {
    const row = await transaction.objectStore(store).get(key);
    if (row) await transaction.objectStore(store).put(how(row));
  });
}
