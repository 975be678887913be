/**
 * What an officer could not send, as files that the desk takes in. Nothing on the phone changes
 * by it, but that everything is wrapped: what is saved is what will be sent.
 *
 * @typedef {import("./shelf.mjs").Shelf} Shelf
 * @typedef {import("./parcels.mjs").Parcel} Parcel
 * @typedef {import("./photos.mjs").Kept} Kept
 * @typedef {import("./visits.mjs").Visit} Visit
 * @typedef {{ parcels: Parcel[], rechecks: Visit[], photos: Kept[] }} Part  of what is saved: one file
 * @typedef {{ name: string, pieces: Uint8Array[] }} Saved
 * @typedef {{ bytes: number, entries: number }} Most  of one file; more the desk does not take
 */
import { wrap } from "./parcels.mjs";
import { factsOf } from "./photo-post.mjs";
import { wholePhoto } from "./photos.mjs";
import { isUndecided } from "./rechecks.mjs";
import { savedRecheck } from "./saved-recheck.mjs";
import { phoneKey } from "./tokens.mjs";
import { readWaiting } from "./waiting.mjs";
import { entryBytes, zipped } from "./zip.mjs";

const MANIFEST = "manifest.json";
const MANIFEST_BYTES = 1000;
const MANIFEST_LINE_BYTES = 700; // for each entry, with all that is known of a photograph
const ENDINGS = /** @type {Record<string, string>} */ ({ "image/png": "png", "image/webp": "webp", "image/heic": "heic", "image/heif": "heic" });

/**
 * @param {Shelf} shelf
 * @param {number} officer
 * @param {{ makeKey: () => string, now: () => string, most: Most }} parts
 * @returns {Promise<Part[]>} none when nothing is unsent
 */
export async function packed(shelf, officer, { makeKey, now, most }) {
  await wrap(shelf, { officer, isForFile: true, makeKey, now });
  const parcels = (await shelf.all("parcels")).filter((parcel) => parcel.officer === officer);
  const { lines } = await readWaiting(shelf, officer);
  const here = lines.flatMap(({ photos }) => photos).filter(({ state }) => state === "local" || state === "received");
  const photos = Array.from(new Map(here.map((photo) => [photo.sha256, photo])).values());
  const rechecks = lines.flatMap(({ visit }) => (visit && isUndecided(visit) ? [visit] : []));
  return spread({ parcels, rechecks, photos }, most);
}

/**
 * Parcels go first: the desk can take the parts in any order, but without them nothing is known.
 *
 * @param {Part} all
 * @param {Most} most
 * @returns {Part[]}
 */
export function spread({ parcels, rechecks, photos }, most) {
  const encoder = new TextEncoder();
  const things = [
    ...parcels.map((parcel) => ({ parcel, bytes: entryBytes(parcelFile(parcel), encoder.encode(parcel.body).byteLength) })),
    ...rechecks.map((recheck) => ({ recheck, bytes: entryBytes(recheckFile(recheck), bytesOf(recheck).byteLength) })),
    ...photos.map((photo) => ({ photo, bytes: entryBytes(photoFile(photo), photo.size) })),
  ];
  /** @type {(Part & { bytes: number })[]} */
  const parts = [];
  for (const { bytes, ...thing } of things) {
    const cost = bytes + MANIFEST_LINE_BYTES;
    let part = parts[parts.length - 1];
    const isFull = !part || part.bytes + cost > most.bytes || part.parcels.length + part.rechecks.length + part.photos.length + 2 > most.entries;
    if (isFull) parts.push((part = { parcels: [], rechecks: [], photos: [], bytes: entryBytes(MANIFEST, MANIFEST_BYTES) }));
    part.bytes += cost;
    if ("parcel" in thing) part.parcels.push(thing.parcel);
    else if ("recheck" in thing) part.rechecks.push(thing.recheck);
    else part.photos.push(thing.photo);
  }
  return parts;
}

/**
 * @param {Shelf} shelf
 * @param {Part[]} parts
 * @param {number} number  of the part, from 1
 * @param {{ id: number, name: string }} officer
 * @param {Date} at
 * @returns {Promise<Saved>}
 */
export async function saved(shelf, parts, number, officer, at) {
  const { parcels, rechecks, photos } = parts[number - 1];
  const encoder = new TextEncoder();
  const whole = (await Promise.all(photos.map(({ sha256 }) => wholePhoto(shelf, sha256)))).flatMap((photo) => photo ?? []);
  const manifest = {
    format: "firesafe-rescue",
    version: rechecks.length ? 2 : 1, // an older service takes what it knows
    phone: await phoneKey(shelf),
    officer,
    saved_at: at.toISOString(),
    part: number,
    parts: parts.length,
    parcels: parcels.map((parcel) => ({ key: parcel.key, file: parcelFile(parcel) })),
    photos: whole.map((photo) => ({ sha256: photo.sha256, file: photoFile(photo), headers: factsOf(photo) })),
    ...(rechecks.length ? { rechecks: rechecks.map((recheck) => ({ key: recheck.key, file: recheckFile(recheck) })) } : {}),
  };
  const entries = [
    { name: MANIFEST, bytes: encoder.encode(JSON.stringify(manifest)) },
    ...parcels.map((parcel) => ({ name: parcelFile(parcel), bytes: encoder.encode(parcel.body) })),
    ...rechecks.map((recheck) => ({ name: recheckFile(recheck), bytes: bytesOf(recheck) })),
    ...whole.map((photo) => ({ name: photoFile(photo), bytes: new Uint8Array(photo.bytes) })),
  ];
  return { name: fileName(at, parts.length > 1 ? number : 0), pieces: zipped(entries) };
}

/** @param {Parcel} parcel */
function parcelFile({ seq, key }) {
  return `parcels/${String(seq).padStart(8, "0")}-${key}.json`;
}

/** @param {Visit} recheck */
function recheckFile({ key }) {
  return `rechecks/${key}.json`;
}

/** @param {Visit} recheck */
function bytesOf(recheck) {
  return new TextEncoder().encode(JSON.stringify(savedRecheck(recheck)));
}

/** @param {Kept} photo */
function photoFile({ sha256, type }) {
  return `photos/${sha256}.${ENDINGS[type] ?? "jpg"}`;
}

/**
 * @param {Date} at
 * @param {number} number  of the part; 0 where there is but one
 */
function fileName(at, number) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  return `firesafe-${day}-${two(at.getHours())}${two(at.getMinutes())}${number ? `-${number}` : ""}.zip`;
}
