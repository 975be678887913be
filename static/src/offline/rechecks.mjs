/**
 * A re-check as this phone holds it. It lies among the visits, for it is kept, shown, saved and
 * warned of like one; but the service knows nothing of it until it is handed in, and then decides
 * it whole. Everything here takes a re-check and returns the changed one.
 *
 * @typedef {import("./visits.mjs").Visit} Visit
 * @typedef {object} Judged
 * @property {number} finding
 * @property {string} code
 * @property {number} version   of the finding, as whoever judged has seen it
 * @property {string} result    empty: not judged
 * @property {string} reason
 * @property {boolean} [isGone] it no longer stands on the page, and is not sent
 *
 * @typedef {object} Filled     what stands in the form
 * @property {string} manner
 * @property {string} occasion
 * @property {number | null} second
 * @property {string} statement
 * @property {string} madeAt    ISO; empty: when it is handed in
 * @property {string[]} steps
 * @property {Judged[]} judgements
 *
 * @typedef {Filled & { inspection: number, visit: string, number?: string }} Recheck
 *   ``inspection`` and ``visit`` are the number and the key of the visit whose findings are
 *   looked at, ``number`` that of the paper it has led to
 */

const NOTHING = { manner: "", occasion: "", second: null, statement: "", madeAt: "", steps: [], judgements: [] };

/**
 * @param {{ key: string, officer: number, factory: import("./visits.mjs").Named, inspection: number, visit: string }} start
 * @param {string} at
 * @returns {Visit}
 */
export function begunRecheck({ key, officer, factory, inspection, visit }, at) {
  return {
    key, officer, factory, edition: "", kind: "recheck", second: null, workers: 0, cardsShown: false, openedAt: at, state: "draft",
    answers: {}, photos: [], signatures: {}, changedAt: at, recheck: { ...NOTHING, inspection, visit },
  };
}

/**
 * @param {Visit} own
 * @returns {Recheck}
 */
export function recheckIn({ recheck }) {
  if (!recheck) throw new TypeError("this is no re-check");
  return recheck;
}

/**
 * What was judged of a finding that no longer stands on the page is kept, and said to be gone.
 *
 * @param {Visit} own
 * @param {Filled} filled
 * @param {string} at
 * @returns {Visit}
 */
export function filledIn(own, filled, at) {
  const before = recheckIn(own);
  const isShown = new Set(filled.judgements.map(({ finding }) => finding));
  const gone = before.judgements.filter(({ finding, result }) => result && !isShown.has(finding)).map((each) => ({ ...each, isGone: true }));
  return { ...own, recheck: { ...before, ...filled, judgements: [...filled.judgements, ...gone] }, changedAt: at };
}

/**
 * @param {Visit} own
 * @param {string} at
 * @returns {Visit}
 */
export function handedInRecheck(own, at) {
  return { ...own, state: "handed_in", handedInAt: at, isHandInDirty: true, sentence: undefined, changedAt: at };
}

/**
 * @param {Visit} own  whose parcel the service has taken
 * @param {{ opinion?: { number: string, address: string } | null, address: string }} outcome
 * @param {string} at
 * @returns {Visit}
 */
export function decided(own, { opinion, address }, at) {
  return { ...own, state: "delivered", deliveredAt: at, sentence: undefined, address: opinion?.address ?? address, recheck: { ...recheckIn(own), number: opinion?.number } };
}

/**
 * @param {Visit} own
 * @returns {Record<string, any>} the deed of its parcel
 */
export function recheckDeed(own) {
  const { manner, occasion, second, statement, madeAt, steps, judgements } = recheckIn(own);
  const judged = judgements.filter(({ result, isGone }) => result && !isGone);
  return {
    deed: "recheck", key: own.key, manner, occasion, second_id: second, statement, rechecked_at: madeAt || own.handedInAt, steps,
    judgements: judged.map(({ finding, version, result, reason }) => ({ finding_id: finding, version, result, reason, photos: photosOf(own, finding) })),
  };
}

/**
 * @param {Visit} own
 * @param {number} finding
 * @returns {string[]} its photographs, in the order in which they were taken
 */
export function photosOf({ photos }, finding) {
  return photos.filter(({ code, deed }) => deed === "attach" && code === String(finding)).map(({ sha256 }) => sha256);
}

/**
 * What must have arrived before the service can decide: the paper is printed with it.
 *
 * @param {Visit} own
 * @returns {string[]}
 */
export function neededBy(own) {
  return recheckDeed(own).judgements.flatMap((/** @type {{ photos: string[] }} */ { photos }) => photos);
}

/**
 * @param {Visit} visit
 * @returns {boolean} whether it is a re-check that is still being made, of which the service knows nothing
 */
export function isUndecided({ recheck, state }) {
  return recheck !== undefined && state === "draft";
}
