/** What follows when the service has answered a parcel. */
import { merged } from "./visits.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */

/**
 * The parcel may go, and what stands there now is known here; both in one transaction.
 *
 * @param {Shelf} shelf
 * @param {any} parcel
 * @param {any} outcome  of the receipt
 */
export function afterReceipt(shelf, parcel, outcome) {
  return shelf.within(["parcels", "visits"], "readwrite", async (transaction) => {
    const visits = transaction.objectStore("visits");
    const visit = await visits.get(parcel.visit);
    if (visit) await visits.put({ ...merged(visit, { ...outcome, signed: undefined }), overtaken: overtakenIn(visit, outcome), address: outcome.address });
    await transaction.objectStore("parcels").delete(parcel.seq);
  });
}

/**
 * The parcel is set aside with the reason. A visit that could not be handed in is open again, so
 * that what is missing can be put right; what was set aside for it before is no longer of use.
 *
 * @param {Shelf} shelf
 * @param {any} parcel
 * @param {string} sentence  of the service
 */
export function afterRefusal(shelf, parcel, sentence) {
  return shelf.within(["parcels", "visits"], "readwrite", async (transaction) => {
    const [parcels, visits] = [transaction.objectStore("parcels"), transaction.objectStore("visits")];
    const visit = await visits.get(parcel.visit);
    const reopened = parcel.isHandIn ? { state: "draft", handedInAt: undefined, signatures: {}, refusal: undefined } : {};
    if (visit) await visits.put({ ...visit, ...reopened, sentence });
    for (const other of await parcels.getAll()) {
      const isOutdated = other.visit === parcel.visit && other.isHandIn && other.seq < parcel.seq;
      if (isOutdated) await parcels.delete(other.seq);
    }
    await parcels.put({ ...parcel, state: "aside", sentence });
  });
}

/**
 * What a colleague's later answer took the place of; it can be put back.
 *
 * @param {import("./visits.mjs").Visit} visit
 * @param {any} outcome
 * @returns {Record<string, any>} entries by the code of the checkpoint
 */
function overtakenIn(visit, outcome) {
  const codes = Object.keys(outcome.answers ?? {}).filter((code) => outcome.answers[code].overtaken && !visit.answers[code].isDirty);
  return { ...visit.overtaken, ...Object.fromEntries(codes.map((code) => [code, visit.answers[code].entry])) };
}
