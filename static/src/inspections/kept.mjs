/** Where a visit comes from when its page is opened: the phone's shelf, the page, or the bundle. */
import { shelf } from "../offline/desk.mjs";
import { known, merged } from "../offline/visits.mjs";
import { waitingIn } from "../offline/waiting.mjs";

/** @typedef {import("../offline/visits.mjs").Visit} Visit */

/**
 * Look a visit up, and take over what is told of it: all in one go, for each look at the shelf
 * costs a cheap phone its time.
 *
 * @param {object} asked
 * @param {string | null} asked.key
 * @param {number} asked.inspection  its number on the service, where the key is not known
 * @param {any} asked.state          what the page says of the visit, or null on an empty sheet
 * @param {number} asked.officer
 * @returns {Promise<{ visit: Visit | null, samples: any }>} as it stands on the shelf by now, and how
 *   many are asked, for an empty sheet
 */
export function opened({ key, inspection, state, officer }) {
  return shelf.within(["visits", "photos", "parcels", "notes"], "readwrite", async (transaction) => {
    const visits = transaction.objectStore("visits");
    const bundle = state ? null : await transaction.objectStore("notes").get("bundle");
    const isMeant = (/** @type {string} */ own, /** @type {number} */ number) => (key ? own === key : number === inspection);
    const own = key ? await visits.get(key) : (await visits.getAll()).find((/** @type {Visit} */ each) => isMeant(each.key, each.inspectionId ?? 0));
    const told = state ?? (bundle?.drafts ?? []).find((/** @type {any} */ draft) => isMeant(draft.key, draft.inspection_id));
    const visit = await takenOver(own, told, officer, transaction);
    if (visit && visit !== own) await visits.put(visit);
    return { visit, samples: bundle?.samples ?? {} };
  });
}

/**
 * @param {Visit | undefined} own
 * @param {any} told
 * @param {number} officer
 * @param {import("../offline/shelf.mjs").Transaction} transaction
 * @returns {Promise<Visit | null>}
 */
async function takenOver(own, told, officer, transaction) {
  const isOwn = own?.officer === officer;
  if (!told) return isOwn ? own : null; // a colleague's, who held this phone before
  if (own && own.state !== "draft") return own;
  const isAnew = !own || (!isOwn && (await isSent(own, transaction)));
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
