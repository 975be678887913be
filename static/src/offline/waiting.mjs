/**
 * What of an officer's work lies on this phone, visit by visit, and how far each has come.
 * Nothing here waits, keeps or sends.
 *
 * @typedef {import("./visits.mjs").Visit} Visit
 * @typedef {import("./parcels.mjs").Parcel} Parcel
 * @typedef {import("./photos.mjs").Kept} Kept
 * @typedef {"refused" | "local" | "arriving" | "up-to-date" | "delivered" | "void"} Standing
 *
 * @typedef {object} Line        one visit, or photographs of which no visit is known any more
 * @property {string} key
 * @property {Visit | null} visit
 * @property {Standing} standing
 * @property {boolean} isUnsaid  something was entered that no parcel the service has speaks of
 * @property {Parcel[]} aside    what the service did not take
 * @property {Kept[]} photos     as far as this phone knows them, oldest first
 * @property {number} unsent     photographs that are here only
 * @property {string | null} since   when the oldest of what waits was entered
 *
 * @typedef {object} Waiting
 * @property {Line[]} lines      those of the officer, oldest first
 * @property {number} visits     of which something was entered that is here only
 * @property {number} photos     that are here only
 * @property {number} refused    visits of which something was not taken
 * @property {number} arriving   visits with which the service is not through yet
 * @property {string | null} since
 * @property {number} others     visits and photographs of other officers that wait on this phone
 */
import { isDirty } from "./deeds.mjs";
import { isWaiting } from "./parcels.mjs";
import { isUnsent, wantedBy } from "./photos.mjs";

/**
 * @param {{ visits: Visit[], parcels: Parcel[], photos: Kept[] }} kept  all that lies on the phone
 * @param {number} officer
 * @returns {Waiting}
 */
export function waitingOf({ visits, parcels, photos }, officer) {
  const isOwn = (/** @type {{ officer: number }} */ each) => each.officer === officer;
  const lines = visits.filter(isOwn).map((visit) => lineOf(visit, parcels, photos));
  const mentioned = new Set(visits.flatMap((visit) => visit.photos.map(({ sha256 }) => sha256)));
  const loose = photos.filter((photo) => isOwn(photo) && isUnsent(photo) && !mentioned.has(photo.sha256));
  if (loose.length) lines.push(looseLine(loose));
  lines.sort((one, other) => (ageOf(one) < ageOf(other) ? -1 : 1));
  const others = [...visits, ...photos.filter(isUnsent)].filter((each) => !isOwn(each) && !isSent(each, parcels));
  return {
    lines,
    visits: lines.filter(({ isUnsaid }) => isUnsaid).length,
    photos: lines.reduce((sum, { unsent }) => sum + unsent, 0),
    refused: lines.filter(({ standing }) => standing === "refused").length,
    arriving: lines.filter(({ standing }) => standing === "arriving").length,
    since: earliest(lines.map(({ since }) => since)),
    others: others.length,
  };
}

/**
 * @param {import("./shelf.mjs").Shelf} shelf
 * @param {number} officer
 * @returns {Promise<Waiting>}
 */
export function readWaiting(shelf, officer) {
  return shelf.within(["visits", "parcels", "photos"], "readonly", (transaction) => waitingIn(transaction, officer));
}

/**
 * @param {import("./shelf.mjs").Transaction} transaction  over visits, parcels and photos
 * @param {number} officer
 * @returns {Promise<Waiting>}
 */
export async function waitingIn(transaction, officer) {
  const [visits, parcels, photos] = [await transaction.objectStore("visits").getAll(), await transaction.objectStore("parcels").getAll(), await transaction.objectStore("photos").getAll()];
  return waitingOf({ visits, parcels, photos }, officer);
}

/** @param {Waiting} waiting  whether there is anything that the service has not got */
export function isAnythingUnsent({ visits, photos, refused }) {
  return visits + photos + refused > 0;
}

/**
 * @param {Visit} visit
 * @param {Parcel[]} parcels
 * @param {Kept[]} photos
 * @returns {Line}
 */
function lineOf(visit, parcels, photos) {
  const own = parcels.filter((parcel) => parcel.visit === visit.key);
  const waiting = own.filter(isWaiting);
  const wanted = wantedBy(visit, photos);
  const pictures = photos.filter(({ sha256 }) => wanted.has(sha256)).sort((one, other) => (one.addedAt < other.addedAt ? -1 : 1));
  const isUnwrapped = isDirty(visit);
  const line = {
    key: visit.key,
    visit,
    isUnsaid: isUnwrapped || waiting.length > 0,
    aside: own.filter((parcel) => !isWaiting(parcel)),
    photos: pictures,
    unsent: pictures.filter(isUnsent).length,
    since: earliest([
      ...waiting.map(({ writtenAt }) => writtenAt),
      ...pictures.filter(isUnsent).map(({ addedAt }) => addedAt),
      isUnwrapped ? (visit.isOpenDirty ? visit.openedAt : visit.changedAt) : null,
    ]),
  };
  return { ...line, standing: standingOf(line) };
}

/**
 * @param {Kept[]} photos
 * @returns {Line}
 */
function looseLine(photos) {
  const since = earliest(photos.map(({ addedAt }) => addedAt));
  return { key: "", visit: null, standing: "local", isUnsaid: false, aside: [], photos, unsent: photos.length, since };
}

/**
 * @param {Omit<Line, "standing">} line
 * @returns {Standing}
 */
function standingOf({ visit, aside, photos, isUnsaid, unsent }) {
  if (aside.length || photos.some(({ state }) => state === "refused")) return "refused";
  if (isUnsaid || unsent) return "local";
  if (visit?.state === "delivered" || visit?.state === "void") return visit.state;
  return visit?.state === "handed_in" || photos.some(({ state }) => state === "received") ? "arriving" : "up-to-date";
}

/**
 * @param {any} each  a visit, or a photograph that is unsent
 * @param {Parcel[]} parcels
 */
function isSent(each, parcels) {
  return "answers" in each && !isDirty(each) && !parcels.some(({ visit }) => visit === each.key);
}

/** @param {Line} line */
function ageOf({ visit, since }) {
  return visit?.openedAt ?? since ?? "";
}

/**
 * @param {(string | null)[]} moments
 * @returns {string | null}
 */
function earliest(moments) {
  return moments.reduce((one, other) => (one && (!other || Date.parse(one) <= Date.parse(other)) ? one : other), null);
}
