/**
 * Stands between the pages and the mast: what the phone has kept is shown where there is no
 * signal. It reads only. Whatever changes something goes past it untouched.
 */
import { draftIn, isVisit, isWhole, outdated, smallOf, wayOf } from "./asking.mjs";
import { keepPage, keptAddresses, keptPage } from "./kept-pages.mjs";

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
  if (way === "picture") event.respondWith(pictureOf(event.request));
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
  if (event.data === "claim") await worker.clients.claim();
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

/**
 * A re-check is kept with small pictures; the large ones are for whoever has signal.
 *
 * @param {Request} request
 */
function pictureOf(request) {
  const small = smallOf(new URL(request.url).pathname) ?? request.url;
  return fetch(request).catch(async () => (await keptPage(small)) ?? Response.error());
}

/** @param {any} event */
async function keptFirst(event) {
  const fresh = fetched(event);
  return (await keptPage(event.request.url)) ?? fresh.catch(offlinePage);
}

/** @param {any} event */
async function freshFirst(event) {
  const fresh = fetched(event);
  const kept = await marked(await keptPage(event.request.url));
  const instead = kept ?? (await sheetFor(event.request.url));
  const told = fresh.then(
    (answer) => (instead && SICK.includes(answer.status) ? instead : answer),
    () => instead ?? offlinePage(),
  );
  return kept ? Promise.race([told, later(kept)]) : told;
}

/**
 * A kept page says that it is one; what stands on it for that says from when.
 *
 * @param {Response | undefined} page
 */
async function marked(page) {
  if (!page) return undefined;
  const text = await page.text();
  return new Response(text.replace("<html ", "<html data-kept "), { headers: page.headers });
}

/**
 * The page of a draft is not kept: it opens on the empty sheet, whose script looks for it on the shelf.
 *
 * @param {string} url
 */
async function sheetFor(url) {
  const draft = draftIn(new URL(url).pathname);
  const sheet = draft && (await keptAddresses()).find(isVisit);
  return sheet ? Response.redirect(`${sheet}?inspection=${draft}`) : undefined;
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
 * @param {any} event
 * @returns {Promise<Response>} as soon as it comes; it is kept behind the scenes
 */
function fetched(event) {
  const fresh = fetch(event.request);
  const keeping = fresh.then((answer) => keepAnew(event.request.url, answer.clone()));
  event.waitUntil(keeping.catch(() => undefined)); // no signal, or no room: the older one stays
  return fresh;
}

/**
 * @param {string} url
 * @param {Response} answer
 */
async function keepAnew(url, answer) {
  if (isWhole(answer) && (await keptPage(url))) await keepPage(url, answer);
}

async function offlinePage() {
  const page = await caches.match(OFFLINE, { ignoreVary: true });
  return page ?? Response.error();
}
