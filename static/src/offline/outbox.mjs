/**
 * Deliver what was written out of coverage, oldest first, one at a time.
 *
 * Of each officer who worked with this phone, in his own name: what is dirty is wrapped into
 * parcels, parcels leave the shelf only for a receipt that names their key and checksum, and
 * photographs follow, each by itself. A parcel goes before any photograph: it is small, and says
 * what the photographs are for. Only a re-check waits for its own: it is decided when it arrives,
 * and its paper shows them. What is refused is set aside with the reason; what meets a fault
 * waits for the next round; neither holds up the others. Where nothing goes through, the round ends.
 */
import { isHeldUp, isWaiting, wrap } from "./parcels.mjs";
import { isUnsent, wantedBy, wholePhoto } from "./photos.mjs";
import { afterReceipt, afterRefusal } from "./receipts.mjs";
import { forgetDelivered, settle } from "./settling.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */
/** @typedef {import("./post.mjs").Outcome} Outcome */
/** @typedef {import("./parcels.mjs").Parcel} Parcel */
/** @typedef {"empty" | "later" | "busy" | "signed-out"} End  of the round of one officer */

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

  /**
   * @returns {Promise<{ end: "empty" | "later", signedOut: number[] }>} empty when all is on the
   *   service and readable there; signedOut are officers who must sign in before more can go
   */
  async deliver() {
    const signedOut = [];
    let isLater = false;
    for (const officer of await this.#officers()) {
      const end = await this.#deliverFor(officer);
      if (end === "signed-out") signedOut.push(officer);
      if (end === "busy" || end === "later") isLater = true;
      if (end === "busy") break;
    }
    await forgetDelivered(this.#parts.shelf, this.#parts.now());
    return { end: isLater ? "later" : "empty", signedOut };
  }

  /** @returns {Promise<Set<number>>} of whom something may have to be sent or asked */
  async #officers() {
    const { shelf } = this.#parts;
    const rows = [...(await shelf.all("parcels")), ...(await shelf.all("visits")), ...(await shelf.all("photos"))];
    return new Set(rows.filter(({ state }) => state !== "aside" && state !== "delivered" && state !== "void" && state !== "readable" && state !== "refused").map(({ officer }) => officer));
  }

  /**
   * @param {number} officer
   * @returns {Promise<End>}
   */
  async #deliverFor(officer) {
    const { shelf, makeKey, now } = this.#parts;
    const token = (await shelf.get("notes", `token:${officer}`))?.token;
    if (!token) return "signed-out";
    const stuck = /** @type {Set<string>} */ (new Set()); // visits and photographs that wait for the next round
    for (;;) {
      const ended = await this.#deliverParcels(officer, token, stuck);
      if (ended) return ended;
      if (await wrap(shelf, { officer, makeKey, now })) continue;
      const photo = await this.#nextPhoto(officer, stuck);
      if (!photo) break;
      const end = await this.#sendPhoto(photo, token, stuck);
      if (end) return end;
    }
    const ask = (/** @type {any} */ asked) => this.#parts.askStandings(asked, token);
    const end = await settle(shelf, officer, ask, this.#parts);
    return end === "empty" && stuck.size ? "later" : end;
  }

  /**
   * @param {number} officer
   * @param {string} token
   * @param {Set<string>} stuck
   * @returns {Promise<End | null>} null when the next thing may go
   */
  async #deliverParcels(officer, token, stuck) {
    const photos = await this.#parts.shelf.all("photos");
    for (const parcel of await this.#parts.shelf.all("parcels")) {
      if (parcel.officer !== officer || !isWaiting(parcel) || stuck.has(parcel.visit) || isHeldUp(parcel, photos)) continue;
      const kind = await this.#sendParcel(parcel, token);
      if (kind === "signed-out" || kind === "busy") return kind;
      if (kind === "strange") stuck.add(parcel.visit); // its later parcels must not overtake it
    }
    return null;
  }

  /**
   * @param {Parcel} parcel
   * @param {string} token
   */
  async #sendParcel(parcel, token) {
    const { shelf, sendParcel, checksum, tell } = this.#parts;
    const { kind, body } = await sendParcel(parcel.key, parcel.body, token);
    if (kind === "taken") {
      const isReceipt = body?.parcel === parcel.key && body.sha256 === (await checksum(parcel.body));
      if (!isReceipt) return "strange";
      await afterReceipt(shelf, parcel, body.outcome, this.#parts.now());
      await this.#noteArrival(parcel.officer);
    }
    if (kind === "refused") await afterRefusal(shelf, parcel, body?.detail ?? "");
    tell("visit", { key: parcel.visit });
    tell("outbox");
    return kind;
  }

  /** @param {number} officer  of whom something has arrived just now */
  #noteArrival(officer) {
    return this.#parts.shelf.put("notes", this.#parts.now(), `sent-at:${officer}`);
  }

  /**
   * @param {number} officer
   * @param {Set<string>} stuck
   */
  async #nextPhoto(officer, stuck) {
    const { shelf } = this.#parts;
    const [visits, photos] = [await shelf.all("visits"), await shelf.all("photos")];
    const wanted = new Set(visits.flatMap((visit) => Array.from(wantedBy(visit, photos))));
    const mentioned = new Set(visits.flatMap((visit) => visit.photos.map((/** @type {{ sha256: string }} */ { sha256 }) => sha256)));
    const isTakenOut = (/** @type {string} */ sha256) => mentioned.has(sha256) && !wanted.has(sha256);
    const unsent = photos.filter((photo) => photo.officer === officer && isUnsent(photo) && !stuck.has(photo.sha256) && !isTakenOut(photo.sha256));
    return unsent.sort((one, other) => (one.addedAt < other.addedAt ? -1 : 1))[0];
  }

  /**
   * @param {import("./photos.mjs").Kept} kept
   * @param {string} token
   * @param {Set<string>} stuck
   * @returns {Promise<End | null>} null when the next thing may go
   */
  async #sendPhoto(kept, token, stuck) {
    const { shelf, sendPhoto, tell } = this.#parts;
    const { sha256 } = kept;
    const photo = await wholePhoto(shelf, sha256);
    const show = (/** @type {number} */ percent) => tell("photo", { sha256, state: "sending", percent });
    show(0);
    const outcome = photo ? await sendPhoto(photo, token, show) : { kind: "refused", body: null };
    const news = newsOf(outcome, sha256);
    await shelf.change("photos", sha256, (row) => ({ ...row, ...news }));
    if (news.state === "received") await this.#noteArrival(kept.officer);
    tell("photo", { sha256, ...news });
    tell("outbox");
    if (news.state === "local") stuck.add(sha256);
    return outcome.kind === "signed-out" || outcome.kind === "busy" ? outcome.kind : null;
  }
}

/**
 * @param {{ kind: string, body: any }} outcome  of sending a photograph
 * @param {string} sha256
 */
function newsOf({ kind, body }, sha256) {
  if (kind === "taken" && body?.sha256 === sha256) return { state: "received", sentence: undefined };
  if (kind === "refused") return { state: "refused", sentence: body?.sentence ?? body?.detail ?? "" };
  return { state: "local", isBroken: kind !== "signed-out" };
}
