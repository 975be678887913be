/** Ask whether somebody is sure, on a sheet whose words say how much it is about. */
import { worded } from "./worded.mjs";

/**
 * @param {HTMLDialogElement} sheet  with the words, and a button whose value is "sure"
 * @param {Record<string, number>} amounts
 * @returns {Promise<boolean>}
 */
export function isSure(sheet, amounts) {
  const place = /** @type {HTMLElement} */ (sheet.querySelector("[data-words]"));
  const text = worded(place.dataset.words ?? "", amounts);
  place.textContent = text;
  if (typeof sheet.showModal !== "function") return Promise.resolve(window.confirm(text));
  sheet.returnValue = "";
  sheet.showModal();
  return new Promise((resolve) => sheet.addEventListener("close", () => resolve(sheet.returnValue === "sure"), { once: true }));
}
