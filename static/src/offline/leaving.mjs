/**
 * What an officer leaves behind on a phone. Of what has arrived nothing stays; what has not is
 * kept, and sent when there is signal, whoever holds the phone by then.
 *
 * @typedef {import("./shelf.mjs").Shelf} Shelf
 * @typedef {import("./waiting.mjs").Standing} Standing
 */
import { forgetReady, readiness } from "./ready.mjs";
import { waitingOf } from "./waiting.mjs";

const ARRIVED = new Set(/** @type {Standing[]} */ (["up-to-date", "delivered", "void"]));

/**
 * Forget the pages, the bundle, and whatever of the officer's visits is on the service.
 *
 * @param {Shelf} shelf
 * @param {number} officer
 */
export async function forgetOfficer(shelf, officer) {
  await forgetReady(shelf);
  await shelf.within(["visits", "photos", "bytes", "parcels", "notes"], "readwrite", async (transaction) => {
    const [visits, photos, bytes] = [transaction.objectStore("visits"), transaction.objectStore("photos"), transaction.objectStore("bytes")];
    /** @type {Parameters<typeof waitingOf>[0]} */
    const kept = { visits: await visits.getAll(), photos: await photos.getAll(), parcels: await transaction.objectStore("parcels").getAll() };
    const { lines } = waitingOf(kept, officer);
    const arrived = lines.filter(({ standing }) => ARRIVED.has(standing));
    const gone = new Set(arrived.map(({ key }) => key));
    const needed = new Set(kept.visits.filter(({ key }) => !gone.has(key)).flatMap((visit) => visit.photos.map(({ sha256 }) => sha256)));
    for (const { key } of arrived) await visits.delete(key);
    for (const { sha256 } of arrived.flatMap((line) => line.photos)) {
      if (needed.has(sha256)) continue;
      await photos.delete(sha256);
      await bytes.delete(sha256);
    }
    const notes = transaction.objectStore("notes");
    await notes.delete(`sent-at:${officer}`);
    if (arrived.length === lines.length) await notes.delete(`token:${officer}`); // what is left needs it
  });
}

/**
 * Forget the pages of whoever was here before without signing out.
 *
 * @param {Shelf} shelf
 * @param {number} officer  whose page this is
 */
export async function forgetOthersPages(shelf, officer) {
  const ready = await readiness(shelf);
  if (ready && ready.officer !== officer) await forgetReady(shelf);
}
