/** Whether the checklist is shown or the end of the visit, which is fetched when somebody comes to it. */
import { say } from "../components/toast.mjs";
import { hear } from "../offline/news.mjs";

export class Finish {
  /** @type {Promise<import("./finish-part.mjs").FinishPart | null> | null} */
  #coming = null;

  /** @param {import("./filling.mjs").Visit} filling */
  constructor(filling) {
    this.filling = filling;
    window.addEventListener("hashchange", () => this.draw());
    window.addEventListener("online", () => this.draw());
    hear("visit", () => this.draw());
    this.draw();
  }

  get isShown() {
    return window.location.hash === "#finish";
  }

  /** @returns {Promise<void>} kept once what the address names is shown, or cannot be had */
  async draw() {
    const part = this.isShown ? await this.#part() : null;
    if (this.isShown && !part) return say(this.filling.words.end_not_here); // the checklist stays
    show("[data-finish-part], [data-hand-in]", this.isShown);
    show("[data-checklist-only]", !this.isShown);
    this.filling.element.hidden = this.isShown;
    if (this.isShown) part?.draw();
  }

  /** @returns {Promise<import("./finish-part.mjs").FinishPart | null>} null where it cannot be had now */
  #part() {
    this.#coming ??= import("./finish-part.mjs").then(
      ({ FinishPart }) => new FinishPart(this.filling),
      () => (this.#coming = null), // to be tried anew
    );
    return this.#coming;
  }
}

/**
 * @param {string} selector
 * @param {boolean} isShown
 */
function show(selector, isShown) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector))) element.hidden = !isShown;
}
