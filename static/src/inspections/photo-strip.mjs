/** The photographs of a checkpoint: taken, shrunk, kept on the phone, each with its state. */
import { Locator } from "../camera/locate.mjs";
import { PhotoRefused } from "../camera/refused.mjs";
import { takePhoto } from "../camera/take.mjs";
import { say } from "../components/toast.mjs";
import { changeVisit, keepPhoto, placeLater, shelf } from "../offline/desk.mjs";
import { drawOn } from "../offline/drawing.mjs";
import { hear, tell } from "../offline/news.mjs";
import { markPhoto, showPicture, tellPlace } from "../offline/photo-tile.mjs";
import { wholePhoto } from "../offline/photos.mjs";
import { withPhoto } from "../offline/visits.mjs";
import { orFull } from "./keeper.mjs";

/** @typedef {import("../offline/visits.mjs").Visit} Visit */

export class PhotoStrip {
  /**
   * @param {HTMLElement} visit
   * @param {Record<string, string>} words
   * @param {() => Visit} current
   */
  constructor(visit, words, current) {
    this.visit = visit;
    this.words = words;
    this.current = current;
    this.locate = new Locator();
    this.adopted = new WeakSet();
    visit.addEventListener("click", (event) => this.#clicked(event));
    hear("photo", (photo) => {
      for (const tile of this.#tiles(photo.sha256)) {
        markPhoto(tile, photo, words);
        if (photo.takenAt) tellPlace(tile, photo, words); // other news is only about its way
      }
    });
  }

  /**
   * @param {HTMLInputElement} input  a camera tile with a freshly chosen file
   * @param {string} code
   */
  async take(input, code) {
    const moment = /** @type {HTMLElement} */ (input.closest("[data-photos]")).dataset.photos ?? "";
    const source = input.dataset.source === "gallery" ? "gallery" : "camera";
    const files = Array.from(input.files ?? []);
    input.value = ""; // the form must not send them once more
    for (const file of files) {
      if (this.#isFull(code)) return say(this.words.most_photos);
      try {
        const photo = await takePhoto(file, { source, locate: this.locate });
        const { key, officer } = this.current();
        await keepPhoto(key, { ...photo, state: "local", addedAt: new Date().toISOString(), officer }, { code, moment });
        if (!photo.place) orFull(placeLater(photo.sha256, this.locate.later()));
      } catch (fault) {
        say(this.words[fault instanceof PhotoRefused ? fault.reason : "full"] ?? this.words.full);
      }
    }
  }

  /**
   * @param {string} code
   * @returns {boolean} whether the service would not take one more, and with it nothing else
   */
  #isFull(code) {
    const own = this.current().photos.filter((photo) => photo.code === code && photo.deed === "attach");
    return own.length >= Number(this.visit.dataset.mostPhotos);
  }

  /**
   * Show the photographs of a checkpoint as the visit has them.
   *
   * @param {HTMLElement} row
   * @param {string} code
   */
  show(row, code) {
    const own = this.current().photos.filter((photo) => photo.code === code);
    if (own.length === 0) return;
    for (const strip of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("[data-photos]"))) {
      const wanted = own.filter(({ moment }) => moment === strip.dataset.photos);
      const camera = strip.querySelector(".photo--add");
      for (const { sha256, deed } of wanted) {
        const tile = /** @type {HTMLElement | null} */ (strip.querySelector(`[data-sha256="${sha256}"]`));
        if (deed === "detach") tile?.remove();
        else if (!tile) camera?.before(this.#tile(sha256));
        else if (!this.adopted.has(tile)) this.#adopt(tile, sha256);
      }
    }
  }

  /** @param {Event} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const frame = target.closest("[data-photo] a.photo__frame");
    if (frame instanceof HTMLAnchorElement) this.#open(event, frame);
    const button = target.closest("[name=remove]");
    const row = button?.closest("[data-code]");
    if (!(button instanceof HTMLElement) || !(row instanceof HTMLElement)) return;
    event.preventDefault();
    this.#remove(button, row.dataset.code ?? "");
  }

  /**
   * Draw on a photograph whose bytes are still here; of any other the service shows the large size.
   *
   * @param {Event} event
   * @param {HTMLAnchorElement} frame
   */
  async #open(event, frame) {
    event.preventDefault(); // only the shelf knows, and it takes its time
    const { sha256 = "" } = /** @type {HTMLElement} */ (frame.closest("[data-photo]")).dataset;
    const photo = await wholePhoto(shelf, sha256);
    if (!photo) return window.location.assign(frame.href);
    const code = /** @type {HTMLElement} */ (frame.closest("[data-code]")).dataset.code ?? "";
    const moment = /** @type {HTMLElement} */ (frame.closest("[data-photos]")).dataset.photos ?? "";
    await drawOn(this.current(), photo, { code, moment }, this.words);
  }

