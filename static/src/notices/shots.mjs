/** The photographs of a re-check on its page, below the finding that each belongs to. */
import { markPhoto, showPicture, tellPlace } from "../offline/photo-tile.mjs";
import { shelf } from "../offline/desk.mjs";
import { photosOf } from "../offline/rechecks.mjs";

export class Shots {
  /**
   * @param {HTMLElement} form
   * @param {Record<string, string>} words
   * @param {Record<"takenOut" | "opened", (sha256: string, finding: string) => void>} does
   */
  constructor(form, words, does) {
    this.form = form;
    this.words = words;
    form.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      const tile = target.closest("[data-shots] [data-sha256]");
      const part = tile?.closest("[data-finding]");
      if (!(tile instanceof HTMLElement) || !(part instanceof HTMLElement)) return;
      event.preventDefault(); // the frame is a link, to be reached by keys
      const deed = target.closest("[data-remove]") ? "takenOut" : target.closest("a") ? "opened" : null;
      if (deed) does[deed](tile.dataset.sha256 ?? "", part.dataset.finding ?? "");
    });
  }

  /** @param {import("../offline/visits.mjs").Visit} own */
  async show(own) {
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.form.querySelectorAll("[data-finding]"))) {
      const strip = /** @type {HTMLElement} */ (part.querySelector("[data-shots]"));
      const wanted = photosOf(own, Number(part.dataset.finding));
      for (const tile of /** @type {NodeListOf<HTMLElement>} */ (strip.querySelectorAll("[data-sha256]"))) {
        if (!wanted.includes(tile.dataset.sha256 ?? "")) tile.remove();
      }
      for (const sha256 of wanted) if (!strip.querySelector(`[data-sha256="${sha256}"]`)) await this.#add(strip, sha256);
      strip.hidden = wanted.length === 0;
    }
  }

  /** @param {any} photo  all that is known of it, or only how it gets on */
  mark(photo) {
    const tile = /** @type {HTMLElement | null} */ (this.form.querySelector(`[data-sha256="${photo.sha256}"]`));
    if (tile) markPhoto(tile, photo, this.words);
    if (tile && photo.takenAt) tellPlace(tile, photo, this.words);
  }

  /**
   * @param {HTMLElement} strip
   * @param {string} sha256
   */
  async #add(strip, sha256) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-shot]"));
    const tile = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    tile.dataset.sha256 = sha256;
    strip.append(tile);
    const own = await shelf.get("photos", sha256);
    markPhoto(tile, own ?? { state: "readable" }, this.words);
    if (own) tellPlace(tile, own, this.words);
    const bytes = own?.thumbnail ?? (own && (await shelf.get("bytes", sha256)));
    if (bytes) showPicture(tile, bytes, own.thumbnail ? "image/jpeg" : own.type);
  }
}
