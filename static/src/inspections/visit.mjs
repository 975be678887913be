/**
 * The visit page with script: one item at a time, every change kept at once, photographs
 * sent while one goes on. Without this file the page is one long form per item.
 */
import { say } from "../components/toast.mjs";
import { AnswerSaver } from "./answer-saver.mjs";
import { changeOf, fill } from "./fields.mjs";
import { Overview } from "./overview.mjs";
import { hangCamera, PhotoStrip } from "./photo-strip.mjs";
import { pause, send } from "./post.mjs";
import { askForRemark, choose, countsOf, furnish, judge, verdictWord } from "./row.mjs";
import { note, tellOutcome } from "./saved-words.mjs";
import { remember, remembered } from "./shelf.mjs";

/** @typedef {import("./answer-saver.mjs").Outcome} Outcome */
/** @typedef {import("./answer-saver.mjs").Changes} Changes */

const TYPING_PAUSE_MS = 800;

/** @param {HTMLElement} element */
export default function visit(element) {
  new Visit(element).begin();
}

class Visit {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.words = JSON.parse(element.querySelector("[data-visit-words]")?.textContent ?? "{}");
    this.shelf = `visit-${element.dataset.inspection}`;
    this.overview = new Overview(element, this.words);
    this.saver = new AnswerSaver({
      send: (code, version, changes) => this.#send(code, version, changes),
      pause,
      tell: (code, outcome) => this.#tell(code, outcome),
      remember: (waiting) => remember(this.shelf, waiting),
    });
    this.photos = new PhotoStrip({ dataset: element.dataset, words: this.words, saver: this.saver });
    this.typing = 0;
    this.lastFailed = "";
    this.verdictBefore = "";
  }

  begin() {
    for (const save of this.element.querySelectorAll("[data-save]")) save.setAttribute("hidden", "");
    for (const row of this.#rows()) this.#beginRow(row);
    this.element.addEventListener("change", (event) => this.#aboutToChange(event), true);
    this.element.addEventListener("change", (event) => this.#changed(event));
    this.element.addEventListener("input", (event) => this.#typed(event));
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("beforeunload", (event) => this.#leave(event));
    hangCamera(() => this.#failedInView(), () => say(this.words.which));
    this.#sendWhatWaited();
  }

  /** @returns {HTMLElement[]} */
  #rows() {
    return Array.from(this.element.querySelectorAll("[data-code]"));
  }

  /** @returns {HTMLElement | undefined} the failed checkpoint in view that was touched last */
  #failedInView() {
    const failed = this.#rows().filter((row) => row.dataset.verdict === "fail" && row.offsetParent);
    return failed.find(({ dataset }) => dataset.code === this.lastFailed) ?? failed[0];
  }

  /** @param {string} code */
  #row(code) {
    return /** @type {HTMLElement} */ (this.element.querySelector(`[data-code="${code}"]`));
  }

  /** @param {HTMLElement} row */
  #beginRow(row) {
    const version = /** @type {HTMLInputElement} */ (row.querySelector("[data-version]"));
    this.saver.know(row.dataset.code ?? "", Number(version.value));
    furnish(row);
    askForRemark(row, row.querySelector("[data-remark=needed]") !== null);
    judge(row, this.words, false);
  }

  /** @param {Event} event  on its way down, before the row hears of it */
  #aboutToChange(event) {
    const row = /** @type {Element} */ (event.target).closest("[data-code]");
    if (row instanceof HTMLElement) this.verdictBefore = row.dataset.verdict ?? "";
  }

  /** @param {Event} event */
  #changed(event) {
    window.clearTimeout(this.typing);
    const field = /** @type {HTMLInputElement} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (field.closest("[data-code]"));
    if (!row) return;
    if (field.type === "file") {
      this.photos.take(field, row.dataset.code ?? "");
      return;
    }
    const change = changeOf(field, row);
    if (!change) return;
    if (field.closest("[data-counting]")) {
      Object.assign(change.changes, countsOf(row));
      judge(row, this.words, true);
    }
    if ("verdict" in change.changes) this.#offerUndo(row, change.code);
    if (row.dataset.verdict === "fail") this.lastFailed = change.code;
    this.overview.answered(change.code);
    note("sending", this.words.saving);
    this.saver.change(change.code, change.changes);
  }

  /**
   * A slip of the thumb is taken back within six seconds.
   *
   * @param {HTMLElement} row
   * @param {string} code
   */
  #offerUndo(row, code) {
    const before = this.verdictBefore || null;
    const undo = () => this.#putBack(code, { verdict: before });
    say(`${code} ${verdictWord(row)}`, { word: this.words.undo, undo });
  }

  /** @param {Event} event */
  #typed(event) {
    const field = /** @type {HTMLElement} */ (event.target);
    if (!field.matches("textarea, input:not([type])")) return;
    window.clearTimeout(this.typing);
    this.typing = window.setTimeout(() => this.#changed(event), TYPING_PAUSE_MS);
  }

  /** @param {Event} event */
  #clicked(event) {
    const button = /** @type {Element} */ (event.target).closest("[name=remove]");
    const row = button?.closest("[data-code]");
    if (button instanceof HTMLElement && row instanceof HTMLElement) {
      event.preventDefault();
      this.photos.remove(button, row.dataset.code ?? "");
    }
  }

  /**
   * @param {string} code
   * @param {number} version
   * @param {Changes} changes
   */
  #send(code, version, changes) {
    const address = (this.element.dataset.answers ?? "").replace("CODE", code);
    return send("PUT", address, this.element.dataset.csrf ?? "", { version, changes });
  }

  /**
   * @param {string} code
   * @param {Outcome} outcome
   */
  #tell(code, outcome) {
    const row = this.#row(code);
    const entry = /** @type {Changes | undefined} */ (outcome.entry);
    if (entry) {
      if (outcome.kind === "stale") fill(row, code, entry, outcome.mine);
      choose(row, /** @type {string | null} */ (entry.verdict));
      askForRemark(row, "remark" in /** @type {object} */ (outcome.gaps));
      this.overview.draw();
    }
    if (outcome.kind === "kept" && this.saver.isWaiting) return; // "saved" is said when all of it is
    tellOutcome(outcome, this.words, (mine) => this.#putBack(code, mine));
  }

  /** What a closed page had not delivered is shown in its fields, and sent. */
  #sendWhatWaited() {
    for (const [code, changes] of Object.entries(remembered(this.shelf))) {
      if (this.#row(code)) this.#putBack(code, changes);
    }
  }

  /**
   * @param {string} code
   * @param {Changes} changes  shown in their fields, and sent
   */
  #putBack(code, changes) {
    const row = this.#row(code);
    fill(row, code, changes, changes);
    if ("verdict" in changes) choose(row, /** @type {string | null} */ (changes.verdict));
    this.overview.draw();
    note("sending", this.words.saving);
    this.saver.change(code, changes);
  }

  /** @param {BeforeUnloadEvent} event */
  #leave(event) {
    if (this.photos.underWay === 0) return; // answers wait on the phone, photographs cannot
    event.preventDefault();
    event.returnValue = "";
  }
}
