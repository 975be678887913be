/** The tabs, chips and rings around the checklist, and the way to what comes next. */
import { drawRing } from "../components/ring.mjs";
import { settled } from "../components/settled.mjs";
import { worded } from "../components/worded.mjs";
import { figuresOf, nextOpen, placeOf } from "./progress.mjs";

/** @typedef {import("./progress.mjs").Figures} Figures */

/**
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
const all = (selector) => Array.from(document.querySelectorAll(selector));

export class Overview {
  /**
   * @param {import("./rows.mjs").Rows} rows
   * @param {Record<string, string>} words
   * @param {() => import("./progress.mjs").Point[]} points  with their verdicts
   */
  constructor(rows, words, points) {
    this.rows = rows;
    this.words = words;
    this.points = points;
    this.next = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-next]"));
    this.answeredLast = "";
    this.nextCode = "";
    this.item = ""; // that is shown
    for (const link of all("[data-group], [data-item]")) link.addEventListener("click", (event) => this.#follow(event, link));
    this.next.addEventListener("click", (event) => this.#goOn(event));
    window.addEventListener("hashchange", () => {
      window.scrollTo(0, 0);
      this.showWhatTheAddressNames();
    });
    window.addEventListener("online", () => this.#drawUp(this.item));
    const isLed = window.location.hash !== "";
    this.shown = this.showWhatTheAddressNames();
    this.draw();
    if (isLed) window.scrollTo(0, 0); // the browser has gone to where the item stood before the rest was hidden
  }

  /** @param {string} code  that has just been answered */
  answered(code) {
    this.answeredLast = code;
    this.draw();
  }

  async showWhatTheAddressNames() {
    if (window.location.hash === "#finish") return;
    const [, kind, name] = /^#(item|checkpoint)-(.+)$/.exec(window.location.hash) ?? [];
    const points = this.points();
    const first = nextOpen(points, "") || points[0].code;
    if (kind === "checkpoint") return void (await this.open(name.toUpperCase()));
    await this.show(placeOf((name ?? first).toUpperCase()).item);
  }

  /**
   * @param {string} item  which the address remembers, for when the page is loaded again
   * @returns {Promise<void>} kept once it is drawn up, or cannot be
   */
  show(item) {
    const group = item.slice(0, 1);
    this.item = item;
    if (window.location.hash) this.#noteInAddress();
    else settled().then(() => window.location.hash || this.#noteInAddress()); // it waits for the browser
    for (const part of all("[data-item-part]")) part.hidden = part.dataset.itemPart !== item;
    for (const tab of all("[data-group]")) mark(tab, tab.dataset.group === group);
    for (const chip of all("[data-item]")) {
      chip.hidden = chip.dataset.item?.slice(0, 1) !== group;
      mark(chip, chip.dataset.item === item);
      if (chip.dataset.item === item) window.requestAnimationFrame(() => intoView(chip)); // when the page is laid out anyway
    }
    return this.#drawUp(item);
  }

  #noteInAddress() {
    const hash = `#item-${this.item}`;
    if (window.location.hash !== hash) window.history.replaceState(window.history.state, "", hash);
  }

  /** @param {string} item */
  async #drawUp(item) {
    if (await this.rows.drawUp(item)) this.draw();
  }

  /**
   * @param {string} code
   * @returns {Promise<HTMLElement | null>} the row, opened and in view; null if somebody has gone on before it came
   */
  async open(code) {
    const { item } = placeOf(code);
    await this.show(item);
    const row = /** @type {HTMLDetailsElement | undefined} */ (this.rows.ifDrawn(code));
    if (!row || this.item !== item) return null;
    row.open = true;
    row.scrollIntoView({ block: "start" });
    return row;
  }

  draw() {
    const points = this.points();
    for (const tab of all("[data-group]")) {
      const figures = figuresOf(points.filter(({ code }) => code.startsWith(tab.dataset.group ?? "")));
      write(tab, "[data-count]", `${figures.done}/${figures.total}`);
      drawFailures(tab, figures.failed);
    }
    for (const chip of all("[data-item]")) {
      const figures = figuresOf(points.filter(({ code }) => code.startsWith(chip.dataset.item ?? "")));
      this.#drawItem(chip, figures);
    }
    const whole = figuresOf(points);
    const ring = document.querySelector("[data-whole] [data-ring]");
    if (ring) drawRing(ring, { done: whole.done, total: whole.total, text: String(whole.done) });
    this.#drawNext(nextOpen(points, this.answeredLast));
  }

  /**
   * @param {HTMLElement} chip
   * @param {Figures} figures
   */
  #drawItem(chip, figures) {
    const ring = chip.querySelector("[data-ring]");
    const isWhole = figures.done === figures.total;
    if (ring) drawRing(ring, { ...figures, text: isWhole ? "" : String(figures.done) });
    const tick = document.querySelector("[data-tick]");
    if (isWhole && tick instanceof HTMLTemplateElement) ring?.querySelector(".ring__text")?.append(tick.content.cloneNode(true));
    write(chip, "[data-count]", `${figures.done}/${figures.total}`);
    drawFailures(chip, figures.failed);
    const part = document.querySelector(`[data-item-part="${chip.dataset.item}"]`);
    if (part) write(part, "[data-item-count]", worded(this.words.counted, { ...figures }));
  }

  /** @param {string} code  empty when all are answered */
  #drawNext(code) {
    this.nextCode = code;
    this.next.href = code ? `#checkpoint-${code.toLowerCase()}` : "#finish";
    write(this.next, "[data-next-words]", code ? worded(this.words.next, { code }) : this.words.finish);
  }

  /** @param {Event} event */
  async #goOn(event) {
    const code = this.nextCode;
    if (!code) return;
    event.preventDefault();
    const row = await this.open(code);
    row?.querySelector("summary")?.focus({ preventScroll: true });
  }

  /**
   * @param {Event} event
   * @param {HTMLElement} link
   */
  #follow(event, link) {
    event.preventDefault();
    const group = link.dataset.group;
    const inGroup = this.points().filter(({ code }) => code.startsWith(group ?? ""));
    this.show(link.dataset.item ?? placeOf(nextOpen(inGroup, "") || inGroup[0].code).item);
    window.scrollTo(0, 0);
  }
}

/**
 * @param {Element} element
 * @param {boolean} isCurrent
 */
function mark(element, isCurrent) {
  if (isCurrent) element.setAttribute("aria-current", "true");
  else element.removeAttribute("aria-current");
}

/** @param {HTMLElement} chip */
function intoView(chip) {
  const strip = /** @type {HTMLElement} */ (chip.parentElement);
  strip.scrollLeft = chip.offsetLeft - (strip.clientWidth - chip.offsetWidth) / 2;
}

/**
 * @param {Element} place
 * @param {number} count
 */
function drawFailures(place, count) {
  const failures = /** @type {HTMLElement | null} */ (place.querySelector("[data-failures]"));
  if (!failures) return;
  failures.hidden = count === 0;
  write(failures, "[data-number]", String(count));
}

/**
 * @param {Element} place
 * @param {string} selector
 * @param {string} text
 */
function write(place, selector, text) {
  const element = place.querySelector(selector);
  if (element && element.textContent !== text) element.textContent = text;
}
