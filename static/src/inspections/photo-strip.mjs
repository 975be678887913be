/** The photographs of a checkpoint: taken, shrunk, sent, attached, each with its state. */
import { nameOf, shrunk } from "./photo-bytes.mjs";
import { pause, send, upload } from "./post.mjs";
import { pauseAfter } from "./answer-saver.mjs";
import { markOf } from "./saved-words.mjs";

/** @typedef {import("./answer-saver.mjs").Outcome} Outcome */

/** One photograph on its way. */
class Shot {
  /**
   * @param {HTMLElement} tile
   * @param {Record<string, string>} words
   */
  constructor(tile, words) {
    this.tile = tile;
    this.words = words;
  }

  /**
   * @param {"local" | "sending" | "received" | "refused"} state
   * @param {string} [reason]
   */
  is(state, reason) {
    this.tile.className = `photo photo--${state}`;
    const place = this.tile.querySelector("[data-state]");
    if (!place) return;
    place.textContent = "";
    place.append(markOf(state), ` ${this.words[state]}`);
    if (reason) place.append(Object.assign(document.createElement("span"), { className: "photo__reason", textContent: reason }));
  }

  /**
   * Nothing moves any more, and it may be taken out.
   *
   * @param {string} address  of what is attached, or empty
   */
  mayBeRemoved(address) {
    this.tile.querySelector("progress")?.remove();
    const button = /** @type {HTMLButtonElement} */ (this.tile.querySelector("[name=remove]"));
    button.value = address;
    button.hidden = false;
  }

  /** @param {number} percent */
  sent(percent) {
    const bar = this.tile.querySelector("progress");
    if (bar) bar.value = percent;
  }
}

export class PhotoStrip {
  /**
   * @param {object} parts
   * @param {DOMStringMap} parts.dataset    of the visit: the addresses and the token
   * @param {Record<string, string>} parts.words
   * @param {import("./answer-saver.mjs").AnswerSaver} parts.saver
   */
  constructor({ dataset, words, saver }) {
    this.dataset = dataset;
    this.words = words;
    this.saver = saver;
    this.underWay = 0;
  }

  /**
   * @param {HTMLInputElement} input  a camera tile with freshly chosen files
   * @param {string} code
   */
  async take(input, code) {
    const moment = /** @type {HTMLElement} */ (input.closest("[data-photos]")).dataset.photos ?? "";
    const files = Array.from(input.files ?? []);
    input.value = ""; // the form must not send them once more
    const camera = /** @type {HTMLElement} */ (input.closest("ul")?.querySelector(".photo--add"));
    this.underWay += files.length;
    for (const file of files) {
      await this.#takeOne(file, camera, code, moment);
      this.underWay -= 1;
    }
  }

  /**
   * @param {HTMLElement} button  that takes a photograph out
   * @param {string} code
   */
  remove(button, code) {
    const [, moment, name] = /** @type {HTMLButtonElement} */ (button).value.split(":");
    button.closest("[data-photo]")?.remove();
    if (!name) return null; // it was refused, so nothing is attached
    return this.saver.afterwards(code, () => send("DELETE", this.#attachment(code, moment, name), this.#token));
  }

  /**
   * @param {File} file
   * @param {HTMLElement} camera
   * @param {string} code
   * @param {string} moment
   */
  async #takeOne(file, camera, code, moment) {
    const shot = new Shot(this.#tile(camera, file), this.words);
    shot.is("local");
    const blob = await shrunk(file);
    const name = await nameOf(blob);
    const address = this.#attachment(code, moment, name);
    let outcome = await this.#deliver(blob, name, file.lastModified, shot);
    if (outcome.kind === "kept") {
      outcome = await this.saver.afterwards(code, () => send("PUT", address, this.#token));
    }
    const isKept = outcome.kind === "kept";
    shot.is(isKept ? "received" : "refused", isKept ? "" : String(outcome.sentence ?? ""));
    shot.mayBeRemoved(isKept ? `${code}:${moment}:${name}` : "");
  }

  /**
   * @param {Blob} blob
   * @param {string} name
   * @param {number} takenAt  in milliseconds since 1970
   * @param {Shot} shot
   * @returns {Promise<Outcome>} kept or refused, after as many attempts as it takes
   */
  async #deliver(blob, name, takenAt, shot) {
    for (let attempt = 1; ; attempt += 1) {
      shot.is("sending");
      const outcome = await upload(this.#address(name), this.#token, blob, takenAt, (percent) => shot.sent(percent));
      if (outcome.kind !== "unreachable") return outcome;
      shot.is("local");
      await pause(pauseAfter(attempt));
    }
  }

  /**
   * @param {HTMLElement} camera
   * @param {File} file
   * @returns {HTMLElement}
   */
  #tile(camera, file) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-shot]"));
    const tile = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    const picture = /** @type {HTMLImageElement} */ (tile.querySelector("img"));
    picture.src = URL.createObjectURL(file);
    camera.before(tile);
    camera.scrollIntoView({ block: "nearest", inline: "end" });
    return tile;
  }

  get #token() {
    return this.dataset.csrf ?? "";
  }

  /** @param {string} name */
  #address(name) {
    return (this.dataset.photoAddress ?? "").replace("0".repeat(64), name);
  }

  /**
   * @param {string} code
   * @param {string} moment
   * @param {string} name
   */
  #attachment(code, moment, name) {
    return `${(this.dataset.answers ?? "").replace("CODE", code)}/photos/${moment}/${name}`;
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
