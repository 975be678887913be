/**
 * Scan the code on a factory's door and open the factory: with the camera's living picture, with
 * a photograph of the code, or by its number. Without script the page has the number.
 */
import { Shelf } from "../offline/shelf.mjs";
import { drawn, release } from "./canvas.mjs";
import { Decoder } from "./decoder.mjs";
import { doorCodeIn, knownBy } from "./door-code.mjs";
import { readExif } from "./exif.mjs";
import { open } from "./open.mjs";
import { LONGEST_EDGE } from "./size.mjs";
import { Viewfinder } from "./viewfinder.mjs";

/** @typedef {import("./door-code.mjs").Known} Known */

const PAUSE_MS = 160; // about six pictures a second: more only warm the phone

/** @param {HTMLElement} element */
export default function scan(element) {
  new Scanner(element).begin();
}

class Scanner {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {<T extends Element>(name: string) => T} */
    this.part = (name) => /** @type {any} */ (element.querySelector(`[data-${name}]`));
    this.words = JSON.parse(this.part("words").textContent ?? "{}");
    const { worker = "", wasm = "", printed = "" } = element.dataset;
    this.decoder = new Decoder({ script: worker, wasm });
    this.viewfinder = new Viewfinder(this.part("video"));
    this.origins = [location.origin, printed];
    this.shelf = new Shelf();
    this.isDone = false;
    this.isLit = false;
    this.round = 0; // of looking: from being shown to being hidden
  }

  begin() {
    const photograph = /** @type {HTMLInputElement} */ (this.part("photograph"));
    photograph.addEventListener("change", () => this.#readPhotograph(photograph));
    /** @type {HTMLElement} */ (this.part("tile")).hidden = false;
    this.part("light").addEventListener("click", () => this.#switchLight());
    this.part("number").addEventListener("submit", (event) => this.#submitted(event));
    document.addEventListener("visibilitychange", () => this.#visible());
    window.addEventListener("pagehide", () => this.#stop());
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#look());
    this.#look();
  }

  #visible() {
    if (document.hidden) this.#stop();
    else this.#look();
  }

  async #look() {
    if (this.viewfinder.isOpen) return;
    const round = (this.round += 1);
    this.isDone = false;
    const isOpen = await this.viewfinder.open();
    if (round !== this.round) return; // hidden meanwhile, and perhaps shown again
    /** @type {HTMLElement} */ (this.part("view")).hidden = !isOpen;
    /** @type {HTMLElement} */ (this.part("light")).hidden = !isOpen || !this.viewfinder.hasLight;
    this.#say(isOpen ? "looking" : "no_camera");
    while (round === this.round && isOpen && !this.isDone) {
      const picture = this.viewfinder.picture();
      if (picture) await this.#read(picture);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  #stop() {
    this.round += 1;
    this.viewfinder.close();
    this.decoder.close();
  }

  #switchLight() {
    this.isLit = !this.isLit;
    this.part("light").setAttribute("aria-pressed", String(this.isLit));
    this.viewfinder.light(this.isLit);
  }

  /** @param {HTMLInputElement} field */
  async #readPhotograph(field) {
    const file = field.files?.[0];
    field.value = "";
    if (!file) return;
    this.#say("reading");
    const head = new Uint8Array(await file.slice(0, 128 * 1024).arrayBuffer());
    const opened = await open(file, readExif(head).orientation);
    if (!opened) return this.#say("nothing_seen");
    const canvas = drawn(opened, LONGEST_EDGE);
    opened.close();
    const picture = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
    release(canvas);
    if (picture && !(await this.#read(picture))) this.#say("nothing_seen");
  }

  /**
   * @param {ImageData} picture
   * @returns {Promise<boolean>} whether a code was seen, ours or not
   */
  async #read(picture) {
    /** @type {string | null} */
    let text;
    try {
      text = await this.decoder.read(picture);
    } catch {
      if (!this.isDone && !document.hidden) this.#cannotRead();
      return true;
    }
    if (text === null || this.isDone) return text !== null;
    const code = doorCodeIn(text, this.origins);
    if (!code) this.#say("another_code");
    else {
      if (navigator.vibrate) navigator.vibrate(60);
      await this.#go(code, () => location.assign(`/doors/${code}`));
    }
    return true;
  }

  #cannotRead() {
    this.isDone = true;
    this.viewfinder.close();
    /** @type {HTMLElement} */ (this.part("view")).hidden = true;
    this.#say("cannot_read");
  }

  /** @param {Event} event */
  #submitted(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const written = String(new FormData(form).get("code") ?? "");
    this.#go(written, () => form.submit());
  }

  /**
   * Open the factory: from what the phone holds for the day, for there may be no signal at the
   * door, or else by asking the service, which knows them all.
   *
   * @param {string} name  of the factory: its door code or its number
   * @param {() => void} ask
   */
  async #go(name, ask) {
    const bundle = await this.shelf.get("notes", "bundle").catch(() => null);
    const known = knownBy(name, /** @type {Known[]} */ (bundle?.factories ?? []));
    if (!known && !navigator.onLine) return this.#say("not_on_this_phone");
    this.isDone = true;
    this.#say("found");
    if (known) location.assign(`/factories/${known.id}`);
    else ask();
  }

  /** @param {string} key */
  #say(key) {
    const place = this.part("said");
    if (place.textContent !== this.words[key]) place.textContent = this.words[key];
  }
}
