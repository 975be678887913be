/**
 * List the drafts that lie on this phone and do not stand on the page already. A page that was kept
 * a while ago may still call a draft what has been handed in since; that goes from it.
 */
import { worded } from "../components/worded.mjs";
import { shelf } from "./desk.mjs";
import { hear } from "./news.mjs";
import { sheetAddress } from "./visits.mjs";

/** @typedef {import("./visits.mjs").Visit} Visit */

/** @param {HTMLElement} element  a list with a template of its rows */
export default function draftsHere(element) {
  const officer = Number(document.body.dataset.officer);
  const list = /** @type {HTMLElement} */ (element.querySelector("[data-list]"));
  const template = /** @type {HTMLTemplateElement} */ (element.querySelector("template"));
  /** @type {Map<string, HTMLAnchorElement>} */
  const rows = new Map();
  const draw = async () => {
    const visits = /** @type {Visit[]} */ (await shelf.all("visits")).filter((visit) => visit.officer === officer);
    for (const visit of visits) if (visit.state !== "draft") listed(visit)?.remove();
    const drafts = visits.filter((visit) => visit.state === "draft" && !listed(visit));
    drafts.sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
    for (const draft of drafts) {
      if (!rows.has(draft.key)) rows.set(draft.key, emptyRow(template));
      fill(/** @type {HTMLAnchorElement} */ (rows.get(draft.key)), draft);
    }
    show(list, drafts.map(({ key }) => /** @type {HTMLAnchorElement} */ (rows.get(key))));
    element.hidden = drafts.length === 0;
  };
  hear("visit", draw);
  draw();
}

/** @param {Visit} visit */
function listed({ inspectionId }) {
  return document.querySelector(`main a[href="/inspections/${inspectionId}/fill"]`);
}

/**
 * Show these rows in this order. What stands there already is left alone: a row that is taken out
 * and put back between the touch and the lifting of a finger is not opened.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement[]} rows
 */
function show(list, rows) {
  const isShown = list.children.length === rows.length && rows.every((row, place) => list.children[place] === row);
  if (!isShown) list.replaceChildren(...rows);
}

/** @param {HTMLTemplateElement} template */
function emptyRow(template) {
  return /** @type {HTMLAnchorElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
}

/**
 * @param {HTMLAnchorElement} row
 * @param {Visit} draft
 */
function fill(row, draft) {
  const given = draft.recheck ? draft.recheck.judgements.map(({ result }) => result) : Object.values(draft.answers).map(({ entry }) => entry.verdict);
  const done = given.filter(Boolean).length;
  const clock = new Date(draft.changedAt).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  row.href = sheetAddress(draft);
  /** @type {HTMLElement} */ (row.querySelector("[data-name]")).textContent = draft.factory.name;
  const words = /** @type {HTMLElement} */ (row.querySelector("[data-words]"));
  words.textContent = worded(words.dataset.words ?? "", { done, total: given.length, clock });
}
