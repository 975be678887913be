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
