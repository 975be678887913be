/** One checkpoint of the visit page: what shows itself when something is chosen. */
import { tell } from "../components/checkpoint-row.mjs";
import { drawUp } from "../components/draw-up.mjs";
import { worded } from "../components/worded.mjs";
import { fill } from "./fields.mjs";

/** @typedef {Record<string, string>} Words */

/**
 * Make ready what only script can do: phrases to press, fields that come when needed.
 *
 * @param {HTMLElement} row
 */
export function furnish(row) {
  row.addEventListener("change", () => reveal(row));
  furnishFinding(row);
}

/**
 * Draw up what is written below a failure, if it waits: with what stands there.
 *
 * @param {HTMLElement} row
 * @param {string} code
 * @param {import("../offline/visits.mjs").Entry} entry
 * @returns {boolean} whether it waited until now
 */
export function drawFinding(row, code, entry) {
  const place = row.querySelector(".checkpoint__finding");
  if (!place || !drawUp(place)) return false;
  fill(place, code, entry);
  furnishFinding(row);
  return true;
}

/** @param {HTMLElement} row */
function furnishFinding(row) {
  const phrases = /** @type {HTMLElement | null} */ (row.querySelector("[data-phrases]"));
  if (phrases) phrases.hidden = false;
  phrases?.addEventListener("click", (event) => {
    const phrase = /** @type {Element} */ (event.target).closest("[data-phrase]");
    if (phrase instanceof HTMLElement) insert(row, phrase.dataset.phrase ?? "");
  });
  reveal(row);
}

/**
 * @param {HTMLElement} row
 * @param {string} text
 */
function insert(row, text) {
  const area = row.querySelector("textarea");
  if (!area || area.value.includes(text)) return;
  area.value += text;
  area.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * Show the photographs of what was put right, the remark, and the usual grade, as chosen.
 *
 * @param {HTMLElement} row
 */
function reveal(row) {
  const putRight = /** @type {HTMLInputElement | null} */ (row.querySelector("[data-put-right]"));
  const after = /** @type {HTMLElement | null} */ (row.querySelector('[data-photos="put_right"]'));
  if (putRight && after) after.hidden = !putRight.checked;
  const escalates = /** @type {HTMLInputElement | null} */ (row.querySelector("[data-escalates]"));
  const usual = /** @type {HTMLElement | null} */ (row.querySelector("option[data-usual]"));
  if (escalates && usual) {
    usual.textContent = (escalates.checked ? escalates.dataset.escalates : usual.dataset.usual) ?? "";
  }
  const requirement = /** @type {HTMLTextAreaElement | null} */ (row.querySelector("[data-rewordable]"));
  const note = /** @type {HTMLElement | null} */ (row.querySelector("[data-reworded]"));
  if (requirement && note) note.hidden = requirement.value === (requirement.dataset.usual ?? requirement.defaultValue);
}

/**
 * Ask for a remark only where it is needed, or where there is one.
 *
 * @param {HTMLElement} row
 * @param {import("./judging.mjs").Judge} judge
 * @param {import("./judging.mjs").Facts} facts
 */
export function askForRemark(row, judge, facts) {
  const field = /** @type {HTMLElement | null} */ (row.querySelector("[data-remark]"));
  const input = field?.querySelector("input");
  if (!field || !input) return;
  const isNeeded = judge.gapsOf(facts).includes("remark");
  field.hidden = !isNeeded && input.value === "" && input !== document.activeElement;
}

/**
 * Say what the numbers of a checkpoint mean.
 *
 * @param {HTMLElement} row
 * @param {import("./judging.mjs").Judge} judge
 * @param {import("./judging.mjs").Facts} asked  there by the standard
 * @param {Words} words
 */
export function tellOutcome(row, judge, asked, words) {
  const place = row.querySelector("[data-counting] [data-outcome]");
  if (!place) return;
  /** @type {import("./judging.mjs").Facts} */
  const facts = { ...asked, ...countsOf(row) };
  const outcome = judge.outcomeOf(facts);
  place.className = `asked__outcome is-${outcome === "more" ? "warn" : outcome || "none"}`;
  const { asked_count: soFar, correct_count: right } = facts;
  const parts = { asked: soFar, right, needed: judge.value("needed", facts), count: asked.least - (soFar ?? 0) };
  place.textContent = outcome ? worded(words[outcome], parts) : "";
}

/**
 * Return both numbers, which only make sense together: lowering the first may lower the second.
 *
 * @param {Element} row
 */
export function countsOf(row) {
  return { asked_count: numberIn(row, "[data-asked]"), correct_count: numberIn(row, "[data-right]") };
}

/**
 * @param {Element} place
 * @param {string} selector
 * @returns {number | null}
 */
function numberIn(place, selector) {
  const text = /** @type {HTMLInputElement | null} */ (place.querySelector(selector))?.value ?? "";
  return text === "" ? null : Number(text);
}

/**
 * Choose a verdict as the service has, without sending it back.
 *
 * @param {HTMLElement} row
 * @param {string | null} verdict
 */
export function choose(row, verdict) {
  const radios = /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll(".verdict__input"));
  for (const radio of radios) {
    radio.checked = radio.value === verdict;
    if (radio.checked) tell(row, radio);
  }
  if (verdict === null) forget(row);
}

/**
 * @param {HTMLElement} row  as the service sent it
 * @returns {() => void} repeats the tap on a verdict that came before there was a script to hear it
 */
export function earlyTapOn(row) {
  const radio = /** @type {HTMLInputElement | null} */ (row.querySelector(".verdict__input:checked"));
  if (!radio || radio.defaultChecked) return () => undefined;
  return () => {
    choose(row, radio.value);
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };
}

/**
 * @param {HTMLElement} row
 * @returns {string} the word on the chosen verdict
 */
export function verdictWord(row) {
  const radio = row.querySelector(".verdict__input:checked");
  return row.querySelector(`label[for="${radio?.id}"]`)?.textContent?.trim() ?? "";
}

/** @param {HTMLElement} row  that has no verdict any more */
function forget(row) {
  row.dataset.verdict = "";
  const place = row.querySelector("[data-settled]");
  if (place) place.textContent = "";
}
