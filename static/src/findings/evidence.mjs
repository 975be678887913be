/**
 * The page on which a manager shows that something is put right. Photographs and words are kept on
 * the phone as they come; handed in, they are sent again and again until the service has answered.
 */
import { Locator } from "../camera/locate.mjs";
import { PhotoRefused } from "../camera/refused.mjs";
import { takePhoto } from "../camera/take.mjs";
import { say } from "../components/toast.mjs";
import { pauseAfter } from "../offline/backoff.mjs";
import { Lens } from "./lens.mjs";
import { forget, keep, proofOf } from "./proof.mjs";
import { handIn } from "./proof-post.mjs";
import { Tiles } from "./tiles.mjs";

/** @typedef {import("./proof.mjs").Proof} Proof */

/** @param {HTMLElement} form */
export default async function evidence(form) {
  const words = { ...wordsOf("[data-camera-words]"), ...wordsOf("[data-evidence-words]") };
  const { officer, finding } = form.dataset;
  const address = new URL(/** @type {HTMLFormElement} */ (form).action).pathname;
  const proof = await proofOf({ officer: Number(officer), finding: Number(finding), address });
  new Page(/** @type {HTMLFormElement} */ (form), words, proof).begin();
}

/** @param {string} selector */
function wordsOf(selector) {
  return JSON.parse(document.querySelector(selector)?.textContent ?? "{}");
}

class Page {
  #locate = new Locator();
  #attempt = 0;
  #timer = 0;
  #isAtWork = false;

  /**
   * @param {HTMLFormElement} form
   * @param {Record<string, string>} words
   * @param {Proof} proof
   */
  constructor(form, words, proof) {
    this.form = form;
    this.words = words;
    this.proof = proof;
    this.most = Number(form.dataset.most);
    this.note = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("note"));
    this.state = /** @type {HTMLElement} */ (form.querySelector("[data-state]"));
    this.tiles = new Tiles(/** @type {HTMLElement} */ (form.querySelector(".photo-strip")), words, (sha256) => this.#takeOut(sha256));
  }

  begin() {
    this.note.value ||= this.proof.note;
    for (const shot of this.proof.photos) this.tiles.add(shot);
    if (this.proof.sentence) this.#tell(this.proof.sentence);
    this.note.addEventListener("input", () => this.#noted());
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.form.querySelectorAll("input[type=file]"))) {
      input.addEventListener("change", () => this.#chosen(input));
    }
    this.#offerPhrases();
    this.#offerLens();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#handIn();
    });
    window.addEventListener("online", () => this.#send());
    document.addEventListener("visibilitychange", () => document.hidden || this.#send());
    this.#send();
  }

  #offerPhrases() {
    const phrases = /** @type {HTMLElement | null} */ (this.form.querySelector("[data-phrases]"));
    if (!phrases) return;
    phrases.hidden = false;
    phrases.addEventListener("click", (event) => {
      const phrase = /** @type {Element} */ (event.target).closest("[data-phrase]");
      if (!(phrase instanceof HTMLElement)) return;
      this.note.value += phrase.dataset.phrase;
      this.#noted();
    });
  }

  #offerLens() {
    const lens = /** @type {HTMLElement | null} */ (this.form.querySelector("[data-lens]"));
    const opener = /** @type {HTMLElement | null} */ (this.form.querySelector("[data-open-lens]"));
    if (!lens || !opener || !Lens.isThere()) return;
    const taken = (/** @type {File} */ file) => this.#take(file, "camera");
    new Lens(lens, this.words, taken, () => say(this.words.no_camera)).begin(opener);
  }

  /** @param {HTMLInputElement} input */
  async #chosen(input) {
    const files = Array.from(input.files ?? []);
    const source = input.dataset.source === "gallery" ? "gallery" : "camera";
    input.value = ""; // the form must not send them once more
    for (const file of files) await this.#take(file, source);
  }

  /**
   * @param {File} file
   * @param {"camera" | "gallery"} source
   */
  async #take(file, source) {
    if (this.proof.photos.length >= this.most) return say(this.words.most);
    try {
      const shot = await takePhoto(file, { source, locate: this.#locate });
      if (this.proof.photos.some(({ sha256 }) => sha256 === shot.sha256)) return;
      this.proof.photos.push(shot);
      await keep(this.proof);
      this.tiles.add(shot);
    } catch (fault) {
      say(this.words[fault instanceof PhotoRefused ? fault.reason : "full"]);
    }
  }

  /** @param {string} sha256 */
  #takeOut(sha256) {
    this.proof.photos = this.proof.photos.filter((shot) => shot.sha256 !== sha256);
    return keep(this.proof);
  }

  async #noted() {
    this.proof.note = this.note.value;
    await keep(this.proof).catch(() => say(this.words.full));
  }

  async #handIn() {
    if (this.proof.photos.length === 0) return say(this.words.none);
    this.proof.isHandedIn = true;
    this.proof.sentence = "";
    this.proof.note = this.note.value;
    await keep(this.proof).catch(() => say(this.words.full));
    this.#send();
  }

  async #send() {
    if (!this.proof.isHandedIn || this.#isAtWork) return;
    window.clearTimeout(this.#timer);
    this.#isAtWork = true;
    this.#tell(this.words.sending);
    const csrf = /** @type {HTMLInputElement} */ (this.form.elements.namedItem("csrf_token"));
    const { kind, body } = await handIn(this.proof, csrf?.value ?? "", (...told) => this.tiles.mark(...told));
    this.#isAtWork = false;
    if (kind === "taken") {
      await forget(this.proof);
      window.location.assign(body.address);
    } else if (kind === "refused") {
      this.proof.isHandedIn = false;
      this.proof.sentence = body.sentence;
      await keep(this.proof);
      this.#tell(body.sentence);
    } else {
      this.#attempt += 1;
      this.#tell(this.words[kind === "signed-out" ? kind : "waiting"]);
      this.#timer = window.setTimeout(() => this.#send(), pauseAfter(this.#attempt));
    }
  }

  /** @param {string} sentence */
  #tell(sentence) {
    this.state.textContent = sentence;
    this.state.hidden = false;
  }
}
