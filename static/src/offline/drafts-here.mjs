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
  const draw = async () => {
    const visits = /** @type {Visit[]} */ (await shelf.all("visits")).filter((visit) => visit.officer === officer);
    for (const visit of visits) if (visit.state !== "draft") listed(visit)?.remove();
    const drafts = visits.filter((visit) => visit.state === "draft" && !listed(visit));
    drafts.sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
    list.replaceChildren(...drafts.map((draft) => rowOf(template, draft)));
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
 * @param {HTMLTemplateElement} template
 * @param {Visit} draft
 */
function rowOf(template, draft) {
  const row = /** @type {HTMLAnchorElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  const given = draft.recheck ? draft.recheck.judgements.map(({ result }) => result) : Object.values(draft.answers).map(({ entry }) => entry.verdict);
  const done = given.filter(Boolean).length;
  const clock = new Date(draft.changedAt).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  row.href = sheetAddress(draft);
  /** @type {HTMLElement} */ (row.querySelector("[data-name]")).textContent = draft.factory.name;
  const words = /** @type {HTMLElement} */ (row.querySelector("[data-words]"));
  words.textContent = worded(words.dataset.words ?? "", { done, total: given.length, clock });
  return row;
}
