/** Read back to the factory what was found: the figures, and a row for each failure. */
import { worded } from "../components/worded.mjs";
import { placeOf } from "./progress.mjs";

/**
 * @param {HTMLElement} part  the end of the visit, with a template of a row
 * @param {import("./filling.mjs").Visit} filling
 */
export async function readBack(part, filling) {
  const { points, rows } = filling;
  const failed = points.all.filter(({ code }) => filling.kept.answers[code].entry.verdict === "fail");
  const drawn = new Map(await Promise.all(failed.map(async ({ code }) => /** @type {const} */ ([code, await rows?.of(code)]))));
  const { kept } = filling; // it may have changed meanwhile
  const entries = Object.values(kept.answers).map(({ entry }) => entry);
  const count = (/** @type {(entry: any) => unknown} */ holds) => String(entries.filter(holds).length);
  const figures = {
    done: count(({ verdict }) => verdict),
    failed: count(({ verdict }) => verdict === "fail"),
    put_right: count((entry) => entry.verdict === "fail" && entry.put_right_on_the_spot),
    na: count(({ verdict }) => verdict === "na"),
  };
  for (const [name, figure] of Object.entries(figures)) {
    const place = part.querySelector(`[data-figure="${name}"]`);
    if (place) place.textContent = figure;
  }
  /** @type {HTMLElement} */ (part.querySelector('[data-figure="failed"]')).classList.toggle("is-fail", figures.failed !== "0");
  drawSquares(part, points, kept);
  const list = /** @type {HTMLElement} */ (part.querySelector("[data-readback]"));
  const pattern = /** @type {HTMLTemplateElement} */ (part.querySelector("template[data-readback-row]"));
  list.textContent = "";
  for (const point of points.all) {
    const { entry } = kept.answers[point.code];
    if (entry.verdict === "fail") list.append(rowOf(pattern, point, drawn.get(point.code), entry));
  }
  /** @type {HTMLElement} */ (part.querySelector("[data-nothing]")).hidden = list.childElementCount > 0;
}

/**
 * The sixteen items in small: the page draws them all as failed, with a cross on each.
 *
 * @param {HTMLElement} part
 * @param {import("./points.mjs").Points} points
 * @param {import("../offline/visits.mjs").Visit} kept
 */
function drawSquares(part, points, kept) {
  const cells = part.querySelectorAll(".squares-mini__cell");
  const crosses = part.querySelectorAll(".squares-mini__cross");
  const items = Array.from(new Set(points.all.map(({ code }) => placeOf(code).item)));
  items.forEach((item, place) => {
    const codes = points.all.map(({ code }) => code).filter((code) => placeOf(code).item === item);
    const state = stateOf(codes.map((code) => kept.answers[code].entry.verdict ?? ""));
    cells[place].setAttribute("class", `squares-mini__cell squares-mini__cell--${state}`);
    crosses[place].setAttribute("visibility", state === "fail" ? "visible" : "hidden");
  });
}

/**
 * @param {string[]} verdicts  of the checkpoints of an item
 * @returns {"fail" | "open" | "none" | "pass"}
 */
export function stateOf(verdicts) {
  if (verdicts.includes("fail")) return "fail";
  if (verdicts.includes("")) return "open";
  return verdicts.includes("pass") ? "pass" : "none";
}

/**
 * @param {HTMLTemplateElement} pattern
 * @param {import("./points.mjs").Point} point
 * @param {HTMLElement | undefined} row  where the words stand; not there if it could not be fetched
 * @param {Record<string, any>} entry
 */
function rowOf(pattern, { code, title }, row, entry) {
  const line = /** @type {HTMLElement} */ (/** @type {Element} */ (pattern.content.firstElementChild).cloneNode(true));
  const requirement = /** @type {HTMLTextAreaElement | null | undefined} */ (row?.querySelector("[data-rewordable]"));
  const chosen = (/** @type {string} */ name) => /** @type {HTMLSelectElement | null | undefined} */ (row?.querySelector(`select[name$="-${name}"]`))?.selectedOptions[0]?.text ?? "";
  const days = entry.put_right_on_the_spot ? "put_right" : "days";
  const parts = { title: entry.place ? `${entry.place}${line.dataset.colon}${entry.seen}` : entry.seen || title, code: `${code} ${requirement?.value ?? ""}`, days: chosen("grace_days") };
  for (const [name, text] of Object.entries(parts)) {
    const place = line.querySelector(`[data-part="${name}"]`);
    if (place) place.textContent = worded(text, {});
  }
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (line.querySelectorAll("[data-grade]"))) place.hidden = place.textContent?.trim() !== chosen("grade");
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (line.querySelectorAll("[data-only]"))) place.hidden = place.dataset.only !== days;
  return line;
}
