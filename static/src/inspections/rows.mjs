/**
 * The rows of the checklist. An item that nobody looks at waits as the text for browsers without
 * script, and is drawn up when somebody does: a cheap phone needs a second for all at once.
 */
import { start } from "../components/start.mjs";
import { placeOf } from "./progress.mjs";

export class Rows {
  /** @type {Map<string, HTMLElement>} */
  #drawn = new Map();

  /**
   * @param {HTMLElement} visit
   * @param {(row: HTMLElement, code: string) => void} begin  makes a row ready that has just been drawn up
   */
  constructor(visit, begin) {
    this.visit = visit;
    this.begin = begin;
    this.#takeFrom(visit);
  }

  /** @returns {[string, HTMLElement][]} those that stand in the document, by their codes */
  get drawn() {
    return Array.from(this.#drawn);
  }

  /** @param {string} code */
  ifDrawn(code) {
    return this.#drawn.get(code);
  }

  /** @param {string} code */
  of(code) {
    this.drawUp(placeOf(code).item);
    return /** @type {HTMLElement} */ (this.#drawn.get(code));
  }

  /**
   * @param {string} item
   * @returns {boolean} whether it had been waiting until now
   */
  drawUp(item) {
    const part = /** @type {HTMLElement | null} */ (this.visit.querySelector(`[data-item-part="${item}"]`));
    const waiting = part?.querySelector("noscript");
    if (!part || !waiting) return false;
    const pattern = document.createElement("template");
    pattern.innerHTML = waiting.textContent ?? "";
    waiting.replaceWith(pattern.content);
    this.#takeFrom(part);
    start(part);
    return true;
  }

  /** @param {HTMLElement} place */
  #takeFrom(place) {
    for (const save of place.querySelectorAll("[data-save]")) save.setAttribute("hidden", "");
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-code]"))) {
      const code = row.dataset.code ?? "";
      this.#drawn.set(code, row);
      this.begin(row, code);
    }
  }
}
