/** The pages that the phone keeps, for the page that fetches them and the worker that shows them. */
import { isVisit, rowsBeside } from "./asking.mjs";
import { fetched } from "./fetched.mjs";

const PAGES = "pages";
const ROWS = / data-rows="([^"]+)"/;

/** Whether this browser keeps pages at all: not inside WeChat on an iPhone, nor without https. */
export const canKeep = "caches" in globalThis && "serviceWorker" in navigator;

/**
 * One sheet serves every visit of its edition; the script reads the rest of the address.
 *
 * @param {string} url  with or without its origin
 */
export function addressOf(url) {
  const { pathname, search } = new URL(url, globalThis.location.origin);
  return isVisit(pathname) ? pathname : pathname + search;
}

/**
 * @param {string} url
 * @returns {Promise<Response | undefined>}
 */
export function keptPage(url) {
  return caches.match(addressOf(url), { ignoreVary: true, cacheName: PAGES }); // to open it would make it
}

/**
 * Keep a page; the sheet of an edition together with the rows it names, or not at all.
 *
 * @param {string} url
 * @param {Response} page
 */
export async function keepPage(url, page) {
  const address = addressOf(url);
  const rows = isVisit(address) && ROWS.exec(await page.clone().text())?.[1];
  if (rows) await keepRows(rows);
  await (await caches.open(PAGES)).put(address, page);
}

/** @param {string} rows  their address */
async function keepRows(rows) {
  const cache = await caches.open(PAGES);
  if (await cache.match(rows, { ignoreVary: true })) return;
  const answer = await fetched(rows, "text/plain");
  if (!answer?.isWhole) throw new Error(`${rows} did not come.`);
  await cache.put(rows, answer.page);
  const folder = rowsBeside(rows);
  const others = (await keptAddresses()).filter((address) => address !== rows && rowsBeside(address) === folder);
  await Promise.all(others.slice(0, -1).map((address) => cache.delete(address, { ignoreVary: true }))); // a page may still be open that needs the last
}

/**
 * @param {string} address  of the rows of an edition
 * @returns {Promise<{ text: string | null, isSignedOut: boolean }>} as this phone has them, or as they come,
 *   or of another version, where neither is so: what is asked is the same; null where there are none
 */
export async function sheetRows(address) {
  const kept = canKeep ? await keptPage(address).catch(() => undefined) : undefined;
  if (kept) return { text: await kept.text(), isSignedOut: false };
  const answer = await fetched(address, "text/plain");
  if (answer?.isWhole) return { text: await answer.page.text(), isSignedOut: false };
  const other = canKeep && (await keptAddresses()).filter((each) => rowsBeside(each) === rowsBeside(address)).pop();
  const text = (other && (await (await keptPage(other))?.text())) || null;
  return { text, isSignedOut: answer?.status === 0 }; // led to the page to sign in
}

/** @returns {Promise<string[]>} the addresses of all that are kept */
export async function keptAddresses() {
  if (!(await caches.has(PAGES))) return [];
  const requests = await (await caches.open(PAGES)).keys();
  return requests.map(({ url }) => addressOf(url));
}

/**
 * Forget pages that the day no longer needs; a sheet stays, for a visit begun in its edition.
 *
 * @param {string[]} needed
 */
export async function forgetOthers(needed) {
  const cache = await caches.open(PAGES);
  const others = (await keptAddresses()).filter((address) => !needed.includes(address) && !isVisit(address) && !rowsBeside(address));
  await Promise.all(others.map((address) => cache.delete(address, { ignoreVary: true })));
}

export async function forgetPages() {
  await caches.delete(PAGES);
}

/** @returns {Promise<number>} the bytes of everything that is kept: pages, scripts, styles, pictures */
export async function keptBytes() {
  let bytes = 0;
  for (const name of await caches.keys()) {
    for (const answer of await (await caches.open(name)).matchAll()) bytes += (await answer.blob()).size;
  }
  return bytes;
}
