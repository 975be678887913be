/**
 * Stands between the pages and the mast: what the phone has kept is shown where there is no
 * signal. It reads only. Whatever changes something goes past it untouched.
 */
import { isNeverKept, isVisit, isWhole, outdated, wayOf } from "./asking.mjs";

const PAGES = "pages";
const CURRENT = `static-${VERSION}`;
const OFFLINE = "/offline";
const PATIENCE_MS = 3000;
const SICK = [502, 503, 504]; // the service is away, its doorkeeper answers

/** @type {any} */
const worker = self;

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(answer(event)));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const way = wayOf(event.request, worker.location.origin);
  if (way === "static") event.respondWith(fileOf(event.request));
  if (way === "visit") event.respondWith(keptFirst(event));
  if (way === "page") event.respondWith(freshFirst(event));
});

async function install() {
  const cache = await caches.open(CURRENT);
  await cache.addAll([...FILES, OFFLINE]);
}

async function activate() {
  const old = outdated(await caches.keys(), CURRENT);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @param {any} event */
async function answer(event) {
  if (event.data === "take-over") await worker.skipWaiting();
  if (event.data === "is-visit-open") event.ports[0].postMessage(await isVisitOpen());
}

async function isVisitOpen() {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.some((/** @type {{ url: string }} */ page) => {
    const { pathname } = new URL(page.url);
    return isVisit(pathname) || pathname.endsWith("/fill");
  });
}

/** @param {Request} request */
async function fileOf(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** @param {any} event */
async function keptFirst(event) {
  const kept = await keptPage(event.request.url);
  const fresh = fetched(event.request);
  event.waitUntil(fresh.catch(() => undefined));
  return kept ?? fresh.catch(offlinePage);
}

/** @param {any} event */
async function freshFirst(event) {
  const kept = await keptPage(event.request.url);
  const fresh = fetched(event.request);
  event.waitUntil(fresh.catch(() => undefined));
  if (!kept) return fresh.catch(offlinePage);
  return Promise.race([fresh.then((answer) => (SICK.includes(answer.status) ? kept : answer)), later(kept)]).catch(() => kept);
}

/**
 * @template T
 * @param {T} value
 * @returns {Promise<T>}
 */
function later(value) {
  return new Promise((resolve) => setTimeout(() => resolve(value), PATIENCE_MS));
}

/**
 * Fetch a page, and keep it if an older one of the same address is kept.
 *
 * @param {Request} request
 */
async function fetched(request) {
  const answer = await fetch(request);
  const { pathname } = new URL(request.url);
  if (isWhole(answer) && !isNeverKept(pathname) && (await keptPage(request.url))) {
    const copy = answer.clone();
    await (await caches.open(PAGES)).put(addressOf(request.url), copy).catch(() => undefined); // no room: the older one stays
  }
  return answer;
}

/** @param {string} url */
async function keptPage(url) {
  if (!(await caches.has(PAGES))) return undefined; // opening it would make it
  return (await caches.open(PAGES)).match(addressOf(url), { ignoreVary: true });
}

/**
 * One sheet serves every visit of its edition; the script reads the rest of the address.
 *
 * @param {string} url
 */
function addressOf(url) {
  const { pathname, search } = new URL(url);
  return isVisit(pathname) ? pathname : pathname + search;
}

async function offlinePage() {
  const page = await caches.match(OFFLINE, { ignoreVary: true });
  return page ?? Response.error();
}
