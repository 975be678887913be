/**
 * Sign with the finger. The drawing becomes the file of the file field, so what is sent is
 * the same as a photograph of a signed paper: one picture.
 */
import SignaturePad from "signature_pad";

import { frame } from "./signature-frame.mjs";

const MARGIN = 16;

/** @param {HTMLElement} element */
export default function signature(element) {
  const opener = /** @type {HTMLElement | null} */ (element.querySelector("[data-open]"));
  if (!opener || typeof DataTransfer !== "function") return;
  const board = new Board(element);
  opener.hidden = false;
  opener.addEventListener("click", () => board.open());
}

class Board {
  /** @param {HTMLElement} element */
  constructor(element) {
    /** @type {<T extends HTMLElement>(name: string) => T} */
    const part = (name) => /** @type {any} */ (element.querySelector(`[data-${name}]`));
    this.part = part;
    this.sheet = /** @type {HTMLDialogElement} */ (part("sheet"));
    this.canvas = /** @type {HTMLCanvasElement} */ (part("canvas"));
    this.pad = new SignaturePad(this.canvas, { minWidth: 1.2, maxWidth: 3.2 });
    this.pad.addEventListener("endStroke", () => this.allowUse());
    part("clear").addEventListener("click", () => this.clear());
    part("cancel").addEventListener("click", () => this.close());
    part("use").addEventListener("click", () => this.use());
    window.addEventListener("resize", () => this.sheet.open && this.fit());
  }

  open() {
    if (this.sheet.showModal) this.sheet.showModal();
    else this.sheet.setAttribute("open", "");
    this.fit();
  }

  close() {
    if (this.sheet.close) this.sheet.close();
    else this.sheet.removeAttribute("open");
    this.part("open").focus();
  }

  clear() {
    this.pad.clear();
    this.allowUse();
  }

  allowUse() {
    /** @type {HTMLButtonElement} */ (this.part("use")).disabled = this.pad.isEmpty();
  }

  /** The board has the screen's own points; turning the phone gives it another shape and empties it. */
  fit() {
    const scale = Math.max(window.devicePixelRatio, 1);
    const { width, height } = this.canvas.getBoundingClientRect();
    this.canvas.width = width * scale;
    this.canvas.height = height * scale;
    this.canvas.getContext("2d")?.scale(scale, scale);
    this.clear();
  }

  /** Taken in one go: a browser with much to do leaves `toBlob` for a quiet moment, and the signer waiting. */
  use() {
    const address = this.cut().toDataURL("image/png");
    const bytes = Uint8Array.from(atob(address.split(",")[1]), (letter) => letter.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], "signature.png", { type: "image/png" }));
    const field = /** @type {HTMLInputElement} */ (this.part("file"));
    field.files = files.files;
    this.show(address);
    this.close();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @returns {HTMLCanvasElement} what was written and little around it, black on white */
  cut() {
    const scale = Math.max(window.devicePixelRatio, 1);
    const points = this.pad.toData().flatMap((stroke) => stroke.points);
    const { left, top, width, height } = frame(points, MARGIN);
    const cut = document.createElement("canvas");
    cut.width = width * scale;
    cut.height = height * scale;
    const pen = /** @type {CanvasRenderingContext2D} */ (cut.getContext("2d"));
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, cut.width, cut.height);
    pen.drawImage(this.canvas, -left * scale, -top * scale);
    return cut;
  }

  /** @param {string} address */
  show(address) {
    const preview = /** @type {HTMLImageElement} */ (this.part("preview"));
    preview.src = address;
    preview.hidden = false;
    this.part("hint").hidden = true;
  }
}
