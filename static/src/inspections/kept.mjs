/** Where a visit comes from when its page is opened: the phone's shelf, the page, or the bundle. */
import { changeVisit, shelf } from "../offline/desk.mjs";
import { known, merged } from "../offline/visits.mjs";
import { readWaiting } from "../offline/waiting.mjs";

/** @typedef {import("../offline/visits.mjs").Visit} Visit */

/**
 * @param {string} key
 * @param {any} state  what the page says of the visit, or null on an empty sheet
 * @param {number} officer
 * @returns {Promise<Visit | null>}
 */
export async function visitOf(key, state, officer) {
  const own = await shelf.get("visits", key);
  const told = state ?? ((await shelf.get("notes", "bundle"))?.drafts ?? []).find((/** @type {any} */ draft) => draft.key === key);
  const isOwn = own?.officer === officer;
  if (!told) return isOwn ? own : null; // a colleague's, who held this phone before
  if (own && own.state !== "draft") return own;
  const isAnew = !own || (!isOwn && (await isSent(own)));
  return changeVisit(key, () => (isAnew ? known(told, officer) : merged(own, told)));
}

/** @param {Visit} visit  whether nothing of it waits on this phone */
async function isSent(visit) {
  const { lines } = await readWaiting(shelf, visit.officer);
  return lines.some(({ key, standing }) => key === visit.key && standing === "up-to-date");
}

/**
 * @param {number} inspectionId
 * @returns {Promise<string | undefined>} the key of a visit that this phone knows
 */
export async function keyOf(inspectionId) {
  const own = (await shelf.all("visits")).find((visit) => visit.inspectionId === inspectionId);
  const told = ((await shelf.get("notes", "bundle"))?.drafts ?? []).find((/** @type {any} */ draft) => draft.inspection_id === inspectionId);
  return (own ?? told)?.key;
}

/**
 * @param {any[] | undefined} steps  by `from_workers`, ascending
 * @param {number} workers
 * @returns {any} the last step that is not above the number
 */
export function stepFor(steps, workers) {
  return (steps ?? []).filter((step) => step.from_workers <= workers).pop();
}
