/** Drawing a picture smaller and upright, and taking it off the canvas as a JPEG. */
import { uprightSize } from "./open.mjs";
import { fitted, THUMBNAIL_EDGE } from "./size.mjs";
import { liesOnItsSide, turning } from "./turn.mjs";

/** @typedef {import("./open.mjs").Opened} Opened */

const PAPER = "#fff"; // JPEG knows no transparency; without this it would come out black
const THUMBNAIL_QUALITY = 0.7;

/**
 * @param {Opened} picture
 * @param {number} longest
 * @returns {HTMLCanvasElement} to be released after use
 */
export function drawn(picture, longest) {
  const upright = uprightSize(picture);
  const size = fitted(upright.width, upright.height, longest);
  const isSideways = liesOnItsSide(picture.orientation);
  const [width, height] = isSideways ? [size.height, size.width] : [size.width, size.height];
  const canvas = Object.assign(document.createElement("canvas"), size);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, size.width, size.height);
  pen.imageSmoothingQuality = "high"; // signs and gauges must stay readable
  pen.setTransform(...turning(picture.orientation, width, height));
  pen.drawImage(picture.source, 0, 0, width, height);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  return canvas;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} quality  0 to 1
 * @returns {Promise<ArrayBuffer | null>} null where memory did not suffice
 */
export async function jpegOf(canvas, quality) {
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  return blob ? blob.arrayBuffer() : null;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<ArrayBuffer | null>} a small JPEG, to show the photograph once its bytes are gone
 */
export async function thumbnailOf(canvas) {
  const { width, height } = canvas;
  const small = drawn({ source: canvas, width, height, orientation: 1, close: () => undefined }, THUMBNAIL_EDGE);
  const bytes = await jpegOf(small, THUMBNAIL_QUALITY);
  release(small);
  return bytes;
}

/**
 * Safari counts the memory of canvases that are no longer used; this gives it back.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function release(canvas) {
  canvas.width = 0;
  canvas.height = 0;
}
