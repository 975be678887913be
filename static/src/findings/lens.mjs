/**
 * A camera with the old picture laid over it, half transparent, so that the new one is taken from
 * the same place. Where a browser has no camera to offer, the tiles beside it stay as they are.
 */

const ENOUGH = { video: { facingMode: "environment", width: { ideal: 1600 }, height: { ideal: 1200 } }, audio: false };
const QUALITY = 0.92; // it is shrunk once more before it is kept

export class Lens {
  /**
   * @param {HTMLElement} element
   * @param {Record<string, string>} words
   * @param {(file: File) => void} taken
   * @param {() => void} failed
   */
  constructor(element, words, taken, failed) {
    this.element = element;
    this.words = words;
    this.taken = taken;
    this.failed = failed;
    this.video = /** @type {HTMLVideoElement} */ (element.querySelector("video"));
    this.ghost = element.querySelector("[data-ghost]");
    this.still = /** @type {HTMLElement} */ (element.parentElement?.querySelector("[data-still]"));
    /** @type {MediaStream | null} */
    this.stream = null;
  }

  /** @returns {boolean} whether this browser may have a camera: not without https, for example */
  static isThere() {
    return typeof navigator.mediaDevices?.getUserMedia === "function";
  }

  /** @param {HTMLElement} opener  the button that opens it */
  begin(opener) {
    opener.hidden = false;
    opener.addEventListener("click", () => this.open(opener));
    this.#on("[data-shoot]", () => this.#shoot());
    this.#on("[data-turn-ghost]", (button) => this.#turnGhost(button));
    document.addEventListener("visibilitychange", () => document.hidden && this.close(opener));
    window.addEventListener("pagehide", () => this.close(opener));
  }

  /** @param {HTMLElement} opener */
  async open(opener) {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia(ENOUGH);
      this.video.srcObject = this.stream;
      this.element.hidden = false;
      this.still.hidden = opener.hidden = true;
      await this.video.play();
    } catch {
      this.close(opener);
      opener.hidden = true;
      this.failed();
    }
  }

  /** @param {HTMLElement} opener */
  close(opener) {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
    this.element.hidden = true;
    this.still.hidden = opener.hidden = false;
  }

  async #shoot() {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!width || !height) return; // the camera is still waking up
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    canvas.getContext("2d")?.drawImage(this.video, 0, 0);
    /** @type {Blob | null} */
    const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (picture) this.taken(new File([picture], "now.jpg", { type: "image/jpeg" }));
  }

  /** @param {HTMLElement} button */
  #turnGhost(button) {
    const isHidden = this.ghost?.classList.toggle("lens__ghost--off") ?? true;
    const word = button.querySelector("span");
    if (word) word.textContent = this.words[isHidden ? "ghost_on" : "ghost_off"];
  }

  /**
   * @param {string} selector
   * @param {(button: HTMLElement) => void} act
   */
  #on(selector, act) {
    const button = /** @type {HTMLElement | null} */ (this.element.querySelector(selector));
    button?.addEventListener("click", () => act(button));
  }
}
