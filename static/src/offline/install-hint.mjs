/**
 * Tell the officer how the service comes onto his home screen, once he has finished a visit; and
 * where nothing can be opened without signal, where it can. What was put away stays away.
 */
import { shelf } from "./desk.mjs";
import { installOffer } from "./install-offer.mjs";
import { hear } from "./news.mjs";

/** @typedef {"safari" | "share" | "install"} Hint */

/**
 * @typedef {object} Situation
 * @property {string} userAgent
 * @property {number} touchPoints   an iPad calls itself a Mac, but can be touched
 * @property {boolean} isInstalled  opened from the home screen
 * @property {boolean} isOffered    the browser would put it there, if asked
 * @property {boolean} hasFinished  a visit was handed in on this phone
 */

/**
 * @param {Situation} situation
 * @returns {Hint | null}
 */
export function hintFor({ userAgent, touchPoints, isInstalled, isOffered, hasFinished }) {
  if (isInstalled) return null;
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
  if (isApple && /MicroMessenger/.test(userAgent)) return "safari"; // it has no service worker there
  if (!hasFinished) return null;
  if (isOffered) return "install";
  const isSafari = /Version\/\S+ .*Safari\//.test(userAgent) && !/CriOS|FxiOS|EdgiOS|OPiOS/.test(userAgent);
  return isApple && isSafari ? "share" : null;
}

/** @param {HTMLElement} element  with one part for each hint */
export default function installHint(element) {
  const show = async () => {
    const hint = hintFor(await situation());
    const isPutAway = hint && (await shelf.get("notes", noteOf(hint)));
    element.hidden = !hint || Boolean(isPutAway);
    for (const part of parts(element)) part.hidden = part.dataset.hint !== hint;
  };
  element.addEventListener("click", async (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-install], [data-put-away]");
    const hint = parts(element).find((part) => !part.hidden)?.dataset.hint;
    if (!button || !hint) return;
    element.hidden = true;
    if (button.hasAttribute("data-install")) await installOffer()?.prompt();
    else await shelf.put("notes", true, noteOf(hint));
  });
  document.addEventListener("install-offered", show);
  window.addEventListener("appinstalled", () => (element.hidden = true));
  hear("visit", show);
  show();
}

/** @returns {Promise<Situation>} */
async function situation() {
  const visits = await shelf.all("visits");
  const { userAgent, maxTouchPoints } = navigator;
  return {
    userAgent,
    touchPoints: maxTouchPoints ?? 0,
    isInstalled: window.matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true,
    isOffered: installOffer() !== null,
    hasFinished: visits.some(({ state }) => state === "handed_in" || state === "delivered"),
  };
}

/**
 * @param {HTMLElement} element
 * @returns {HTMLElement[]}
 */
function parts(element) {
  return Array.from(element.querySelectorAll("[data-hint]"));
}

/** @param {string} hint */
function noteOf(hint) {
  return `put-away:${hint}`;
}
