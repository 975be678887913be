/** The pages that the phone keeps, for the page that fetches them and the worker that shows them. */
import { isVisit } from "./asking.mjs";

const PAGES = "pages";

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
export async function keptPage(url) {
  if (!(await caches.has(PAGES))) return undefined; // opening it would make it
  return (await caches.open(PAGES)).match(addressOf(url), { ignoreVary: true });
}

/**
 * @param {string} url
 * @param {Response} page
 */
export async function keepPage(url, page) {
  await (await caches.open(PAGES)).put(addressOf(url), page);
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
  const others = (await keptAddresses()).filter((address) => !needed.includes(address) && !isVisit(address));
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
