/** The photographs of a proof on the page, each with its state below it and a way to take it out. */
/** @typedef {"local" | "sending" | "received" | "refused"} State */

export class Tiles {
  /**
   * @param {HTMLElement} strip
   * @param {Record<string, string>} words
   * @param {(sha256: string) => void} takenOut
   */
  constructor(strip, words, takenOut) {
    this.strip = strip;
    this.words = words;
    strip.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("[data-remove]");
      const tile = button?.closest("[data-sha256]");
      if (!(tile instanceof HTMLElement)) return;
      tile.remove();
      takenOut(tile.dataset.sha256 ?? "");
    });
  }

  /** @param {import("./proof.mjs").Shot} shot */
  add(shot) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-shot]"));
    const tile = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    tile.dataset.sha256 = shot.sha256;
    const picture = /** @type {HTMLImageElement} */ (tile.querySelector("img"));
    const bytes = shot.thumbnail ?? shot.bytes;
    picture.src = URL.createObjectURL(new Blob([bytes], { type: shot.thumbnail ? "image/jpeg" : shot.type }));
    this.strip.prepend(tile);
    this.mark(shot.sha256, shot.isDelivered ? "received" : "local");
  }

  /**
   * @param {string} sha256
   * @param {State} state
   * @param {string} [sentence]
   */
  mark(sha256, state, sentence = "") {
    const tile = /** @type {HTMLElement | null} */ (this.strip.querySelector(`[data-sha256="${sha256}"]`));
    const place = tile?.querySelector("[data-state]");
    if (!tile || !place) return;
    tile.className = `photo photo--${state}`;
    place.textContent = sentence || this.words[state];
  }
}
