/** Say on the page where the officer's work is, and keep saying it. */
import { worded, wordsIn } from "../components/worded.mjs";
import { bannerFor, kindOfWaiting, progressOf } from "./banner-words.mjs";
import { shelf } from "./desk.mjs";
import { hear } from "./news.mjs";
import { soon } from "./soon.mjs";
import { readWaiting } from "./waiting.mjs";

/** @param {HTMLElement} element  with one banner for each thing that can be said, and the words */
export default function syncBanner(element) {
  const officer = Number(document.body.dataset.officer);
  const words = wordsIn(element, "[data-banner-words]");
  const sending = { isAtWork: false, isSignedOut: false, most: 0 };
  const draw = soon(async () => {
    const waiting = await readWaiting(shelf, officer);
    const sentAt = await shelf.get("notes", `sent-at:${officer}`);
    const shown = bannerFor(waiting, { ...sending, sentAt }, new Date());
    const { most, done, total } = progressOf(sending.isAtWork ? sending.most : 0, waiting);
    sending.most = most;
    const clock = new Date(sentAt ?? 0).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const kind = kindOfWaiting(waiting);
    const { visits, photos, refused } = waiting;
    show(element, shown, (template) => worded(template, { visits, photos, refused, done, total, clock }), { ...words, waits: words[kind] });
    const bar = element.querySelector("[data-banner=sending] progress");
    if (bar instanceof HTMLProgressElement) Object.assign(bar, { max: total || 1, value: done });
  });
  hear("sending", ({ isAtWork, signedOut = [] }) => {
    sending.isAtWork = isAtWork;
    if (!isAtWork) sending.isSignedOut = signedOut.includes(officer);
    draw();
  });
  for (const topic of /** @type {const} */ (["visit", "photo", "outbox"])) hear(topic, draw);
  draw();
}

/**
 * @param {HTMLElement} element
 * @param {string | null} shown
 * @param {(template: string) => string} fill
 * @param {Record<string, string>} words
 */
function show(element, shown, fill, words) {
  element.hidden = shown === null;
  for (const banner of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-banner]"))) {
    banner.hidden = banner.dataset.banner !== shown;
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (banner.querySelectorAll("[data-words]"))) {
      const text = fill(words[place.dataset.words ?? ""] ?? "");
      if (place.textContent !== text) place.textContent = text; // read out only when it changes
    }
  }
}
