/** Sign out, and leave nothing on the phone that has arrived; first say what has not. */
import { say } from "../components/toast.mjs";
import { worded } from "../components/worded.mjs";
import { shelf } from "./desk.mjs";
import { forgetOfficer } from "./leaving.mjs";
import { isAnythingUnsent, readWaiting } from "./waiting.mjs";

/** @param {HTMLElement} element  a form that signs out */
export default function signOut(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sheet = /** @type {HTMLDialogElement} */ (document.querySelector("[data-unsent-sheet]"));
    if (!navigator.onLine) return say(sheet.dataset.noSignal ?? "");
    const officer = Number(document.body.dataset.officer);
    const waiting = await readWaiting(shelf, officer).catch(() => null); // whoever wants out gets out
    if (waiting && isAnythingUnsent(waiting) && !(await isSure(sheet, waiting))) return;
    await forgetOfficer(shelf, officer).catch(() => undefined);
    form.submit();
  });
}

/**
 * @param {HTMLDialogElement} sheet
 * @param {import("./waiting.mjs").Waiting} waiting
 * @returns {Promise<boolean>}
 */
function isSure(sheet, { visits, photos, refused }) {
  const place = /** @type {HTMLElement} */ (sheet.querySelector("[data-words]"));
  const text = worded(place.dataset.words ?? "", { visits: visits + refused, photos });
  place.textContent = text;
  if (typeof sheet.showModal !== "function") return Promise.resolve(window.confirm(text));
  sheet.returnValue = "";
  sheet.showModal();
  return new Promise((resolve) => sheet.addEventListener("close", () => resolve(sheet.returnValue === "sure"), { once: true }));
}
