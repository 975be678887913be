/** The end of the visit on the same page: what is missing, what the factory reads, signatures. */
import { takePhoto } from "../camera/take.mjs";
import { drawUp } from "../components/draw-up.mjs";
import { start } from "../components/start.mjs";
import { say } from "../components/toast.mjs";
import { worded } from "../components/worded.mjs";
import { changeVisit } from "../offline/desk.mjs";
import { tell } from "../offline/news.mjs";
import { handedIn, refused, signed, unsignedRoles } from "../offline/visits.mjs";
import { orFull } from "./keeper.mjs";
import { readBack } from "./read-back.mjs";

const MOST_INK_BYTES = 500_000;

export class FinishPart {
  /** @param {import("./filling.mjs").Visit} filling */
  constructor(filling) {
    this.filling = filling;
    this.words = /** @type {Record<string, any>} */ (filling.words);
    this.part = /** @type {HTMLElement} */ (document.querySelector("[data-finish-part]"));
    this.sheet = /** @type {HTMLDialogElement} */ (document.querySelector("[data-hand-in-sheet]"));
    this.button = /** @type {HTMLButtonElement} */ (document.querySelector("[data-hand-in]"));
    this.button.addEventListener("click", () => this.#press());
    this.part.addEventListener("change", (event) => this.#sign(/** @type {HTMLInputElement} */ (event.target)));
    this.part.addEventListener("submit", (event) => this.#refuse(event));
    this.sheet.querySelector("[data-cancel]")?.addEventListener("click", () => this.sheet.close());
    this.sheet.querySelector("form")?.addEventListener("submit", (event) => this.#handIn(event));
  }

  current() {
    return this.filling.kept;
  }

  draw() {
    if (drawUp(this.part)) for (const place of this.part.querySelectorAll("[data-second-name]")) place.textContent = this.current().second?.name ?? "";
    start(this.part);
    const gaps = this.#gaps();
    this.#list(gaps);
    readBack(this.part, this.filling);
    this.#mark();
    const [role] = unsignedRoles(this.current());
    this.button.dataset.gap = gaps[0]?.address ?? "";
    this.button.disabled = gaps.length === 0 && role !== undefined;
    this.button.textContent = gaps.length ? worded(this.words.missing, { count: gaps.length }) : (this.words.unsigned[role] ?? this.words.hand_in);
  }

  /** @returns {{ address: string, sentence: string }[]} */
  #gaps() {
    const { points, judge } = this.filling;
    const { answers, photos } = this.current();
    return points.all.flatMap(({ code, title }) => {
      const count = (/** @type {string} */ moment) => photos.filter((photo) => photo.code === code && photo.moment === moment && photo.deed === "attach").length;
      const facts = points.factsOf(code, { ...answers[code].entry, photos_found: count("found"), photos_put_right: count("put_right") });
      return judge.gapsOf(facts).map((gap) => ({
        address: `#checkpoint-${code.toLowerCase()}`,
        sentence: worded(this.words.gaps[gap], { code, title }),
      }));
    });
  }

  /** @param {{ address: string, sentence: string }[]} gaps */
  #list(gaps) {
    const section = /** @type {HTMLElement} */ (this.part.querySelector("[data-gaps]"));
    section.hidden = gaps.length === 0;
    /** @type {HTMLElement} */ (section.querySelector("[data-gaps-title]")).textContent = worded(this.words.missing, { count: gaps.length });
    const list = /** @type {HTMLElement} */ (section.querySelector("ul"));
    list.textContent = "";
    for (const { address, sentence } of gaps) {
      const line = Object.assign(document.createElement("li"), { className: "errors__item" });
      line.append(Object.assign(document.createElement("a"), { className: "errors__link", href: address, textContent: sentence }));
      list.append(line);
    }
  }

  /** Show who has signed, and the refusal if there is one. */
  #mark() {
    const open = unsignedRoles(this.current());
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.part.querySelectorAll("[data-sign-role]"))) {
      const isSigned = !open.includes(place.dataset.signRole ?? "") && !(place.dataset.signRole === "factory" && this.current().refusal);
      /** @type {HTMLElement} */ (place.querySelector("[data-signed]")).hidden = !isSigned;
    }
    const quote = /** @type {HTMLElement} */ (this.part.querySelector("[data-refused]"));
    const { refusal } = this.current();
    quote.hidden = !refusal;
    if (refusal) quote.textContent = worded(this.words.refusal, { reason: refusal.reason, witness: refusal.witness });
  }

  #press() {
    const gap = this.button.dataset.gap;
    if (gap) window.location.hash = gap;
    else if (this.sheet.showModal) this.sheet.showModal();
    else this.sheet.setAttribute("open", "");
  }

  /** @param {HTMLInputElement} field */
  async #sign(field) {
    const place = /** @type {HTMLElement | null} */ (field.closest("[data-sign-role]"));
    const file = field.type === "file" ? field.files?.[0] : null;
    if (!place || !file) return;
    const role = place.dataset.signRole ?? "";
    const name = /** @type {HTMLInputElement | null} */ (place.querySelector("[name=name]"));
    if (name && !name.reportValidity()) return void (field.value = "");
    const bytes = file.size > MOST_INK_BYTES ? (await takePhoto(file, { source: "camera" })).bytes : await file.arrayBuffer();
    const signature = { name: name?.value.trim() ?? "", picture: base64(bytes), at: new Date().toISOString() };
    await this.#change((visit) => signed(visit, role, signature));
  }

  /** @param {Event} event */
  async #refuse(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-refuse]")) return;
    const text = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value.trim();
    const refusal = { reason: text("reason"), witness: text("witness"), at: new Date().toISOString() };
    if (!refusal.reason || !refusal.witness) return say(this.words.refusal_needs);
    await this.#change((visit) => refused(visit, refusal));
  }

  /** @param {Event} event */
  async #handIn(event) {
    event.preventDefault();
    const statement = /** @type {HTMLTextAreaElement} */ (this.sheet.querySelector("[name=statement]")).value;
    const kept = await this.#change((visit) => handedIn(visit, statement, new Date().toISOString()));
    if (kept) window.location.assign("/today");
  }

  /**
   * @param {(visit: import("../offline/visits.mjs").Visit) => import("../offline/visits.mjs").Visit} how
   * @returns {Promise<boolean>} whether there was room for it
   */
  async #change(how) {
    const kept = await orFull(changeVisit(this.current().key, how));
    if (kept) tell("send");
    else say(this.words.full);
    return kept !== null;
  }
}

/** @param {ArrayBuffer} bytes */
function base64(bytes) {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return window.btoa(text);
}
