/**
 * Speak with the service: every answer becomes an outcome, and none an exception.
 *
 * taken: done. refused: it will not be taken as it is, and the service says why. signed-out: who
 * sends must sign in. busy: nothing goes through just now. strange: this one thing met a fault
 * there, or somebody else's answer, such as the sign-in page of a hotel; others may fare better.
 *
 * @typedef {"taken" | "refused" | "signed-out" | "busy" | "strange"} Kind
 * @typedef {{ kind: Kind, status: number, body: any }} Outcome
 */

const PATIENCE_MS = 300_000; // a photograph at one kilobyte a second is on its way for so long
const BUSY = new Set([0, 408, 425, 429, 502, 503, 504]);
const TOO_LARGE = 413; // said by the front, which knows nothing of our sentences

/**
 * @param {number} status  0 where there was no answer
 * @param {any} body
 * @returns {Kind}
 */
export function kindOf(status, body) {
  if (status >= 200 && status < 300) return "taken";
  if (status === 401) return "signed-out";
  if (BUSY.has(status)) return "busy";
  const isOurs = status < 500 && body?.status === status;
  return isOurs || status === TOO_LARGE ? "refused" : "strange";
}

/**
 * @param {string} method
 * @param {string} address
 * @param {string} token
 * @param {{ body?: string | ArrayBuffer, headers?: Record<string, string>, onProgress?: (share: number) => void }} [more]
 * @returns {Promise<Outcome>}
 */
export function send(method, address, token, { body, headers = {}, onProgress } = {}) {
  const request = new XMLHttpRequest(); // fetch does not tell how far an upload has come
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(loaded / (total || 1));
    request.onloadend = () => {
      const answer = request.response ?? {};
      resolve({ kind: kindOf(request.status, answer), status: request.status, body: answer });
    };
    request.open(method, address);
    request.responseType = "json";
    request.timeout = PATIENCE_MS;
    const all = { Accept: "application/json", Authorization: `Bearer ${token}`, ...headers };
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    request.send(body);
  });
}

/**
 * @param {string} key
 * @param {string} body
 * @param {string} token
 */
export function sendParcel(key, body, token) {
  const headers = { "Content-Type": "application/json", "Parcel-Sent-At": new Date().toISOString() };
  return send("PUT", `/sync/parcels/${key}`, token, { body, headers });
}

/**
 * @param {{ photos: string[], visits: string[] }} asked
 * @param {string} token
 */
export function askStandings(asked, token) {
  return send("POST", "/sync/standings", token, { body: JSON.stringify(asked), headers: { "Content-Type": "application/json" } });
}
