/**
 * Take a photograph: shrink it and turn it upright before anything is stored, and keep beside it
 * what the smaller picture no longer says: when, where, and the checksum of the file as it came.
 *
 * One at a time: a picture of twelve million points fills 48 MB while it is open, and a cheap
 * phone that holds two of them throws the page away.
 */
import { drawn, jpegOf, release, thumbnailOf } from "./canvas.mjs";
import { digestOf, digestOfFile } from "./digest.mjs";
import { readExif } from "./exif.mjs";
import { hasEnd, partsOf } from "./jpeg.mjs";
import { pictureKind } from "./kind.mjs";
import { open, uprightSize } from "./open.mjs";
import { PhotoRefused } from "./refused.mjs";
import { fitted, LONGEST_EDGE, MAX_BYTES } from "./size.mjs";

/** @typedef {import("./locate.mjs").Place} Place */
/** @typedef {import("./locate.mjs").Locator} Locator */

/**
 * @typedef {object} Taken  only what a database can keep
 * @property {string} sha256           of `bytes`
 * @property {ArrayBuffer} bytes
 * @property {string} type             image/jpeg, or what the file is if it goes as it came
 * @property {string} takenAt          ISO
 * @property {"camera" | "gallery"} source
 * @property {string} original         the SHA-256 of the file as it was chosen
 * @property {ArrayBuffer | null} thumbnail  a small JPEG; null if the browser cannot draw the picture
 * @property {Place} [place]
 */

const QUALITY = 0.82;
const HEAD_BYTES = 128 * 1024;

/** @type {Promise<unknown>} */
let before = Promise.resolve();

/**
 * @param {File} file
 * @param {object} said
 * @param {"camera" | "gallery"} said.source
 * @param {Pick<Locator, "soon">} [said.locate]  without it the photograph has no place
 * @param {number} [said.maxBytes]  of a file that goes as it is
 * @returns {Promise<Taken>}
 * @throws {PhotoRefused}
 */
export function takePhoto(file, { source, locate, maxBytes = MAX_BYTES }) {
  const place = locate?.soon() ?? Promise.resolve(null); // sought while the picture is being shrunk
  const taken = before.then(() => take(file, maxBytes));
  before = taken.then(nothing, nothing); // and not the photograph, which would be held until the next
  return taken.then(async (photo) => {
    const where = await place.catch(() => null);
    return { ...photo, source, ...(where ? { place: where } : {}) };
  });
}

/**
 * @param {File} file
 * @param {number} maxBytes
 * @returns {Promise<Omit<Taken, "source" | "place">>}
 */
async function take(file, maxBytes) {
  if (file.size === 0) throw new PhotoRefused("photo_empty");
  const head = new Uint8Array(await read(file.slice(0, HEAD_BYTES)));
  const { picture } = partsOf(head);
  if (picture && !(await hasEnd(file, picture).catch(unreadable))) throw new PhotoRefused("photo_unreadable");
  const { orientation, takenAt } = readExif(head);
  const original = await digestOfFile(file).catch(unreadable);
  const small = await shrunk(file, orientation).catch(nothing); // no memory for a canvas, for example
  const kind = pictureKind(head);
  const mayStay = kind !== "" && (!small || (small.isWhole && file.size <= small.bytes.byteLength));
  if (!small && !mayStay) throw new PhotoRefused("photo_no_picture");
  if (!small && file.size > maxBytes) throw new PhotoRefused("photo_too_large");
  const bytes = !small || mayStay ? await read(file) : small.bytes;
  return {
    sha256: !small || mayStay ? original : await digestOf(bytes),
    bytes,
    type: !small || mayStay ? kind : "image/jpeg",
    takenAt: (takenAt ?? lastChanged(file)).toISOString(),
    original,
    thumbnail: small?.thumbnail ?? null,
  };
}

/**
 * @param {File} file
 * @param {number} orientation
 * @returns {Promise<{ bytes: ArrayBuffer, thumbnail: ArrayBuffer | null, isWhole: boolean } | undefined>}
 *   isWhole when nothing had to be shrunk; undefined if the browser cannot draw the file
 */
async function shrunk(file, orientation) {
  const picture = await open(file, orientation);
  if (!picture) return undefined;
  const { width, height } = uprightSize(picture);
  const canvas = drawn(picture, LONGEST_EDGE);
  picture.close();
  const bytes = await jpegOf(canvas, QUALITY);
  const thumbnail = bytes && (await thumbnailOf(canvas));
  const isWhole = fitted(width, height).width === width;
  release(canvas);
  return bytes ? { bytes, thumbnail, isWhole } : undefined;
}

function nothing() {}

/** @param {Blob} piece */
function read(piece) {
  return piece.arrayBuffer().catch(unreadable);
}

/** @returns {never} */
function unreadable() {
  throw new PhotoRefused("photo_unreadable"); // some albums hand out files that are not on the phone
}

/** @param {File} file */
function lastChanged({ lastModified }) {
  return new Date(lastModified > 0 && lastModified <= Date.now() ? lastModified : Date.now());
}
