/**
 * What this phone sends with: for each officer a token that outlives his sign-in. Whoever is
 * signed in gets one, before there is anything to send, and a new one long before it ends.
 */
import { makeKey } from "./keys.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */

const SIGNED_IN = "body[data-officer]"; // the page of somebody who may send
const RENEW_BEFORE_MS = 10 * 86_400_000;
const PATIENCE_MS = 30_000;

/** @type {Promise<boolean>} */
let before = Promise.resolve(false); // one after the other: a new token ends the one before
let underWay = 0;

/** @typedef {{ officer: number, csrf: string }} SignedIn */

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
 * Fetch a token for whoever is signed in, unless there is one that lasts. Who asks while one is
 * being fetched is helped by that one.
 *
 * @param {Shelf} shelf
 * @param {number[]} [signedOut]  officers whose token is no longer good
 * @returns {Promise<boolean>} whether somebody can send who could not
 */
export function renewToken(shelf, signedOut = []) {
  const isOneUnderWay = underWay > 0;
  underWay += 1;
  const renewed = before.then((isRenewed) => (isOneUnderWay && isRenewed) || renew(shelf, signedOut)).finally(() => (underWay -= 1));
  before = renewed.catch(() => false);
  return renewed;
}

/**
 * @param {Shelf} shelf
 * @param {number[]} signedOut
 */
async function renew(shelf, signedOut) {
  const phone = await phoneKey(shelf);
  const own = signedInOn(document);
  const isWanted = signedOut.length > 0 || (own !== null && !lastsLong(await shelf.get("notes", `token:${own.officer}`), Date.now()));
  if (!isWanted) return false;
  const isMeant = (/** @type {SignedIn | null} */ each) => each !== null && (signedOut.length === 0 || signedOut.includes(each.officer));
  let issued = isMeant(own) ? await issue(own, phone) : null;
  if (!issued) {
    const other = await askWho();
    if (isMeant(other)) issued = await issue(other, phone);
  }
  if (!issued) return false;
  const { token, officer, expires_at: expiresAt } = issued;
  await shelf.put("notes", { token, expiresAt }, `token:${officer}`);
  return true;
}

/**
 * @param {SignedIn | null} signedIn
 * @param {string} phone
 * @returns {Promise<{ token: string, officer: number, expires_at: string } | null>} null also where
 *   the page that named him was kept, and somebody else has signed in since
 */
async function issue(signedIn, phone) {
  const headers = { "Accept": "application/json", "Content-Type": "application/json", "X-CSRFToken": signedIn?.csrf ?? "" };
  const response = await ask("/sync/tokens", { method: "POST", headers, body: JSON.stringify({ phone }) });
  return response?.ok ? response.json() : null;
}

/** @returns {Promise<SignedIn | null>} as the service says it: this page may have been kept for long */
async function askWho() {
  const response = await ask("/me", { redirect: "manual", cache: "no-store" });
  if (!response?.ok) return null;
  return signedInOn(new DOMParser().parseFromString(await response.text(), "text/html"));
}

/**
 * @param {Document} page
 * @returns {SignedIn | null}
 */
function signedInOn(page) {
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
