/** A visit under way: every change kept on the phone at once, shown, and sent when there is signal. */
import { say } from "../components/toast.mjs";
import { worded, wordsIn } from "../components/worded.mjs";
import { changeVisit, shelf } from "../offline/desk.mjs";
import { hear, tell } from "../offline/news.mjs";
import { changeOf, fill } from "./fields.mjs";
import { Finish } from "./finish.mjs";
import { Judge } from "./judging.mjs";
import { Keeper } from "./keeper.mjs";
import { Overview } from "./overview.mjs";
import { hangCamera, PhotoStrip } from "./photo-strip.mjs";
import { rememberPlace, returnToPlace } from "./place.mjs";
import { Points } from "./points.mjs";
import { askForRemark, choose, countsOf, drawFinding, earlyTapOn, furnish, tellOutcome, verdictWord } from "./row.mjs";
import { Rows } from "./rows.mjs";
import { note, tellWhere } from "./saved-words.mjs";
import { furnishSheet, tellOwn } from "./sheet.mjs";
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
    this.points = new Points(wordsIn(element, "[data-points]"));
    this.photos = new PhotoStrip(element, this.words, () => this.kept);
    this.lastFailed = this.verdictBefore = "";
    /** @type {(() => void)[]} */
    this.early = [];
  }

  /** @param {any} samples  how many are asked, for an empty sheet */
  async begin(samples) {
    furnishSheet(this.element, this.kept, this.points, samples);
    this.rows = new Rows(this.element, this.words, this.#beginRow);
    this.overview = new Overview(this.rows, this.words, () => this.#verdicts());
    this.finish = new Finish(this);
    this.element.addEventListener("change", (event) => this.#aboutToChange(event), true);
    this.element.addEventListener("change", (event) => this.#changed(event));
    afterTyping(this.element, (event) => this.#changed(event));
    this.element.addEventListener("submit", (event) => event.preventDefault());
    hear("visit", ({ key }) => key === this.kept.key && this.#refresh());
    hangCamera(() => this.rows?.failedInView(this.lastFailed), () => say(this.words.which));
    rememberPlace(this.kept.key);
    for (const repeat of this.early.splice(0)) repeat(); // now there is somebody to hear it
    await returnToPlace(this.kept, this.overview, this.finish);
    this.element.dataset.ready = "";
    await this.#tellWhere();
  }

  /** @returns {import("./progress.mjs").Point[]} as they stand on the page, which is ahead of what is kept */
  #verdicts() {
    const verdict = (/** @type {string} */ code) => this.rows?.ifDrawn(code)?.dataset.verdict ?? this.kept.answers[code].entry.verdict ?? "";
    return this.points.all.map(({ code }) => ({ code, verdict: verdict(code) }));
  }

  /** @type {import("./rows.mjs").Begin} */
  #beginRow = (row, code, isFetched) => {
    const point = this.points.at(code);
    this.early.push(earlyTapOn(row));
    tellOwn(row, point);
    furnish(row);
    if (isFetched) row.toggleAttribute("open", !this.judge.isSettled(this.points.factsOf(code, this.kept.answers[code].entry)));
    this.#show(row, code, this.kept.answers[code].entry);
    tellOutcome(row, this.judge, point.asked, this.words);
    this.photos.show(row, code);
  };

  /** @type {(row: HTMLElement, code: string) => void} */
  #drawFinding = (row, code) => {
    if (drawFinding(row, code, this.kept.answers[code].entry)) this.photos.show(row, code);
  };

  /**
   * @param {HTMLElement} row
   * @param {string} code
   * @param {Entry} entry
   */
  #show(row, code, entry) {
    if (entry.verdict === "fail") this.#drawFinding(row, code);
    fill(row, code, entry);
    const asked = /** @type {HTMLInputElement | null} */ (row.querySelector("[data-asked]"));
    if (asked && asked.value === "") asked.value = asked.defaultValue; // so many are proposed
    choose(row, entry.verdict);
    askForRemark(row, this.judge, this.points.factsOf(code, entry));
  }

  /** @param {Event} event  on its way down, before the row hears of it */
  #aboutToChange(event) {
    const row = /** @type {Element} */ (event.target).closest("[data-code]");
    if (!(row instanceof HTMLElement)) return;
    this.verdictBefore = row.dataset.verdict ?? "";
    this.#drawFinding(row, row.dataset.code ?? "");
  }

  /** @param {Event} event */
  #changed(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (field.closest("[data-code]"));
    if (!row) return;
    if (field.type === "file") return void this.photos.take(field, row.dataset.code ?? "");
    const change = changeOf(field, row);
    if (!change) return;
    if (field.closest("[data-counting]")) Object.assign(change.changes, countsOf(row));
    if (field.closest("[data-counting], [data-drill]")) this.#judge(row, change);
    if ("verdict" in change.changes) {
      choose(row, /** @type {string} */ (change.changes.verdict)); // the row's own script may still be on its way
      this.#offerUndo(row, change.code);
    }
    if (row.dataset.verdict === "fail") this.lastFailed = change.code;
    this.#keep(row, change);
  }

  /**
   * Figures choose the verdict, unless it is changed as well.
   *
   * @param {HTMLElement} row
   * @param {{ code: string, changes: Entry }} change
   */
  #judge(row, { code, changes }) {
    tellOutcome(row, this.judge, this.points.at(code).asked, this.words);
    const verdict = this.judge.verdictOf(this.points.factsOf(code, { ...this.kept.answers[code].entry, ...changes }));
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
      this.#keep(row, { code, changes: { verdict: before } });
    };
    say(`${code} ${verdictWord(row)}`, { word: this.words.undo, undo });
  }

  /**
   * @param {HTMLElement | undefined} row  if it has been drawn up
   * @param {{ code: string, changes: Entry }} change
   */
  async #keep(row, { code, changes }) {
    this.overview?.answered(code);
    const kept = await this.keeper.keep(code, changes);
    if (!kept) say(this.words.full);
    else {
      this.kept = kept;
      if (row) askForRemark(row, this.judge, this.points.factsOf(code, kept.answers[code].entry));
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
      const undo = async () => {
        const row = await this.rows?.of(code);
        if (row) this.#show(row, code, mine);
        this.#keep(row, { code, changes: mine });
      };
      say(worded(this.words.overtaken, { code }), { word: this.words.mine, undo });
    }
  }

  /** Take over what the service or another tab has changed, except where somebody is writing. */
  async #refresh() {
    const before = this.kept;
    this.kept = await shelf.get("visits", before.key);
    for (const [code, row] of this.rows?.drawn ?? []) {
      const [was, is] = [before.answers[code], this.kept.answers[code]];
      if (!is.isDirty && JSON.stringify(was.entry) !== JSON.stringify(is.entry)) this.#show(row, code, is.entry);
      this.photos.show(row, code);
    }
    this.overview?.draw();
    await this.#tellOvertaken();
    if (this.kept.sentence && this.kept.sentence !== before.sentence) say(this.kept.sentence);
    await this.#tellWhere();
  }
}
