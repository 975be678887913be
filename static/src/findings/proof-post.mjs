/**
 * Hand a proof in: each photograph by itself, then the words. Everything may be sent twice; what
 * the service has once taken it takes again in the same way.
 */

/** @typedef {import("./proof.mjs").Proof} Proof */

/**
 * taken: the service has it all. refused: it says why. signed-out: the manager must sign in.
 * later: nothing goes through just now.
 *
 * @typedef {{ kind: "taken" | "refused" | "signed-out" | "later", body: any }} Outcome
 * @typedef {(method: string, address: string, csrf: string, body: BodyInit, headers?: Record<string, string>) => Promise<Outcome>} Speak
 */

/**
 * @param {Proof} proof
 * @param {string} csrf  of a page of whoever is signed in
 * @param {(sha256: string, state: "sending" | "received" | "refused", sentence?: string) => void} show
 * @param {Speak} [say]
 * @returns {Promise<Outcome>}
 */
export async function handIn(proof, csrf, show, say = speak) {
  for (const shot of proof.photos) {
    if (shot.isDelivered) continue;
    show(shot.sha256, "sending");
    const outcome = await say("PUT", `${proof.address}/${shot.sha256}`, csrf, shot.bytes, headersOf(shot));
    const verdict = judged(outcome, shot.sha256);
    if (verdict.kind === "refused") show(shot.sha256, "refused", verdict.body.sentence);
    if (verdict.kind !== "taken") return verdict;
    shot.isDelivered = true;
    show(shot.sha256, "received");
  }
  const words = new URLSearchParams({ client_key: proof.key, note: proof.note });
  for (const { sha256 } of proof.photos) words.append("arrived", sha256);
  return say("POST", proof.address, csrf, words);
}

/**
 * A photograph is delivered once it can be read there; an answer without its name is somebody else's.
 *
 * @param {Outcome} outcome
 * @param {string} sha256
 * @returns {Outcome}
 */
function judged({ kind, body }, sha256) {
  if (kind !== "taken") return { kind, body };
  if (body?.sha256 !== sha256) return { kind: "later", body };
  return { kind: body.state === "unreadable" ? "refused" : "taken", body };
}

/** @type {Speak} */
async function speak(method, address, csrf, body, headers = {}) {
  const all = { "Accept": "application/json", "X-CSRFToken": csrf, ...headers };
  const answer = await fetch(address, { method, body, headers: all, credentials: "same-origin" }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  return { kind: kindOf(answer?.status ?? 0, told), body: told };
}

/**
 * @param {number} status  0 where there was no answer
 * @param {any} body
 * @returns {Outcome["kind"]} only what the service itself refused, in its own words, is refused
 */
export function kindOf(status, body) {
  if (status >= 200 && status < 300 && body) return "taken";
  if (status === 401) return "signed-out";
  return status >= 400 && status < 500 && typeof body?.sentence === "string" ? "refused" : "later";
}

/** @param {import("./proof.mjs").Shot} shot */
function headersOf({ type, takenAt, source, place, original }) {
  const position = place && [place.latitude, place.longitude, place.accuracy_m].join(",");
  const said = { "Photo-Taken-At": takenAt, "Photo-Source": source, "Photo-Place": position, "Photo-Original": original };
  const known = Object.entries(said).filter(([, value]) => value);
  return { "Content-Type": type || "application/octet-stream", ...Object.fromEntries(known) };
}
