/** Save what is unsent as a file, for the desk; several where it is too much for one. */
import { worded, wordsIn } from "../components/worded.mjs";
import { now, shelf } from "./desk.mjs";
import { makeKey } from "./keys.mjs";
import { tell } from "./news.mjs";
import { packed, saved } from "./rescue.mjs";

/** @param {HTMLElement} element */
export default function rescuePart(element) {
  const button = /** @type {HTMLButtonElement} */ (element.querySelector("[data-save]"));
  const files = /** @type {HTMLElement} */ (element.querySelector("[data-files]"));
  const said = /** @type {HTMLElement} */ (element.querySelector("[data-said]"));
  const words = wordsIn(element, "[data-rescue-words]");
  const most = { bytes: Number(element.dataset.mostBytes), entries: Number(element.dataset.mostEntries) };
  const officer = { id: Number(document.body.dataset.officer), name: element.dataset.name ?? "" };
  button.addEventListener("click", async () => {
    files.textContent = "";
    files.hidden = true;
    said.textContent = words.at_work;
    const parts = await packed(shelf, officer.id, { makeKey, now, most });
    tell("outbox");
    const save = async (/** @type {number} */ number) => {
      const { name, pieces } = await saved(shelf, parts, number, officer, new Date());
      await handOver(new File(/** @type {BlobPart[]} */ (pieces), name, { type: "application/zip" }));
      said.textContent = worded(words.saved, { name });
    };
    if (parts.length === 0) said.textContent = words.nothing;
    else if (parts.length === 1) await save(1);
    else offer(parts.length, save);
  });

  /**
   * @param {number} count
   * @param {(number: number) => void} save
   */
  function offer(count, save) {
    said.textContent = words.several;
    files.hidden = false;
    for (let number = 1; number <= count; number += 1) {
      const textContent = worded(words.part, { number, count });
      const each = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent });
      each.addEventListener("click", () => save(number));
      files.append(each);
    }
  }
}

/**
 * An iPhone shows a file instead of saving it, and asks where to put one that is shared.
 *
 * @param {File} file
 */
async function handOver(file) {
  const shared = { files: [file] };
  if (/iPhone|iPad|iPod/.test(navigator.userAgent) && navigator.canShare?.(shared)) {
    return navigator.share(shared).catch(() => undefined); // put away, or done
  }
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href, download: file.name }).click();
  window.setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
