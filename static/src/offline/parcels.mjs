/**
 * Parcels: what was done with a visit, wrapped once and never changed again, so that sent twice
 * it is the same. They lie on the shelf in the order in which they were wrapped.
 *
 * @typedef {object} Parcel
 * @property {number} seq
 * @property {string} key
 * @property {string} visit       the key of the visit or re-check it is about
 * @property {number} officer     who did it, and in whose name it goes
 * @property {string} body        exactly what is sent
 * @property {string} writtenAt
 * @property {boolean} isHandIn
 * @property {string[]} [needs]   photographs that the service must have before it
 * @property {"waiting" | "aside"} state
 * @property {string} [sentence]  why it was set aside
 */
import { cleaned, parcelsOf } from "./deeds.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */

/**
 * Wrap what is dirty of the visits of an officer, in one transaction with the note that it is
 * wrapped. A visit of which a parcel waits is left as it is: what changes meanwhile goes in one
 * piece with the next, and a day without signal does not end in hundreds of parcels.
 *
 * @param {Shelf} shelf
 * @param {object} how
 * @param {number} [how.officer]     of all officers without one
 * @param {boolean} [how.isForFile]  wraps everything: nothing may be missing in a saved file
 * @param {() => string} how.makeKey
 * @param {() => string} how.now
 * @returns {Promise<number>} how many parcels were made
 */
export async function wrap(shelf, { officer, isForFile = false, makeKey, now }) {
  const phone = await shelf.get("notes", "phone");
  return shelf.within(["visits", "parcels"], "readwrite", async (transaction) => {
    const [visits, parcels] = [transaction.objectStore("visits"), transaction.objectStore("parcels")];
    const waiting = new Set((await parcels.getAll()).filter(isWaiting).map((/** @type {Parcel} */ { visit }) => visit));
    let made = 0;
    for (const visit of await visits.getAll()) {
      if (officer !== undefined && visit.officer !== officer) continue;
      if (waiting.has(visit.key) && !isForFile) continue;
      const wrapped = parcelsOf(visit).map((what) => parcelOf(visit, what, phone, makeKey(), now()));
      for (const parcel of wrapped) await parcels.put(parcel);
      if (wrapped.length) await visits.put(cleaned(visit));
      made += wrapped.length;
    }
    return made;
  });
}

/**
 * @param {import("./visits.mjs").Visit} visit
 * @param {{ deeds: Record<string, any>[], isHandIn: boolean, needs?: string[] }} what
 * @param {string} phone
 * @param {string} key
 * @param {string} writtenAt
 * @returns {Omit<Parcel, "seq">}
 */
function parcelOf(visit, { deeds, isHandIn, needs }, phone, key, writtenAt) {
  const body = JSON.stringify({ visit: visit.recheck?.visit ?? visit.key, phone, written_at: writtenAt, deeds });
  return { key, visit: visit.key, officer: visit.officer, body, writtenAt, isHandIn, needs, state: "waiting" };
}

/**
 * @param {Parcel} parcel
 * @param {import("./photos.mjs").Kept[]} photos
 * @returns {boolean} whether something has to be there first that is here only
 */
export function isHeldUp({ needs = [] }, photos) {
  return photos.some(({ sha256, state }) => needs.includes(sha256) && (state === "local" || state === "refused"));
}

/** @param {Parcel} parcel */
export function isWaiting({ state }) {
  return state === "waiting";
}

/**
 * Send all that was set aside of a visit once more, in its old order.
 *
 * @param {Shelf} shelf
 * @param {string} visit
 */
export function sendAgain(shelf, visit) {
  return shelf.within(["parcels", "visits"], "readwrite", async (transaction) => {
    const parcels = transaction.objectStore("parcels");
    for (const parcel of await parcels.getAll()) {
      if (parcel.visit !== visit || isWaiting(parcel)) continue;
      const { sentence: _told, ...again } = parcel;
      await parcels.put({ ...again, state: "waiting" });
    }
  });
}

/**
 * Open a re-check again of which a photograph could not be read: its parcel waited for that, and
 * has never left.
 *
 * @param {Shelf} shelf
 * @param {string} key
 */
export function reopenHeldUp(shelf, key) {
  return shelf.within(["parcels", "visits", "photos"], "readwrite", async (transaction) => {
    const [parcels, visits] = [transaction.objectStore("parcels"), transaction.objectStore("visits")];
    const photos = (await transaction.objectStore("photos").getAll()).filter((/** @type {any} */ { state }) => state === "refused");
    for (const parcel of await parcels.getAll()) {
      if (parcel.visit !== key || !isWaiting(parcel) || !isHeldUp(parcel, photos)) continue;
      await parcels.delete(parcel.seq);
      await visits.put({ ...(await visits.get(key)), state: "draft", handedInAt: undefined });
    }
  });
}

/**
 * Forget what was set aside of a visit, because the officer says so; nothing else is forgotten.
 * Of a re-check that is all there is, so it ends.
 *
 * @param {Shelf} shelf
 * @param {string} visit
 */
export function forgetAside(shelf, visit) {
  return shelf.within(["parcels", "visits"], "readwrite", async (transaction) => {
    const [parcels, visits] = [transaction.objectStore("parcels"), transaction.objectStore("visits")];
    for (const parcel of await parcels.getAll()) {
      if (parcel.visit === visit && !isWaiting(parcel)) await parcels.delete(parcel.seq);
    }
    const known = await visits.get(visit);
    if (known) await visits.put({ ...known, ...(known.recheck ? { state: "void", deliveredAt: known.changedAt } : {}), sentence: undefined });
  });
}
