/**
 * Time a drill by the clock and not by counting, so that a locked screen costs nothing.
 * What is kept are whole seconds, rounded up: 60.1 seconds are past a limit of 60.
 */

import { face, kept, share } from "./seconds.mjs";

/** One stopwatch with its parts. Its moments are those of the clock, in milliseconds. */
class Stopwatch {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.limit = Number(element.dataset.limit);
    this.words = JSON.parse(this.part("[data-watch-words]").textContent ?? "{}");
    this.startedAt = 0;
    this.total = /** @type {HTMLInputElement} */ (element.querySelector("[data-by-hand] input"));
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  part(selector) {
    return /** @type {HTMLElement} */ (this.element.querySelector(selector));
  }

  get passed() {
    return this.startedAt ? Date.now() - this.startedAt : 0;
  }

  start() {
    this.reset();
    this.startedAt = Date.now();
    this.part("[data-toggle]").textContent = this.words.stop;
    this.ableSteps(true);
    this.awake = stayAwake();
    this.tick();
  }

  stop() {
    const ms = this.passed;
    this.startedAt = 0;
    this.ableSteps(false);
    this.part("[data-toggle]").textContent = this.words.start;
    this.awake?.then((lock) => lock?.release());
    this.show(ms);
    this.part("[data-spoken]").textContent = this.words.stamped.replace("{seconds}", face(ms));
    write(this.total, kept(ms));
  }

  reset() {
    this.startedAt = 0;
    for (const input of this.element.querySelectorAll("input")) write(input, "");
    for (const button of this.steps()) this.press(button, "");
    this.ableSteps(false);
    this.part("[data-toggle]").textContent = this.words.start;
    this.show(0);
  }

  tick() {
    if (!this.startedAt || !this.element.isConnected) return;
    this.show(this.passed);
    window.requestAnimationFrame(() => this.tick());
  }

  /** @param {number} ms */
  show(ms) {
    const over = ms - this.limit * 1000;
    this.part("[data-time]").textContent = face(ms);
    this.part("[data-arc]").setAttribute("stroke-dasharray", `${share(ms, this.limit)} 200`);
    this.part("[data-arc]").toggleAttribute("hidden", ms === 0); // a round end would leave a dot
    this.element.classList.toggle("watch--over", over > 0);
    this.part("[data-limit-words]").textContent =
      over > 0 ? this.words.over.replace("{seconds}", face(over)) : this.words.limit;
  }

  /** @returns {HTMLButtonElement[]} */
  steps() {
    return Array.from(this.element.querySelectorAll("[data-stamp]"));
  }

  /** @param {boolean} isAble */
  ableSteps(isAble) {
    for (const button of this.steps()) button.disabled = !isAble;
  }

  /** @param {HTMLButtonElement} button  the step that has just been made */
  stamp(button) {
    const input = document.getElementById(button.dataset.stamp ?? "");
    const seconds = kept(this.passed);
    if (input instanceof HTMLInputElement) write(input, seconds);
    this.press(button, this.words.stamped.replace("{seconds}", String(seconds)));
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {string} words  empty takes the stamp away
   */
  press(button, words) {
    button.setAttribute("aria-pressed", String(words !== ""));
    const place = button.querySelector("[data-stamped]");
    if (place) place.textContent = words;
  }
}

/** Where the phone allows it; where not, the clock goes on in the dark. */
async function stayAwake() {
  const { wakeLock } = /** @type {any} */ (navigator);
  return wakeLock?.request("screen").catch(() => undefined);
}

/**
 * @param {HTMLInputElement} input
 * @param {number | string} value
 */
function write(input, value) {
  if (input.value === String(value)) return;
  input.value = String(value);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {HTMLElement} element */
export default function stopwatch(element) {
  const watch = new Stopwatch(element);
  watch.part("[data-face]").hidden = false;
  watch.part("[data-buttons]").hidden = false;
  /** @type {HTMLDetailsElement} */ (watch.part("[data-by-hand]")).open = false;
  if (watch.total.value) watch.show(Number(watch.total.value) * 1000);
  watch.part("[data-toggle]").addEventListener("click", () => (watch.startedAt ? watch.stop() : watch.start()));
  watch.part("[data-reset]").addEventListener("click", () => watch.reset());
  for (const button of watch.steps()) button.addEventListener("click", () => watch.stamp(button));
}
