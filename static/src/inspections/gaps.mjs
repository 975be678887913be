/**
 * What a checkpoint still lacks, as far as a phone without signal can tell: the page says which
 * photographs, figures and drills the standard asks for. The service judges again when the visit
 * is handed in; a test holds both against each other.
 *
 * @typedef {Record<string, any>} Entry
 * @typedef {object} Need   what the standard asks of a checkpoint
 * @property {boolean} photo
 * @property {import("./sampling.mjs").Rule | null} counting
 * @property {{ limit: number, steps: number } | null} drill   `limit` in seconds, 0 for none
 */
import { needed } from "./sampling.mjs";

/**
 * @param {Need} need
 * @param {Entry} entry
 * @param {{ found: number, put_right: number }} photos  how many there are
 * @returns {string[]} in the order in which they are filled in
 */
export function gapsOf(need, entry, photos) {
  if (!entry.verdict) return ["verdict"];
  if (entry.verdict === "na") return entry.not_applicable_reason ? [] : ["reason"];
  const gaps = figureGaps(need, entry);
  return entry.verdict === "fail" ? [...gaps, ...failureGaps(need, entry, photos)] : gaps;
}

/**
 * @param {Need} need
 * @param {Entry} entry
 */
function figureGaps(need, entry) {
  const gaps = [];
  if (need.counting && !isCounted(need.counting, entry)) gaps.push("counts");
  if (need.drill?.limit && entry.drill_seconds === null) gaps.push("drill");
  if (gaps.length && entry.remark) return [];
  const suggested = suggestedBy(need, entry);
  if (suggested && suggested !== entry.verdict && !entry.remark) gaps.push("remark");
  return gaps;
}

/**
 * @param {Need} need
 * @param {Entry} entry
 * @param {{ found: number, put_right: number }} photos
 */
function failureGaps(need, entry, photos) {
  const gaps = [];
  if (!entry.seen) gaps.push("seen");
  if (need.photo && photos.found === 0) gaps.push("photo");
  if (entry.put_right_on_the_spot && photos.put_right === 0) gaps.push("put-right-photo");
  return gaps;
}

/**
 * @param {Need} need
 * @param {Entry} entry
 * @returns {"pass" | "fail" | ""} what the figures speak for; empty while they are not complete
 */
export function suggestedBy({ counting, drill }, entry) {
  const results = [];
  if (counting) {
    if (!isCounted(counting, entry)) return "";
    results.push(entry.asked_count > 0 && entry.correct_count >= needed(counting, entry.asked_count));
  }
  const made = (entry.drill_steps ?? []).filter((/** @type {number | null} */ second) => second !== null).length;
  if (drill && (drill.limit ? entry.drill_seconds !== null : made > 0)) {
    const inTime = !drill.limit || entry.drill_seconds <= drill.limit;
    results.push(inTime && (made || drill.steps) >= drill.steps);
  } else if (drill?.limit) return "";
  if (results.length === 0) return "";
  return results.every(Boolean) ? "pass" : "fail";
}

/**
 * @param {import("./sampling.mjs").Rule} rule
 * @param {Entry} entry
 */
function isCounted(rule, entry) {
  return entry.correct_count !== null && (entry.asked_count ?? 0) >= rule.least;
}

/**
 * @param {HTMLElement} row  of a checkpoint
 * @returns {Need}
 */
export function needIn(row) {
  const counting = /** @type {HTMLElement | null} */ (row.querySelector("[data-counting]"));
  const drill = /** @type {HTMLElement | null} */ (row.querySelector("[data-drill]"));
  const [right, of] = (counting?.dataset.share ?? "0/1").split("/").map(Number);
  return {
    photo: row.querySelector("[data-photo-needed]") !== null,
    counting: counting && { least: Number(counting.dataset.least), right, of },
    drill: drill && { limit: Number(drill.dataset.limit ?? 0), steps: Number(drill.dataset.stepsNeeded) },
  };
}

/**
 * @param {HTMLElement} row
 * @param {Entry} entry
 */
export function lacksRemark(row, entry) {
  const none = { found: 1, put_right: 1 }; // photographs do not matter here
  return gapsOf(needIn(row), entry, none).includes("remark");
}
