/** What a page needs of this phone: its shelf, its outbox, and who is signed in. */
import { digestOf } from "../camera/digest.mjs";
import { makeKey } from "./keys.mjs";
import { tell } from "./news.mjs";
import { Outbox } from "./outbox.mjs";
import { sendPhoto } from "./photo-post.mjs";
import { askStandings, sendParcel } from "./post.mjs";
import { Sender } from "./sender.mjs";
import { Shelf } from "./shelf.mjs";

/** @typedef {import("./visits.mjs").Visit} Visit */

export const shelf = new Shelf();

/** @returns {Promise<string>} the key that this phone gave itself */
export async function phoneKey() {
  const known = await shelf.get("notes", "phone");
  if (known) return known;
  const key = makeKey();
  await shelf.put("notes", key, "phone");
  return key;
}

/**
 * Ask for a token to send with, in the name of whoever is signed in.
 *
 * @param {number} officer
 * @param {string} csrf  of the page
 * @returns {Promise<boolean>} whether there is one now
 */
export async function fetchToken(officer, csrf) {
  const headers = { "Accept": "application/json", "Content-Type": "application/json", "X-CSRFToken": csrf };
  const body = JSON.stringify({ phone: await phoneKey() });
  const response = await fetch("/sync/tokens", { method: "POST", headers, body }).catch(() => null);
  if (!response?.ok) return false;
  await shelf.put("notes", (await response.json()).token, `token:${officer}`);
  return true;
}

/**
 * Begin to send, once for a page.
 *
 * @param {number} officer
 * @param {() => string} csrf
 */
export async function beginSending(officer, csrf) {
  const token = await shelf.get("notes", `token:${officer}`);
  if (!token) await fetchToken(officer, csrf()); // while there is signal: it outlives the sign-in
  const checksum = (/** @type {string} */ text) => digestOf(new TextEncoder().encode(text).buffer);
  const outbox = new Outbox({ shelf, sendParcel, sendPhoto, askStandings, checksum, makeKey, now: () => new Date().toISOString(), tell });
  new Sender(outbox, () => fetchToken(officer, csrf())).begin();
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
