/** Ask the browser to keep the pages of officers who fill in visits. */

/** @param {Document} page */
export function registerWorker(page) {
  if (!("serviceWorker" in navigator) || !page.documentElement.hasAttribute("data-offline")) return;
  navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => undefined); // works with signal only, as before
}
