/**
 * The browser's offer to put the service on the home screen. It comes once, early, and is kept
 * for a page that asks at a better moment; on all others the browser asks by itself.
 *
 * @typedef {Event & { prompt: () => Promise<unknown> }} Offer
 */

/** @type {Offer | null} */
let offer = null;

/** @param {Document} page */
export function keepInstallOffer(page) {
  window.addEventListener("beforeinstallprompt", (event) => {
    if (!page.querySelector("[data-behaviour~=install-hint]")) return;
    event.preventDefault();
    offer = /** @type {Offer} */ (event);
    page.dispatchEvent(new Event("install-offered"));
  });
}

/** @returns {Offer | null} */
export function installOffer() {
  return offer;
}
