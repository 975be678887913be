/** Make the empty sheet that of one visit: whose it is, and how many are asked there. */
import { worded } from "../components/worded.mjs";
import { stepFor } from "./kept.mjs";

/**
 * @param {HTMLElement} element
 * @param {import("../offline/visits.mjs").Visit} visit
 * @param {import("./points.mjs").Points} points
 * @param {any} samples  by checkpoint, step by step with the workers
 */
export function furnishSheet(element, visit, points, samples) {
  for (const place of document.querySelectorAll("[data-factory-name]")) place.textContent = visit.factory.name;
  const kind = document.querySelector(`#kind option[value="${visit.kind}"]`)?.textContent;
  for (const place of document.querySelectorAll("[data-kind-name]")) if (kind) place.textContent = kind;
  if (element.dataset.inspection) return; // the service has filled it in
  for (const { code } of points.all) {
    const step = stepFor(samples[code], visit.workers);
    if (step) points.askFor(code, { ...step, workers: visit.workers });
  }
  element.hidden = false;
}

/**
 * Say what stands at a checkpoint of this visit and not on the empty sheet.
 *
 * @param {HTMLElement} row
 * @param {import("./points.mjs").Point} point
 */
export function tellOwn(row, { sample, bases, is_preset: isPreset }) {
  if (sample) tellSample(row, sample);
  const cited = row.querySelector("[data-bases]");
  if (cited && bases) cited.textContent = bases;
  const note = /** @type {HTMLElement | null} */ (row.querySelector("[data-preset]"));
  if (note && isPreset) note.hidden = false;
}

/**
 * @param {HTMLElement} row
 * @param {import("./points.mjs").Sample} sample
 */
function tellSample(row, sample) {
  const words = /** @type {HTMLElement | null} */ (row.querySelector("[data-sample]"));
  const field = /** @type {HTMLInputElement | null} */ (row.querySelector("[data-asked]"));
  if (words) words.textContent = worded(words.dataset.sample ?? "", { ...sample });
  if (field) field.defaultValue = field.value = String(sample.asked);
}
