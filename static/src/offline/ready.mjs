/**
 * Ready for the day: what a day without signal needs is fetched while there is some. The bundle
 * goes onto the shelf, the pages it names among those the worker shows. Neither takes the place
 * of what was there before it is whole.
 *
 * @typedef {object} Ready      what is known of the last time
 * @property {number} officer
 * @property {string} at        by the phone's clock
 * @property {string} version   of the service whose pages are kept
 * @property {number} missing   how many pages did not come, or could not be kept
 * @property {number} bytes     of all that is kept
 * @typedef {"ready" | "partly" | "signed-out" | "no-signal" | "no-room"} End
 */
import { fetched } from "./fetched.mjs";
import { canKeep, forgetOthers, forgetPages, keepPage, keptBytes } from "./kept-pages.mjs";
import { hasWorker } from "./register.mjs";
import { ShelfFull } from "./shelf.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */

const AT_ONCE = 3; // pages on their way at the same time
const FRESH_MS = 12 * 3_600_000;
const KEPT_MS = 30 * 86_400_000;
const GONE = new Set([403, 404]); // not there for this officer, with signal or without

/**
 * @typedef {object} Service
 * @property {string} version
 * @property {string[]} files   that not every page needs, such as what reads door codes
 */

/**
 * @param {Shelf} shelf
 * @param {Service} service
 * @param {(done: number, total: number) => void} onProgress
 * @returns {Promise<End>}
 */
export async function makeReady(shelf, service, onProgress) {
  const answer = await fetched("/sync/bundle", "application/json");
  if (!answer || answer.status >= 500) return "no-signal";
  if (!answer.isWhole) return "signed-out";
  const bundle = await answer.page.json().catch(() => null);
  if (!bundle?.pages) return "no-signal"; // the sign-in page of a hotel, not the service
  try {
    return await keep(shelf, service, bundle, onProgress);
  } catch (fault) {
    if (fault instanceof ShelfFull) return "no-room";
    throw fault;
  }
}

/**
 * @param {Shelf} shelf
 * @param {Service} service
 * @param {any} bundle
 * @param {(done: number, total: number) => void} onProgress
 * @returns {Promise<End>}
 */
async function keep(shelf, { version, files }, bundle, onProgress) {
  const officer = bundle.officer.id;
  const before = await readiness(shelf);
  if (before && before.officer !== officer) await forgetReady(shelf); // a colleague's pages
  await shelf.put("notes", bundle, "bundle");
  const pages = canKeep ? [...bundle.pages, ...(bundle.pictures ?? []), ...files] : [];
  const missing = (await hasWorker()) ? await keepPages(pages, onProgress) : pages.length;
  const bytes = canKeep ? await keptBytes() : 0;
  await shelf.put("notes", { officer, at: new Date().toISOString(), version, missing, bytes }, "ready");
  return missing ? "partly" : "ready";
}

/**
 * @param {string[]} pages
 * @param {(done: number, total: number) => void} onProgress
 * @returns {Promise<number>} how many are missing
 */
async function keepPages(pages, onProgress) {
  const left = [...pages];
  let [done, missing] = [0, 0];
  const work = async () => {
    for (let page = left.shift(); page; page = left.shift()) {
      if (!(await fetchPage(page))) missing += 1;
      onProgress((done += 1), pages.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await forgetOthers(pages);
  return missing;
}

/**
 * @param {string} page
 * @returns {Promise<boolean>} whether it is kept, or is no page at all
 */
async function fetchPage(page) {
  const answer = await fetched(page, "text/html");
  if (!answer?.isWhole) return answer !== null && GONE.has(answer.status);
  return keepPage(page, answer.page).then(() => true, () => false); // there is no room
}

/**
 * @param {Shelf} shelf
 * @returns {Promise<Ready | undefined>}
 */
export function readiness(shelf) {
  return shelf.get("notes", "ready");
}

/**
 * @param {Ready | undefined} ready
 * @param {{ officer: number, version: string, now: number }} today
 * @returns {boolean} whether it should be fetched anew without anybody asking
 */
export function isStale(ready, { officer, version, now }) {
  if (!ready || ready.officer !== officer || ready.version !== version || ready.missing > 0) return true;
  return Math.abs(now - Date.parse(ready.at)) > FRESH_MS; // a clock may have been put right
}

/**
 * @param {Ready} ready
 * @param {number} now
 * @returns {boolean} whether it was kept for as long as it may be
 */
export function isOutlived({ at }, now) {
  return now - Date.parse(at) > KEPT_MS;
}

/**
 * Forget the bundle and the pages; visits and photographs stay.
 *
 * @param {Shelf} shelf
 */
export async function forgetReady(shelf) {
  if (canKeep) await forgetPages();
  await shelf.within(["notes"], "readwrite", async (transaction) => {
    const notes = transaction.objectStore("notes");
    for (const name of ["bundle", "ready"]) await notes.delete(name);
  });
}
