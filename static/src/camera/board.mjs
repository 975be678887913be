/**
 * The photograph one draws on: fingers, mouse and keys become marks.
 *
 * With keys: Enter puts the chosen mark in the middle, the arrow keys move the last one.
 */
import { between, moved, shape } from "./marks.mjs";

/** @typedef {import("./marks.mjs").Mark} Mark */
/** @typedef {import("./marks.mjs").Point} Point */
/** @typedef {import("./marks.mjs").Size} Size */
/** @typedef {import("./marks.mjs").Tool} Tool */

const STEP = 0.02; // of the longer edge, at one press of a key
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Board {
  /** @type {Mark[]} */
  marks = [];
  /** @type {Tool} */
  tool = "arrow";
  /** @type {Size} */
  size = { width: 1, height: 1 };
  #words = "";
  #isWriting = false; // the last mark is what is being written
  /** @type {Point | null} */
  #from = null;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.element  that hears fingers and keys
   * @param {(event: PointerEvent) => Point} parts.pointOf  where on the photograph
   * @param {() => void} parts.changed
   * @param {() => void} parts.askForWords
   */
  constructor({ element, pointOf, changed, askForWords }) {
    this.element = element;
    this.pointOf = pointOf;
    this.changed = changed;
    this.askForWords = askForWords;
    element.addEventListener("pointerdown", (event) => this.#begin(event));
    element.addEventListener("pointermove", (event) => this.#drag(event));
    element.addEventListener("pointerup", () => this.#end());
    element.addEventListener("pointercancel", () => this.#end());
    element.addEventListener("click", () => this.#ask()); // phones open their keyboard for nothing less
    element.addEventListener("keydown", (event) => this.#press(event));
  }

  /** @param {Size} size  of the next photograph */
  start(size) {
    this.size = size;
    this.clear();
  }

  clear() {
    this.#set([]);
    this.finishWords();
  }

  undo() {
    this.#set(this.marks.slice(0, -1));
    this.finishWords();
  }

  /** @param {string} words  what the words say now; without a place they stand in the middle */
  write(words) {
    this.#words = words.trim();
    const last = this.marks[this.marks.length - 1];
    const at = this.#isWriting && last?.kind === "text" ? last.at : this.#from ?? this.#middle;
    const others = this.#isWriting ? this.marks.slice(0, -1) : this.marks;
    this.#isWriting = this.#words !== "";
    this.#set(this.#isWriting ? [...others, { kind: "text", at, words: this.#words }] : others);
  }

  /** What is written next is another mark. */
  finishWords() {
    this.#isWriting = false;
    this.#words = "";
    this.#from = null;
  }

  get #middle() {
    return { x: this.size.width / 2, y: this.size.height / 2 };
  }

  /** @param {Mark[]} marks */
  #set(marks) {
    this.marks = marks;
    this.changed();
  }

  /** @param {Mark} mark  in place of the last one */
  #change(mark) {
    this.#set([...this.marks.slice(0, -1), mark]);
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (event.button !== 0 || this.#from && this.tool !== "text") return; // a second finger draws nothing
    event.preventDefault();
    this.#from = this.#within(this.pointOf(event));
    this.element.setPointerCapture(event.pointerId);
    if (this.tool === "text") this.#place(this.#from);
    else this.#set([...this.marks, shape(this.tool, this.#from, this.#from, this.size)]);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (!this.#from || !(event.buttons & 1) && event.pointerType === "mouse") return;
    const to = this.#within(this.pointOf(event));
    if (this.tool === "text") this.#place(to);
    else this.#change(shape(this.tool, this.#from, to, this.size));
  }

  #end() {
    if (this.tool !== "text") this.#from = null; // words keep the place where they were asked for
  }

  /** @param {Point} at */
  #place(at) {
    if (this.#isWriting) this.#change({ kind: "text", at, words: this.#words });
  }

  #ask() {
    if (this.tool === "text" && !this.#isWriting) this.askForWords();
  }

  /** @param {Point} point */
  #within({ x, y }) {
    return { x: between(0, x, this.size.width), y: between(0, y, this.size.height) };
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const way = WAYS[event.key];
    const last = this.marks[this.marks.length - 1];
    if (way && last) {
      const step = Math.max(this.size.width, this.size.height) * STEP;
      this.#change(moved(last, way[0] * step, way[1] * step));
    } else if (event.key === "Enter" || event.key === " ") {
      if (this.tool === "text") this.#ask();
      else this.#set([...this.marks, shape(this.tool, this.#middle, this.#middle, this.size)]);
    } else return;
    event.preventDefault();
  }
}
