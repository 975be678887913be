/** Warn before the work begins: what waits is old, there is little room, or nothing is kept at all. */
import { shelf } from "./desk.mjs";
import { hear } from "./news.mjs";
import { soon } from "./soon.mjs";
import { freeBytes, hasRoom, warningFor } from "./storage.mjs";
import { readWaiting } from "./waiting.mjs";

/** @param {HTMLElement} element  with one part for each warning; where a visit begins, room is tried */
export default function storageWarning(element) {
  const tried = element.dataset.storageTry === undefined ? Promise.resolve(true) : hasRoom(shelf);
  const draw = soon(async () => {
    const { since } = await readWaiting(shelf, Number(document.body.dataset.officer));
    const free = (await tried) ? await freeBytes(navigator.storage) : 0;
    const warning = warningFor({ isLasting: shelf.isLasting, free, since }, new Date());
    element.hidden = warning === null;
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-warning]"))) part.hidden = part.dataset.warning !== warning;
  });
  hear("outbox", draw);
  draw();
}
