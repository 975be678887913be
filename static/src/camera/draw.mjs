/**
 * Draw an arrow, a ring or words on a photograph. What comes back is a picture of its own, of the
 * same size; the photograph below it is not touched, and whoever asked keeps and sends both.
 */
import { Board } from "./board.mjs";
import { drawn, jpegOf, release, thumbnailOf } from "./canvas.mjs";
import { digestOf } from "./digest.mjs";
import { readExif } from "./exif.mjs";
import { open } from "./open.mjs";
import { paint, show } from "./paint.mjs";
import { PhotoRefused } from "./refused.mjs";
import { LONGEST_EDGE } from "./size.mjs";

/**
 * @typedef {object} Drawn
 * @property {string} sha256
 * @property {ArrayBuffer} bytes
 * @property {string} type
 * @property {ArrayBuffer | null} thumbnail
 */

const QUALITY = 0.85;

/** @type {Sheet | null} */
let sheet = null;

/**
 * @param {{ bytes: ArrayBuffer, type: string }} photo
 * @param {HTMLDialogElement | null} [dialog]  of components/drawing.html
 * @returns {Promise<Drawn | null>} null if nothing was drawn or it was not to be kept
 * @throws {PhotoRefused} this browser cannot show the photograph
 */
export async function openDrawing({ bytes, type }, dialog = document.querySelector("[data-drawing]")) {
  if (!dialog) return null;
  const { orientation } = readExif(new Uint8Array(bytes));
  const picture = await open(new Blob([bytes], { type }), orientation);
  if (!picture) throw new PhotoRefused("photo_unreadable");
  const canvas = drawn(picture, LONGEST_EDGE);
  picture.close();
  sheet = sheet?.dialog === dialog ? sheet : new Sheet(dialog);
  return sheet.ask(canvas);
}

class Sheet {
  /** @type {(isKept: boolean) => void} */
  #answer = () => undefined;

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    /** @type {<T extends Element>(name: string) => T} */
    const part = (name) => /** @type {any} */ (dialog.querySelector(`[data-${name}]`));
    this.part = part;
    this.words = /** @type {HTMLInputElement} */ (part("words"));
    this.overlay = /** @type {SVGSVGElement} */ (part("marks"));
    this.canvas = /** @type {HTMLCanvasElement} */ (part("picture"));
    this.board = new Board({
      element: part("board"),
      pointOf: (event) => this.#pointOf(event),
      changed: () => this.#show(),
      askForWords: () => this.words.focus(),
    });
    this.#hear();
  }

  #hear() {
    this.words.addEventListener("input", () => this.board.write(this.words.value));
    this.words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.#finishWords();
    });
    for (const button of this.#tools) button.addEventListener("click", () => this.#choose(button));
    this.part("undo").addEventListener("click", () => this.#take(() => this.board.undo()));
    this.part("clear").addEventListener("click", () => this.#take(() => this.board.clear()));
    this.part("cancel").addEventListener("click", () => this.#answer(false));
    this.part("use").addEventListener("click", () => this.#answer(true));
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#answer(false);
    });
  }

  /**
   * @param {HTMLCanvasElement} canvas  the photograph, upright
   * @returns {Promise<Drawn | null>}
   */
  async ask(canvas) {
    const { width, height } = canvas;
    this.canvas.replaceWith(canvas);
    canvas.className = this.canvas.className;
    canvas.dataset.picture = "";
    this.canvas = canvas;
    this.overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.words.value = "";
    this.board.start({ width, height });
    const isKept = await this.#opened();
    const result = isKept && this.board.marks.length ? await this.#result() : null;
    this.board.start({ width, height });
    release(canvas);
    return result;
  }

  /** @returns {Promise<boolean>} */
  #opened() {
    const before = document.activeElement;
    if (this.dialog.showModal) this.dialog.showModal();
    else this.dialog.setAttribute("open", ""); // Safari before 15.4 does not know dialogs
    return new Promise((resolve) => {
      this.#answer = (isKept) => {
        if (this.dialog.close) this.dialog.close();
        else this.dialog.removeAttribute("open");
        if (before instanceof HTMLElement) before.focus();
        resolve(isKept);
      };
    });
  }

  /** @returns {Promise<Drawn | null>} */
  async #result() {
    paint(this.#pen, this.board.marks, this.board.size);
    const bytes = await jpegOf(this.canvas, QUALITY);
    if (!bytes) return null;
    const thumbnail = await thumbnailOf(this.canvas);
    return { sha256: await digestOf(bytes), bytes, type: "image/jpeg", thumbnail };
  }

  get #pen() {
    return /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
  }

  /** @returns {HTMLButtonElement[]} */
  get #tools() {
    return Array.from(this.dialog.querySelectorAll("[data-tool]"));
  }

  /** @param {HTMLButtonElement} chosen */
  #choose(chosen) {
    for (const button of this.#tools) button.setAttribute("aria-pressed", String(button === chosen));
    this.#finishWords();
    this.board.tool = /** @type {import("./marks.mjs").Tool} */ (chosen.dataset.tool);
    /** @type {HTMLElement} */ (this.part("writing")).hidden = this.board.tool !== "text";
  }

  #finishWords() {
    this.words.value = "";
    this.board.finishWords();
  }

  /** @param {() => void} deed  that takes marks away, and with them what was being written */
  #take(deed) {
    deed();
    this.words.value = "";
  }

  #show() {
    show(this.overlay, this.board.marks, this.board.size, this.#pen);
    const isEmpty = this.board.marks.length === 0;
    for (const name of ["undo", "clear", "use"]) /** @type {HTMLButtonElement} */ (this.part(name)).disabled = isEmpty;
  }

  /** @param {PointerEvent} event */
  #pointOf({ clientX, clientY }) {
    const matrix = this.overlay.getScreenCTM();
    if (!matrix) return { x: 0, y: 0 };
    const point = this.overlay.createSVGPoint();
    point.x = clientX;
    point.y = clientY;
    const { x, y } = point.matrixTransform(matrix.inverse());
    return { x, y };
  }
}
