/**
 * The page that lies in a case: says whether every file is as it was when the case was taken.
 *
 * It is opened from a disk, without service or network, and may have no quick way to hash.
 *
 * @typedef {{ files: import("./comparing.mjs").Listed[], missing: { path: string, why: string }[], page: string,
 *   list: string, factory: string, first?: string, last?: string, visit?: number, taken_at: string,
 *   taken_by: string }} Case
 * @typedef {import("./comparing.mjs").Outcome} Outcome
 */
import { digestOfFile } from "../camera/digest.mjs";
import { compare } from "./comparing.mjs";
import { chosen, dropped } from "./gathering.mjs";

/** @type {Record<string, Record<string, string>>} */
const words = read("words");
/** @type {Case} */
const taken = read("case");
let language = (navigator.language || "zh").startsWith("zh") ? "zh" : "en";
/** @type {Outcome | null} */
let outcome = null;

/** @param {string} name */
function read(name) {
  return JSON.parse(one(`[data-${name}]`).textContent ?? "");
}

/**
 * @param {string} selector
 * @returns {HTMLElement}
 */
function one(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} [places]
 */
function say(name, places = {}) {
  return Object.entries(places).reduce(
    (text, [place, value]) => text.split(`{${place}}`).join(String(value)),
    words[language][name],
  );
}

function speak() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : language;
  for (const place of Array.from(document.querySelectorAll("[data-word]"))) {
    place.textContent = say(/** @type {HTMLElement} */ (place).dataset.word ?? "");
  }
  one("[data-factory]").textContent = taken.factory;
  one("[data-scope]").textContent = scope();
  const moment = taken.taken_at.slice(0, 16).replace("T", " ");
  one("[data-taken]").textContent = say("taken", { moment, name: taken.taken_by });
  one("[data-sum]").textContent = taken.files.find(({ path }) => path === taken.list)?.sha256 ?? "";
  const lacks = taken.missing.map(({ path, why }) => `${path} · ${say(`lacking-${why}`)}`);
  one("[data-lacks]").replaceChildren(...listed("lacking", lacks));
  if (outcome) tell(outcome);
}

function scope() {
  if (taken.visit) return say("visit");
  return taken.first || taken.last ? say("days", { first: taken.first ?? "…", last: taken.last ?? "…" }) : say("all");
}

/** @param {Outcome} found */
function tell(found) {
  const wrong = found.changed.length + found.missing.length + found.added.length;
  const isOther = found.good + found.changed.length === 0;
  verdict(isOther ? say("none") : wrong ? say("bad", { count: wrong }) : say("good", { count: found.good }), wrong > 0);
  const kinds = isOther ? [] : /** @type {const} */ (["changed", "missing", "added"]);
  one("[data-faults]").replaceChildren(...kinds.flatMap((kind) => listed(kind, found[kind])));
}

/**
 * @param {string} sentence
 * @param {boolean} isBad
 */
function verdict(sentence, isBad) {
  one("[data-outcome]").hidden = false;
  const place = one("[data-verdict]");
  place.textContent = sentence;
  place.className = isBad ? "failures" : "chip chip--pass chip--l";
}

/**
 * @param {string} heading
 * @param {string[]} paths
 */
function listed(heading, paths) {
  if (paths.length === 0) return [];
  const title = element("h2", "failures", `${say(heading)} (${paths.length})`);
  const list = element("ul", "stack stack--tight", "");
  list.append(...paths.map((path) => element("li", "failures", path)));
  return [title, list];
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {string} text
 */
function element(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

/** @param {import("./comparing.mjs").Given[]} given */
async function look(given) {
  if (given.length === 0) return;
  outcome = null;
  one("[data-faults]").replaceChildren();
  outcome = await compare(taken.files, taken.page, given, (file) => digestOfFile(file), (done, total) => {
    const place = one("[data-verdict]");
    one("[data-outcome]").hidden = false;
    place.className = "chip chip--l";
    place.textContent = say("working", { done, total });
  });
  tell(outcome);
}

const input = /** @type {HTMLInputElement} */ (one("[data-folder]"));
input.addEventListener("change", () => void look(chosen(input)));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer) void dropped(event.dataTransfer).then(look);
});
for (const button of Array.from(document.querySelectorAll("[data-language]"))) {
  button.addEventListener("click", () => {
    language = /** @type {HTMLElement} */ (button).dataset.language ?? language;
    speak();
  });
}
speak();
