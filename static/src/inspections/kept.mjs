/** Where a visit comes from when its page is opened: the phone's shelf, the page, or the bundle. */
import { shelf } from "../offline/desk.mjs";
import { known, merged } from "../offline/visits.mjs";
import { waitingIn } from "../offline/waiting.mjs";
import { seen } from "./ahead.mjs";

/** @typedef {import("../offline/visits.mjs").Visit} Visit */

/**
 * @typedef {object} Asked
 * @property {string | null} key
 * @property {number} inspection  its number on the service, where the key is not known
 * @property {any} state          what the page says of the visit, or null on an empty sheet
 * @property {number} officer
 *
 * @typedef {{ visit: Visit | null, samples: any }} Found  as it stands on the shelf by now, and how
 *   many are asked, for an empty sheet
 */

/**
 * Look a visit up, and take over what is told of it. On an empty sheet most often all is known
 * already: then nobody waits until something is written.
 *
 * @param {Asked} asked
 * @returns {Promise<Found>}
 */
export async function opened(asked) {
  const { key, state, officer } = asked;
  if (key && !state) {
    const { own, bundle } = await seen(key);
    if (isAllKnown(own, toldIn(bundle, asked), officer)) return { visit: own ?? null, samples: bundle?.samples ?? {} };
  }
  return takenIn(asked);
}

/**
 * All in one go: each look at the shelf costs a cheap phone its time.
 *
 * @param {Asked} asked
 * @returns {Promise<Found>}
 */
function takenIn(asked) {
  const { key, inspection, state, officer } = asked;
  return shelf.within(["visits", "photos", "parcels", "notes"], "readwrite", async (transaction) => {
    const visits = transaction.objectStore("visits");
    const bundle = state ? null : await transaction.objectStore("notes").get("bundle");
    const own = key ? await visits.get(key) : (await visits.getAll()).find((/** @type {Visit} */ each) => each.inspectionId === inspection);
    const visit = await takenOver(own, state ?? toldIn(bundle, asked), officer, transaction);
    if (visit && visit !== own) await visits.put(visit);
    return { visit, samples: bundle?.samples ?? {} };
  });
}

/**
 * @param {any} bundle
 * @param {Asked} asked
 * @returns {any} what the bundle says of the visit; undefined where it says nothing
 */
function toldIn(bundle, { key, inspection }) {
  return (bundle?.drafts ?? []).find((/** @type {any} */ draft) => (key ? draft.key === key : draft.inspection_id === inspection));
}

/**
 * @param {Visit | undefined} own
 * @param {any} told
 * @param {number} officer
 * @returns {boolean} whether it is the officer's, and nothing is told that it has to take over
 */
function isAllKnown(own, told, officer) {
  return own?.officer === officer && (!told || own.state !== "draft");
}

/**
 * @param {Visit | undefined} own
 * @param {any} told
 * @param {number} officer
 * @param {import("../offline/shelf.mjs").Transaction} transaction
 * @returns {Promise<Visit | null>}
 */
async function takenOver(own, told, officer, transaction) {
  if (isAllKnown(own, told, officer)) return own ?? null;
  if (!told) return null; // a colleague's, who held this phone before
  if (own && own.state !== "draft") return own;
  const isAnew = !own || (own.officer !== officer && (await isSent(own, transaction)));
  return isAnew ? known(told, officer) : merged(own, told);
}

/**
 * @param {Visit} visit
 * @param {import("../offline/shelf.mjs").Transaction} transaction
 * @returns {Promise<boolean>} whether nothing of it waits on this phone
 */
async function isSent(visit, transaction) {
  const { lines } = await waitingIn(transaction, visit.officer);
  return lines.some(({ key, standing }) => key === visit.key && standing === "up-to-date");
}

/**
 * @param {any[] | undefined} steps  by `from_workers`, ascending
 * @param {number} workers
 * @returns {any} the last step that is not above the number
 */
export function stepFor(steps, workers) {
  return (steps ?? []).filter((step) => step.from_workers <= workers).pop();
}
