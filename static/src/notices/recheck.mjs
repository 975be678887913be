/**
 * The page of a re-check. What is judged, written and photographed is kept on the phone as it
 * comes; handed in, it goes by itself with signal, and what it has led to is shown.
 */
import { Locator } from "../camera/locate.mjs";
import { PhotoRefused } from "../camera/refused.mjs";
import { takePhoto } from "../camera/take.mjs";
import { say } from "../components/toast.mjs";
import { worded, wordsIn } from "../components/worded.mjs";
import { changeVisit, keepPhoto, now, placeLater, shelf } from "../offline/desk.mjs";
import { drawOn } from "../offline/drawing.mjs";
import { makeKey } from "../offline/keys.mjs";
import { hear, tell } from "../offline/news.mjs";
import { reopenHeldUp } from "../offline/parcels.mjs";
import { wholePhoto } from "../offline/photos.mjs";
import { begunRecheck, filledIn, handedInRecheck, photosOf, recheckIn } from "../offline/rechecks.mjs";
import { ShelfFull } from "../offline/shelf.mjs";
import { withPhoto } from "../offline/visits.mjs";
import { fillForm, missingIn, readForm, wallClock } from "./recheck-form.mjs";
import { Shots } from "./shots.mjs";

/** @typedef {import("../offline/visits.mjs").Visit} Visit */

/** @param {HTMLElement} element  the form */
export default async function recheck(element) {
  const page = new Page(/** @type {HTMLFormElement} */ (element));
  await page.begin();
  element.dataset.ready = "";
}

