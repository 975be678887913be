/** Make the empty sheet that of one visit: whose it is, and how many are asked there. */
import { worded } from "../components/worded.mjs";
import { shelf } from "../offline/desk.mjs";
import { stepFor } from "./kept.mjs";

/**
 * @param {HTMLElement} element
 * @param {import("../offline/visits.mjs").Visit} visit
 */
export async function furnishSheet(element, visit) {
  for (const place of document.querySelectorAll("[data-factory-name]")) place.textContent = visit.factory.name;
  for (const place of document.querySelectorAll("[data-second-name]")) place.textContent = visit.second?.name ?? "";
  const kind = document.querySelector(`#kind option[value="${visit.kind}"]`)?.textContent;
  for (const place of document.querySelectorAll("[data-kind-name]")) if (kind) place.textContent = kind;
  if (element.dataset.inspection) return; // the service has filled it in
  const samples = (await shelf.get("notes", "bundle"))?.samples ?? {};
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-code]"))) {
    const step = stepFor(samples[row.dataset.code ?? ""], visit.workers);
    if (step) askFor(row, step, visit.workers);
  }
}

/**
 * @param {HTMLElement} row
 * @param {{ asked: number, needed: number }} step
 * @param {number} workers
 */
function askFor(row, { asked, needed }, workers) {
  const counting = /** @type {HTMLElement | null} */ (row.querySelector("[data-counting]"));
  const words = /** @type {HTMLElement | null} */ (row.querySelector("[data-sample]"));
  const field = /** @type {HTMLInputElement | null} */ (row.querySelector("[data-asked]"));
  if (counting) counting.dataset.least = String(asked);
  if (words) words.textContent = worded(words.dataset.sample ?? "", { workers, asked, needed });
  if (field) field.defaultValue = field.value = String(asked);
}
