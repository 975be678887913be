/**
 * What a manager has not handed in yet: photographs and a few words, kept on the phone until the
 * service has answered. One for each finding; its key makes sending twice harmless.
 */
import { makeKey } from "../offline/keys.mjs";
import { Shelf } from "../offline/shelf.mjs";

/** @typedef {import("../camera/take.mjs").Taken & { isDelivered?: boolean }} Shot */

/**
 * @typedef {object} Proof
 * @property {"proof"} kind
 * @property {number} officer
 * @property {number} finding
 * @property {string} key      made once, with the first photograph or word
 * @property {string} address  where it is sent
 * @property {string} note
 * @property {Shot[]} photos
 * @property {boolean} isHandedIn  whether the manager has pressed the button
 * @property {string} [sentence]   why the service would not take it as it is
 */

export const shelf = new Shelf();

/** @param {Pick<Proof, "officer" | "finding">} proof */
function nameOf({ officer, finding }) {
  return `proof:${officer}:${finding}`;
}

/**
 * @param {Pick<Proof, "officer" | "finding" | "address">} whose
 * @returns {Promise<Proof>} what lies on the phone for this finding, or a new one
 */
export async function proofOf(whose) {
  const kept = await shelf.get("notes", nameOf(whose));
  return kept ?? { kind: "proof", ...whose, key: makeKey(), note: "", photos: [], isHandedIn: false };
}

/**
 * @param {Proof} proof
 * @throws {import("../offline/shelf.mjs").ShelfFull}
 */
export function keep(proof) {
  return shelf.put("notes", proof, nameOf(proof));
}

/** @param {Proof} proof */
export function forget(proof) {
  return shelf.remove("notes", nameOf(proof));
}

/**
 * @param {number} officer
 * @returns {Promise<Proof[]>} what this manager has handed in and the service has not taken yet
 */
export async function handedInBy(officer) {
  return (await unsentBy(officer)).filter(({ isHandedIn }) => isHandedIn);
}

/**
 * @param {number} officer
 * @returns {Promise<Proof[]>} what of this manager's proof lies on the phone only
 */
export async function unsentBy(officer) {
  const notes = await shelf.all("notes");
  return notes.filter((note) => note?.kind === "proof" && note.officer === officer && (note.isHandedIn || note.photos.length || note.note));
}
