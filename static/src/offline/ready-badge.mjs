/** Say whether the day can be worked without signal, and make it so: by a tap, or quietly where it is time. */
import { say } from "../components/toast.mjs";
import { worded, wordsIn } from "../components/worded.mjs";
import { shelf } from "./desk.mjs";
import { canKeep } from "./kept-pages.mjs";
import { hear, tell } from "./news.mjs";
import { forgetReady, isOutlived, isStale, makeReady, readiness } from "./ready.mjs";

/** @typedef {import("./ready.mjs").Ready} Ready */

const OLD_MS = 86_400_000;
const UNITS = /** @type {const} */ ([["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]]);

/**
 * @param {Ready | undefined} ready
 * @param {number} now
 * @param {boolean} isAble  whether this browser can show pages without signal at all
 * @returns {"unable" | "none" | "partly" | "old" | "ready"}
 */
export function badgeFor(ready, now, isAble = canKeep) {
  if (!isAble) return "unable";
  if (!ready) return "none";
  if (ready.missing > 0) return "partly";
  return now - Date.parse(ready.at) > OLD_MS ? "old" : "ready";
}

/**
 * @param {string} at
 * @param {number} now
 * @param {string} language
 * @returns {string} such as "2 hours ago"
 */
export function agoOf(at, now, language) {
  const passed = Math.max(0, now - Date.parse(at));
  const [unit, length] = UNITS.find(([, each]) => passed >= each) ?? ["second", Infinity];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-Math.floor(passed / length), unit);
}

/** @param {HTMLElement} element  with a part for each thing that can be said */
export default async function readyBadge(element) {
  const officer = Number(document.body.dataset.officer);
  const version = element.dataset.version ?? "";
  const files = (element.dataset.files ?? "").split(" ");
  const words = wordsIn(element, "[data-ready-words]");
  const button = /** @type {HTMLButtonElement} */ (element.querySelector("[data-make-ready]"));
  const draw = async () => {
    const known = await readiness(shelf);
    const ready = known?.officer === officer ? known : undefined;
    const ago = ready ? agoOf(ready.at, Date.now(), document.documentElement.lang) : "";
    const size = ((ready?.bytes ?? 0) / 1e6).toFixed(1);
    show(element, badgeFor(ready, Date.now()), { ago, size, missing: ready?.missing ?? 0 });
  };
  const make = async () => {
    button.hidden = true;
    const end = await makeReady(shelf, { version, files }, (done, total) => tell("ready", { done, total }));
    tell("ready");
    return end;
  };
  hear("ready", ({ done, total }) => (total ? show(element, "working", { done, total }) : draw()));
  button.addEventListener("click", async () => {
    const sentence = words[await make()];
    if (sentence) say(sentence);
  });
  const known = await readiness(shelf);
  if (known && isOutlived(known, Date.now())) await forgetReady(shelf);
  await draw();
  if (navigator.onLine && isStale(await readiness(shelf), { officer, version, now: Date.now() })) await make();
}

/**
 * @param {HTMLElement} element
 * @param {string} shown
 * @param {Record<string, string | number>} parts
 */
function show(element, shown, parts) {
  element.hidden = false;
  /** @type {HTMLElement} */ (element.querySelector("[data-make-ready]")).hidden = shown === "working" || shown === "unable";
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-readiness]"))) {
    part.hidden = part.dataset.readiness !== shown;
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-words]"))) {
      place.textContent = worded(place.dataset.words ?? "", parts);
    }
  }
}
