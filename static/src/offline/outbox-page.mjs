/** Everything of the officer that lies on this phone, with its state; drawn anew when something moves. */
import { worded, wordsIn } from "../components/worded.mjs";
import { shelf } from "./desk.mjs";
import { hear, tell } from "./news.mjs";
import { forgetAside, sendAgain } from "./parcels.mjs";
import { markPhoto, showPicture } from "./photo-tile.mjs";
import { soon } from "./soon.mjs";
import { isUndecided } from "./rechecks.mjs";
import { sheetAddress } from "./visits.mjs";
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
    text("when", visit ? worded(visit.recheck ? this.words.rechecked : this.words.opened, { moment: momentOf(visit.openedAt) }) : "");
    text("detail", this.#detailOf(line));
    card.querySelector("[data-place]")?.append(this.#copy(`standing-${line.standing}`));
    for (const open of /** @type {NodeListOf<HTMLAnchorElement>} */ (card.querySelectorAll("[data-open]"))) {
      open.hidden = visit?.state !== "draft" && !(visit?.recheck && visit.state === "handed_in");
      if (visit) open.href = sheetAddress(visit);
    }
    this.#listJudged(card, visit);
    this.#tellAside(card, line);
    const strip = /** @type {HTMLElement} */ (card.querySelector(".photo-strip"));
    strip.append(...line.photos.map((photo) => this.#tile(photo)));
    strip.hidden = line.photos.length === 0;
    return card;
  }

  /**
   * What was found of each finding stays readable, whatever becomes of it at the service.
   *
   * @param {HTMLElement} card
   * @param {Line["visit"]} visit
   */
  #listJudged(card, visit) {
    const list = /** @type {HTMLElement} */ (card.querySelector("[data-judged]"));
    const judged = (visit?.recheck?.judgements ?? []).filter(({ result }) => result);
    const rows = judged.map(({ code, result, reason }) => [`${code} ${this.words[`result-${result}`]}`, reason].filter(Boolean).join(" · "));
    list.append(...rows.map((textContent) => Object.assign(document.createElement("li"), { textContent })));
    list.hidden = rows.length === 0;
  }

  /** @param {Line} line */
  #detailOf({ standing, isUnsaid, unsent, since, visit }) {
    if (standing === "delivered" && visit?.recheck) return worded(this.words.decided, { number: visit.recheck.number ?? "" });
    const said = this.words[standing === "local" || standing === "refused" ? (unsent ? (isUnsaid ? "both" : "photos") : isUnsaid ? "record" : "") : standing] ?? "";
    return worded(said, { photos: unsent, moment: momentOf(since), waiting: visit?.waitingPhotos ?? 0 });
  }

  /**
   * @param {HTMLElement} card
   * @param {Line} line
   */
  #tellAside(card, { aside, standing, visit }) {
    const part = /** @type {HTMLElement} */ (card.querySelector("[data-aside]"));
    const isMade = visit !== null && isUndecided(visit); // by nobody but the officer
    part.hidden = standing !== "refused" && !isMade;
    /** @type {HTMLElement} */ (part.querySelector("[data-again]")).hidden = aside.length === 0;
    /** @type {HTMLElement} */ (part.querySelector("[data-give-up]")).hidden = aside.length === 0 && !isMade;
    const reasons = new Set(aside.map(({ sentence }) => sentence ?? ""));
    const remedy = isMade ? this.words.remedy_recheck : visit?.state === "draft" ? this.words.remedy_open : this.words.remedy;
    if (isMade && standing !== "refused") {
      /** @type {HTMLElement} */ (part.querySelector("[data-reason]")).textContent = this.words.made;
      /** @type {HTMLElement} */ (part.querySelector("[data-remedy]")).textContent = "";
      return;
    }
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
