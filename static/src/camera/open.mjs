/**
 * Open a picture file for drawing. Old browsers lack createImageBitmap or leave pictures as the
 * camera lay; each way of opening is tried once on a picture of two points that lies on its side.
 */
import { liesOnItsSide } from "./turn.mjs";

/**
 * @typedef {object} Opened
 * @property {CanvasImageSource} source
 * @property {number} width        as drawn, before any turning of ours
 * @property {number} height
 * @property {number} orientation  what is still to be turned: 1 when the browser has done it
 * @property {() => void} close    gives its memory back at once; a phone holds one of these, not two
 */

const SIDEWAYS =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAP//////////////////////////////////////////////////////" +
  "////////////////////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z";

/** @type {Map<Way, Promise<boolean>>} */
const turning = new Map();

/** @typedef {(file: Blob) => Promise<Omit<Opened, "orientation">>} Way */

/**
 * @param {Blob} file
 * @param {number} orientation  what the file says, 1 to 8
 * @param {Way[]} [ways]
 * @returns {Promise<Opened | null>} null if this browser cannot draw it
 */
export async function open(file, orientation, ways = [asBitmap, asImage]) {
  for (const way of ways) {
    const picture = await way(file).catch(() => null);
    if (!picture) continue;
    if (picture.width && picture.height) return { ...picture, orientation: (await turns(way)) ? 1 : orientation };
    picture.close();
  }
  return null;
}

/** @type {Way} */
export async function asBitmap(file) {
  const bitmap = await createImageBitmap(file);
  return { source: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() };
}

/** @type {Way} */
export function asImage(file) {
  const address = URL.createObjectURL(file);
  const image = new Image();
  const close = () => {
    image.removeAttribute("src");
    URL.revokeObjectURL(address);
  };
  return new Promise((resolve, reject) => {
    image.onload = () => resolve({ source: image, width: image.naturalWidth, height: image.naturalHeight, close });
    image.onerror = () => {
      close();
      reject(new Error("not a picture for this browser"));
    };
    image.src = address;
  });
}

/**
 * @param {Way} way
 * @returns {Promise<boolean>} whether this way turns pictures upright by itself
 */
function turns(way) {
  const known = turning.get(way) ?? tried(way);
  turning.set(way, known);
  return known;
}

/** @param {Way} way */
async function tried(way) {
  const bytes = Uint8Array.from(atob(SIDEWAYS), (letter) => letter.charCodeAt(0));
  const picture = await way(new Blob([bytes], { type: "image/jpeg" })).catch(() => null);
  picture?.close();
  return picture !== null && picture.height > picture.width;
}

/**
 * @param {Opened} picture
 * @returns {{ width: number, height: number }} once it is upright
 */
export function uprightSize({ width, height, orientation }) {
  return liesOnItsSide(orientation) ? { width: height, height: width } : { width, height };
}
