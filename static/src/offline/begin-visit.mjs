/** Begin a visit on this phone, where it knows the factory: with signal or without, nothing is waited for. */
import { shelf } from "./desk.mjs";
import { sheetAddress } from "./visits.mjs";

/** @typedef {import("./visits.mjs").Visit} Visit */

/** @param {HTMLElement} element  a link to the page that begins a visit of the factory in its address */
export default async function beginVisit(element) {
  const link = /** @type {HTMLAnchorElement} */ (element);
  const factory = Number(new URL(link.href).searchParams.get("factory"));
  const officer = Number(document.body.dataset.officer);
  const visits = /** @type {Visit[]} */ (await shelf.all("visits"));
  const draft = visits.find((visit) => visit.officer === officer && visit.factory.id === factory && visit.state === "draft" && !visit.recheck);
  if (draft) {
    link.href = sheetAddress(draft);
    link.textContent = link.dataset.goOn ?? link.textContent;
    return;
  }
  const bundle = await shelf.get("notes", "bundle");
  const isKnown = bundle?.officer.id === officer && bundle.factories.some((/** @type {{ id: number }} */ { id }) => id === factory);
  if (isKnown) link.href = `${bundle.sheet}?factory=${factory}`;
}
