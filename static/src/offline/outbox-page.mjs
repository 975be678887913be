/** Everything of the officer that lies on this phone, with its state; drawn anew when something moves. */
import { worded, wordsIn } from "../components/worded.mjs";
import { shelf } from "./desk.mjs";
import { hear, tell } from "./news.mjs";
import { forgetAside, sendAgain } from "./parcels.mjs";
import { markPhoto, showPicture } from "./photo-tile.mjs";
import { soon } from "./soon.mjs";
import { readWaiting } from "./waiting.mjs";

/** @typedef {import("./waiting.mjs").Line} Line */

/** @param {HTMLElement} element */
export default function outboxPage(element) {
  const page = new OutboxPage(element);
  for (const topic of /** @type {const} */ (["visit", "outbox", "sending"])) hear(topic, page.draw);
  hear("photo", (photo) => page.mark(photo));
  element.addEventListener("click", (event) => page.clicked(/** @type {Element} */ (event.target)));
  document.querySelector("[data-send-now]")?.addEventListener("click", () => tell("send"));
  page.draw();
}

class OutboxPage {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.list = /** @type {HTMLElement} */ (element.querySelector("[data-lines]"));
    this.words = wordsIn(element, "[data-outbox-words]");
    this.officer = Number(document.body.dataset.officer);
    /** @type {Map<string, { state: string, percent?: number, sentence?: string }>} */
    this.news = new Map();
    this.drawn = "";
    this.draw = soon(() => this.#draw());
  }

  async #draw() {
    const { lines, others } = await readWaiting(shelf, this.officer);
    const drawn = JSON.stringify({ lines, others });
    if (drawn === this.drawn) return; // whoever reads or presses something is not disturbed
    this.drawn = drawn;
    const cards = lines.map((line) => this.#card(line));
    this.list.textContent = "";
    this.list.append(...cards);
    this.#reveal("[data-nothing]", lines.length === 0);
    this.#reveal("[data-others]", others > 0);
    this.element.dataset.ready = "";
  }

  /**
   * @param {string} selector
   * @param {boolean} isShown
   */
  #reveal(selector, isShown) {
    /** @type {HTMLElement} */ (this.element.querySelector(selector)).hidden = !isShown;
  }

  /** @param {{ sha256: string, state: string, percent?: number, sentence?: string }} photo */
  mark(photo) {
    this.news.set(photo.sha256, photo);
    for (const tile of /** @type {NodeListOf<HTMLElement>} */ (this.list.querySelectorAll(`[data-sha256="${photo.sha256}"]`))) markPhoto(tile, photo, this.words);
    if (photo.state !== "sending") this.draw();
  }

  /** @param {Element} target */
  async clicked(target) {
    const key = /** @type {HTMLElement | null} */ (target.closest("[data-key]"))?.dataset.key ?? "";
    if (target.closest("[data-again]")) await sendAgain(shelf, key);
    else if (target.closest("[data-forget]")) await forgetAside(shelf, key);
    else return;
    tell("visit", { key });
    tell("send");
  }

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  #copy(name) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector(`template[data-${name}]`));
    return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  }

  /** @param {Line} line */
  #card(line) {
    const card = this.#copy("line");
    const { visit } = line;
    const text = (/** @type {string} */ name, /** @type {string} */ words) => (/** @type {HTMLElement} */ (card.querySelector(`[data-${name}]`)).textContent = words);
    card.dataset.key = line.key;
    card.dataset.standing = line.standing;
    text("name", visit?.factory.name ?? this.words.loose);
    text("when", visit ? worded(this.words.opened, { moment: momentOf(visit.openedAt) }) : "");
    text("detail", this.#detailOf(line));
    card.querySelector("[data-place]")?.append(this.#copy(`standing-${line.standing}`));
    for (const open of /** @type {NodeListOf<HTMLAnchorElement>} */ (card.querySelectorAll("[data-open]"))) {
      open.hidden = visit?.state !== "draft";
      if (visit) open.href = `/visit/${visit.edition}?key=${visit.key}`;
    }
    this.#tellAside(card, line);
    const strip = /** @type {HTMLElement} */ (card.querySelector("ul"));
    strip.append(...line.photos.map((photo) => this.#tile(photo)));
    strip.hidden = line.photos.length === 0;
    return card;
  }

  /** @param {Line} line */
  #detailOf({ standing, isUnsaid, unsent, since, visit }) {
    const said = this.words[standing === "local" || standing === "refused" ? (unsent ? (isUnsaid ? "both" : "photos") : isUnsaid ? "record" : "") : standing] ?? "";
    return worded(said, { photos: unsent, moment: momentOf(since), waiting: visit?.waitingPhotos ?? 0 });
  }

  /**
   * @param {HTMLElement} card
   * @param {Line} line
   */
  #tellAside(card, { aside, standing, visit }) {
    const part = /** @type {HTMLElement} */ (card.querySelector("[data-aside]"));
    part.hidden = standing !== "refused";
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-again], [data-give-up]"))) button.hidden = aside.length === 0;
    const reasons = new Set(aside.map(({ sentence }) => sentence ?? ""));
    const remedy = visit?.state === "draft" ? this.words.remedy_open : this.words.remedy;
    /** @type {HTMLElement} */ (part.querySelector("[data-reason]")).textContent = aside.length ? [...reasons].join(" ") : this.words.photo_refused;
    /** @type {HTMLElement} */ (part.querySelector("[data-remedy]")).textContent = aside.length ? remedy : this.words.photo_remedy;
  }

  /** @param {import("./photos.mjs").Kept} photo */
  #tile(photo) {
    const tile = this.#copy("shot");
    tile.dataset.sha256 = photo.sha256;
    const news = this.news.get(photo.sha256);
    markPhoto(tile, photo.state === "local" && news?.state === "sending" ? news : photo, this.words);
    if (photo.thumbnail) showPicture(tile, photo.thumbnail, "image/jpeg");
    return tile;
  }
}

/**
 * @param {string | null} iso
 * @returns {string} day and time by the phone's clock
 */
function momentOf(iso) {
  if (!iso) return "";
  return new Date(iso).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
}