class Page {
  #locate = new Locator();
  /** @type {Visit | null} what lies on the phone of this re-check */
  #own = null;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.about = JSON.parse(form.dataset.about ?? "{}");
    this.words = { ...wordsIn(document, "[data-camera-words]"), ...wordsIn(document, "[data-recheck-words]") };
    this.state = /** @type {HTMLElement} */ (form.querySelector("[data-told]"));
    const button = /** @type {HTMLButtonElement} */ (document.querySelector(`button[form="${form.id}"]`));
    this.question = { asked: /** @type {HTMLDialogElement} */ (button.closest("dialog")), whole: /** @type {HTMLElement} */ (button.closest("details")) };
    this.shots = new Shots(form, this.words, {
      takenOut: (sha256, finding) => this.#takeOut(sha256, finding),
      opened: (sha256, finding) => this.#open(sha256, finding),
    });
  }

  async begin() {
    const { inspection, officer } = this.about;
    const isOwn = (/** @type {Visit} */ each) => each.officer === officer && each.recheck?.inspection === inspection && (each.state === "draft" || each.state === "handed_in");
    const known = /** @type {Visit | undefined} */ ((await shelf.all("visits")).find(isOwn));
    if (known?.state === "handed_in") await reopenHeldUp(shelf, known.key);
    this.#own = known ? await shelf.get("visits", known.key) : null;
    if (this.#own) fillForm(this.form, recheckIn(this.#own), this.about.zone);
    else if (document.documentElement.dataset.kept !== undefined) this.#setClock();
    await this.#draw();
    this.form.addEventListener("input", () => this.#keep());
    this.form.addEventListener("change", (event) => this.#changed(/** @type {HTMLInputElement} */ (event.target)));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.question.asked.close?.();
      this.#handIn();
    });
    hear("visit", ({ key }) => key === this.#own?.key && this.#told(key));
    hear("photo", (photo) => this.shots.mark(photo));
  }

  /** A page that was kept tells the time at which it was fetched. */
  #setClock() {
    const field = /** @type {HTMLInputElement | null} */ (this.form.elements.namedItem("rechecked_at"));
    if (field) field.value = wallClock(new Date(), this.about.zone);
  }

  /** @param {HTMLInputElement} field */
  async #changed(field) {
    if (field.type !== "file") return this.#keep();
    const part = /** @type {HTMLElement} */ (field.closest("[data-finding]"));
    const files = Array.from(field.files ?? []);
    field.value = ""; // the form must not send them once more
    /** @type {HTMLElement} */ (part.querySelector("[data-chosen]")).hidden = true; // a tile shows each
    for (const file of files) await this.#take(file, part.dataset.finding ?? "");
  }

  /** @returns {Promise<boolean>} whether there was room for what stands in the form */
  async #keep() {
    const { officer, factory, inspection, visit, zone } = this.about;
    const filled = readForm(this.form, zone);
    const fresh = begunRecheck({ key: makeKey(), officer, factory, inspection, visit }, now());
    const key = (this.#own ??= fresh).key;
    try {
      this.#own = await changeVisit(key, (own) => filledIn(own ?? fresh, filled, now()));
      return true;
    } catch (fault) {
      if (!(fault instanceof ShelfFull)) throw fault;
      say(this.words.full);
      return false;
    }
  }

  /**
   * @param {File} file
   * @param {string} finding
   */
  async #take(file, finding) {
    if (!(await this.#keep()) || !this.#own) return;
    const { key, officer } = this.#own;
    if (photosOf(this.#own, Number(finding)).length >= this.about.most_photos) return say(this.words.most);
    try {
      const shot = await takePhoto(file, { source: "camera", locate: this.#locate });
      await keepPhoto(key, { ...shot, officer, state: "local", addedAt: now() }, { code: finding, moment: "after" });
      if (!shot.place) placeLater(shot.sha256, this.#locate.later());
    } catch (fault) {
      say(this.words[fault instanceof PhotoRefused ? fault.reason : "full"] ?? this.words.full);
    }
  }

  /**
   * @param {string} sha256
   * @param {string} finding
   */
  async #takeOut(sha256, finding) {
    if (!this.#own) return;
    await changeVisit(this.#own.key, (own) => withPhoto(own, { sha256, code: finding, moment: "after" }, "detach", now()));
  }

  /**
   * Draw on a photograph; what was drawn takes its place, and both go.
   *
   * @param {string} sha256
   * @param {string} finding
   */
  async #open(sha256, finding) {
    if (this.#own?.state !== "draft") return;
    const photo = await wholePhoto(shelf, sha256);
    if (!photo) return say(this.words.gone_ahead);
    await drawOn(this.#own, photo, { code: finding, moment: "after" }, this.words);
  }

  async #handIn() {
    const [missing] = missingIn(readForm(this.form, this.about.zone), this.about.rules);
    if (missing) return this.#sayMissing(missing);
    if (!(await this.#keep()) || !this.#own) return;
    this.#own = await changeVisit(this.#own.key, (own) => handedInRecheck(own, now()));
    tell("send");
  }

  /** @param {{ word: string, code?: string, finding?: number }} missing */
  #sayMissing({ word, code = "", finding }) {
    say(worded(this.words[word], { code }));
    const field = finding ? this.form.elements.namedItem(`finding-${finding}-reason`) : null;
    if (field instanceof HTMLElement) field.focus();
  }

  /** @param {string} key  of what has changed on the shelf */
  async #told(key) {
    this.#own = await shelf.get("visits", key);
    if (this.#own?.state === "delivered") return window.location.assign(this.#own.address ?? "/rechecks");
    await this.#draw();
  }

  /** What is handed in is shut until the service has answered. */
  async #draw() {
    const isShut = this.#own?.state === "handed_in";
    for (const field of this.form.querySelectorAll("input, textarea, select, button")) /** @type {HTMLInputElement} */ (field).disabled = isShut;
    this.question.whole.hidden = isShut;
    if (this.#own) await this.shots.show(this.#own);
    const gone = (this.#own?.recheck?.judgements ?? []).filter(({ isGone }) => isGone).map(({ code }) => code);
    const told = isShut ? [this.words.waiting] : [this.#own?.sentence, gone.length ? worded(this.words.gone, { codes: gone.join(" ") }) : ""];
    const sentence = told.filter(Boolean).join(" ");
    if (sentence === this.state.textContent) return;
    this.state.textContent = sentence;
    this.state.hidden = !sentence;
    if (sentence) this.state.scrollIntoView({ block: "center" }); // the button is far below it
  }
}
