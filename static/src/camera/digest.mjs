/** What bytes are called: their SHA-256 in 64 hexadecimal digits. */
import { Sha256 } from "../inspections/sha256.mjs";

const WHOLE_BYTES = 32 * 1024 * 1024; // above it, the whole file at once is too much for a cheap phone
const PIECE_BYTES = 256 * 1024;

/**
 * @param {Blob} file  as it was chosen; read in pieces, between which the page answers
 * @param {SubtleCrypto | undefined} [quick]  browsers keep it for pages that came over https
 * @returns {Promise<string>}
 */
export async function digestOfFile(file, quick = globalThis.crypto?.subtle) {
  if (quick && file.size <= WHOLE_BYTES) return digestOf(await file.arrayBuffer(), quick);
  const sum = new Sha256();
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    sum.add(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()));
  }
  return hexadecimal(sum.digest());
}

/**
 * @param {ArrayBuffer} bytes
 * @param {SubtleCrypto | undefined} [quick]
 * @returns {Promise<string>}
 */
export async function digestOf(bytes, quick = globalThis.crypto?.subtle) {
  if (quick) return hexadecimal(new Uint8Array(await quick.digest("SHA-256", bytes)));
  return hexadecimal(new Sha256().add(new Uint8Array(bytes)).digest());
}

/** @param {Uint8Array} bytes */
function hexadecimal(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
