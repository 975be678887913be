/** The worker that shows kept pages, as the pages see it. */

const PATIENCE_MS = 30_000;

/**
 * Ask the browser to keep the pages of officers who fill in visits. A page that was on its way
 * while the worker took over the others asks to be taken over as well.
 *
 * @param {Document} page
 */
export async function registerWorker(page) {
  if (!("serviceWorker" in navigator) || !page.documentElement.hasAttribute("data-offline")) return;
  const container = navigator.serviceWorker;
  const registration = await container.register("/sw.js", { updateViaCache: "none" }).catch(() => null); // works with signal only, as before
  const { active } = registration ? await container.ready : { active: null };
  if (!container.controller) active?.postMessage("claim");
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
