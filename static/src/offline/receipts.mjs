/** What follows when the service has answered a parcel. */
import { isWaiting } from "./parcels.mjs";
import { decided } from "./rechecks.mjs";
import { merged } from "./visits.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */
/** @typedef {import("./parcels.mjs").Parcel} Parcel */

/**
 * The parcel may go, and what stands there now is known here; both in one transaction.
 *
 * @param {Shelf} shelf
 * @param {Parcel} parcel
 * @param {any} outcome  of the receipt
 * @param {string} at
 */
export function afterReceipt(shelf, parcel, outcome, at) {
  return shelf.within(["parcels", "visits"], "readwrite", async (transaction) => {
    const [parcels, visits] = [transaction.objectStore("parcels"), transaction.objectStore("visits")];
    const visit = await visits.get(parcel.visit);
    if (visit?.recheck) await visits.put(decided(visit, outcome, at));
    else if (visit) {
      const told = { ...outcome, signed: undefined };
      await visits.put({ ...merged(visit, told), overtaken: overtakenIn(visit, outcome), address: outcome.address });
    }
    await parcels.delete(parcel.seq);
    if (parcel.isHandIn) await dropOutdated(parcels, parcel);
  });
}

/**
 * The parcel is set aside with the reason. A visit that could not be handed in is open again, so
 * that what is missing can be put right; what was set aside for it before is no longer of use.
 *
 * @param {Shelf} shelf
 * @param {Parcel} parcel
 * @param {string} sentence  of the service
 */
export function afterRefusal(shelf, parcel, sentence) {
  return shelf.within(["parcels", "visits"], "readwrite", async (transaction) => {
    const [parcels, visits] = [transaction.objectStore("parcels"), transaction.objectStore("visits")];
    const visit = await visits.get(parcel.visit);
    const reopened = parcel.isHandIn ? { state: "draft", handedInAt: undefined, signatures: {}, refusal: undefined } : {};
    if (visit) await visits.put({ ...visit, ...reopened, sentence });
    if (parcel.isHandIn) await dropOutdated(parcels, parcel);
    await parcels.put({ ...parcel, state: "aside", sentence });
  });
}

/**
 * @param {any} parcels
 * @param {Parcel} parcel  the newest that hands its visit in
 */
async function dropOutdated(parcels, parcel) {
  for (const other of await parcels.getAll()) {
    const isOutdated = other.visit === parcel.visit && other.isHandIn && other.seq < parcel.seq && !isWaiting(other);
    if (isOutdated) await parcels.delete(other.seq);
  }
}

/**
 * What a colleague's later answer took the place of; it can be put back.
 *
 * @param {import("./visits.mjs").Visit} visit
 * @param {any} outcome
 * @returns {Record<string, any>} entries by the code of the checkpoint
 */
function overtakenIn(visit, outcome) {
  const overtaken = { ...visit.overtaken };
  for (const [code, standing] of Object.entries(outcome.answers ?? {})) {
    const own = visit.answers[code];
    if (standing.overtaken && own && !own.isDirty) overtaken[code] = own.entry;
  }
  return overtaken;
}
