/** What of a visit the service has not got, said as the deeds of parcels. */
import { isUndecided, neededBy, recheckDeed } from "./rechecks.mjs";

/** @typedef {import("./visits.mjs").Visit} Visit */
/** @typedef {Record<string, any>} Deed */

const MOST_DEEDS = 150;

/**
 * @param {Visit} visit
 * @returns {{ deeds: Deed[], isHandIn: boolean, needs?: string[] }[]} what goes first, first; signing
 *   goes by itself, so that answers arrive even where a signature is refused. ``needs`` are
 *   photographs that must be there before it
 */
export function parcelsOf(visit) {
  if (visit.recheck) return visit.isHandInDirty ? [{ deeds: [recheckDeed(visit)], isHandIn: true, needs: neededBy(visit) }] : [];
  const filled = [...openDeeds(visit), ...answerDeeds(visit), ...photoDeeds(visit)];
  const parcels = [];
  for (let from = 0; from < filled.length; from += MOST_DEEDS) {
    parcels.push({ deeds: filled.slice(from, from + MOST_DEEDS), isHandIn: false });
  }
  const signing = [...signDeeds(visit), ...handInDeeds(visit)];
  if (signing.length) parcels.push({ deeds: signing, isHandIn: visit.isHandInDirty === true });
  return parcels;
}

/**
 * @param {Visit} visit
 * @returns {boolean} whether something was entered that lies in no parcel yet
 */
export function isDirty(visit) {
  return isUndecided(visit) || parcelsOf(visit).length > 0;
}

/**
 * @param {Visit} visit  all of which lies in parcels now
 * @returns {Visit}
 */
export function cleaned(visit) {
  const clean = (/** @type {any} */ part) => ({ ...part, isDirty: false });
  const each = (/** @type {Record<string, any>} */ parts) => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, clean(part)]));
  return {
    ...visit,
    isOpenDirty: false,
    isHandInDirty: false,
    answers: each(visit.answers),
    photos: visit.photos.map(clean),
    signatures: each(visit.signatures),
    refusal: visit.refusal && clean(visit.refusal),
  };
}

/** @param {Visit} visit */
function openDeeds(visit) {
  if (!visit.isOpenDirty) return [];
  return [
    {
      deed: "open",
      factory_id: visit.factory.id,
      kind: visit.kind,
      second_id: visit.second?.id ?? null,
      workers_on_shift: visit.workers,
      cards_shown: visit.cardsShown,
      edition_code: visit.edition,
      opened_at: visit.openedAt,
    },
  ];
}

/** @param {Visit} visit */
function answerDeeds(visit) {
  return Object.entries(visit.answers)
    .filter(([, answer]) => answer.isDirty)
    .map(([code, { entry, clock, seen }]) => ({ deed: "answer", code, entry, clock, seen }));
}

/** @param {Visit} visit */
function photoDeeds(visit) {
  return visit.photos
    .filter((photo) => photo.isDirty)
    .map(({ deed, code, moment, sha256 }) => ({ deed, code, moment, sha256 }));
}

/** @param {Visit} visit */
function signDeeds(visit) {
  const signs = Object.entries(visit.signatures)
    .filter(([, signature]) => signature.isDirty)
    .map(([role, { name, picture, at }]) => ({ deed: "sign", role, name, picture, at }));
  if (!visit.refusal?.isDirty) return signs;
  const { reason, witness, at } = visit.refusal;
  return [...signs, { deed: "refuse", reason, witness, at }];
}

/** @param {Visit} visit */
function handInDeeds(visit) {
  if (!visit.isHandInDirty) return [];
  const photos = visit.photos.filter(({ deed }) => deed === "attach").map(({ sha256 }) => sha256);
  return [{ deed: "hand_in", statement: visit.statement ?? "", photos, closed_at: visit.handedInAt }];
}