  /**
   * @param {HTMLElement} button  that takes a photograph out
   * @param {string} code
   */
  async #remove(button, code) {
    const tile = /** @type {HTMLElement} */ (button.closest("[data-photo]"));
    const moment = /** @type {HTMLElement} */ (button.closest("[data-photos]")).dataset.photos ?? "";
    const sha256 = tile.dataset.sha256 ?? "";
    const kept = await orFull(changeVisit(this.current().key, (visit) => withPhoto(visit, { sha256, code, moment }, "detach", new Date().toISOString())));
    if (!kept) return say(this.words.full);
    tile.remove();
    tell("send");
  }

  /**
   * @param {string} sha256
   * @returns {HTMLElement} at once, its picture follows: whoever draws meanwhile finds it in its place
   */
  #tile(sha256) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-shot]"));
    const tile = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    tile.dataset.sha256 = sha256;
    /** @type {HTMLButtonElement} */ (tile.querySelector("[name=remove]")).hidden = false;
    this.adopted.add(tile);
    this.#furnish(tile, sha256);
    return tile;
  }

  /**
   * The service has written this tile; how a photograph of this phone gets on, the phone knows better.
   *
   * @param {HTMLElement} tile
   * @param {string} sha256
   */
  async #adopt(tile, sha256) {
    this.adopted.add(tile);
    if (await shelf.get("photos", sha256)) await this.#furnish(tile, sha256);
  }

  /**
   * @param {HTMLElement} tile
   * @param {string} sha256
   */
  async #furnish(tile, sha256) {
    const own = await shelf.get("photos", sha256);
    markPhoto(tile, own ?? { state: "readable" }, this.words);
    if (own) tellPlace(tile, own, this.words);
    const address = `/inspections/${this.current().inspectionId}/photos/${sha256}`;
    /** @type {HTMLAnchorElement} */ (tile.querySelector("a")).href = `${address}/1600`;
    const bytes = own?.thumbnail ?? (own && (await shelf.get("bytes", sha256)));
    if (bytes) showPicture(tile, bytes, own.thumbnail ? "image/jpeg" : own.type);
    else /** @type {HTMLImageElement} */ (tile.querySelector("img")).src = `${address}/320`;
  }

  /** @param {string} sha256 */
  #tiles(sha256) {
    return /** @type {NodeListOf<HTMLElement>} */ (this.visit.querySelectorAll(`[data-photo][data-sha256="${sha256}"]`));
  }
}

/**
 * The button at the foot photographs for one checkpoint.
 *
 * @param {() => HTMLElement | undefined} findRow
 * @param {() => void} sayWhich  when there is none
 */
export function hangCamera(findRow, sayWhich) {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-camera]"));
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const input = /** @type {HTMLInputElement | null | undefined} */ (
      findRow()?.querySelector("[data-photos=found] input[type=file]")
    );
    if (input) input.click();
    else sayWhich();
  });
}
