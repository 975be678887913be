/** The outside of a JPEG: where its EXIF block and its picture begin, and whether it has an end. */

const EXIF = 0x45786966; // "Exif"
const PIECE_BYTES = 256 * 1024;

/**
 * @param {Uint8Array} head  the beginning of a file
 * @returns {{ exif: number, picture: number }} where each begins, counted in bytes; 0 if not in sight
 */
export function partsOf(head) {
  const parts = { exif: 0, picture: 0 };
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return parts;
  for (let at = 2; at + 4 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xda) return { ...parts, picture: at };
    const isExif = marker === 0xe1 && at + 10 <= view.byteLength && view.getUint32(at + 4) === EXIF;
    if (isExif && !parts.exif) parts.exif = at + 10;
  }
  return parts;
}

/**
 * Tell whether a JPEG ends. Browsers draw one that was cut short, grey where it is missing, and
 * what is drawn from it would be a sound picture that shows half of what was seen.
 *
 * @param {Blob} file
 * @param {number} picture  where the picture begins: the small one in the EXIF block has an end too
 */
export async function hasEnd(file, picture) {
  for (let to = file.size; to > picture; to -= PIECE_BYTES) {
    const from = Math.max(picture, to - PIECE_BYTES);
    const piece = new Uint8Array(await file.slice(from, to + 1).arrayBuffer());
    if (hasMark(piece)) return true; // within the picture these two bytes stand nowhere else
  }
  return false;
}

/** @param {Uint8Array} piece */
function hasMark(piece) {
  let at = piece.indexOf(0xff);
  while (at >= 0 && piece[at + 1] !== 0xd9) at = piece.indexOf(0xff, at + 1);
  return at >= 0;
}
