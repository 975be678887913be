/**
 * The rows of the checklist. Only one item comes with the page; the rows of the others look alike on
 * all visits of an edition. They are fetched once the page is at rest, or when somebody looks at
 * them, and drawn up when somebody does: a cheap phone needs a second for all at once.
 *
 * @typedef {(row: HTMLElement, code: string, isFetched: boolean) => void} Begin  makes a row ready
 *   that has just come; one that was fetched is as empty as on all visits
 */
import { settled } from "../components/settled.mjs";
import { start } from "../components/start.mjs";
import { sheetRows } from "../offline/kept-pages.mjs";
import { placeOf } from "./progress.mjs";
import { byItem, coded } from "./row-text.mjs";

export class Rows {
  /** @type {Map<string, HTMLElement>} */
  #drawn = new Map();
  /** @type {Promise<Map<string, string> | null> | null} */
  #coming = null;
  #isSignedOut = false;

  /**
   * @param {HTMLElement} visit
   * @param {Record<string, string>} words
   * @param {Begin} begin
   */
  constructor(visit, words, begin) {
    this.visit = visit;
    this.words = words;
    this.begin = begin;
    this.#takeFrom(visit, false);
    if (visit.querySelector("[data-coming]")) settled().then(() => this.#all());
  }

  /** @returns {[string, HTMLElement][]} those that stand in the document, by their codes */
  get drawn() {
    return Array.from(this.#drawn);
  }

  /**
   * @param {string} last  the code that failed last
   * @returns {HTMLElement | undefined} the failed checkpoint in view, that one if it is among them
   */
  failedInView(last) {
    const failed = this.drawn.map(([, row]) => row).filter((row) => row.dataset.verdict === "fail" && row.offsetParent);
    return failed.find(({ dataset }) => dataset.code === last) ?? failed[0];
  }

  /** @param {string} code */
  ifDrawn(code) {
    return this.#drawn.get(code);
  }

  /**
   * @param {string} code
   * @returns {Promise<HTMLElement | undefined>} none where it cannot be had now
   */
  async of(code) {
    await this.drawUp(placeOf(code).item);
    return this.#drawn.get(code);
  }

  /**
   * Draw an item up, and say in its place how it stands until then.
   *
   * @param {string} item
   * @returns {Promise<boolean>} whether it was waiting until now, and is there
   */
  async drawUp(item) {
    const part = /** @type {HTMLElement | null} */ (this.visit.querySelector(`[data-item-part="${item}"]`));
    const place = /** @type {HTMLElement | null | undefined} */ (part?.querySelector("[data-coming]"));
    if (!part || !place) return false;
    tell(place, this.words.coming);
    const rows = (await this.#all())?.get(item);
    if (!place.isConnected) return false; // asked for twice
    if (!rows) return tell(place, this.#isSignedOut ? this.words.signed_out : this.words.not_here);
    const pattern = document.createElement("template");
    pattern.innerHTML = coded(rows);
    for (const taken of part.querySelectorAll("template")) putIn(pattern.content, taken);
    part.textContent = "";
    part.append(pattern.content);
    this.#takeFrom(part, true);
    start(part);
    return true;
  }

  /** @returns {Promise<Map<string, string> | null>} the rows of each item; null where they do not come */
  #all() {
    this.#coming ??= sheetRows(this.visit.dataset.rows ?? "").then(({ text, isSignedOut }) => {
      this.#isSignedOut = isSignedOut;
      if (text) return byItem(text);
      this.#coming = null; // to be tried anew
      return null;
    });
    return this.#coming;
  }

  /**
   * @param {HTMLElement} place
   * @param {boolean} isFetched
   */
  #takeFrom(place, isFetched) {
    for (const save of place.querySelectorAll("[data-save]")) save.setAttribute("hidden", "");
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-code]"))) {
      const code = row.dataset.code ?? "";
      this.#drawn.set(code, row);
      this.begin(row, code, isFetched);
    }
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} words
 */
function tell(place, words) {
  place.hidden = false;
  place.textContent = words;
  return false;
}

/**
 * Put the photographs that the service has into their strip.
 *
 * @param {DocumentFragment} rows
 * @param {HTMLTemplateElement} taken
 */
function putIn(rows, { dataset, content }) {
  rows.getElementById(dataset.taken ?? "")?.closest(".photo--add")?.before(content);
}
