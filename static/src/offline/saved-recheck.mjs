/**
 * A re-check that is not handed in, as it lies in a saved file: what stands in its form, under the
 * names of the service.
 *
 * @typedef {import("./visits.mjs").Visit} Visit
 */
import { begunRecheck, photosOf, recheckIn } from "./rechecks.mjs";

/**
 * @param {Visit} own
 * @returns {Record<string, any>}
 */
export function savedRecheck(own) {
  const { inspection, visit, manner, occasion, second, statement, madeAt, steps, judgements } = recheckIn(own);
  return {
    key: own.key, visit, inspection_id: inspection, manner, occasion: occasion || null, second_id: second, statement,
    rechecked_at: madeAt || null, steps, begun_at: own.openedAt, changed_at: own.changedAt,
    judgements: judgements.map(({ finding, code, version, result, reason }) => ({
      finding_id: finding, code, version, result: result || null, reason, photos: photosOf(own, finding),
    })),
  };
}

/**
 * @param {any} saved
 * @param {{ officer: number, factory: import("./visits.mjs").Named }} whose
 * @returns {Visit} as the phone had it, but that its photographs are on the service by now
 */
export function recheckOf(saved, { officer, factory }) {
  const { key, visit, inspection_id: inspection, manner, occasion, second_id: second, statement, rechecked_at: madeAt, steps } = saved;
  const begun = begunRecheck({ key, officer, factory, inspection, visit }, saved.begun_at);
  const judgements = saved.judgements.map((/** @type {any} */ { finding_id: finding, code, version, result, reason }) => ({ finding, code, version, result: result ?? "", reason }));
  const photos = saved.judgements.flatMap((/** @type {any} */ { finding_id: finding, photos: taken }) =>
    taken.map((/** @type {string} */ sha256) => ({ sha256, code: String(finding), moment: "after", deed: "attach" })),
  );
  const filled = { manner, occasion: occasion ?? "", second, statement, madeAt: madeAt ?? "", steps, judgements };
  return { ...begun, changedAt: saved.changed_at, photos, recheck: { ...recheckIn(begun), ...filled } };
}

/**
 * Put a re-check out of a file onto this browser's shelf. What is newer here, or decided, stays.
 *
 * @param {import("./shelf.mjs").Shelf} shelf
 * @param {Visit} brought
 * @returns {Promise<"taken" | "other">} other when another re-check of the case is being made here
 */
export function takeRecheck(shelf, brought) {
  const { inspection } = recheckIn(brought);
  return shelf.within(["visits"], "readwrite", async (transaction) => {
    const visits = transaction.objectStore("visits");
    const here = /** @type {Visit[]} */ (await visits.getAll()).filter((visit) => visit.officer === brought.officer && visit.recheck?.inspection === inspection);
    const known = here.find(({ key }) => key === brought.key);
    const isOther = here.some(({ key, state }) => key !== brought.key && (state === "draft" || state === "handed_in"));
    if (isOther) return "other";
    if (!known || (known.state === "draft" && known.changedAt < brought.changedAt)) await visits.put(brought);
    return "taken";
  });
}
