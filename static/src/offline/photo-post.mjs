/**
 * Bring a photograph to the service: whole at first; where the line broke, piece by piece from
 * where it broke, so that a weak signal gets on and never begins from nothing.
 */
import { send } from "./post.mjs";

/** @typedef {import("./post.mjs").Outcome} Outcome */

const PIECE_BYTES = 64 * 1024;

/**
 * @param {any} photo  as it lies on the shelf
 * @param {string} token
 * @param {(percent: number) => void} onProgress
 * @param {typeof send} [speak]
 * @returns {Promise<Outcome>}
 */
export async function sendPhoto(photo, token, onProgress, speak = send) {
  const address = `/photos/${photo.sha256}`;
  const headers = headersOf(photo);
  if (!photo.isBroken) {
    const progress = (/** @type {number} */ share) => onProgress(100 * share);
    return speak("PUT", address, token, { body: photo.bytes, headers, onProgress: progress });
  }
  const standing = await speak("GET", address, token);
  if (standing.kind !== "taken" && standing.status !== 404) return standing;
  if (standing.kind === "taken" && !isPartial(standing)) return standing;
  return sendPieces(photo, token, standing.body.offset ?? 0, onProgress, speak);
}

/**
 * @param {any} photo
 * @param {string} token
 * @param {number} from
 * @param {(percent: number) => void} onProgress
 * @param {typeof send} speak
 * @returns {Promise<Outcome>}
 */
async function sendPieces(photo, token, from, onProgress, speak) {
  const length = photo.bytes.byteLength;
  const headers = { ...headersOf(photo), "Upload-Length": String(length) };
  for (let offset = from; ; ) {
    const body = photo.bytes.slice(offset, offset + PIECE_BYTES);
    const outcome = await speak("PATCH", `/photos/${photo.sha256}`, token, { body, headers: { ...headers, "Upload-Offset": String(offset) } });
    const isElsewhere = outcome.status === 409 && Number.isInteger(outcome.body?.offset);
    if (!isElsewhere && (outcome.kind !== "taken" || !isPartial(outcome))) return outcome;
    offset = outcome.body.offset;
    onProgress((100 * offset) / length);
  }
}

/** @param {Outcome} outcome */
function isPartial({ body }) {
  return body?.state === "partial";
}

/**
 * @param {any} photo
 * @returns {Record<string, string>}
 */
function headersOf({ type, takenAt, source, place, original, drawnOver }) {
  const position = place && [place.latitude, place.longitude, place.accuracy_m].join(",");
  const said = { "Photo-Taken-At": takenAt, "Photo-Source": source, "Photo-Place": position, "Photo-Original": original, "Photo-Drawn-Over": drawnOver };
  const known = Object.entries(said).filter(([, value]) => value);
  return { "Content-Type": type || "application/octet-stream", ...Object.fromEntries(known) };
}
