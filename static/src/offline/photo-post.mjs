/**
 * Bring a photograph to the service: whole at first; where the line broke, piece by piece from
 * where it broke, so that a weak signal gets on and never begins from nothing.
 */
import { send } from "./post.mjs";

/** @typedef {import("./post.mjs").Outcome} Outcome */
/** @typedef {import("./photos.mjs").Kept & { bytes: ArrayBuffer }} Sendable */

const PIECE_BYTES = 64 * 1024;
/** Faults of the way, not of the picture: it is sent again from its beginning. */
const OF_THE_WAY = new Set(["length-missing", "incomplete", "beyond-length", "checksum"]);

/**
 * @param {Sendable} photo
 * @param {string} token
 * @param {(percent: number) => void} onProgress
 * @param {typeof send} [speak]
 * @returns {Promise<Outcome>}
 */
export async function sendPhoto(photo, token, onProgress, speak = send) {
  const outcome = await bring(photo, token, onProgress, speak);
  return OF_THE_WAY.has(outcome.body?.fault) ? { ...outcome, kind: "strange" } : outcome;
}

/**
 * @param {Sendable} photo
 * @param {string} token
 * @param {(percent: number) => void} onProgress
 * @param {typeof send} speak
 * @returns {Promise<Outcome>}
 */
async function bring(photo, token, onProgress, speak) {
  const address = `/photos/${photo.sha256}`;
  if (!photo.isBroken) {
    const progress = (/** @type {number} */ share) => onProgress(100 * share);
    return speak("PUT", address, token, { body: photo.bytes, headers: headersOf(photo), onProgress: progress });
  }
  const standing = await speak("GET", address, token);
  if (standing.kind === "taken" && !isPartial(standing)) return standing; // the answer was lost, not the photograph
  if (standing.kind !== "taken" && standing.status !== 404) return standing;
  return sendPieces(photo, token, standing.body.offset ?? 0, onProgress, speak);
}

/**
 * @param {Sendable} photo
 * @param {string} token
 * @param {number} from
 * @param {(percent: number) => void} onProgress
 * @param {typeof send} speak
 * @returns {Promise<Outcome>}
 */
async function sendPieces(photo, token, from, onProgress, speak) {
  const length = photo.bytes.byteLength;
  const whole = { ...headersOf(photo), "Upload-Length": String(length) };
  let turnedBack = 0;
  for (let offset = from; ; ) {
    const headers = { ...whole, "Upload-Offset": String(offset) };
    const body = photo.bytes.slice(offset, offset + PIECE_BYTES);
    const outcome = await speak("PATCH", `/photos/${photo.sha256}`, token, { body, headers });
    const isElsewhere = outcome.status === 409 && Number.isInteger(outcome.body?.offset);
    if (!isElsewhere && !(outcome.kind === "taken" && isPartial(outcome))) return outcome;
    turnedBack = isElsewhere ? turnedBack + 1 : 0;
    if (turnedBack > 2) return { ...outcome, kind: "strange" }; // two tell each other where to go on
    offset = outcome.body.offset;
    onProgress((100 * offset) / length);
  }
}

/** @param {Outcome} outcome */
function isPartial({ body }) {
  return body?.state === "partial";
}

/**
 * @param {Omit<import("./photos.mjs").Kept, "state">} photo
 * @returns {Record<string, string>} what is known of it; also kept in a saved file
 */
export function factsOf({ takenAt, source, place, original, drawnOver }) {
  const position = place && [place.latitude, place.longitude, place.accuracy_m].join(",");
  /** @type {Record<string, any>} */
  const said = { "Photo-Taken-At": takenAt, "Photo-Source": source, "Photo-Place": position, "Photo-Original": original, "Photo-Drawn-Over": drawnOver };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value));
}

/** @param {Sendable} photo */
function headersOf(photo) {
  return { "Content-Type": photo.type || "application/octet-stream", ...factsOf(photo) };
}
