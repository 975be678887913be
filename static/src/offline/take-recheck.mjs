/** Keep a re-check out of a saved file in this browser, so that its officer can go on with it. */
import { shelf } from "./desk.mjs";
import { tell } from "./news.mjs";
import { recheckOf, takeRecheck } from "./saved-recheck.mjs";

/** @param {HTMLElement} element */
export default async function takeIn(element) {
  const factory = JSON.parse(element.dataset.factory ?? "{}");
  const brought = recheckOf(JSON.parse(element.dataset.saved ?? "{}"), { officer: Number(document.body.dataset.officer), factory });
  const outcome = await takeRecheck(shelf, brought).catch(() => "full");
  /** @type {HTMLElement} */ (element.querySelector(`[data-${outcome}]`)).hidden = false;
  tell("visit", { key: brought.key });
}
