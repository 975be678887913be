/**
 * What this phone sends with: for each officer a token that outlives his sign-in. Whoever is
 * signed in gets one, before there is anything to send, and a new one long before it ends.
 */
import { makeKey } from "./keys.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */

const SIGNED_IN = "body[data-officer]"; // the page of somebody who may send
const RENEW_BEFORE_MS = 10 * 86_400_000;
const PATIENCE_MS = 30_000;

/** @type {Promise<unknown>} */
let before = Promise.resolve(); // one after the other: a new token ends the one before

/**
 * @param {Shelf} shelf
 * @returns {Promise<string>} the key that this phone gave itself
 */
export async function phoneKey(shelf) {
  return shelf.within(["notes"], "readwrite", async (transaction) => {
    const notes = transaction.objectStore("notes");
    const known = await notes.get("phone");
    if (known) return known;
    const key = makeKey();
    await notes.put(key, "phone");
    return key;
  });
}

/**
 * @param {{ token: string, expiresAt: string } | undefined} known
 * @param {number} now
 */
export function lastsLong(known, now) {
  return known !== undefined && Date.parse(known.expiresAt) - now > RENEW_BEFORE_MS;
}

/**
 * Fetch a token for whoever is signed in, unless there is one that lasts.
 *
 * @param {Shelf} shelf
 * @param {number[]} [signedOut]  officers whose token is no longer good
 * @returns {Promise<boolean>} whether somebody can send who could not
 */
export function renewToken(shelf, signedOut = []) {
  const renewed = before.then(() => renew(shelf, signedOut));
  before = renewed.catch(() => undefined);
  return renewed;
}

/**
 * @param {Shelf} shelf
 * @param {number[]} signedOut
 */
async function renew(shelf, signedOut) {
  const phone = await phoneKey(shelf);
  const page = /** @type {HTMLElement | null} */ (document.querySelector(SIGNED_IN));
  const named = Number(page?.dataset.officer ?? 0);
  const isWanted = signedOut.length > 0 || (named > 0 && !lastsLong(await shelf.get("notes", `token:${named}`), Date.now()));
  const signedIn = isWanted ? await whoIsSignedIn() : null;
  if (!signedIn || (signedOut.length > 0 && !signedOut.includes(signedIn.officer))) return false;
  const headers = { "Accept": "application/json", "Content-Type": "application/json", "X-CSRFToken": signedIn.csrf };
  const response = await ask("/sync/tokens", { method: "POST", headers, body: JSON.stringify({ phone }) });
  if (!response?.ok) return false;
  const { token, expires_at: expiresAt } = await response.json();
  await shelf.put("notes", { token, expiresAt }, `token:${signedIn.officer}`);
  return true;
}

/**
 * Ask the service, not this page: it may have been kept since somebody else was signed in.
 *
 * @returns {Promise<{ officer: number, csrf: string } | null>}
 */
async function whoIsSignedIn() {
  const response = await ask("/me", { redirect: "manual", cache: "no-store" });
  if (!response?.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const { officer, csrf } = /** @type {HTMLElement | null} */ (page.querySelector(SIGNED_IN))?.dataset ?? {};
  return officer && csrf ? { officer: Number(officer), csrf } : null;
}

/**
 * @param {string} address
 * @param {RequestInit} how
 * @returns {Promise<Response | null>} null where nothing came in good time
 */
async function ask(address, how) {
  const patience = new AbortController();
  const timer = window.setTimeout(() => patience.abort(), PATIENCE_MS);
  const response = await fetch(address, { ...how, signal: patience.signal }).catch(() => null);
  window.clearTimeout(timer);
  return response;
}
