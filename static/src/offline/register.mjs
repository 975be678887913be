/** The worker that shows kept pages, as the pages see it. */

const PATIENCE_MS = 30_000;

/**
 * Ask the browser to keep the pages of officers who fill in visits.
 *
 * @param {Document} page
 */
export function registerWorker(page) {
  if (!("serviceWorker" in navigator) || !page.documentElement.hasAttribute("data-offline")) return;
  navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => undefined); // works with signal only, as before
}

/** @returns {Promise<boolean>} whether it is there, and with it the files that every page needs */
export function hasWorker() {
  if (!("serviceWorker" in navigator)) return Promise.resolve(false);
  const never = new Promise((resolve) => window.setTimeout(() => resolve(false), PATIENCE_MS));
  return Promise.race([navigator.serviceWorker.ready.then(() => true), never]);
}

/**
 * @param {ServiceWorker} worker  sees all pages of the service, also those of other tabs
 * @returns {Promise<boolean>} also when it does not answer: nobody is disturbed on a guess
 */
export function isVisitOpen(worker) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    window.setTimeout(() => resolve(true), PATIENCE_MS);
    worker.postMessage("is-visit-open", [port2]);
  });
}
