/** A visit under way: every change kept on the phone at once, shown, and sent when there is signal. */
import { say } from "../components/toast.mjs";
import { worded, wordsIn } from "../components/worded.mjs";
import { changeVisit, shelf } from "../offline/desk.mjs";
import { hear, tell } from "../offline/news.mjs";
import { changeOf, fill } from "./fields.mjs";
import { FinishPart } from "./finish-part.mjs";
import { askedIn, Judge } from "./judging.mjs";
import { Keeper } from "./keeper.mjs";
import { Overview } from "./overview.mjs";
import { hangCamera, PhotoStrip } from "./photo-strip.mjs";
import { rememberPlace, returnToPlace } from "./place.mjs";
import { askForRemark, choose, countsOf, furnish, tellOutcome, verdictWord } from "./row.mjs";
import { note, tellWhere } from "./saved-words.mjs";
import { furnishSheet } from "./sheet.mjs";
import { afterTyping } from "./typing.mjs";

/** @typedef {import("../offline/visits.mjs").Visit} Kept */
/** @typedef {import("../offline/visits.mjs").Entry} Entry */

export class Visit {
  /**
   * @param {HTMLElement} element
   * @param {Kept} kept
   */
  constructor(element, kept) {
    this.element = element;
    this.kept = kept;
    this.keeper = new Keeper(kept.key);
    this.words = { ...wordsIn(element, "[data-visit-words]"), ...wordsIn(element, "[data-camera-words]") };
    this.judge = new Judge(wordsIn(element, "[data-judging]"));
    this.photos = new PhotoStrip(element, this.words, () => this.kept);
    this.lastFailed = "";
    this.verdictBefore = "";
  }

  async begin() {
    await furnishSheet(this.element, this.kept);
    for (const save of this.element.querySelectorAll("[data-save]")) save.setAttribute("hidden", "");
    for (const row of this.#rows()) this.#beginRow(row);
    this.overview = new Overview(this.element, this.words);
    this.finish = new FinishPart(this.element, this.words, this.judge, () => this.kept);
    this.element.addEventListener("change", (event) => this.#aboutToChange(event), true);
    this.element.addEventListener("change", (event) => this.#changed(event));
    afterTyping(this.element, (event) => this.#changed(event));
    this.element.addEventListener("submit", (event) => event.preventDefault());
    hear("visit", ({ key }) => key === this.kept.key && this.#refresh());
    hangCamera(() => this.#failedInView(), () => say(this.words.which));
    rememberPlace(this.kept.key);
    returnToPlace(this.kept, this.overview);
    this.#showPhotos();
    this.element.dataset.ready = "";
    await this.#tellWhere();
  }

  #showPhotos() {
    for (const code of new Set(this.kept.photos.map((photo) => photo.code))) this.photos.show(code);
  }

  /** @returns {HTMLElement[]} */
  #rows() {
    return Array.from(this.element.querySelectorAll("[data-code]"));
  }

  /** @param {string} code */
  #row(code) {
    return /** @type {HTMLElement} */ (this.element.querySelector(`[data-code="${code}"]`));
  }

  /** @returns {HTMLElement | undefined} the failed checkpoint in view that was touched last */
  #failedInView() {
    const failed = this.#rows().filter((row) => row.dataset.verdict === "fail" && row.offsetParent);
    return failed.find(({ dataset }) => dataset.code === this.lastFailed) ?? failed[0];
  }

  /** @param {HTMLElement} row */
  #beginRow(row) {
    const code = row.dataset.code ?? "";
    furnish(row);
    this.#show(row, code, this.kept.answers[code].entry);
    tellOutcome(row, this.judge, this.words);
  }

  /**
   * @param {HTMLElement} row
   * @param {string} code
   * @param {Entry} entry
   */
  #show(row, code, entry) {
    fill(row, code, entry);
    const asked = /** @type {HTMLInputElement | null} */ (row.querySelector("[data-asked]"));
    if (asked && asked.value === "") asked.value = asked.defaultValue; // so many are proposed
    choose(row, entry.verdict);
    askForRemark(row, this.judge, entry);
  }

  /** @param {Event} event  on its way down, before the row hears of it */
  #aboutToChange(event) {
    const row = /** @type {Element} */ (event.target).closest("[data-code]");
    if (row instanceof HTMLElement) this.verdictBefore = row.dataset.verdict ?? "";
  }

  /** @param {Event} event */
  #changed(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (field.closest("[data-code]"));
    if (!row) return;
    if (field.type === "file") {
      this.photos.take(field, row.dataset.code ?? "");
      return;
    }
    const change = changeOf(field, row);
    if (!change) return;
    if (field.closest("[data-counting]")) Object.assign(change.changes, countsOf(row));
    if (field.closest("[data-counting], [data-drill]")) this.#judge(row, change);
    if ("verdict" in change.changes) this.#offerUndo(row, change.code);
    if (row.dataset.verdict === "fail") this.lastFailed = change.code;
    this.#keep(change.code, change.changes);
  }

  /**
   * Figures choose the verdict, unless it is changed as well.
   *
   * @param {HTMLElement} row
   * @param {{ code: string, changes: Entry }} change
   */
  #judge(row, { code, changes }) {
    tellOutcome(row, this.judge, this.words);
    const verdict = this.judge.verdictOf({ ...askedIn(row), ...this.kept.answers[code].entry, ...changes });
    if (!verdict) return;
    changes.verdict = verdict;
    choose(row, verdict);
  }

  /**
   * A slip of the thumb is taken back within six seconds.
   *
   * @param {HTMLElement} row
   * @param {string} code
   */
  #offerUndo(row, code) {
    const before = this.verdictBefore || null;
    const undo = () => {
      choose(row, before);
      this.#keep(code, { verdict: before });
    };
    say(`${code} ${verdictWord(row)}`, { word: this.words.undo, undo });
  }

  /**
   * @param {string} code
   * @param {Entry} changes
   */
  async #keep(code, changes) {
    this.overview?.answered(code);
    const kept = await this.keeper.keep(code, changes);
    if (!kept) say(this.words.full);
    else {
      this.kept = kept;
      askForRemark(this.#row(code), this.judge, kept.answers[code].entry);
      tell("send");
    }
    await this.#tellWhere();
  }

  async #tellWhere() {
    if (this.keeper.isWhole) await tellWhere(this.kept, this.words);
    else note("refused", this.words.full);
  }

  /** A colleague's later answer stands in its place by now; one's own can be put back. */
  async #tellOvertaken() {
    for (const [code, mine] of Object.entries(this.kept.overtaken ?? {})) {
      this.kept = await changeVisit(this.kept.key, ({ overtaken: _told, ...visit }) => visit);
      const undo = () => {
        this.#show(this.#row(code), code, mine);
        this.#keep(code, mine);
      };
      say(worded(this.words.overtaken, { code }), { word: this.words.mine, undo });
    }
  }

  /** Take over what the service or another tab has changed, except where somebody is writing. */
  async #refresh() {
    const before = this.kept;
    this.kept = await shelf.get("visits", before.key);
    for (const row of this.#rows()) {
      const code = row.dataset.code ?? "";
      const [was, is] = [before.answers[code], this.kept.answers[code]];
      if (is.isDirty || JSON.stringify(was.entry) === JSON.stringify(is.entry)) continue;
      this.#show(row, code, is.entry);
    }
    this.overview?.draw();
    this.#showPhotos();
    await this.#tellOvertaken();
    if (this.kept.sentence && this.kept.sentence !== before.sentence) say(this.kept.sentence);
    await this.#tellWhere();
  }
}
