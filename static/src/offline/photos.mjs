/**
 * Photographs on this phone. What is known of one lies apart from its bytes, which stay until the
 * service says that it can read its own copy; a small picture stays longer.
 *
 * @typedef {object} Kept
 * @property {string} sha256
 * @property {number} officer
 * @property {string} type
 * @property {string} takenAt
 * @property {"camera" | "gallery"} source
 * @property {{ latitude: number, longitude: number, accuracy_m: number }} [place]
 * @property {string} [original]    the SHA-256 of the file before it was shrunk
 * @property {string} [drawnOver]
 * @property {ArrayBuffer | null} [thumbnail]
 * @property {"local" | "received" | "readable" | "refused"} state
 * @property {boolean} [isBroken]   its line broke: it goes on piece by piece
 * @property {string} [sentence]    why it was refused
 * @property {string} [distance]    from the factory, in the service's own words
 * @property {boolean} [isFar]      as the service has it
 * @property {number} size          of the bytes
 * @property {string} addedAt
 */
import { withPhoto } from "./visits.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */

/**
 * Keep a photograph and whose it is, both or neither. One that was drawn over another takes its
 * place; the other stays, and is still sent.
 *
 * @param {Shelf} shelf
 * @param {string} key  of the visit
 * @param {any} photo   with its bytes, as it was taken
 * @param {{ code: string, moment: string }} place
 */
export function keepPhoto(shelf, key, photo, place) {
  const { bytes, ...facts } = photo;
  return shelf.within(["visits", "photos", "bytes"], "readwrite", async (transaction) => {
    const [visits, photos] = [transaction.objectStore("visits"), transaction.objectStore("photos")];
    const known = await photos.get(photo.sha256);
    if (!known || known.state === "refused") {
      await photos.put({ ...facts, state: "local", size: bytes.byteLength });
      await transaction.objectStore("bytes").put(bytes, photo.sha256);
    }
    const visit = await visits.get(key);
    const { sha256, drawnOver, addedAt } = photo;
    const freed = drawnOver ? withPhoto(visit, { sha256: drawnOver, ...place }, "detach", addedAt) : visit;
    await visits.put(withPhoto(freed, { sha256, ...place }, "attach", addedAt));
  });
}

/**
 * Keep where an unsent photograph was taken, if that became known only after it was kept.
 *
 * @param {Shelf} shelf
 * @param {string} sha256
 * @param {NonNullable<Kept["place"]>} place
 */
export function placePhoto(shelf, sha256, place) {
  return shelf.change("photos", sha256, (photo) => (isUnsent(photo) && !photo.place ? { ...photo, place } : photo));
}

/**
 * @param {Shelf} shelf
 * @param {string} sha256
 * @returns {Promise<(Kept & { bytes: ArrayBuffer }) | null>} null where it is gone, or its bytes are
 */
export async function wholePhoto(shelf, sha256) {
  const [photo, bytes] = [await shelf.get("photos", sha256), await shelf.get("bytes", sha256)];
  return photo && bytes ? { ...photo, bytes } : null;
}

/**
 * Forget the bytes of a photograph that the service can read.
 *
 * @param {Shelf} shelf
 * @param {string} sha256
 * @param {Pick<Kept, "distance" | "isFar">} told  of where it was taken
 */
export function forgetBytes(shelf, sha256, told) {
  return shelf.within(["photos", "bytes"], "readwrite", async (transaction) => {
    const photo = await transaction.objectStore("photos").get(sha256);
    if (photo) await transaction.objectStore("photos").put({ ...photo, ...told, state: "readable", sentence: undefined });
    await transaction.objectStore("bytes").delete(sha256);
  });
}

/** @param {Kept} photo  whether it still has to be sent */
export function isUnsent({ state }) {
  return state === "local";
}

/**
 * What of the photographs on this phone a visit needs at the service: those that belong to its
 * checkpoints, and those below them, as proof of what was drawn on.
 *
 * @param {import("./visits.mjs").Visit} visit
 * @param {Kept[]} photos
 * @returns {Set<string>}
 */
export function wantedBy(visit, photos) {
  const below = new Map(photos.map(({ sha256, drawnOver }) => [sha256, drawnOver]));
  const wanted = new Set(visit.photos.filter(({ deed }) => deed === "attach").map(({ sha256 }) => sha256));
  for (const sha256 of wanted) { // a set is walked through to what was added meanwhile
    const drawnOver = below.get(sha256);
    if (drawnOver) wanted.add(drawnOver);
  }
  return wanted;
}
