/** Make a photograph small enough to travel, and say what it is called. */
import { fitted } from "../camera/size.mjs";
import { sha256 } from "./sha256.mjs";

const QUALITY = 0.85;

/**
 * Shrink a photograph. What the browser cannot draw, such as HEIC, goes as it is.
 *
 * @param {Blob} file
 * @returns {Promise<Blob>} a JPEG, upright, or the file itself
 */
export async function shrunk(file) {
  const picture = await drawn(file).catch(() => null);
  if (!picture) return file;
  const size = fitted(picture.width, picture.height);
  const canvas = Object.assign(document.createElement("canvas"), size);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, size.width, size.height);
  const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return small && small.size < file.size ? small : file;
}

/**
 * @param {Blob} file
 * @returns {Promise<HTMLImageElement>} turned upright by the browser
 */
function drawn(file) {
  const address = URL.createObjectURL(file);
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = address;
  });
}

/**
 * @param {Blob} blob
 * @returns {Promise<string>} the SHA-256 of the bytes, 64 hexadecimal digits
 */
export async function nameOf(blob) {
  const bytes = new Uint8Array(await new Response(blob).arrayBuffer());
  const digest = window.crypto.subtle
    ? new Uint8Array(await window.crypto.subtle.digest("SHA-256", bytes))
    : sha256(bytes); // browsers keep the quick one for pages that came over https
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
