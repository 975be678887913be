/**
 * Speak with the service: every answer becomes an outcome, and none an exception.
 *
 * @typedef {"taken" | "partial" | "later" | "signed-out" | "refused"} Kind
 * @typedef {{ kind: Kind, status: number, body: any }} Outcome
 */

const PATIENCE_MS = 300_000; // a photograph at ten kilobytes a second is on its way for long

/**
 * @param {number} status  0 where there was no answer
 * @returns {Kind} what may pass by itself is tried again; a refusal is final
 */
export function kindOf(status) {
  if (status >= 200 && status < 300) return "taken";
  if (status === 401) return "signed-out";
  return status === 0 || status === 408 || status === 429 || status >= 500 ? "later" : "refused";
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
    const end = () => resolve({ kind: kindOf(request.status), status: request.status, body: request.response ?? {} });
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(loaded / (total || 1));
    request.onloadend = end;
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
