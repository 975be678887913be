/** What a page needs of this phone: its shelf, its outbox, and who may send with it. */
import { digestOf } from "../camera/digest.mjs";
import { makeKey } from "./keys.mjs";
import { tell } from "./news.mjs";
import { Outbox } from "./outbox.mjs";
import { shelf } from "./own-shelf.mjs";
import { sendPhoto } from "./photo-post.mjs";
import { keepPhoto as keep, placePhoto } from "./photos.mjs";
import { askStandings, sendParcel } from "./post.mjs";
import { Sender } from "./sender.mjs";
import { renewToken } from "./tokens.mjs";

/** @typedef {import("./visits.mjs").Visit} Visit */

export { shelf };

/** @returns {string} this moment, by the phone's clock */
export function now() {
  return new Date().toISOString();
}

/**
 * Keep a photograph and whose it is, both or neither, and have it sent.
 *
 * @param {string} key  of the visit, or re-check
 * @param {any} photo
 * @param {{ code: string, moment: string }} place
 */
export async function keepPhoto(key, photo, place) {
  await keep(shelf, key, photo, place);
  tell("visit", { key });
  tell("send");
}

/**
 * Keep where a photograph was taken that was kept before the phone knew, and show it.
 *
 * @param {string} sha256
 * @param {Promise<import("../camera/locate.mjs").Place | null>} sought
 */
export async function placeLater(sha256, sought) {
  const place = await sought;
  if (!place) return;
  await placePhoto(shelf, sha256, place);
  tell("photo", await shelf.get("photos", sha256));
}

let hasBegun = false;

/** Begin to send, once for a page, however many of its parts ask for it. */
export async function beginSending() {
  if (hasBegun) return;
  hasBegun = true;
  const checksum = (/** @type {string} */ text) => digestOf(/** @type {ArrayBuffer} */ (new TextEncoder().encode(text).buffer));
  const outbox = new Outbox({ shelf, sendParcel, sendPhoto, askStandings, checksum, makeKey, now, tell });
  new Sender(outbox, (signedOut) => renewToken(shelf, signedOut)).begin();
  if (await renewToken(shelf)) tell("send");
}

/**
 * Change a visit, and say what stands on the shelf afterwards: it is read back, so that nobody is
 * told "kept" of something that is not.
 *
 * @param {string} key
 * @param {(visit: Visit) => Visit} how
 * @returns {Promise<Visit>}
 */
export async function changeVisit(key, how) {
  await shelf.within(["visits"], "readwrite", async (transaction) => {
    const visits = transaction.objectStore("visits");
    await visits.put(how(await visits.get(key)));
  });
  const kept = await shelf.get("visits", key);
  tell("visit", { key });
  return kept;
}
