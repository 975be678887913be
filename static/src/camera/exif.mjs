/** What a JPEG says about itself: which way is up, and when it was taken. */
import { partsOf } from "./jpeg.mjs";

/** @typedef {{ orientation: number, takenAt: Date | null }} Said */

const ORIENTATION = 0x0112;
const EXIF_BLOCK = 0x8769;
const TIME = 0x9003;
const TIME_OFFSET = 0x9011;
const TEXT = 2;

/**
 * @param {Uint8Array} head  the beginning of the file; the block is at most 64 KB and stands first
 * @returns {Said} orientation 1 to 8, where 1 is upright; what cannot be read is left out
 */
export function readExif(head) {
  try {
    return said(head);
  } catch {
    return { orientation: 1, takenAt: null }; // a block cut off, or pointing outside itself
  }
}

/** @param {Uint8Array} head */
function said(head) {
  const { exif } = partsOf(head);
  if (!exif) return { orientation: 1, takenAt: null };
  const block = new Block(new DataView(head.buffer, head.byteOffset, head.byteLength), exif);
  const first = block.tagsAt(block.number(4, 4));
  const orientation = Number(first.get(ORIENTATION) ?? 1);
  const pointer = Number(first.get(EXIF_BLOCK) ?? 0);
  const details = pointer ? block.tagsAt(pointer) : new Map();
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    takenAt: momentOf(String(details.get(TIME) ?? ""), String(details.get(TIME_OFFSET) ?? "")),
  };
}

/** Tags as TIFF writes them, counted from where the block begins. */
class Block {
  /**
   * @param {DataView} view
   * @param {number} start
   */
  constructor(view, start) {
    this.view = view;
    this.start = start;
    this.isLittle = view.getUint16(start) === 0x4949;
  }

  /**
   * @param {number} at
   * @param {2 | 4} size
   */
  number(at, size) {
    const place = this.start + at;
    return size === 2 ? this.view.getUint16(place, this.isLittle) : this.view.getUint32(place, this.isLittle);
  }

  /**
   * @param {number} at
   * @returns {Map<number, number | string>}
   */
  tagsAt(at) {
    /** @type {Map<number, number | string>} */
    const tags = new Map();
    const count = this.number(at, 2);
    for (let i = 0; i < count; i += 1) {
      const entry = at + 2 + i * 12;
      tags.set(this.number(entry, 2), this.#value(entry));
    }
    return tags;
  }

  /** @param {number} entry */
  #value(entry) {
    const type = this.number(entry + 2, 2);
    if (type !== TEXT) return this.number(entry + 8, type === 3 ? 2 : 4);
    const length = this.number(entry + 4, 4);
    const place = length > 4 ? this.number(entry + 8, 4) : entry + 8;
    const letters = new Uint8Array(this.view.buffer, this.view.byteOffset + this.start + place, Math.min(length, 40));
    return String.fromCharCode(...letters).replace(/\0.*$/s, "");
  }
}

/**
 * @param {string} text  as cameras write it: 2026:11:23 10:32:00
 * @param {string} offset  +08:00, or nothing: then the phone's own zone is meant
 * @returns {Date | null}
 */
function momentOf(text, offset) {
  const written = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text);
  if (!written) return null;
  const [, year, month, day, time] = written;
  const moment = new Date(`${year}-${month}-${day}T${time}${/^[+-]\d\d:\d\d$/.test(offset) ? offset : ""}`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
